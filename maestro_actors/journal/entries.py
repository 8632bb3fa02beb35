"""What is handed to the journal: frozen values, taken off a burst in the thread that owns it.

An `Entry` is an event with what the rows need to know of it, a `Claim` asks for a slot, an `Ending` closes a burst.
A burst's `seq` counts its events; `BurstStarted` is number 0. Whoever hands them over numbers entries and claims of
one burst upwards in one count, and hands over the same numbers when it tries the same group again; gaps do not matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from maestro_actors.core.burst import Burst, BurstOutcome, JobState
from maestro_actors.core.calendar import Slot
from maestro_actors.core.content import Brand, Kind, Outcome, Proposal, Stage, StoredAsset
from maestro_actors.core.events import (
    AssetStored,
    Event,
    JobCancelled,
    JobFailed,
    JobLost,
    JobOutcome,
    JobScheduled,
    ProposalsReviewed,
    StageEntered,
)

FIRST_SEQ = 1  # of what follows BurstStarted


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job that was accepted. `replaces` is the job whose place it takes, if it was made to replace one."""

    job_id: str
    agent: str
    proposal: Proposal
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class JobChange:
    """How far a job is."""

    job_id: str
    brand: str
    stage: Stage
    stored: tuple[StoredAsset, ...]
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An event, and what it means for the rows of the burst's jobs."""

    user_id: str
    burst_id: str
    seq: int
    event: Event
    created: tuple[NewJob, ...] = ()
    change: JobChange | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Give the job the brand's next free slot, and record that it is scheduled.

    Where it `replaces` a job whose slot is still to come, it takes over that one's slot.
    """

    user_id: str
    burst_id: str
    seq: int
    at: datetime
    job_id: str
    brand: Brand
    kind: Kind
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """The burst has ended."""

    burst_id: str
    finished_at: datetime
    outcome: BurstOutcome


Item = Entry | Claim | Ending


@dataclass(frozen=True, slots=True)
class Committed:
    """What came of a group.

    `slots` holds the slot of every job that claimed one, `refused` why a claim got none. `settled` holds the jobs
    whose outcome was not written, because they have the other one that stands here: outcomes are final.
    """

    slots: Mapping[str, Slot] = field(default_factory=dict)
    refused: Mapping[str, Exception] = field(default_factory=dict)
    settled: Mapping[str, Outcome] = field(default_factory=dict)


def entry_of(burst: Burst, seq: int, event: Event, replaces: Mapping[str, str] | None = None) -> Entry:
    """The entry for an event that the burst has just applied. `replaces` says which new job replaces which old one."""
    started = burst.started
    created: tuple[NewJob, ...] = ()
    change = None
    match event:
        case ProposalsReviewed():
            created = _created(burst, event, replaces or {})
        case StageEntered() | AssetStored() | JobScheduled() | JobFailed() | JobCancelled() | JobLost():
            change = _change(burst.jobs[event.job_id])
    return Entry(started.user_id, started.burst_id, seq, event, created, change)


def ending_of(burst: Burst) -> Ending:
    """The ending of a burst that has ended."""
    assert burst.finished_at is not None, "an ending is of a burst that has ended"
    assert burst.outcome is not None, "a burst that has ended has an outcome"
    return Ending(burst.started.burst_id, burst.finished_at, burst.outcome)


def _created(burst: Burst, event: ProposalsReviewed, replaces: Mapping[str, str]) -> tuple[NewJob, ...]:
    return tuple(
        NewJob(each.job_id, burst.jobs[each.job_id].agent, each.proposal, replaces.get(each.job_id))
        for each in event.accepted
    )


def _change(job: JobState) -> JobChange:
    return JobChange(job.job_id, job.brand, job.stage, job.stored, job.error)


OUTCOMES: dict[type[JobOutcome], Outcome] = {
    JobScheduled: Outcome.SCHEDULED,
    JobFailed: Outcome.FAILED,
    JobCancelled: Outcome.CANCELLED,
    JobLost: Outcome.LOST,
}
