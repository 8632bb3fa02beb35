"""Bursts that begin with jobs, jobs that join later, and a worker that goes on where another stopped."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from maestro_actors.core.burst import Burst
from maestro_actors.core.content import Stage
from maestro_actors.core.events import (
    AssetStored,
    BurstKind,
    BurstResumed,
    BurstStarted,
    JobAdded,
    JobFailed,
    Replacement,
    StepStarted,
)
from maestro_actors.errors import PassingError
from maestro_actors.journal.history import History
from maestro_actors.journal.reader import JournalReader
from maestro_actors.journal.rows import StoredFile
from maestro_actors.journal.writer import JournalWriter
from tests.core.strategies import START
from tests.journal.outage import away_at
from tests.journal.scribe import ANA, BRAND, Scribe, a_proposal, started
from tests.journal.test_writer import only
from tests.support.studio import a_brand, an_agent


def remaking(*old: str) -> BurstStarted:
    """A burst that makes these jobs anew, and nothing else."""
    made = tuple(Replacement(f"new-{job_id}", job_id, "mira", a_proposal(f"Anew {job_id}")) for job_id in old)
    return replace(started(kind=BurstKind.REGENERATE), replacements=made)


def test_a_burst_begins_with_the_jobs_that_replace_others(
    writer: JournalWriter, reader: JournalReader, history: History
) -> None:
    begun = remaking("one", "two")
    writer.start_burst(begun)
    rows = {row.job_id: row for row in history.jobs(ANA, burst_id=begun.burst_id).items}
    assert {job_id: (row.replaces, row.stage, row.outcome) for job_id, row in rows.items()} == {
        "new-one": ("one", Stage.QUEUED, None),
        "new-two": ("two", Stage.QUEUED, None),
    }
    row = rows["new-one"]
    assert (row.agent, row.title, row.created_at, row.assets) == ("mira", "Anew one", START, ())
    assert history.job(ANA, "new-one").proposal == a_proposal("Anew one")
    assert reader.replacement_under_way(ANA, "one") == "new-one"
    found = only(reader)
    assert (found.started, found.events, found.next_seq) == (begun, (), 1)
    assert history.burst(begun.burst_id).finished_at is None


@pytest.mark.parametrize("statement", ["INSERT INTO events", "INSERT INTO jobs", "INSERT INTO idempotency_keys"])
def test_a_burst_and_its_first_jobs_are_written_together_or_not_at_all(
    engine: Engine, writer: JournalWriter, reader: JournalReader, history: History, statement: str
) -> None:
    begun = remaking("one", "two")
    with away_at(engine, statement), pytest.raises(PassingError):
        writer.start_burst(begun, idempotency_key="key")
    assert (reader.unfinished(), history.jobs(ANA).items) == ((), ())
    for _ in range(2):
        assert writer.start_burst(begun, idempotency_key="key") == begun.burst_id
    assert len(history.jobs(ANA).items) == 2
    assert only(reader).started == begun


def test_a_burst_of_replacements_ends_with_their_numbers(
    writer: JournalWriter, reader: JournalReader, history: History
) -> None:
    scribe = Scribe(writer, remaking("one", "two"))
    scribe.schedule("new-one", replaces="one")
    scribe.tell(JobFailed(scribe.tick(), "new-two", "no"))
    scribe.end()
    row = history.burst(scribe.burst_id)
    assert (row.outcome, row.created, row.scheduled, row.failed) == ("finished", 2, 1, 1)
    assert reader.unfinished() == ()


def test_a_replacement_joins_with_its_row_or_not_at_all(
    engine: Engine, writer: JournalWriter, reader: JournalReader, history: History
) -> None:
    scribe = Scribe(writer, started(1))
    brand, agent = a_brand("newcomer"), an_agent("Ivo")
    new = Replacement("new", "old", agent.slug, a_proposal("Anew", brand))
    group = [scribe.entry(JobAdded(scribe.tick(), brand, agent, new))]
    with away_at(engine, "INSERT INTO events"), pytest.raises(PassingError):
        writer.commit(group)
    assert (only(reader).events, history.jobs(ANA).items) == ((), ())
    for _ in range(2):
        writer.commit(group)
    (row,) = history.jobs(ANA).items
    assert (row.replaces, row.brand, row.agent, row.stage) == ("old", "newcomer", "ivo", Stage.QUEUED)
    found = only(reader)
    again = Burst.replay(found.started, found.events)
    assert vars(again) == vars(scribe.burst)
    assert (again.brand("newcomer"), again.agent("ivo")) == (brand, agent)


# Another worker.


def test_a_burst_that_was_resumed_is_replayed_as_it_was(writer: JournalWriter, reader: JournalReader) -> None:
    first = Scribe(writer, started(2, 1))
    one, two = first.accept(2)
    writer.commit([first.enter(one, Stage.UPLOADING), first.store(one), first.store(one, 2)])
    first.tell(StepStarted(first.tick(), one))
    second = Scribe.resume(writer, only(reader))
    second.now = first.now
    second.tell(BurstResumed(second.tick()))
    job = second.burst.jobs[one]
    assert (job.stage, job.waiting_for) == (Stage.UPLOADING, "its turn again, after a restart")
    writer.commit([second.enter(one, Stage.GENERATING), second.enter(two, Stage.GENERATING)])
    second.tell(JobFailed(second.tick(), two, "no"))
    third = Scribe.resume(writer, only(reader))
    assert vars(third.burst) == vars(second.burst)
    assert third.seq == second.seq


def test_what_is_stored_anew_stands_in_the_row_once(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    writer.commit([scribe.enter(job_id, Stage.UPLOADING), scribe.store(job_id), scribe.store(job_id, 2)])
    scribe.tell(BurstResumed(scribe.tick()))
    stored = scribe.burst.jobs[job_id].stored[0]
    scribe.tell(AssetStored(scribe.tick(), job_id, replace(stored, bytes=7, sha256="f" * 64)))
    path = f"{ANA}/{BRAND.slug}/reels/{job_id}"
    assert history.job(ANA, job_id).job.assets == (
        StoredFile("reels", f"{path}_1.mp4", 7, "f" * 64),
        StoredFile("reels", f"{path}_2.mp4", 1002, f"{2:064x}"),
    )
