"""Places where real workers, started as people start them, find a burst to work on."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, func, select

from maestro_actors.core.content import Outcome, PerKind
from maestro_actors.core.events import BurstKind
from maestro_actors.examples import EXAMPLE_AGENTS, EXAMPLE_BRANDS
from maestro_actors.journal.database import connect, reading, sqlite_url, upgrade
from maestro_actors.journal.entries import Opening
from maestro_actors.journal.library import Library
from maestro_actors.journal.tables import owners, slots
from maestro_actors.settings import ONE_USER
from tests.cli.house import House, Running
from tests.support.faulty_storage import Stall, StorageServer, no_faults, storage_server
from tests.support.journals import owned
from tests.support.patience import eventually
from tests.system.promises import Shelves, assert_kept

JOBS = 8
SLOWLY = Stall(0.25)  # each upload, until a test has seen what it wanted to see


@dataclass
class Place:
    """A database with a burst that nobody has begun to work on, and what a worker needs to do so."""

    house: House
    url: str
    engine: Engine
    storage: StorageServer

    @contextmanager
    def worker(self, name: str = "") -> Iterator[Running]:
        """`name` is how its connections call themselves, where there are any."""
        with self.house.started(
            "worker",
            MAESTRO_RENDERERS="1",
            DATABASE_URL=f"{self.url}&application_name={name}" if name else self.url,
            SUPABASE_URL=self.storage.url,
            SUPABASE_SERVICE_KEY=self.storage.service_key,
        ) as worker:
            yield worker

    def through(self, url: str) -> None:
        """Let workers reach the database by this URL."""
        self.url = url

    def scheduled(self) -> int:
        with reading(self.engine) as connection:
            return connection.execute(select(func.count()).select_from(slots)).scalar() or 0

    def epoch(self) -> int:
        with reading(self.engine) as connection:
            return connection.execute(select(owners.c.epoch)).scalar() or 0

    def assert_finished(self) -> None:
        """The burst ends, and every promise is kept."""
        self.storage.faults = no_faults
        eventually(lambda: self.scheduled() == JOBS, 40)
        shelves = Shelves(self.storage.url, self.storage.service_key)
        burst = eventually(lambda: assert_kept(self.engine, shelves, ONE_USER), 10)
        assert burst.count(Outcome.SCHEDULED) == len(burst.jobs) == JOBS


@contextmanager
def a_place(url: str | None = None) -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="mae-") as root:
        house = House(Path(root).resolve())
        if url is None:
            url = sqlite_url(house.root / "maestro.db")
            upgrade(url)
        engine = connect(url)
        begin_a_burst(engine)
        try:
            with storage_server(house.root / "project", lambda *_: SLOWLY) as storage:
                yield Place(house, url, engine, storage)
                eventually(lambda: not house.processes(), 10)
        finally:
            engine.dispose()


def begin_a_burst(engine: Engine) -> None:
    now = datetime.now(UTC)
    Library(engine).welcome(ONE_USER, EXAMPLE_BRANDS, EXAMPLE_AGENTS, now)
    with owned(engine) as journal:
        journal.open(Opening(str(uuid.uuid4()), ONE_USER, BurstKind.SMART, now, 1, order=PerKind(0, JOBS, 0)))


def is_ready(worker: Running) -> bool:
    return "maestro worker: ready" in worker.out
