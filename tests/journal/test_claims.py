from __future__ import annotations

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import Engine, func, select

from maestro_actors.core.calendar import NoFreeSlotError, Slot
from maestro_actors.core.content import Kind, Outcome
from maestro_actors.core.events import JobCancelled, JobFailed, JobScheduled
from maestro_actors.journal import database
from maestro_actors.journal.entries import RecordedBurst
from maestro_actors.journal.errors import AlreadySettledError
from maestro_actors.journal.history import History
from maestro_actors.journal.ownership import Ownership
from maestro_actors.journal.reader import JournalReader
from maestro_actors.journal.tables import slots
from maestro_actors.journal.writer import JournalWriter
from tests.core.strategies import START
from tests.journal.scribe import ANA, BEN, BRAND, Scribe, busy_brand, started
from tests.support.studio import EVENING, MORNING, a_brand

TODAY = START.date()  # half past nine in the morning, so the first reel is today's evening


def count(engine: Engine) -> int:
    with database.reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(slots)).scalar_one()


def test_each_job_gets_the_next_free_slot(writer: JournalWriter) -> None:
    scribe = Scribe(writer, started(4))
    given = [scribe.schedule(job_id).slot for job_id in scribe.accept(4)]
    assert [(slot.local_date - TODAY, slot.wall_time) for slot in given] == [
        (timedelta(0), EVENING),
        (timedelta(1), MORNING),
        (timedelta(1), EVENING),
        (timedelta(2), MORNING),
    ]


def test_claiming_again_answers_the_same_slot(
    engine: Engine, ownership: Ownership, writer: JournalWriter, reader: JournalReader
) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    slot = scribe.schedule(job_id).slot
    assert writer.schedule(scribe.claim(job_id)) == slot
    assert JournalWriter(engine, ownership).schedule(scribe.claim(job_id)) == slot, "after a restart too"
    assert count(engine) == 1
    (found,) = reader.unfinished()
    assert isinstance(found, RecordedBurst)
    assert found.events[-1] == JobScheduled(scribe.now, job_id, slot)
    assert sum(isinstance(event, JobScheduled) for event in found.events) == 1


def test_a_new_writer_knows_what_is_taken(engine: Engine, ownership: Ownership, writer: JournalWriter) -> None:
    scribe = Scribe(writer, started(2))
    one, two = scribe.accept(2)
    first = scribe.schedule(one).slot
    second = JournalWriter(engine, ownership).schedule(scribe.claim(two))
    assert (first.wall_time, second.wall_time) == (EVENING, MORNING)


def test_a_whole_group_of_claims_gets_different_slots(engine: Engine, writer: JournalWriter) -> None:
    scribe = Scribe(writer, started(100, brand=busy_brand()))
    jobs = scribe.accept(100)
    committed = writer.commit([scribe.claim(job_id) for job_id in jobs])
    assert set(committed.slots) == set(jobs)
    assert len({slot.key for slot in committed.slots.values()}) == 100 == count(engine)


def test_users_and_brands_have_slots_of_their_own(writer: JournalWriter) -> None:
    given = []
    for user_id, brand in ((ANA, BRAND), (BEN, BRAND), (ANA, a_brand("another"))):
        scribe = Scribe(writer, started(1, user_id=user_id, brand=brand))
        given.append(scribe.schedule(scribe.accept()[0]).slot)
    assert {(slot.local_date, slot.wall_time) for slot in given} == {(TODAY, EVENING)}


def test_a_brand_without_times_says_so_and_leaves_its_neighbours_alone(engine: Engine, writer: JournalWriter) -> None:
    scribe = Scribe(writer, started(2))
    one, two = scribe.accept(2)
    silent = a_brand("silent", reel_times=())
    committed = writer.commit([scribe.claim(one, brand=silent), scribe.claim(two)])
    assert set(committed.slots) == {two}
    assert isinstance(committed.refused[one], NoFreeSlotError)
    with pytest.raises(NoFreeSlotError, match="has no publishing times for reels: add at least one"):
        writer.schedule(scribe.claim(one, brand=silent))
    assert count(engine) == 1


def test_a_full_calendar_says_so(engine: Engine, writer: JournalWriter) -> None:
    once = a_brand(reel_times=(EVENING,))
    scribe = Scribe(writer, started(61, brand=once))
    jobs = scribe.accept(61)
    committed = writer.commit([scribe.claim(job_id) for job_id in jobs])
    assert (len(committed.slots), set(committed.refused)) == (60, {jobs[-1]})
    assert "the next 60 days of Knead & Spoke are full for reels" in str(committed.refused[jobs[-1]])


def test_the_slot_keeps_its_wall_time_across_a_change_of_the_clock(writer: JournalWriter, history: History) -> None:
    """Spring forward in New York on 8 March 2026: half past two does not exist, and stands for half past three."""
    night = a_brand(timezone="America/New_York", reel_times=(time(2, 30),))
    scribe = Scribe(writer, started(1, brand=night, at=datetime(2026, 3, 8, 5, tzinfo=UTC)))
    (job_id,) = scribe.accept()
    slot = scribe.schedule(job_id).slot
    assert slot == Slot(night.slug, Kind.REEL, date(2026, 3, 8), time(2, 30), "America/New_York")
    (taken,) = history.taken_slots(ANA)
    assert (taken.slot, taken.job_id, taken.title) == (slot, job_id, "Title 0 of 1")
    assert taken.slot.instant == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("ended", [JobFailed(START, "", "no"), JobCancelled(START, "")])
def test_a_job_that_ended_gets_no_slot(engine: Engine, writer: JournalWriter, ended: JobFailed | JobCancelled) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    scribe.tell(type(ended)(START, job_id, *(["no"] if isinstance(ended, JobFailed) else [])))
    with pytest.raises(AlreadySettledError, match="already: it gets no slot"):
        writer.schedule(scribe.claim(job_id))
    assert count(engine) == 0


def test_two_who_claim_at_once_never_share_a_slot(url: str, engine: Engine, ownership: Ownership) -> None:
    """Each with a memory of its own, as no two workers can have; the constraint holds all the same."""
    scribe = Scribe(JournalWriter(engine, ownership), started(40, brand=busy_brand()))
    jobs = scribe.accept(40)
    claims = [scribe.claim(job_id) for job_id in jobs]
    start, given = threading.Barrier(2), dict[str, Slot]()

    def claim(part: int) -> None:
        writer = JournalWriter(engine, ownership)
        start.wait(10)
        for each in claims[part::2]:
            given[each.job_id] = writer.schedule(each)

    threads = [threading.Thread(target=claim, args=(part,)) for part in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(given) == 40
    assert len({slot.key for slot in given.values()}) == 40 == count(engine)


def test_two_who_claim_for_the_same_job_get_the_same_slot(engine: Engine, ownership: Ownership) -> None:
    scribe = Scribe(JournalWriter(engine, ownership), started(10, brand=busy_brand()))
    claims = [scribe.claim(job_id) for job_id in scribe.accept(10)]
    start, given = threading.Barrier(2), list[list[Slot]]()

    def claim() -> None:
        writer = JournalWriter(engine, ownership)
        start.wait(10)
        given.append([writer.schedule(each) for each in claims])

    threads = [threading.Thread(target=claim) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert given[0] == given[1]
    assert count(engine) == 10


# Regenerate.


def regenerated(writer: JournalWriter, old: str, at: datetime) -> tuple[str, Slot, Scribe]:
    scribe = Scribe(writer, started(1, at=at))
    (new,) = scribe.replace(old)
    return new, scribe.schedule(new, replaces=old).slot, scribe


def test_a_new_job_takes_over_the_slot_of_the_old(engine: Engine, writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(2))
    old, other = scribe.accept(2)
    slot = scribe.schedule(old).slot
    scribe.schedule(other)
    new, taken, again = regenerated(writer, old, START + timedelta(minutes=1))
    assert taken == slot
    assert count(engine) == 2
    rows = {row.job_id: row for row in history.jobs(ANA).items}
    assert (rows[new].outcome, rows[new].slot, rows[new].replaces) == (Outcome.SCHEDULED, slot, old)
    assert (rows[old].outcome, rows[old].slot, rows[old].replaced_by) == (Outcome.SCHEDULED, None, new)
    assert writer.schedule(again.claim(new, replaces=old)) == slot, "again, the same"


def test_a_slot_that_has_passed_is_not_taken_over(engine: Engine, writer: JournalWriter) -> None:
    scribe = Scribe(writer, started(1))
    (old,) = scribe.accept()
    slot = scribe.schedule(old).slot
    _, taken, _ = regenerated(writer, old, slot.instant)
    assert taken.instant > slot.instant
    assert count(engine) == 2


@pytest.mark.parametrize(("before", "taken_over"), [(timedelta(microseconds=1), True), (timedelta(0), False)])
def test_until_its_very_instant_a_slot_can_be_taken_over(
    writer: JournalWriter, history: History, before: timedelta, taken_over: bool
) -> None:
    scribe = Scribe(writer, started(1))
    (old,) = scribe.accept()
    slot = scribe.schedule(old).slot
    new, taken, _ = regenerated(writer, old, slot.instant - before - timedelta(seconds=1))  # it claims a second later
    assert (taken == slot) is taken_over
    assert taken.instant > slot.instant - before
    held = {each.job_id: each.slot for each in history.taken_slots(ANA)}
    assert held == ({new: slot} if taken_over else {old: slot, new: taken})
    assert history.job(ANA, old).job.replaced_by == new


def test_a_slot_that_was_taken_over_is_nobody_elses(
    engine: Engine, ownership: Ownership, writer: JournalWriter
) -> None:
    scribe = Scribe(writer, started(2))
    old, other = scribe.accept(2)
    slot = scribe.schedule(old).slot
    _, taken, _ = regenerated(writer, old, START)
    assert taken == slot
    for each in (writer, JournalWriter(engine, ownership)):
        assert each.schedule(scribe.claim(other)) != slot
    assert count(engine) == 2


def test_a_slot_is_taken_over_as_it_was_claimed_though_the_brand_has_moved(writer: JournalWriter) -> None:
    scribe = Scribe(writer, started(1))
    (old,) = scribe.accept()
    slot = scribe.schedule(old).slot
    moved = a_brand(timezone="Pacific/Chatham", reel_times=(time(5),))
    again = Scribe(writer, started(1, brand=moved))
    (new,) = again.replace(old)
    assert writer.schedule(again.claim(new, replaces=old)) == slot


def test_of_two_that_replace_one_job_the_first_takes_its_slot(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(1))
    (old,) = scribe.accept()
    slot = scribe.schedule(old).slot
    again = Scribe(writer, started(1))
    first, second = again.replace(old, old)
    given = writer.commit([again.claim(first, replaces=old), again.claim(second, replaces=old)]).slots
    assert given[first] == slot != given[second]
    assert {each.job_id: each.slot for each in history.taken_slots(ANA)} == given


def test_in_one_group_a_job_may_be_scheduled_replaced_and_replaced_again(
    writer: JournalWriter, history: History
) -> None:
    scribe = Scribe(writer, started(1))
    (old,) = scribe.accept()
    (first,) = scribe.replace(old)
    (second,) = scribe.replace(first)
    chain = [scribe.claim(old), scribe.claim(first, replaces=old), scribe.claim(second, replaces=first)]
    given = writer.commit(chain).slots
    assert len({slot.key for slot in given.values()}) == 1
    assert {each.job_id: each.slot for each in history.taken_slots(ANA)} == {second: given[second]}


def test_in_place_of_a_failed_job_a_slot_is_claimed(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(1))
    (old,) = scribe.accept()
    scribe.tell(JobFailed(scribe.tick(), old, "no"))
    new, taken, _ = regenerated(writer, old, START)
    assert taken.wall_time == EVENING
    assert history.job(ANA, old).job.replaced_by == new


def test_a_new_job_that_fails_leaves_the_old_as_it_was(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(1))
    (old,) = scribe.accept()
    scribe.schedule(old)
    before = history.job(ANA, old).job
    again = Scribe(writer, started(1))
    (new,) = again.replace(old)
    again.tell(JobFailed(again.tick(), new, "the painter is away"))
    assert history.job(ANA, old).job == before


def test_a_replacement_under_way_is_found_until_it_has_its_outcome(
    writer: JournalWriter, reader: JournalReader
) -> None:
    scribe = Scribe(writer, started(1))
    (old,) = scribe.accept()
    scribe.schedule(old)
    assert reader.replacement_under_way(ANA, old) is None
    again = Scribe(writer, started(1))
    (new,) = again.replace(old)
    assert reader.replacement_under_way(ANA, old) == new
    assert reader.replacement_under_way(BEN, old) is None
    again.schedule(new, replaces=old)
    assert reader.replacement_under_way(ANA, old) is None
