from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, func, select

from maestro_actors.core.burst import Burst
from maestro_actors.core.content import Outcome, Stage
from maestro_actors.core.events import (
    BurstCrashed,
    BurstKind,
    CancelRequested,
    JobCancelled,
    JobFailed,
    JobLost,
    ProposalsFailed,
    StepStarted,
)
from maestro_actors.journal import database, tables
from maestro_actors.journal.entries import Item, RecordedBurst, ending_of
from maestro_actors.journal.errors import (
    DailyAlreadyDecidedError,
    DatabaseError,
    IdempotencyConflictError,
    TooLateError,
)
from maestro_actors.journal.history import History
from maestro_actors.journal.reader import JournalReader
from maestro_actors.journal.rows import StoredFile
from maestro_actors.journal.writer import JournalWriter
from tests.core.strategies import START
from tests.journal.scribe import ANA, BEN, Scribe, started

DAY = date(2026, 3, 1)


def only(reader: JournalReader) -> RecordedBurst:
    (found,) = reader.unfinished()
    assert isinstance(found, RecordedBurst)
    return found


def test_a_burst_is_replayed_as_it_was(writer: JournalWriter, reader: JournalReader) -> None:
    scribe = Scribe(writer, started(3, 1))
    one, two, _ = scribe.accept(3)
    writer.commit([scribe.enter(one, Stage.GENERATING), scribe.enter(one, Stage.UPLOADING), scribe.store(one)])
    scribe.tell(StepStarted(scribe.tick(), one, 2), JobFailed(scribe.tick(), two, "the bucket refused it"))
    scribe.schedule(one)
    found = only(reader)
    again = Burst.replay(found.started, found.events)
    assert found.started == scribe.burst.started
    assert (again.phase, again.jobs) == ("generating", scribe.burst.jobs)
    assert found.next_seq == scribe.seq


def test_the_jobs_row_follows_its_events(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    row = history.job(ANA, job_id).job
    assert (row.stage, row.outcome, row.agent, row.title) == (Stage.QUEUED, None, "mira", "Title 0 of 1")
    writer.commit([scribe.enter(job_id, Stage.RENDERING)])
    assert history.job(ANA, job_id).job.stage is Stage.RENDERING
    writer.commit([scribe.enter(job_id, Stage.UPLOADING), scribe.store(job_id), scribe.store(job_id, 2)])
    row = history.job(ANA, job_id).job
    path = f"{ANA}/knead-and-spoke/reels/{job_id}_1.mp4"
    assert row.assets[0] == StoredFile("reels", path, 1001, f"{1:064x}")
    assert len(row.assets) == 2
    writer.commit([scribe.enter(job_id, Stage.SCHEDULING)])
    slot = scribe.schedule(job_id).slot
    row = history.job(ANA, job_id).job
    assert (row.stage, row.outcome, row.slot, len(row.assets)) == (Stage.SCHEDULING, Outcome.SCHEDULED, slot, 2)
    assert row.settled_at == scribe.now


def test_a_whole_life_in_one_group_ends_as_it_would_in_many(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    group = [scribe.enter(job_id, Stage.UPLOADING), scribe.store(job_id), scribe.enter(job_id, Stage.SCHEDULING)]
    writer.commit([*group, scribe.claim(job_id)])
    row = history.job(ANA, job_id).job
    assert (row.stage, row.outcome, len(row.assets)) == (Stage.SCHEDULING, Outcome.SCHEDULED, 1)


def test_a_group_written_twice_is_there_once(writer: JournalWriter, reader: JournalReader, history: History) -> None:
    scribe = Scribe(writer, started(2))
    one, two = scribe.accept(2)
    early = [scribe.enter(one, Stage.RENDERING), scribe.enter(two, Stage.RENDERING)]
    failed = scribe.entry(JobFailed(scribe.tick(), two, "it has no glyphs"))
    late: list[Item] = [scribe.enter(one, Stage.SCHEDULING), failed, scribe.claim(one)]
    writer.commit(early)
    first = writer.commit(late)
    before, rows = only(reader), history.jobs(ANA)
    assert writer.commit(late) == first
    assert not first.settled
    writer.commit(early)
    assert only(reader) == before
    assert history.jobs(ANA) == rows


@pytest.mark.parametrize(
    "late", [JobLost(START, "", "it went silent"), JobFailed(START, "", "no"), JobCancelled(START, "")]
)
def test_an_outcome_is_final(
    writer: JournalWriter, reader: JournalReader, history: History, late: JobLost | JobFailed | JobCancelled
) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    writer.schedule(scribe.claim(job_id))
    before = only(reader)
    committed = writer.commit([scribe.entry(replace(late, job_id=job_id))])
    assert committed.settled == {job_id: Outcome.SCHEDULED}, "the burst must hear what holds"
    assert only(reader) == before
    assert history.job(ANA, job_id).job.outcome is Outcome.SCHEDULED


def test_of_two_outcomes_in_one_group_the_first_counts(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(2))
    one, two = scribe.accept(2)
    claim = scribe.claim(one)
    lost = [scribe.entry(JobLost(scribe.tick(), job_id, "it went silent")) for job_id in (one, two)]
    committed = writer.commit([claim, *lost, scribe.claim(two)])
    assert committed.settled == {one: Outcome.SCHEDULED}
    assert set(committed.slots) == {one}
    assert set(committed.refused) == {two}
    assert history.job(ANA, one).job.outcome is Outcome.SCHEDULED
    assert history.job(ANA, two).job.outcome is Outcome.LOST


def test_an_ended_burst_has_its_numbers_and_is_not_resumed(
    writer: JournalWriter, reader: JournalReader, history: History
) -> None:
    scribe = Scribe(writer, started(3, 1))
    one, two, three = scribe.accept(3)
    scribe.tell(ProposalsFailed(scribe.tick(), 2, "the service is out of reach"))
    scribe.schedule(one)
    scribe.tell(JobFailed(scribe.tick(), two, "no"), JobLost(scribe.tick(), three, "its process died"))
    row = history.burst(scribe.burst_id)
    assert (row.finished_at, row.outcome, row.created) == (None, None, 0)
    scribe.end()
    row = history.burst(scribe.burst_id)
    assert (row.finished_at, row.outcome) == (scribe.burst.finished_at, "finished")
    assert (row.created, row.scheduled, row.failed, row.cancelled, row.lost) == (3, 1, 1, 0, 1)
    assert reader.unfinished() == ()
    ended = reader.last_ended(ANA)
    assert isinstance(ended, RecordedBurst)
    assert Burst.replay(ended.started, ended.events).outcome == "finished"


def test_a_burst_of_no_jobs_has_ended_when_it_began(
    writer: JournalWriter, reader: JournalReader, history: History
) -> None:
    begun = started()
    writer.start_burst(begun)
    assert reader.unfinished() == ()
    row = history.burst(begun.burst_id)
    assert (row.finished_at, row.outcome, row.created) == (START, "finished", 0)


def test_a_burst_for_which_nobody_could_be_asked_has_failed_when_it_began(
    writer: JournalWriter, reader: JournalReader, history: History
) -> None:
    begun = replace(started(), unserved=("no agent writes for Knead & Spoke",))
    writer.start_burst(begun)
    assert reader.unfinished() == ()
    row = history.burst(begun.burst_id)
    assert (row.finished_at, row.outcome, row.created) == (START, "failed", 0)
    found = reader.last_ended(ANA)
    assert isinstance(found, RecordedBurst)
    assert Burst.replay(found.started, found.events).failures == ["no agent writes for Knead & Spoke"]


def test_who_cancelled_and_why_stands_in_the_burst(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    cancel = CancelRequested(scribe.tick(), "ana", "enough")
    scribe.tell(cancel, JobCancelled(scribe.tick(), job_id))
    scribe.end()
    row = history.burst(scribe.burst_id)
    assert (row.cancel_requested_at, row.cancelled_by, row.cancel_reason) == (cancel.at, "ana", "enough")
    assert (row.outcome, row.cancelled) == ("cancelled", 1)


def test_a_crash_loses_what_was_open_and_keeps_what_was_settled(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(3))
    one, two, three = scribe.accept(3)
    scribe.schedule(one)
    late = scribe.claim(two)
    crash = scribe.entry(BurstCrashed(scribe.tick(), "an internal error"))
    committed = writer.commit([late, crash, scribe.claim(three), ending_of(scribe.burst)])
    assert set(committed.slots) == {two}
    assert set(committed.refused) == {three}
    outcomes = {row.job_id: (row.outcome, row.error) for row in history.jobs(ANA).items}
    assert outcomes == {
        one: (Outcome.SCHEDULED, None),
        two: (Outcome.SCHEDULED, None),
        three: (Outcome.LOST, "an internal error"),
    }
    row = history.burst(scribe.burst_id)
    assert (row.outcome, row.scheduled, row.lost) == ("failed", 2, 1), "counted in the rows, not in the actor's memory"


def test_a_group_with_one_impossible_entry_leaves_nothing(writer: JournalWriter, reader: JournalReader) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    before = only(reader)
    stray = replace(scribe.enter(job_id, Stage.RENDERING), burst_id="of nobody")
    with pytest.raises(DatabaseError):
        writer.commit([scribe.enter(job_id, Stage.UPLOADING), stray])
    assert only(reader) == before


def test_words_that_a_database_cannot_hold_cost_no_job(writer: JournalWriter, reader: JournalReader) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    scribe.tell(JobFailed(scribe.tick(), job_id, "NUL \0 and half a pair \ud800"))
    found = only(reader)
    assert found.events[-1] == JobFailed(scribe.now, job_id, "NUL \0 and half a pair \ud800")


def test_what_nobody_wants_any_more_when_it_is_its_turn_is_not_written(
    writer: JournalWriter, reader: JournalReader
) -> None:
    with pytest.raises(TooLateError):
        writer.start_burst(started(1), wanted=lambda: False)
    assert reader.unfinished() == ()


# Daily bursts.


def test_a_day_has_one_daily_burst(writer: JournalWriter, reader: JournalReader) -> None:
    first, second = (started(1, kind=BurstKind.DAILY) for _ in range(2))
    assert reader.daily_burst(ANA, DAY) is None
    writer.start_burst(first, local_date=DAY)
    with pytest.raises(DailyAlreadyDecidedError) as caught:
        writer.start_burst(second, local_date=DAY)
    assert caught.value.burst_id == first.burst_id == reader.daily_burst(ANA, DAY)
    assert [each.burst_id for each in reader.unfinished()] == [first.burst_id]


def test_another_day_another_user_and_other_kinds_have_their_own(writer: JournalWriter, reader: JournalReader) -> None:
    writer.start_burst(started(1, kind=BurstKind.DAILY), local_date=DAY)
    writer.start_burst(started(1, kind=BurstKind.DAILY), local_date=DAY + timedelta(days=1))
    writer.start_burst(started(1, kind=BurstKind.DAILY, user_id=BEN), local_date=DAY)
    writer.start_burst(started(1), local_date=DAY)
    writer.start_burst(started(1), local_date=DAY)
    assert len(reader.unfinished()) == 5


def test_the_constraint_itself_forbids_a_second_daily(engine: Engine, writer: JournalWriter) -> None:
    writer.start_burst(started(1, kind=BurstKind.DAILY), local_date=DAY)
    row = {"burst_id": "2", "user_id": ANA, "kind": "daily", "started_at": START, "local_date": DAY}
    with pytest.raises(DatabaseError), database.writing(engine) as connection:
        connection.execute(tables.bursts.insert(), row)


def test_starting_the_same_burst_again_finds_it(writer: JournalWriter, reader: JournalReader) -> None:
    daily = started(1, kind=BurstKind.DAILY)
    for _ in range(2):
        assert writer.start_burst(daily, local_date=DAY, idempotency_key="k") == daily.burst_id
    assert len(reader.unfinished()) == 1


# Idempotency keys.


def test_a_key_stands_for_one_burst(writer: JournalWriter, reader: JournalReader) -> None:
    first, second = started(1), started(1)
    assert reader.burst_of_key(ANA, "key", "hash") is None
    assert writer.start_burst(first, idempotency_key="key", request_hash="hash") == first.burst_id
    assert writer.start_burst(second, idempotency_key="key", request_hash="hash") == first.burst_id
    assert reader.burst_of_key(ANA, "key", "hash") == first.burst_id
    assert [each.burst_id for each in reader.unfinished()] == [first.burst_id]


def test_a_key_with_another_request_is_a_conflict(writer: JournalWriter, reader: JournalReader) -> None:
    writer.start_burst(started(1), idempotency_key="key", request_hash="hash")
    with pytest.raises(IdempotencyConflictError, match="'key' stands for another request"):
        writer.start_burst(started(1), idempotency_key="key", request_hash="other")
    with pytest.raises(IdempotencyConflictError):
        reader.burst_of_key(ANA, "key", "other")
    assert len(reader.unfinished()) == 1


def test_keys_of_two_users_have_nothing_to_do_with_each_other(writer: JournalWriter, reader: JournalReader) -> None:
    writer.start_burst(started(1), idempotency_key="key", request_hash="hash")
    writer.start_burst(started(1, user_id=BEN), idempotency_key="key", request_hash="other")
    assert len(reader.unfinished()) == 2


def test_a_burst_that_is_refused_leaves_no_key(engine: Engine, writer: JournalWriter, reader: JournalReader) -> None:
    writer.start_burst(started(1, kind=BurstKind.DAILY), local_date=DAY)
    with pytest.raises(DailyAlreadyDecidedError):
        writer.start_burst(started(1, kind=BurstKind.DAILY), local_date=DAY, idempotency_key="key")
    with database.reading(engine) as connection:
        assert connection.execute(select(func.count()).select_from(tables.idempotency_keys)).scalar() == 0
