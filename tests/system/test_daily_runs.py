"""Daily bursts through the whole system, by a clock that a test turns."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from benchmarks.empty import AGENT, BRANDS, USER
from maestro_actors.actors import maestro
from maestro_actors.core.events import BurstKind
from maestro_actors.core.snapshot import rfc3339
from maestro_actors.journal.entries import Opening
from maestro_actors.journal.history import History
from maestro_actors.journal.library import Library
from maestro_actors.journal.rows import BurstRow
from tests.support.journals import owned, sqlite_engine, stock
from tests.support.patience import eventually
from tests.system.conftest import Open, Stage

LISBON = "Europe/Lisbon"
SET_AT = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def turn_to(self, day: int, wall: str, month: int = 3, zone: str = LISBON) -> None:
        local = datetime.combine(date(2026, month, day), time.fromisoformat(wall), ZoneInfo(zone))
        self.now = local.astimezone(UTC)


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maestro, "LOOK", 0.02)


@pytest.fixture
def clock() -> Clock:
    clock = Clock(SET_AT)
    clock.turn_to(10, "06:00")
    return clock


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A studio whose daily burst runs at 07:30 in Lisbon."""
    path = tmp_path / "kept.db"
    with sqlite_engine(path) as engine:
        stock(engine, USER, BRANDS, (AGENT,))
        Library(engine).set_daily(USER, time(7, 30), LISBON, SET_AT)
    return path


@pytest.fixture
def working(open_system: Open, database: Path, clock: Clock) -> Working:
    return Working(open_system, database, clock)


@dataclass
class Working:
    """A worker that can be started, and looked at, again and again."""

    open_system: Open
    database: Path
    clock: Clock

    @contextmanager
    def up(self) -> Iterator[Stage]:
        with self.open_system(database=self.database, clock=self.clock) as stage:
            looked_twice(stage)
            yield stage

    @property
    def dailies(self) -> list[BurstRow]:
        """The daily bursts so far, the first one first."""
        with sqlite_engine(self.database) as engine:
            return [row for row in reversed(History(engine).bursts(USER).items) if row.kind == BurstKind.DAILY]

    def days(self) -> list[int]:
        return [row.local_date.day for row in self.dailies if row.local_date]


def looked_twice(stage: Stage) -> None:
    """Until Maestro has looked at the routines after now: whatever is due has begun, and so has nothing else."""
    from maestro_actors.journal.owned import OwnedJournal

    seen: list[int] = []
    before = OwnedJournal.routines

    def counted(self: OwnedJournal, now: datetime) -> object:
        seen.append(1)
        return before(self, now)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(OwnedJournal, "routines", counted)
        eventually(lambda: len(seen) > 2)
    stage.until(lambda snapshot: not snapshot["current_phase"], 20)


def test_it_begins_at_its_time_and_once(working: Working, clock: Clock) -> None:
    with working.up() as stage:
        assert stage.look()["next_run_at"] == "2026-03-10T07:30:00.000Z"
        clock.turn_to(10, "07:29:59")
        looked_twice(stage)
        assert working.days() == []
        clock.turn_to(10, "07:30")
        looked_twice(stage)
        assert working.days() == [10]
        assert stage.look()["recent_burst"]["scheduled"] == 4
        assert stage.system.figures()["bursts"]["daily_runs"] == 1
        assert stage.look()["next_run_at"] == "2026-03-11T07:30:00.000Z"
        clock.turn_to(10, "23:00")
        looked_twice(stage)
        clock.turn_to(11, "08:00")
        looked_twice(stage)
    assert working.days() == [10, 11]


def test_a_run_that_was_missed_is_made_up_once_on_the_same_day_only(working: Working, clock: Clock) -> None:
    clock.turn_to(12, "23:50")
    for _ in range(3):
        with working.up():
            pass
    assert working.days() == [12], "and those of the tenth and the eleventh are over"
    assert working.dailies[0].scheduled == 4


def test_after_midnight_nothing_is_made_up(working: Working, clock: Clock) -> None:
    clock.turn_to(13, "00:10")
    with working.up() as stage:
        assert stage.look()["next_run_at"] == "2026-03-13T07:30:00.000Z"
    assert working.days() == []


def test_while_it_is_paused_nothing_begins_and_nothing_is_made_up_for(working: Working, clock: Clock) -> None:
    with working.up() as stage:
        Library(stage.engine).pause(USER)
        stage.until(lambda snapshot: snapshot["paused"] and snapshot["next_run_at"] is None)
        clock.turn_to(10, "09:00")
        looked_twice(stage)
        Library(stage.engine).resume(USER, clock.now)
        stage.until(lambda snapshot: snapshot["next_run_at"] == "2026-03-11T07:30:00.000Z")
    assert working.days() == []


def assert_opened(gate: threading.Event) -> None:
    assert gate.wait(20)


def test_a_burst_under_way_delays_it_within_its_day(working: Working, clock: Clock) -> None:
    with working.up() as stage:
        gate = threading.Event()
        stage.bucket.fault = lambda path: assert_opened(gate)
        live = stage.system.start_burst(USER)
        clock.turn_to(10, "07:31")
        stage.until(lambda snapshot: snapshot["next_run_at"] == "2026-03-10T07:30:00.000Z")
        assert working.days() == []
        gate.set()
        stage.recap(live)
        looked_twice(stage)
    assert working.days() == [10]


def test_a_worker_killed_between_deciding_and_starting_neither_skips_nor_doubles(
    working: Working, clock: Clock, database: Path
) -> None:
    clock.turn_to(10, "07:30")
    with sqlite_engine(database) as engine, owned(engine) as journal:
        journal.open(Opening("decided", USER, BurstKind.DAILY, clock.now, 1, local_date=date(2026, 3, 10)))
    clock.turn_to(10, "07:45")
    with working.up():
        pass
    assert [(row.burst_id, row.scheduled) for row in working.dailies] == [("decided", 4)]


def test_a_day_is_the_users_own_wherever_that_is(working: Working, clock: Clock, database: Path) -> None:
    with sqlite_engine(database) as engine:
        Library(engine).set_daily(USER, time(0, 15), "Pacific/Chatham", SET_AT)
    clock.turn_to(20, "00:20", zone="Pacific/Chatham")
    assert clock.now.day == 19
    with working.up():
        pass
    assert working.days() == [20]


@pytest.mark.parametrize(
    ("wall", "zone", "month", "day", "expected"),
    [
        (time(1, 30), LISBON, 3, 29, "2026-03-29T01:30:00.000Z"),  # does not exist: an hour later on the clock
        (time(1, 30), LISBON, 10, 25, "2026-10-25T00:30:00.000Z"),  # comes twice: the first
        (time(2, 15), "Australia/Lord_Howe", 10, 4, "2026-10-03T15:45:00.000Z"),  # half an hour is skipped
    ],
)
def test_the_next_run_is_right_across_a_change_of_clocks_and_happens_once(
    working: Working, clock: Clock, database: Path, wall: time, zone: str, month: int, day: int, expected: str
) -> None:
    with sqlite_engine(database) as engine:
        Library(engine).set_daily(USER, wall, zone, SET_AT)
    clock.turn_to(day, "00:00", month, zone)
    with working.up() as stage:
        assert stage.look()["next_run_at"] == expected
        clock.now = datetime.fromisoformat(expected) - timedelta(seconds=1)
        looked_twice(stage)
        assert working.days() == []
        for _ in range(4):  # the night that comes twice, at every half hour of it
            clock.now += timedelta(minutes=30)
            looked_twice(stage)
    assert working.days() == [day]


def test_the_headline_speaks_of_today_until_the_users_day_ends(working: Working, clock: Clock) -> None:
    clock.turn_to(10, "07:30")
    with working.up() as stage:
        assert stage.look()["headline"] == "Today's session is complete: 4 scheduled"
        clock.turn_to(10, "23:59:59")
        last = stage.look()
        assert last["headline"] == last["recent_burst"]["headline"] == "Today's session is complete: 4 scheduled"
        clock.turn_to(11, "00:00")
        next_day = stage.until(lambda snapshot: snapshot["version"] > last["version"])
    assert next_day["headline"] == "The studio is quiet", "who watches is told without anything else that happens"
    assert next_day["recent_burst"]["headline"] == "The session is complete: 4 scheduled"
    with working.up() as stage:
        later = stage.look()
    assert [later[part] for part in ("headline", "recent_burst")] == [
        next_day[part] for part in ("headline", "recent_burst")
    ]


def test_without_daily_runs_none_begins(open_system: Open, database: Path, clock: Clock) -> None:
    clock.turn_to(10, "08:00")
    with open_system(database=database, clock=clock, daily_runs=False) as stage:
        looked_twice(stage)
        with sqlite_engine(database) as engine:
            assert History(engine).bursts(USER).items == ()


def test_the_alarm_wakes_at_the_very_second(open_system: Open, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the real clock, while nobody looks at the routines."""
    monkeypatch.setattr(maestro, "LOOK", 3600.0)
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=2)
    with sqlite_engine(database) as engine:
        Library(engine).set_daily(USER, due.time(), "UTC", SET_AT)
    with open_system(database=database) as stage:
        assert stage.until(lambda snapshot: snapshot["next_run_at"])["next_run_at"] == rfc3339(due)
        started = stage.until(lambda snapshot: snapshot["recent_burst"], 10)["recent_burst"]
        assert started["kind"] == "daily"
    with sqlite_engine(database) as engine:
        (row,) = History(engine).bursts(USER).items
    assert timedelta(0) <= row.started_at - due < timedelta(seconds=1.5)
