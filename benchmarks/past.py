"""A studio with a long past: 100,000 jobs in 10,000 bursts of one user, ten bursts a day until yesterday.

One day of it is real: actors made it, with renders that do nothing and a bucket that refuses some uploads, and the
journal wrote it. Every day of the past is a copy of its rows, with ids and a date of its own.
"""

from __future__ import annotations

import re
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from benchmarks.empty import EmptyBucket
from benchmarks.journals import journal_at
from maestro_actors.actors.recording import Journal
from maestro_actors.core.content import PerKind
from maestro_actors.core.events import BurstKind
from maestro_actors.errors import StorageError
from maestro_actors.examples import EXAMPLE_AGENTS, EXAMPLE_BRANDS
from maestro_actors.journal.database import sqlite_url, upgrade
from maestro_actors.journal.tables import bursts, events, jobs, slots
from maestro_actors.providers.offline_writer import OfflineWriter
from maestro_actors.rendering.plan import Order, RenderStep, Step, plan_offline
from maestro_actors.rendering.specs import Rest
from maestro_actors.settings import ONE_USER
from maestro_actors.system import Parts, running

DAYS, BURSTS_A_DAY, ORDER = 1_000, 10, PerKind(4, 4, 2)
REAL_DAY = date(2001, 1, 1)  # as nothing else in its rows reads
FIRST_BURST, BETWEEN = wall_time(0, 5), timedelta(minutes=20)
TIMES = tuple(wall_time(hour) for hour in range(4, 24))  # after the last burst of a day, and enough for all its jobs
BRANDS = tuple(
    replace(brand, timezone="UTC", publishing_times=PerKind(TIMES, TIMES, TIMES)) for brand in EXAMPLE_BRANDS
)
REFUSED = 25  # of so many uploads one
TABLES = (bursts, jobs, events, slots)  # parents before children

Cell = Any  # of a row: alike on every day, or a list of texts of which some are each day's own


@dataclass(frozen=True, slots=True)
class Day:
    """The rows of one real day, taken apart at the ids and the date, of which every day has its own."""

    ids: tuple[str, ...]
    rows: Mapping[Table, Sequence[tuple[Cell, ...]]]

    def words(self, day: date) -> dict[str, str]:
        """What another day has in their place."""
        return {old: str(uuid.uuid4()) for old in self.ids} | {REAL_DAY.isoformat(): day.isoformat()}

    def copied(self, table: Table, words: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
        """The rows of another day."""
        for row in self.rows[table]:
            yield tuple(
                "".join([words.get(text, text) for text in cell]) if type(cell) is list else cell for cell in row
            )


def fill_sqlite(path: Path, day: Day) -> None:
    """Make a database with the past in a file."""
    upgrade(sqlite_url(path))
    with closing(sqlite3.connect(path)) as connection:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000"):  # if it fails, it is gone
            connection.execute(f"PRAGMA {setting}")
        for words in _every_day(day):
            for table in TABLES:
                values = ", ".join("?" for _ in table.c)
                insert = f"INSERT INTO {table.name} ({_names(table)}) VALUES ({values})"  # noqa: S608 - names of ours
                connection.executemany(insert, day.copied(table, words))
        connection.commit()


def _every_day(day: Day) -> Iterator[dict[str, str]]:
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    return (day.words(yesterday - timedelta(days=ago)) for ago in reversed(range(DAYS)))


def _all(table: Table) -> str:
    return f"SELECT {_names(table)} FROM {table.name}"  # noqa: S608 - names of ours


def _names(table: Table) -> str:
    return ", ".join(column.name for column in table.c)


# The real day.


def real_day() -> Day:
    """Let it happen, and take apart what the journal wrote."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "maestro.db"
        with journal_at(sqlite_url(path), ONE_USER, BRANDS, EXAMPLE_AGENTS) as journal:
            _live(journal)
        with closing(sqlite3.connect(path)) as connection:
            found = {table: connection.execute(_all(table)).fetchall() for table in TABLES}
    ids = tuple(row[0] for table in (bursts, jobs) for row in found[table])
    own = re.compile("|".join((*ids, REAL_DAY.isoformat())))
    return Day(
        ids, {table: [tuple(_apart(cell, own) for cell in row) for row in rows] for table, rows in found.items()}
    )


def _apart(cell: Cell, own: re.Pattern[str]) -> Cell:
    if not isinstance(cell, str) or not own.search(cell):
        return cell
    return re.split(f"({own.pattern})", cell)


def _live(journal: Journal) -> None:
    clock = Clock()
    parts = Parts(
        *(journal, MoodyBucket(), "https://example.org/{}".format, OfflineWriter()),
        renderers=2,
        jobs_in_flight=8,
        plan=_rest,
        clock=clock,
        daily_runs=False,
    )
    with running(parts) as system:
        for number in range(BURSTS_A_DAY):
            clock.now = datetime.combine(REAL_DAY, FIRST_BURST, UTC) + number * BETWEEN
            kind = BurstKind.SMART if number else BurstKind.DAILY
            burst_id = system.start_burst(ONE_USER, kind, order=ORDER, seed=number)
            while (system.snapshot(ONE_USER)["recent_burst"] or {}).get("burst_id") != burst_id:
                time.sleep(0.002)


class Clock:
    """Tells the time of the real day: a little more whenever somebody looks."""

    now: datetime

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=0.1)
        return self.now


class MoodyBucket(EmptyBucket):
    """Refuses some uploads."""

    def __init__(self) -> None:
        self._uploads = 0

    def upload(self, path: str, file: str, content_type: str, size: int) -> str:
        self._uploads += 1
        if self._uploads % REFUSED == 0:
            raise StorageError("storage answered with 403: check that SUPABASE_SERVICE_KEY is this project's")
        return super().upload(path, file, content_type, size)


def _rest(order: Order) -> tuple[Step, ...]:
    """The steps of real media, of which nothing is drawn."""
    return tuple(
        replace(step, spec=Rest(step.spec.out)) if isinstance(step, RenderStep) else step
        for step in plan_offline(order)
    )
