"""A system that ends in the middle of things, and the next one that goes on."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.empty import AGENT, BRANDS, USER
from maestro_actors.actors.burst import BurstActor
from maestro_actors.core.burst import Burst
from maestro_actors.core.events import BurstKind, BurstResumed, JobOutcome
from maestro_actors.errors import BurstRefusedError, PassingError
from maestro_actors.journal.entries import RecordedBurst
from maestro_actors.journal.history import History
from maestro_actors.journal.reader import JournalReader
from maestro_actors.journal.rows import JobRow
from tests.support.journals import sqlite_engine, stock
from tests.support.patience import eventually
from tests.system.conftest import Open, RecordingBucket, Stage


def recorded(database: Path, burst_id: str) -> RecordedBurst:
    with sqlite_engine(database) as engine:
        found = JournalReader(engine).burst(burst_id)
    assert isinstance(found, RecordedBurst)
    return found


def assert_every_job_has_one_outcome_and_one_slot(database: Path, burst_id: str) -> None:
    found = recorded(database, burst_id)
    outcomes = Counter(event.job_id for event in found.events if isinstance(event, JobOutcome))
    burst = Burst.replay(found.started, found.events)
    assert burst.finished
    assert set(outcomes.values()) <= {1}
    assert burst.crash or outcomes.keys() == burst.jobs.keys(), "a crash is the outcome of every job that was open"
    with sqlite_engine(database) as engine:
        rows = History(engine).jobs(USER, burst_id=burst_id, limit=200).items
    assert {row.job_id: row.outcome for row in rows} == {job.job_id: job.outcome for job in burst.jobs.values()}
    slots = [row.slot for row in rows if row.slot]
    assert len({slot.key for slot in slots}) == len(slots)
    assert {row.job_id: row.slot for row in rows} == {job.job_id: job.slot for job in burst.jobs.values()}


@pytest.mark.parametrize("jobs_done", [0, 1, 7, 14])
def test_a_burst_that_was_left_is_gone_on_with(open_system: Open, tmp_path: Path, jobs_done: int) -> None:
    database, bucket = tmp_path / "kept.db", RecordingBucket()
    with open_system(database=database, bucket=bucket) as stage:
        bucket.fault = lambda path: time.sleep(0.5 if len(bucket.objects) > jobs_done else 0.0)
        burst_id = stage.start(20)
        stage.until(lambda snapshot: snapshot["counts"]["scheduled"] >= jobs_done)
    bucket.fault = lambda path: None
    with open_system(database=database, bucket=bucket) as stage:
        assert stage.look()["recent_burst"] is None
        recap = stage.recap(burst_id)
    assert (recap["created"], recap["scheduled"], recap["outcome"]) == (20, 20, "finished")
    assert len(bucket.objects) == 20
    assert_every_job_has_one_outcome_and_one_slot(database, burst_id)
    resumed = [event for event in recorded(database, burst_id).events if isinstance(event, BurstResumed)]
    assert len(resumed) == 1 or not jobs_done, "where nothing had happened yet there is nothing to resume"


def test_a_burst_that_was_being_cancelled_is_cancelled_by_the_next_system(open_system: Open, tmp_path: Path) -> None:
    database, bucket = tmp_path / "kept.db", RecordingBucket()
    with open_system(database=database, bucket=bucket) as stage:
        bucket.fault = lambda path: time.sleep(0.3)
        burst_id = stage.start(20)
        stage.until(lambda snapshot: snapshot["counts"]["uploading"] >= 1)
        assert stage.system.cancel_burst(burst_id, by="a test", reason="enough")
    with open_system(database=database, bucket=bucket) as stage:
        recap = stage.recap(burst_id)
        eventually(lambda: not bucket.objects)
    assert recap["outcome"] == "cancelled"
    assert recap["scheduled"] + recap["cancelled"] == recap["created"]
    assert_every_job_has_one_outcome_and_one_slot(database, burst_id)


def test_between_bursts_the_next_system_knows_the_last_one(open_system: Open, tmp_path: Path) -> None:
    database = tmp_path / "kept.db"
    with open_system(database=database) as stage:
        recap = stage.recap(stage.start(3))
        before = stage.look()
    with open_system(database=database) as stage:
        after = stage.look()
        burst = stage.system.ended_burst(USER)
    assert before["headline"] == recap["headline"] == "Today's session is complete: 3 scheduled"
    of_the_worker = {"version", "server_time"}
    assert {**before, **dict.fromkeys(of_the_worker)} == {**after, **dict.fromkeys(of_the_worker)}
    assert burst is not None
    assert len(burst.jobs) == 3


def test_smart_makes_what_today_lacks_and_then_nothing(open_system: Open) -> None:
    with open_system() as stage:
        stock(stage.engine, USER, BRANDS, (AGENT,))
        assert stage.recap(stage.start(2))["created"] == 2
        lacking = stage.recap(stage.system.start_burst(USER))
        assert lacking["scheduled"] == 2, "each of the four brands wants one a day"
        nothing = stage.system.start_burst(USER)
        recap = stage.recap(nothing)
    assert (recap["created"], recap["outcome"], recap["headline"]) == (0, "finished", "Nothing is missing today")


def test_daily_makes_the_whole_quota_once_a_day(open_system: Open) -> None:
    with open_system() as stage:
        stock(stage.engine, USER, BRANDS, (AGENT,))
        stage.recap(stage.start(2))
        recap = stage.recap(stage.system.start_burst(USER, BurstKind.DAILY))
        assert (recap["kind"], recap["scheduled"]) == ("daily", 4)
        with pytest.raises(Exception, match="has begun already"):
            stage.system.start_burst(USER, BurstKind.DAILY)


def test_a_brand_that_nobody_writes_for_costs_the_others_nothing(open_system: Open) -> None:
    from dataclasses import replace

    with open_system() as stage:
        stock(stage.engine, USER, BRANDS[:2], (replace(AGENT, brands=(BRANDS[0].slug,)),))
        recap = stage.recap(stage.system.start_burst(USER))
    assert (recap["scheduled"], recap["outcome"]) == (1, "finished")
    assert recap["proposals_failed"] == ["no agent writes for Bench 2: add one, or give one the brand"]


def test_a_brand_that_is_unknown_is_named(open_system: Open) -> None:
    with open_system() as stage:
        stock(stage.engine, USER, BRANDS[:2], (AGENT,))
        with pytest.raises(BurstRefusedError, match="there is no brand 'tea'; there are bench-1, bench-2"):
            stage.system.start_burst(USER, brands=("tea",))


def broken(*_: object) -> None:
    raise RuntimeError("a bug")


def broken_at(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the burst's actor die of a bug at the first `times` outcomes it hears of."""
    settle: Callable[[Any, Any], None] = BurstActor._claim_answered
    left = [times]

    def at_first(self: BurstActor, answer: Any) -> None:
        if left[0]:
            left[0] -= 1
            raise RuntimeError("a bug")
        settle(self, answer)

    monkeypatch.setattr(BurstActor, "_claim_answered", at_first)


def test_a_burst_whose_actor_dies_of_a_bug_is_gone_on_with(
    open_system: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "kept.db"
    broken_at(3, monkeypatch)
    with open_system(database=database) as stage:
        burst_id = stage.start(20)
        recap = stage.recap(burst_id)
        assert recap["scheduled"] == recap["created"] >= 20
    assert_every_job_has_one_outcome_and_one_slot(database, burst_id)


def test_a_burst_whose_actor_dies_again_and_again_ends_as_failed(
    open_system: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "kept.db"
    with open_system(database=database) as stage:
        with monkeypatch.context() as patched:
            patched.setattr(BurstActor, "_job_progressed", broken)
            burst_id = stage.start(20)
            recap = stage.recap(burst_id)
        assert recap["outcome"] == "failed"
        assert "RuntimeError: a bug" in recap["headline"]
        eventually(lambda: len(stage.bucket.objects) == recap["scheduled"])
        assert stage.recap(stage.start(3))["scheduled"] == 3
    assert_every_job_has_one_outcome_and_one_slot(database, burst_id)


def settled(history: History, job_id: str) -> JobRow | None:
    row = history.job(USER, job_id).job
    return row if row.outcome else None


def first_scheduled(stage: Stage, burst_id: str) -> Any:
    return next(row for row in History(stage.engine).jobs(USER, burst_id=burst_id).items if row.slot)


def test_a_job_is_made_anew_in_the_old_ones_place(open_system: Open) -> None:
    with open_system() as stage:
        old = first_scheduled(stage, (made := stage.start(3)) and stage.recap(made)["burst_id"])
        new_id = stage.system.regenerate(USER, old.job_id)
        history = History(stage.engine)
        new = eventually(lambda: settled(history, new_id))
        assert (new.outcome, new.slot, new.replaces) == ("scheduled", old.slot, old.job_id)
        after = history.job(USER, old.job_id).job
        assert (after.slot, after.replaced_by) == (None, new_id)
        eventually(lambda: not any(old.job_id in path for path in stage.bucket.objects))
        assert stage.until(lambda snapshot: snapshot["recent_burst"]["kind"] == "regenerate")
        with pytest.raises(BurstRefusedError, match=f"was replaced by {new_id}"):
            stage.system.regenerate(USER, old.job_id)
        assert JournalReader(stage.engine).unwanted() == ()


def test_asking_again_while_a_job_is_made_anew_answers_the_same_job(open_system: Open) -> None:
    with open_system() as stage:
        old = first_scheduled(stage, (made := stage.start(1)) and stage.recap(made)["burst_id"])
        stage.bucket.fault = lambda path: time.sleep(0.2)
        first = stage.system.regenerate(USER, old.job_id)
        assert stage.system.regenerate(USER, old.job_id) == first
        with pytest.raises(BurstRefusedError, match="still under way"):
            stage.system.regenerate(USER, first)


def test_a_job_joins_the_burst_that_is_under_way(open_system: Open) -> None:
    with open_system() as stage:
        old = first_scheduled(stage, (made := stage.start(1)) and stage.recap(made)["burst_id"])
        stage.bucket.fault = lambda path: time.sleep(0.05)
        live = stage.start(10)
        new_id = stage.system.regenerate(USER, old.job_id)
        recap = stage.recap(live)
        assert History(stage.engine).job(USER, new_id).job.burst_id == live
    assert (recap["created"], recap["scheduled"]) == (11, 11)


def test_a_job_that_cannot_be_made_anew_stays_as_it_was(open_system: Open) -> None:
    from maestro_actors.errors import StorageError

    with open_system() as stage:
        old = first_scheduled(stage, (made := stage.start(1)) and stage.recap(made)["burst_id"])

        def refuse(path: str) -> None:
            raise StorageError("the storage answered 403")

        stage.bucket.fault = refuse
        new_id = stage.system.regenerate(USER, old.job_id)
        history = History(stage.engine)
        new = eventually(lambda: settled(history, new_id))
        assert (new.outcome, "403" in str(new.error)) == ("failed", True)
        after = history.job(USER, old.job_id).job
        assert (after.slot, after.replaced_by) == (old.slot, None)
        assert any(old.job_id in path for path in stage.bucket.objects)
        stage.bucket.fault = lambda path: None
        assert stage.system.regenerate(USER, new_id), "a failed one can be made anew, too"


def test_a_job_of_nobody_cannot_be_made_anew(open_system: Open) -> None:
    with open_system() as stage, pytest.raises(BurstRefusedError, match="no job"):
        stage.system.regenerate(USER, "nonsense")


def test_while_the_database_is_away_nothing_begins_and_the_page_says_so(
    open_system: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from maestro_actors.journal.owned import OwnedJournal

    def away(*_: object) -> Any:
        raise PassingError("the database is out of reach")

    with open_system() as stage:
        stage.bucket.fault = lambda path: time.sleep(0.02)
        burst_id = stage.start(20)
        stage.until(lambda snapshot: snapshot["counts"]["scheduled"] >= 1)
        with monkeypatch.context() as patched:
            patched.setattr(OwnedJournal, "commit", away)
            stage.until(lambda snapshot: "out of reach" in snapshot["headline"])
            with pytest.raises(PassingError, match="out of reach"):
                stage.system.start_burst("another user")
            seen = stage.look()
            assert seen["current_phase"] is not None
        recap = stage.recap(burst_id)
    assert recap["scheduled"] == 20
