"""The database goes away in the middle of a burst: jobs wait and go on, nothing is lost, nothing is done twice.

OUTAGE_SECONDS says for how long it is away.
"""

from __future__ import annotations

import os
import random
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
from sqlalchemy import Engine, Table, func, select

from benchmarks.empty import AGENT, BRANDS, USER
from maestro_actors import system
from maestro_actors.actors import journal
from maestro_actors.core.content import Outcome, PerKind
from maestro_actors.errors import PassingError
from maestro_actors.journal import tables
from maestro_actors.journal.database import connect, reading, writing
from maestro_actors.journal.history import History
from tests.support.faulty_line import FaultyLine, faulty_line
from tests.support.journals import owned, sqlite_engine, stock
from tests.support.patience import eventually
from tests.support.postgresql import Server
from tests.system.conftest import Open, Stage
from tests.system.promises import assert_kept, assert_no_false_end, ended_burst
from tests.system.workers import a_site

OUTAGE = float(os.environ.get("OUTAGE_SECONDS", "1"))
OTHER = "11111111-0000-4000-8000-000000000000"
JOBS = 30
SOON = 8.0  # seconds until people hear what is the matter: twice what the journal takes
SMALL = 16_384  # bytes; more than a worker says


@dataclass
class Remote:
    """Systems whose database lies at the other end of a line, and a way to look into that directly."""

    line: FaultyLine
    engine: Engine
    far: Engine
    open_system: Open
    stage: Stage = field(init=False)

    @contextmanager
    def open(self, **changes: Any) -> Iterator[None]:
        """A system at work."""
        with owned(self.far) as ours, self.open_system(journal=ours, **changes) as self.stage:
            yield

    def begin(self) -> str:
        """A burst of jobs that take a little while, a part of which is done; another user is about to begin one."""
        self.stage.bucket.fault = lambda path: time.sleep(0.03)
        self.stage.system.snapshot(OTHER)
        burst_id = self.stage.system.start_burst(USER, order=PerKind(0, JOBS, 0))
        self.stage.until(lambda snapshot: snapshot["counts"]["scheduled"] >= 3)
        return burst_id

    def assert_nothing_lost(self, burst_id: str) -> None:
        """The burst ends as if nothing had been."""
        recap = self.stage.recap(burst_id)
        assert (recap["scheduled"], recap["outcome"]) == (JOBS, "finished")
        burst = ended_burst(self.engine, USER)
        stored = {each.asset.path(USER, job.brand) for job in burst.jobs.values() for each in job.stored}
        assert self.stage.bucket.objects == stored
        assert_no_false_end(self.stage.seen, burst_id)


@pytest.fixture
def remote(server: Server, open_system: Open) -> Iterator[Remote]:
    with server.copy() as url, faulty_line(server.socket) as line:
        near, far = connect(url), connect(server.url_at(line.port, url))
        for user_id in (USER, OTHER):
            stock(near, user_id, BRANDS, (AGENT,))
        try:
            yield Remote(line, near, far, open_system)
        finally:
            near.dispose()
            far.dispose()


def test_a_burst_waits_while_the_database_is_away_and_then_goes_on(remote: Remote) -> None:
    with remote.open():
        burst_id = remote.begin()
        remote.line.cut()
        back = time.monotonic() + OUTAGE
        with pytest.raises(PassingError):
            remote.stage.system.start_burst(OTHER, order=PerKind(0, 1, 0))
        remote.stage.until(lambda snapshot: snapshot["headline"].startswith("Waiting: the "))
        while time.monotonic() < back:
            assert remote.stage.look()["burst_id"] == burst_id
            with pytest.raises(PassingError, match="nothing can begin now"):
                remote.stage.system.start_burst(OTHER, order=PerKind(0, 1, 0))
        remote.line.mend()
        remote.assert_nothing_lost(burst_id)
        assert not History(remote.engine).bursts(OTHER).items, "who was refused has not begun anything"


@pytest.mark.parametrize(
    ("answers", "then_cut"), [(False, False), (True, True)], ids=["and goes on", "and is cut, with its answers lost"]
)
def test_a_burst_waits_while_the_database_hangs(
    remote: Remote, monkeypatch: pytest.MonkeyPatch, answers: bool, then_cut: bool
) -> None:
    """What was being committed may have been, or not: nobody can say before the database is back."""
    monkeypatch.setattr(system, "ASK_TIMEOUT", 2.0)
    monkeypatch.setattr(journal, "STALE", 1.5)
    with remote.open():
        burst_id = remote.begin()
        remote.line.hang(answers=answers)
        back = time.monotonic() + OUTAGE
        while time.monotonic() < back:
            assert remote.stage.look()["burst_id"] == burst_id
        with pytest.raises(PassingError, match="no answer"):
            remote.stage.system.start_burst(OTHER, order=PerKind(0, 1, 0))
        if then_cut:
            remote.line.cut()
        remote.line.mend()
        remote.assert_nothing_lost(burst_id)
        assert not History(remote.engine).bursts(OTHER).items, "who was told that nothing began may believe it"


def test_a_burst_whose_connections_break_again_and_again_goes_on(remote: Remote) -> None:
    luck = random.Random(2026)  # noqa: S311 - bad luck, the same each time
    with remote.open():
        burst_id = remote.begin()
        cuts = 0
        while not remote.stage.look()["recent_burst"]:
            remote.line.hang(answers=luck.random() < 0.5)
            time.sleep(luck.uniform(0, 0.03))  # a commit may be under way
            remote.line.cut()
            remote.line.mend()
            time.sleep(luck.uniform(0, 0.15))
            cuts += 1
        assert cuts > 3
        remote.assert_nothing_lost(burst_id)


def test_a_system_that_stops_while_the_database_is_away_settles_nothing_and_the_next_goes_on(
    remote: Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "STOP_TIMEOUT", 1.0)
    with remote.open():
        burst_id = remote.begin()
        remote.line.cut()
        remote.stage.until(lambda snapshot: snapshot["headline"].startswith("Waiting: the "))
        told = time.monotonic()
    assert time.monotonic() - told < 4
    assert not History(remote.engine).burst(burst_id).outcome
    before = remote.stage
    remote.line.mend()
    with remote.open(bucket=before.bucket):
        remote.assert_nothing_lost(burst_id)


# Holds SQLite's write lock until its stdin closes.
LOCKER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program writes to the database, and takes its time."""
    with subprocess.Popen([sys.executable, "-c", LOCKER, str(path)], stdin=PIPE, stdout=PIPE) as locker:
        try:
            assert locker.stdout
            assert locker.stdout.readline() == b"locked\n"
            yield
        finally:
            locker.kill()


def test_a_burst_waits_while_another_program_has_sqlite_locked(open_system: Open, tmp_path: Path) -> None:
    path = tmp_path / "locked.db"
    with open_system(database=path) as stage:
        stage.bucket.fault = lambda path: time.sleep(0.03)
        stage.system.snapshot(OTHER)
        burst_id = stage.start(JOBS)
        stage.until(lambda snapshot: snapshot["counts"]["scheduled"] >= 3)
        with locked(path):
            back = time.monotonic() + OUTAGE
            stage.until(lambda snapshot: "locked by another program" in snapshot["headline"], SOON)
            with pytest.raises(PassingError, match="locked by another program"):
                stage.system.start_burst(OTHER)
            while time.monotonic() < back:
                assert stage.look()["burst_id"] == burst_id
        assert stage.recap(burst_id)["scheduled"] == JOBS
        ended_burst(stage.engine, USER)
        assert not History(stage.engine).bursts(OTHER).items
    assert_no_false_end(stage.seen, burst_id)


def test_others_who_write_all_the_time_are_no_news(open_system: Open, tmp_path: Path) -> None:
    path = tmp_path / "busy.db"
    with open_system(database=path) as stage, sqlite_engine(path) as others:
        stage.bucket.fault = lambda path: time.sleep(0.03)
        burst_id = stage.start(JOBS)
        while not stage.look()["recent_burst"]:
            with writing(others):
                stage.look()
        assert stage.recap(burst_id)["scheduled"] == JOBS
    assert not [snapshot for snapshot in stage.seen if snapshot["headline"].startswith("Waiting")]


@pytest.mark.parametrize("what", ["a burst", "a regeneration"])
def test_what_was_refused_while_sqlite_was_locked_does_not_begin_afterwards(
    open_system: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """The lock is free again while the journal still waits for it, and whoever asked has gone."""
    monkeypatch.setattr(system, "ASK_TIMEOUT", 1.0)
    monkeypatch.setattr(journal, "STALE", 0.8)
    path = tmp_path / "locked.db"
    with open_system(database=path) as stage:
        stage.recap(first := stage.start(1))
        (job,) = History(stage.engine).jobs(USER).items
        begin = {
            "a burst": lambda: stage.system.start_burst(USER, order=PerKind(0, 1, 0)),
            "a regeneration": lambda: stage.system.regenerate(USER, job.job_id),
        }
        with locked(path), pytest.raises(PassingError, match="no answer"):
            begin[what]()
        other = stage.start(1, user=OTHER)
        stage.recap(other, user=OTHER)
        assert [row.burst_id for row in History(stage.engine).bursts(USER).items] == [first]
        assert begin[what](), "whoever tries again has a burst"


def test_a_burst_whose_database_has_no_room_waits_until_there_is_some() -> None:
    """A limit for the size of the worker's own files stands in for a full disk."""
    with a_site() as site:
        with site.started(site.script(USER, jobs=JOBS)) as worker:
            eventually(lambda: number_of(site.engine, tables.slots) >= 3, 20)
            resource.prlimit(worker.process.pid, resource.RLIMIT_FSIZE, (SMALL, resource.RLIM_INFINITY))
            waiting = eventually(lambda: worker.said("waiting"))
            written = number_of(site.engine, tables.events)
            time.sleep(OUTAGE)
            assert number_of(site.engine, tables.events) == written
            unlimited = resource.RLIM_INFINITY, resource.RLIM_INFINITY
            resource.prlimit(worker.process.pid, resource.RLIMIT_FSIZE, unlimited)
            assert worker.wait() == 0
        assert "is full" in waiting["waiting"]
        assert assert_kept(site.engine, site.shelves, USER).count(Outcome.SCHEDULED) == JOBS
        site.assert_left()
        site.assert_no_traceback()


def number_of(engine: Engine, table: Table) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar() or 0


@pytest.mark.parametrize("broken", ["the first", "one in the middle", "the last"])
def test_a_burst_that_cannot_be_read_ends_as_failed_and_the_others_go_on(
    open_system: Open, tmp_path: Path, broken: str
) -> None:
    path = tmp_path / "broken.db"
    with open_system(database=path) as stage:
        stage.bucket.fault = lambda path: time.sleep(0.03)
        unreadable = stage.start(JOBS)
        other = stage.start(JOBS, user=OTHER)
        stage.until(lambda snapshot: snapshot["counts"]["scheduled"] >= 3)
    break_event(path, unreadable, broken)
    bucket = stage.bucket
    with open_system(database=path, bucket=bucket) as stage:
        assert stage.recap(other, user=OTHER)["scheduled"] == JOBS
        ended_burst(stage.engine, OTHER)
        row = History(stage.engine).burst(unreadable)
        assert (row.outcome, row.scheduled + row.lost) == ("failed", row.created)
        lost = History(stage.engine).jobs(USER, outcome=Outcome.LOST).items
        assert all("cannot be read" in str(job.error) for job in lost)
        assert stage.look()["current_phase"] is None
        scheduled = {each.job_id for each in History(stage.engine).taken_slots(USER)}
        assert len(scheduled) == row.scheduled
        eventually(lambda: {job_of(each) for each in bucket.objects if each.startswith(USER)} == scheduled)
        bucket.fault = lambda path: None
        assert stage.recap(stage.start(2))["scheduled"] == 2


def job_of(path: str) -> str:
    return path.rpartition("/")[2].partition("_")[0]


def break_event(path: Path, burst_id: str, which: str) -> None:
    """As a disk would, or a careless hand."""
    with closing(sqlite3.connect(path)) as connection, connection:
        (last,) = connection.execute("SELECT max(seq) FROM events WHERE burst_id = ?", (burst_id,)).fetchone()
        seq = {"the first": 0, "one in the middle": last // 2, "the last": last}[which]
        query = "UPDATE events SET payload = substr(payload, 5) WHERE burst_id = ? AND seq = ?"
        assert connection.execute(query, (burst_id, seq)).rowcount == 1
