"""Objects that nobody wants any more: remembered with what made them so, until the bucket has let go of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, update

from maestro_actors.core.content import Kind, Outcome, Slide, Stage, paths_of
from maestro_actors.core.events import AcceptedProposal, JobCancelled, JobFailed, JobLost, ProposalsReviewed
from maestro_actors.errors import PassingError
from maestro_actors.journal.database import writing
from maestro_actors.journal.entries import Entry, Removed
from maestro_actors.journal.history import History
from maestro_actors.journal.ownership import Ownership
from maestro_actors.journal.reader import JournalReader
from maestro_actors.journal.tables import jobs
from maestro_actors.journal.writer import JournalWriter
from tests.journal.outage import away_at
from tests.journal.scribe import ANA, BEN, BRAND, Scribe, a_proposal, started
from tests.support.studio import a_brand

Bad = type[JobFailed] | type[JobCancelled] | type[JobLost]


def owed(*job_ids: str, user_id: str = ANA) -> tuple[str, ...]:
    """Every object of these jobs, which are reels of the brand, as a list of them is sorted."""
    return tuple(sorted(path for job_id in job_ids for path in paths_of(user_id, job_id, a_proposal())))


def ended(scribe: Scribe, job_id: str, how: Bad = JobFailed) -> Entry:
    """An outcome that leaves the job's objects to nobody."""
    unwanted = owed(job_id, user_id=scribe.burst.started.user_id)
    reason = [] if how is JobCancelled else ["the bucket refused it"]
    return scribe.entry(how(scribe.tick(), job_id, *reason), unwanted)


def published(writer: JournalWriter, number: int = 1) -> list[str]:
    """Jobs of a burst of their own that are scheduled, with both their objects stored."""
    scribe = Scribe(writer, started(number))
    ids = scribe.accept(number)
    for job_id in ids:
        writer.commit([scribe.store(job_id), scribe.store(job_id, 2), scribe.claim(job_id)])
    return ids


def stored(*job_ids: str) -> tuple[str, ...]:
    """The objects of `published` jobs."""
    return tuple(f"{ANA}/{BRAND.slug}/reels/{job_id}_{n}.mp4" for job_id in job_ids for n in (1, 2))


# Outcomes.


@pytest.mark.parametrize("how", [JobFailed, JobCancelled, JobLost])
def test_what_a_job_that_ended_may_have_stored_is_unwanted(
    writer: JournalWriter, reader: JournalReader, how: Bad
) -> None:
    scribe = Scribe(writer, started(2))
    one, _ = scribe.accept(2)
    assert reader.unwanted() == ()
    writer.commit([ended(scribe, one, how)])
    assert reader.unwanted() == owed(one)


@pytest.mark.parametrize("statement", ["INSERT INTO removals", "INSERT INTO events"])
def test_the_outcome_and_what_it_leaves_are_written_together_or_not_at_all(
    engine: Engine, writer: JournalWriter, reader: JournalReader, history: History, statement: str
) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    failed = ended(scribe, job_id)
    with away_at(engine, statement), pytest.raises(PassingError):
        writer.commit([failed])
    assert (history.job(ANA, job_id).job.outcome, reader.unwanted()) == (None, ())
    writer.commit([failed])
    assert (history.job(ANA, job_id).job.outcome, reader.unwanted()) == (Outcome.FAILED, owed(job_id))


@pytest.mark.parametrize("how", [JobFailed, JobCancelled, JobLost])
def test_an_outcome_that_lost_leaves_nothing_to_remove(writer: JournalWriter, reader: JournalReader, how: Bad) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    writer.commit([scribe.claim(job_id)])
    committed = writer.commit([ended(scribe, job_id, how)])
    assert committed.settled == {job_id: Outcome.SCHEDULED}
    assert reader.unwanted() == (), "they are published"


def test_an_outcome_that_lost_in_its_own_group_leaves_nothing_either(
    writer: JournalWriter, reader: JournalReader
) -> None:
    scribe = Scribe(writer, started(2))
    one, two = scribe.accept(2)
    claims = [scribe.claim(one), scribe.claim(two)]
    committed = writer.commit([claims[0], ended(scribe, one), ended(scribe, two), claims[1]])
    assert (committed.settled, set(committed.refused)) == ({one: Outcome.SCHEDULED}, {two})
    assert reader.unwanted() == owed(two)


def test_a_group_that_is_written_again_remembers_nothing_twice(writer: JournalWriter, reader: JournalReader) -> None:
    scribe = Scribe(writer, started(2))
    group = [ended(scribe, job_id) for job_id in scribe.accept(2)]
    first = writer.commit(group)
    remembered = reader.unwanted()
    assert writer.commit(group) == first
    assert reader.unwanted() == remembered


def test_a_group_that_is_written_again_brings_nothing_back(writer: JournalWriter, reader: JournalReader) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    group = [ended(scribe, job_id)]
    writer.commit(group)
    writer.commit([Removed(reader.unwanted())])
    writer.commit(group)
    assert reader.unwanted() == ()


def test_two_outcomes_that_name_one_object_remember_it_once(writer: JournalWriter, reader: JournalReader) -> None:
    scribe = Scribe(writer, started(2))
    one, two = scribe.accept(2)
    writer.commit([replace(ended(scribe, job_id), unwanted=("of-both", "of-both")) for job_id in (one, two)])
    assert reader.unwanted() == ("of-both",)


# Removed.


def test_what_is_removed_is_forgotten_and_the_rest_is_not(writer: JournalWriter, reader: JournalReader) -> None:
    anas, bens = (Scribe(writer, started(1, user_id=user_id)) for user_id in (ANA, BEN))
    (one,), (two,) = anas.accept(), bens.accept()
    writer.commit([ended(anas, one), ended(bens, two)])
    first, second = owed(one)
    writer.commit([Removed((first, "of nobody"))])
    assert reader.unwanted() == (second, *owed(two, user_id=BEN))
    writer.commit([Removed((first,)), Removed(()), Removed((second,))])
    assert reader.unwanted() == owed(two, user_id=BEN)


def test_what_became_unwanted_and_was_removed_in_one_group_is_forgotten(
    writer: JournalWriter, reader: JournalReader
) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    writer.commit([ended(scribe, job_id), Removed(owed(job_id))])
    assert reader.unwanted() == ()


def test_thousands_are_remembered_and_forgotten(writer: JournalWriter, reader: JournalReader) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    paths = tuple(f"object-{n:05}" for n in range(2345))
    writer.commit([replace(ended(scribe, job_id), unwanted=paths)])
    assert reader.unwanted() == paths
    writer.commit([Removed(paths[:2000])])
    assert reader.unwanted() == paths[2000:]


def test_the_next_worker_finds_what_this_one_left(
    engine: Engine, ownership: Ownership, writer: JournalWriter, reader: JournalReader
) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    writer.commit([ended(scribe, job_id)])
    JournalWriter(engine, ownership).commit([Removed(JournalReader(engine).unwanted())])
    assert reader.unwanted() == ()


# Jobs that were replaced.


def test_when_a_job_is_replaced_what_it_had_stored_is_unwanted(writer: JournalWriter, reader: JournalReader) -> None:
    old, other = published(writer, 2)
    again = Scribe(writer, started(1))
    (new,) = again.replace(old)
    writer.commit([again.store(new)])
    assert reader.unwanted() == (), "until the new one has its slot the old one stays"
    committed = writer.commit([again.claim(new, replaces=old)])
    assert committed.unwanted == {new: stored(old)}
    assert reader.unwanted() == stored(old)
    assert not set(reader.unwanted()) & {*stored(other), *stored(new)}


def test_who_asks_again_hears_again_what_is_unwanted(writer: JournalWriter, reader: JournalReader) -> None:
    """A group whose answer was lost with the connection is handed over as it is."""
    (old,) = published(writer)
    again = Scribe(writer, started(1))
    (new,) = again.replace(old)
    group = [again.claim(new, replaces=old)]
    first = writer.commit(group)
    assert writer.commit(group) == first
    assert reader.unwanted() == stored(old)
    writer.commit([Removed(stored(old))])
    assert writer.commit(group) == first
    assert reader.unwanted() == (), "what is gone does not come back"


def test_each_hears_of_its_own(writer: JournalWriter, reader: JournalReader) -> None:
    one, two, three = published(writer, 3)
    again = Scribe(writer, started(1))
    first, second = again.replace(one, two)
    committed = writer.commit([again.claim(first, replaces=one), again.claim(second, replaces=two)])
    assert committed.unwanted == {first: stored(one), second: stored(two)}
    assert set(reader.unwanted()) == {*stored(one), *stored(two)}
    assert not set(reader.unwanted()) & set(stored(three))


def test_a_claim_that_replaces_nothing_leaves_nothing(writer: JournalWriter, reader: JournalReader) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    assert writer.commit([scribe.store(job_id), scribe.claim(job_id)]).unwanted == {}
    assert reader.unwanted() == ()


def test_a_claim_that_is_refused_leaves_the_old_job_what_it_has(
    writer: JournalWriter, reader: JournalReader, history: History
) -> None:
    (old,) = published(writer)
    slot = history.job(ANA, old).job.slot
    assert slot is not None
    again = Scribe(writer, started(1, at=slot.instant))
    (new,) = again.replace(old)
    committed = writer.commit([again.claim(new, replaces=old, brand=a_brand(reel_times=()))])
    assert (set(committed.refused), committed.unwanted, reader.unwanted()) == ({new}, {}, ())
    assert (history.job(ANA, old).job.slot, history.job(ANA, old).job.replaced_by) == (slot, None)


def test_a_replacement_that_ended_without_a_slot_leaves_only_its_own(
    writer: JournalWriter, reader: JournalReader
) -> None:
    (old,) = published(writer)
    again = Scribe(writer, started(1))
    (new,) = again.replace(old)
    writer.commit([ended(again, new)])
    committed = writer.commit([again.claim(new, replaces=old)])
    assert (set(committed.refused), committed.unwanted) == ({new}, {})
    assert reader.unwanted() == owed(new)


def test_the_slot_and_what_the_old_job_leaves_are_written_together_or_not_at_all(
    engine: Engine, writer: JournalWriter, reader: JournalReader, history: History
) -> None:
    (old,) = published(writer)
    before = history.job(ANA, old).job
    again = Scribe(writer, started(1))
    (new,) = again.replace(old)
    claim = again.claim(new, replaces=old)
    for statement in ("INSERT INTO removals", "UPDATE jobs SET replaced_by"):
        with away_at(engine, statement), pytest.raises(PassingError):
            writer.commit([claim])
        assert history.job(ANA, old).job == before
        assert (history.job(ANA, new).job.outcome, reader.unwanted()) == (None, ())
    assert writer.commit([claim]).slots == {new: before.slot}
    assert reader.unwanted() == stored(old)


def test_a_job_made_anew_time_and_again_leaves_all_but_the_last(
    writer: JournalWriter, reader: JournalReader, history: History
) -> None:
    (newest,) = published(writer)
    slot, left = history.job(ANA, newest).job.slot, set[str]()
    for _ in range(3):
        again = Scribe(writer, started(1))
        (new,) = again.replace(newest)
        writer.commit([again.store(new), again.store(new, 2), again.claim(new, replaces=newest)])
        left |= set(stored(newest))
        assert set(reader.unwanted()) == left
        newest = new
    assert history.job(ANA, newest).job.slot == slot
    assert len(history.taken_slots(ANA)) == 1


def test_a_job_of_which_the_journal_knows_nothing_leaves_nothing(writer: JournalWriter, reader: JournalReader) -> None:
    again = Scribe(writer, started(1))
    (new,) = again.replace("of nobody")
    committed = writer.commit([again.claim(new, replaces="of nobody")])
    assert set(committed.slots) == {new}
    assert not any(committed.unwanted.values())
    assert reader.unwanted() == ()


# Bursts that cannot be read.


def test_of_an_abandoned_burst_everything_its_open_jobs_could_have_stored_is_unwanted(
    writer: JournalWriter, reader: JournalReader, history: History
) -> None:
    bad, good = (Scribe(writer, started(4)) for _ in range(2))
    done, failed, begun, waiting = bad.accept(4)
    others = good.accept(2)
    writer.commit([bad.enter(begun, Stage.UPLOADING), bad.store(begun), ended(bad, failed), bad.claim(done)])
    writer.commit([Removed(owed(failed))])
    writer.abandon(bad.burst_id, ANA, bad.seq, bad.tick(), "its events cannot be read")
    assert reader.unwanted() == owed(begun, waiting)
    outcomes = {row.job_id: row.outcome for row in history.jobs(ANA, burst_id=bad.burst_id).items}
    assert outcomes == {
        done: Outcome.SCHEDULED,
        failed: Outcome.FAILED,
        begun: Outcome.LOST,
        waiting: Outcome.LOST,
    }
    assert {history.job(ANA, job_id).job.outcome for job_id in others} == {None}


def test_abandoning_again_brings_nothing_back(writer: JournalWriter, reader: JournalReader) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    for _ in range(2):
        writer.abandon(scribe.burst_id, ANA, scribe.seq, scribe.now, "it cannot be read")
        assert reader.unwanted() == owed(job_id)
    writer.commit([Removed(owed(job_id))])
    writer.abandon(scribe.burst_id, ANA, scribe.seq, scribe.now, "it cannot be read")
    assert reader.unwanted() == ()


def test_a_burst_is_abandoned_whole_or_not_at_all(
    engine: Engine, writer: JournalWriter, reader: JournalReader, history: History
) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    for statement in ("INSERT INTO removals", "UPDATE bursts SET finished_at"):
        with away_at(engine, statement), pytest.raises(PassingError):
            writer.abandon(scribe.burst_id, ANA, scribe.seq, scribe.tick(), "it cannot be read")
        assert (reader.unwanted(), history.job(ANA, job_id).job.outcome) == ((), None)
        assert len(reader.unfinished()) == 1


def test_the_objects_of_every_slide_are_found(writer: JournalWriter, reader: JournalReader) -> None:
    scribe = Scribe(writer, started(1))
    slides = tuple(Slide(f"Step {n}", "Knead") for n in range(7))
    carousel = replace(a_proposal(), kind=Kind.CAROUSEL, lines=(), slides=slides)
    scribe.tell(ProposalsReviewed(scribe.tick(), 1, (AcceptedProposal("c", carousel),)))
    writer.abandon(scribe.burst_id, ANA, scribe.seq, scribe.tick(), "it cannot be read")
    assert set(reader.unwanted()) == set(paths_of(ANA, "c", carousel))
    assert len(reader.unwanted()) == 8


@pytest.mark.parametrize(
    "broken", [None, [1], {"kind": "reel"}, {"kind": "film"}, "reel", {"kind": "reel", "lines": 1}]
)
def test_a_job_whose_proposal_cannot_be_read_does_not_save_its_burst(
    engine: Engine, writer: JournalWriter, reader: JournalReader, broken: object
) -> None:
    scribe = Scribe(writer, started(2))
    one, two = scribe.accept(2)
    with writing(engine) as connection:
        connection.execute(update(jobs).where(jobs.c.job_id == one).values(proposal=broken))
    writer.abandon(scribe.burst_id, ANA, scribe.seq, scribe.tick(), "it cannot be read")
    assert reader.unfinished() == ()
    assert reader.unwanted() == owed(two)


@pytest.mark.parametrize("backend", ["sqlite"])
def test_nor_does_one_whose_proposal_is_no_json(engine: Engine, writer: JournalWriter, reader: JournalReader) -> None:
    scribe = Scribe(writer, started(2))
    one, two = scribe.accept(2)
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE jobs SET proposal = '{half' WHERE job_id = ?", (one,))
    writer.abandon(scribe.burst_id, ANA, scribe.seq, scribe.tick(), "it cannot be read")
    assert reader.unfinished() == ()
    assert reader.unwanted() == owed(two)
