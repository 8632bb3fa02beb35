"""`maestro demo`: one smart burst for the example brands, from the first idea to the media's URLs."""

from __future__ import annotations

import fcntl
import json
import os
import shlex
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console

from maestro_actors.cli import live, recap
from maestro_actors.cli.bucket import bucket
from maestro_actors.cli.signals import Interruptions, interruptions
from maestro_actors.core.burst import Burst
from maestro_actors.core.content import Brand, Outcome, PerKind
from maestro_actors.errors import UnusableError
from maestro_actors.examples import EXAMPLE_AGENTS
from maestro_actors.providers.offline_writer import OfflineWriter
from maestro_actors.settings import Settings
from maestro_actors.storage import SupabaseBucket
from maestro_actors.system import Parts, System, running

REFRESH = 0.1  # seconds between two looks at the snapshot
INTERRUPTED_TWICE = "stopped at once: what was under way is gone"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the demo is asked for."""

    brands: tuple[Brand, ...]
    order: PerKind[int]
    seed: int


def run(settings: Settings, wish: Wish, as_json: bool) -> int:
    """Run the demo; the exit code: 0 when every job was scheduled, 1 when not, 128 and more when interrupted."""
    console = Console(stderr=as_json, highlight=False)
    with interruptions() as asked, _alone(settings), bucket(settings, settings.demo / "storage") as media:
        parts = Parts(media, media.url_of, OfflineWriter(), settings.renderers, settings.jobs_in_flight)
        with running(parts, hurried=lambda: asked.count > 1) as system, live.view(console) as view:
            burst = _watch(system, settings.user_id, wish, view, asked)
            if burst:
                view.show(live.ended(burst, media.url_of))
        if burst is None:
            console.print(INTERRUPTED_TWICE)
            return asked.exit_code
        recap.show(console, burst, media.url_of, _where(settings, media))
        if as_json:
            print(json.dumps(recap.as_json(burst, media.url_of), indent=2), flush=True)  # noqa: T201
    return _exit_code(burst, asked)


def _watch(system: System, user_id: str, wish: Wish, view: live.View, asked: Interruptions) -> Burst | None:
    """Show the burst until it has ended; None if somebody did not want to wait for that."""
    burst_id = system.start_burst(user_id, wish.brands, EXAMPLE_AGENTS, wish.order, seed=wish.seed)
    cancelled = False
    while True:
        snapshot = system.snapshot(user_id)
        if snapshot["recent_burst"]:
            return system.ended_burst(user_id)
        view.show(snapshot)
        if asked.count > 1:
            return None
        if asked.count and not cancelled:
            cancelled = system.cancel_burst(burst_id, by="the terminal", reason="interrupted")
        time.sleep(REFRESH)


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


def _where(settings: Settings, media: SupabaseBucket) -> str:
    if settings.supabase:
        return f"The media is in the bucket media of {settings.supabase.url}"
    home = f"MAESTRO_HOME={shlex.quote(os.environ['MAESTRO_HOME'])} " if os.environ.get("MAESTRO_HOME") else ""
    command = home + ("maestro" if shutil.which("maestro") else shlex.quote(sys.argv[0]))
    page = media.url_of("").partition("/storage/")[0]
    return f"To look at it again: {command} storage, then open {page}/"


def _exit_code(burst: Burst, asked: Interruptions) -> int:
    if asked.count:
        return asked.exit_code
    return 0 if burst.jobs and burst.count(Outcome.SCHEDULED) == len(burst.jobs) and not burst.failures else 1
