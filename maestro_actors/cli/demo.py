"""`maestro demo`: one smart burst for the example brands, from the first idea to the media's URLs."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from maestro_actors.cli import live
from maestro_actors.cli.bucket import bucket
from maestro_actors.cli.consoles import a_console
from maestro_actors.cli.database import database
from maestro_actors.cli.media import served_at, where_to_look
from maestro_actors.cli.owner import owned
from maestro_actors.cli.signals import interruptions
from maestro_actors.cli.watching import Left, Screen, exit_code, watch
from maestro_actors.cli.workers import OwnWorker
from maestro_actors.cli.workers import Wish as BurstWish
from maestro_actors.core.burst import Burst
from maestro_actors.core.content import PerKind
from maestro_actors.core.events import BurstKind
from maestro_actors.errors import UnusableError
from maestro_actors.journal.database import sqlite_url
from maestro_actors.journal.owned import OwnedJournal
from maestro_actors.providers.offline_writer import OfflineWriter
from maestro_actors.settings import Settings
from maestro_actors.system import Parts, running

LEAVING = "stopped at once: what was under way is gone"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the demo is asked for; brands by their slugs."""

    brands: tuple[str, ...]
    order: PerKind[int]
    seed: int


def run(settings: Settings, wish: Wish, as_json: bool) -> int:
    """Run the demo; the exit code: 0 when every job was scheduled, 1 when not, 128 and more when interrupted."""
    console, folder = a_console(as_json), settings.demo / "storage"
    stays = served_at(folder)
    with (
        interruptions() as asked,
        _alone(settings),
        bucket(settings, folder) as media,
        _fresh_journal(settings) as journal,
    ):
        screen = Screen(console, as_json, media.url_of, lambda: where_to_look(settings, folder, stays))
        parts = Parts(
            *(journal, media, media.url_of, OfflineWriter(), settings.renderers, settings.jobs_in_flight),
            daily_runs=False,
        )
        with running(parts, hurried=lambda: asked.count > 1) as system, live.view(console) as view:
            worker = OwnWorker(system, settings.user_id, LEAVING)
            burst = watch(worker, view, asked, lambda: worker.start(_burst(wish)))
            if isinstance(burst, Burst):
                view.show(live.ended(burst, media.url_of))
        if isinstance(burst, Left):
            console.print(LEAVING)
            return asked.exit_code
        screen.tell(burst)
    return exit_code(burst, asked)


def _burst(wish: Wish) -> BurstWish:
    return BurstWish(BurstKind.SMART, wish.brands, wish.order, wish.seed)


@contextmanager
def _fresh_journal(settings: Settings) -> Iterator[OwnedJournal]:
    """A database for this demo alone: each has the examples as they came, and an empty calendar."""
    path = settings.demo / "demo.db"
    _remove(path)
    try:
        with database(replace(settings, database=sqlite_url(path))) as engine, owned(engine) as journal:
            yield journal
    finally:
        _remove(path)


def _remove(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        each.unlink(missing_ok=True)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Hold the demo's folder: two demos at once would share a server that the first to end stops."""
    path = settings.demo / "demo.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise UnusableError(
            f"cannot write {path.parent} ({error.strerror}): set MAESTRO_HOME to a folder that can be written"
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UnusableError(
            f"another demo is using {path.parent}: wait until it has ended, or set MAESTRO_HOME to another folder"
        ) from None
    else:
        yield
    finally:
        os.close(lock)
