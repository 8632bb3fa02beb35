"""`maestro status`: the snapshot of the worker that runs, once or whenever it changes."""

from __future__ import annotations

import queue
import signal
from contextlib import closing
from typing import Protocol

from rich.console import Console

from maestro_actors.cli import live
from maestro_actors.cli.calling import address, calling
from maestro_actors.cli.consoles import a_console
from maestro_actors.cli.interrupted import interrupted_burst
from maestro_actors.cli.picture import picture
from maestro_actors.cli.portraits import print_json
from maestro_actors.cli.signals import Interruptions, interruptions
from maestro_actors.core.snapshot import Json
from maestro_actors.errors import MaestroError, SettingsError, UnusableError
from maestro_actors.gateway.client import WorkerAwayError, WrongKeyError
from maestro_actors.gateway.listening import Subscription, Trouble
from maestro_actors.gateway.messages import Changed
from maestro_actors.gateway.snapshot import Snapshot
from maestro_actors.settings import Settings

LOOK = 0.2  # seconds between two looks at whether somebody asked to stop


def show(settings: Settings, as_json: bool) -> int:
    """How it is now; the exit code."""
    with calling(settings) as gateway:
        try:
            snapshot = gateway.status(settings.user_id).snapshot
        except WrongKeyError:
            raise
        except WorkerAwayError as error:
            raise UnusableError(f"{error}{_left(settings)}") from error
    if as_json:
        print_json(snapshot.model_dump())
    else:
        console = a_console()
        console.print(picture(snapshot.model_dump(), console.width))
    return 0


def _left(settings: Settings) -> str:
    """What else there is to know where no worker runs: the burst that waits for one."""
    try:
        burst_id = interrupted_burst(settings)
    except SettingsError:
        raise
    except MaestroError:  # there is one thing to mend already
        return ""
    ways = "`maestro up`, `maestro worker` or `maestro burst`"
    return f"\nBurst {burst_id} is unfinished: {ways} goes on with it." if burst_id else ""


class Face(Protocol):
    """Shows what is heard."""

    def show(self, snapshot: Snapshot) -> None:
        """The snapshot is now this."""

    def say(self, text: str) -> None:
        """Something that is no snapshot."""


def follow(settings: Settings, as_json: bool) -> int:
    """How it is whenever it changes, until somebody asks to stop; the exit code."""
    with interruptions() as asked:
        if as_json:
            _follow(settings, Programs(), asked)
        else:
            console = a_console()
            with live.view(console, picture) as view:
                _follow(settings, People(console, view), asked)
    return 0 if asked.first in (None, signal.SIGINT) else asked.exit_code


def _follow(settings: Settings, face: Face, asked: Interruptions) -> None:
    heard: queue.Queue[Changed | Trouble | None] = queue.Queue()
    follower = Follower(face)
    with closing(Subscription(address(settings), heard.put, heard.put)) as subscription:
        subscription.subscribe(settings.user_id)
        while not asked.count:
            try:
                follower.hear(heard.get(timeout=LOOK))
            except queue.Empty:
                continue


class Follower:
    """Shows each snapshot once, and says once that the worker is away, and that it is back."""

    def __init__(self, face: Face) -> None:
        self._face = face
        self._shown: tuple[int, int] | None = None
        self._away = False

    def hear(self, news: Changed | Trouble | None) -> None:
        match news:
            case Changed(epoch=epoch, snapshot=snapshot):
                if self._shown != (epoch, snapshot.version):
                    self._shown = epoch, snapshot.version
                    self._face.show(snapshot)
            case None:
                if self._away:
                    self._face.say("The worker is back")
                self._away, self._shown = False, None
            case trouble:
                if not self._away:
                    self._face.say(f"The worker is away: {trouble}")
                self._away = True


class Programs:
    """One JSON object a line; what is said goes to stderr."""

    def __init__(self) -> None:
        self._console = a_console(stderr=True)

    def show(self, snapshot: Snapshot) -> None:
        print_json(snapshot.model_dump(), indent=None)

    def say(self, text: str) -> None:
        self._console.print(text, soft_wrap=True)


class People:
    """The picture, drawn anew; where there is no terminal, lines, and a last one of what came of a burst."""

    def __init__(self, console: Console, view: live.View) -> None:
        self._console = console
        self._view = view
        self._recapped: str | None = None

    def show(self, snapshot: Snapshot) -> None:
        seen: Json = snapshot.model_dump()
        self._view.show(seen)
        recent = seen["recent_burst"] or {"burst_id": None}
        if isinstance(self._view, live.PlainView) and recent["burst_id"] != self._recapped:
            self._console.print(recent["headline"], soft_wrap=True, markup=False)
        self._recapped = recent["burst_id"]

    def say(self, text: str) -> None:
        self._console.print(text, soft_wrap=True)
