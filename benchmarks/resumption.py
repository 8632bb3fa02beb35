"""How soon a burst goes on after its worker was killed: real processes, a real database, real media.

A worker begins a daily burst and is killed with SIGKILL while it renders and uploads; the next one is started at
once, as whoever supervises it would. The clock runs from the start of its process, with all that an interpreter has
to load, until it is on disk that the burst goes on; and until somebody works for one of its jobs again.
"""

from __future__ import annotations

import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path

from sqlalchemy import Engine, func, select

from benchmarks.commands import MAESTRO, environment
from benchmarks.report import Line, figure
from benchmarks.waiting import until
from maestro_actors.core.events import AssetStored, BurstResumed, Event, StepStarted
from maestro_actors.examples import EXAMPLE_AGENTS, EXAMPLE_BRANDS
from maestro_actors.journal.database import connect, reading, sqlite_url, upgrade
from maestro_actors.journal.library import Library
from maestro_actors.journal.tables import events
from maestro_actors.settings import ONE_USER

ROUNDS = 7
AT_WORK = 0.3  # seconds that a worker goes on with a burst before it is killed, too few for a reel


def measure() -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="maestro-", ignore_cleanup_errors=True) as home, _studio(home) as engine:
        with _worker(home, signal.SIGKILL):
            _until_more(engine, AssetStored, 0)
        rounds = [_kill_to_resumed(home, engine) for _ in range(ROUNDS)]
        with _worker(home, signal.SIGTERM):
            _until_more(engine, BurstResumed, ROUNDS)
    resumed = [seconds for seconds, _ in rounds]
    return [
        figure("from the process's start to resumed, median", statistics.median(resumed), "s", at_most=1.0),
        figure("… at the most", max(resumed), "s"),
        figure("… to a job at work again, median", statistics.median(seconds for _, seconds in rounds), "s"),
    ]


def _kill_to_resumed(home: str, engine: Engine) -> tuple[float, float]:
    """Seconds until the burst goes on, and until somebody works for a job of it."""
    resumed, started = _number(engine, BurstResumed), _number(engine, StepStarted)
    began = time.perf_counter()
    with _worker(home, signal.SIGKILL):
        _until_more(engine, BurstResumed, resumed)
        goes_on = time.perf_counter() - began
        _until_more(engine, StepStarted, started)
        at_work = time.perf_counter() - began
        time.sleep(AT_WORK)
    return goes_on, at_work


@contextmanager
def _studio(home: str) -> Iterator[Engine]:
    """The database of a user whose daily burst is due."""
    url = sqlite_url(Path(home) / "maestro.db")
    upgrade(url)
    engine = connect(url)
    now = datetime.now(UTC)
    Library(engine).welcome(ONE_USER, EXAMPLE_BRANDS, EXAMPLE_AGENTS, now)
    Library(engine).set_daily(ONE_USER, wall_time(), "UTC", now - timedelta(days=1))
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _worker(home: str, end: signal.Signals) -> Iterator[None]:
    """A worker that runs until the end of the block, and what ends it."""
    process = subprocess.Popen([MAESTRO, "worker"], stdout=subprocess.DEVNULL, env=environment(home))
    try:
        yield
    finally:
        process.send_signal(end)
        process.wait()


def _number(engine: Engine, of: type[Event]) -> int:
    query = select(func.count()).where(events.c.type == of.__name__)
    with reading(engine) as connection:
        return connection.execute(query).scalar_one()


def _until_more(engine: Engine, of: type[Event], before: int) -> None:
    """Until the journal has more events of the type."""
    until(lambda: _number(engine, of) > before, pause=0.005)
