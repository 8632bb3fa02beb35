"""What a long past costs those who start, and those who look back. See `past` for what it consists of.

Each figure is the median of several calls, in one process, over a database that the system has in its memory.
"""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Engine, select

from benchmarks.commands import MAESTRO, environment
from benchmarks.past import BRANDS, fill_sqlite, real_day
from benchmarks.report import Line, figure
from maestro_actors.core.content import Outcome
from maestro_actors.examples import EXAMPLE_AGENTS
from maestro_actors.journal.database import connect, reading, require_current, sqlite_url
from maestro_actors.journal.history import History
from maestro_actors.journal.library import Library
from maestro_actors.journal.owned import OwnedJournal
from maestro_actors.journal.ownership import acquire
from maestro_actors.journal.reader import JournalReader
from maestro_actors.journal.rows import cursor_of
from maestro_actors.journal.tables import bursts, jobs
from maestro_actors.settings import ONE_USER

CALLS = 9
START_MS, LIST_MS = 250, 50  # promised
DEEP = 100  # rows from the end of a list


def measure() -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="maestro-") as home:
        path = Path(home) / "maestro.db"
        fill_sqlite(path, real_day())
        engine = connect(sqlite_url(path))
        Library(engine).welcome(ONE_USER, BRANDS, EXAMPLE_AGENTS, datetime.now(UTC))
        try:
            return [
                figure("the database", path.stat().st_size / 1e6, "MB"),
                *_starting(engine),
                *_looking(engine, home),
            ]
        finally:
            engine.dispose()


def _starting(engine: Engine) -> Iterator[Line]:
    yield figure("start of a journal", _ms(lambda: _start(engine.url.database or "")), "ms", at_most=START_MS)
    reader, library = JournalReader(engine), Library(engine)
    yield figure("the first snapshot of a user", _ms(lambda: _first_snapshot(reader, library)), "ms", at_most=LIST_MS)
    day = datetime.now(UTC).date() - timedelta(days=1)
    yield figure("what a day has already", _ms(lambda: reader.made_on(ONE_USER, day, "UTC")), "ms", at_most=LIST_MS)


def _start(path: str) -> None:
    """All that a worker asks before it does anything."""
    engine = connect(sqlite_url(Path(path)))
    require_current(engine)
    ownership = acquire(engine)
    journal = OwnedJournal(engine, ownership)
    journal.unfinished()
    journal.unwanted()
    journal.routines(datetime.now(UTC))
    ownership.release()
    engine.dispose()


def _first_snapshot(reader: JournalReader, library: Library) -> None:
    library.routine(ONE_USER, datetime.now(UTC))
    reader.last_ended(ONE_USER)


def _looking(engine: Engine, home: str) -> Iterator[Line]:
    for name, call in _lists(History(engine), _Places(engine)):
        yield figure(name, _ms(call), "ms", at_most=LIST_MS)
    history = _ms(lambda: subprocess.run([MAESTRO, "history"], env=environment(home), capture_output=True, check=True))
    yield figure("`maestro history`, the whole command", history, "ms")


class _Places:
    """Where somebody may look: near the end of a list, at a burst and a job in the middle of everything."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.burst_id, self.job_id = (self._row(id_, id_, 5_000)[0] for id_ in (bursts.c.burst_id, jobs.c.job_id))
        self.last_bursts = cursor_of(*self._row(bursts.c.started_at, bursts.c.burst_id, DEEP))
        self.last_jobs = cursor_of(*self._row(jobs.c.created_at, jobs.c.job_id, DEEP))

    def _row(self, order: Column[Any], id_: Column[Any], place: int) -> tuple[Any, ...]:
        query = select(order, id_).order_by(order, id_).offset(place).limit(1)
        with reading(self._engine) as connection:
            return tuple(connection.execute(query).one())


def _lists(history: History, at: _Places) -> Iterator[tuple[str, Callable[[], object]]]:
    long_ago = datetime.now(UTC).date() - timedelta(days=500)
    brand, failed = BRANDS[0].slug, Outcome.FAILED
    yield "bursts, the first page", lambda: history.bursts(ONE_USER)
    yield "… the last", lambda: history.bursts(ONE_USER, cursor=at.last_bursts)
    yield "… of a kind that there is none of", lambda: history.bursts(ONE_USER, kind="regenerate")
    yield "jobs, the first page", lambda: history.jobs(ONE_USER)
    yield "… the last", lambda: history.jobs(ONE_USER, cursor=at.last_jobs)
    yield "… 200 in one", lambda: history.jobs(ONE_USER, limit=200)
    yield "… that failed, the last", lambda: history.jobs(ONE_USER, outcome=failed, cursor=at.last_jobs)
    yield "… that failed, a brand's", lambda: history.jobs(ONE_USER, brand=brand, outcome=failed)
    yield "… of a burst", lambda: history.jobs(ONE_USER, burst_id=at.burst_id)
    yield "… of a burst, a brand's", lambda: history.jobs(ONE_USER, burst_id=at.burst_id, brand=brand)
    yield "events of a burst, the first page", lambda: history.events(ONE_USER, at.burst_id)
    yield "… the last", lambda: history.events(ONE_USER, at.burst_id, cursor=cursor_of(100))
    yield "a job and its life", lambda: history.job(ONE_USER, at.job_id)
    yield "a job by the beginning of its id", lambda: history.ids(ONE_USER, at.job_id[:8])
    yield (
        "the calendar, a week",
        lambda: history.taken_slots(ONE_USER, since=long_ago, until=long_ago + timedelta(days=7)),
    )


def _ms(call: Callable[[], object]) -> float:
    seconds = []
    for _ in range(CALLS):
        began = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - began)
    return 1e3 * statistics.median(seconds)
