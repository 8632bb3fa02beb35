"""What is handed to the journal: frozen values, taken off a burst in the thread that owns it.

An `Entry` is an event with what the rows need to know of it, a `Claim` asks for a slot, an `Ending` closes a burst.
A burst's `seq` counts its events; `BurstStarted` is number 0. Whoever hands them over numbers entries and claims of
one burst upwards in one count, and hands over the same numbers when it tries the same group again; gaps do not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from maestro_actors.core.burst import Burst, BurstOutcome, JobState
from maestro_actors.core.calendar import Slot
from maestro_actors.core.content import Brand, Kind, Outcome, PerKind, Proposal, Stage, StoredAsset
from maestro_actors.core.events import (
    AssetStored,
    BurstKind,
    BurstStarted,
    Event,
    JobAdded,
    JobCancelled,
    JobFailed,
    JobLost,
    JobOutcome,
    JobScheduled,
    ProposalsReviewed,
    Replacement,
    StageEntered,
)
from maestro_actors.journal.errors import UnreadableEventError

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
    """An event, and what it means for the rows of the burst's jobs.

    `unwanted` are the objects that nobody wants after it: the journal remembers them until they are removed.
    """

    user_id: str
    burst_id: str
    seq: int
    event: Event
    created: tuple[NewJob, ...] = ()
    change: JobChange | None = None
    unwanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """Give the job the brand's next free slot, and record that it is scheduled.

    Where it `replaces` a job whose slot is still to come, it takes over that one's slot; and that one's objects are
    unwanted from then on.
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


@dataclass(frozen=True, slots=True)
class Removed:
    """These objects are gone from the bucket."""

    paths: tuple[str, ...]


Item = Entry | Claim | Ending | Removed
Wanted = Callable[[], bool]  # whether somebody still waits for what is to be opened


@dataclass(frozen=True, slots=True)
class Committed:
    """What came of a group.

    `slots` holds the slot of every job that claimed one, `refused` why a claim got none. `settled` holds the jobs
    whose outcome was not written, because they have the other one that stands here: outcomes are final. `unwanted` has
    the objects of the jobs that were replaced, under the jobs that replace them.
    """

    slots: Mapping[str, Slot] = field(default_factory=dict)
    refused: Mapping[str, Exception] = field(default_factory=dict)
    settled: Mapping[str, Outcome] = field(default_factory=dict)
    unwanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opening:
    """A burst that somebody wishes for; the journal works out what that takes, and records that it started.

    Without `brands` (slugs) it is for all of them. Without an `order` a daily burst makes the whole quota and a smart
    one what today still lacks; the totals of an order are dealt to the brands. A daily burst has its `local_date`.
    `idempotency_key` stands for the request that `request_hash` is of: the earlier burst is then the answer. Otherwise
    the burst is refused while another is `live`.
    """

    burst_id: str
    user_id: str
    kind: BurstKind
    at: datetime
    seed: int
    brands: tuple[str, ...] | None = None
    order: PerKind[int] | None = None
    local_date: date | None = None
    idempotency_key: str | None = None
    request_hash: str = ""
    live: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The burst that an opening led to. `started` is None where it is an earlier one, for which the key stands."""

    burst_id: str
    started: BurstStarted | None


@dataclass(frozen=True, slots=True)
class Regeneration:
    """A job that somebody wants made anew, as `job_id`: in a burst of its own unless one is `live`."""

    burst_id: str
    user_id: str
    job_id: str
    replaces: str
    at: datetime
    live: bool


@dataclass(frozen=True, slots=True)
class Regenerated:
    """The job that replaces the other: one that is under way already, one in a burst of its own, or one to be added."""

    job_id: str
    started: BurstStarted | None = None
    addition: JobAdded | None = None


@dataclass(frozen=True, slots=True)
class RecordedBurst:
    """A burst as its events tell it: `Burst.replay(started, events)`. `next_seq` is that of what happens next."""

    burst_id: str
    user_id: str
    next_seq: int
    started: BurstStarted
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class UnreadableBurst:
    """A burst of which an event cannot be read, and which one."""

    burst_id: str
    user_id: str
    next_seq: int
    error: UnreadableEventError


def entry_of(burst: Burst, seq: int, event: Event, unwanted: tuple[str, ...] = ()) -> Entry:
    """The entry for an event that the burst has just applied."""
    started = burst.started
    created: tuple[NewJob, ...] = ()
    change = None
    match event:
        case ProposalsReviewed():
            created = _created(burst, event)
        case JobAdded(replacement=replacement):
            created = (new_job(replacement),)
        case StageEntered() | AssetStored() | JobScheduled() | JobFailed() | JobCancelled() | JobLost():
            change = _change(burst.jobs[event.job_id])
    return Entry(started.user_id, started.burst_id, seq, event, created, change, unwanted)


def new_job(replacement: Replacement) -> NewJob:
    """The job that is made in place of another."""
    return NewJob(replacement.job_id, replacement.agent, replacement.proposal, replacement.replaces)


def ending_of(burst: Burst) -> Ending:
    """The ending of a burst that has ended."""
    assert burst.finished_at is not None, "an ending is of a burst that has ended"
    assert burst.outcome is not None, "a burst that has ended has an outcome"
    return Ending(burst.started.burst_id, burst.finished_at, burst.outcome)


def _created(burst: Burst, event: ProposalsReviewed) -> tuple[NewJob, ...]:
    return tuple(NewJob(each.job_id, burst.jobs[each.job_id].agent, each.proposal) for each in event.accepted)


def _change(job: JobState) -> JobChange:
    return JobChange(job.job_id, job.brand, job.stage, job.stored, job.error)


OUTCOMES: dict[type[JobOutcome], Outcome] = {
    JobScheduled: Outcome.SCHEDULED,
    JobFailed: Outcome.FAILED,
    JobCancelled: Outcome.CANCELLED,
    JobLost: Outcome.LOST,
}
