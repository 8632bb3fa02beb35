"""What can happen to a burst, as frozen values in the past tense.

Actors tell each other these very values, and `core.burst` folds them: there is no second vocabulary between what
a job says and what the burst knows. `at` is always an aware datetime in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from maestro_actors.core.calendar import Slot
from maestro_actors.core.content import Agent, Brand, Kind, Proposal, Stage, StoredAsset


class BurstKind(StrEnum):
    """`daily` makes the whole quota; `smart` what today still lacks, or what was asked for; `regenerate` a job anew."""

    DAILY = "daily"
    SMART = "smart"
    REGENERATE = "regenerate"


@dataclass(frozen=True, slots=True)
class Request:
    """What one agent is asked for: `count` proposals of one kind for one brand, named by their slugs."""

    request_id: int
    agent: str
    brand: str
    kind: Kind
    count: int


@dataclass(frozen=True, slots=True)
class AcceptedProposal:
    """A proposal that became a job."""

    job_id: str
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Rejection:
    """A proposal that did not become a job, and why."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """A job made of an old one's proposal, to take that one's place when it is scheduled."""

    job_id: str
    replaces: str
    agent: str
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class BurstStarted:
    """Carries the brands and agents as they were, so that a replay needs nothing else.

    `replacements` are jobs that there are from the start, `unserved` says why something was not even asked for, and
    the same `seed` makes the same content.
    """

    at: datetime
    burst_id: str
    user_id: str
    kind: BurstKind
    brands: tuple[Brand, ...]
    agents: tuple[Agent, ...]
    requests: tuple[Request, ...]
    seed: int = 0
    replacements: tuple[Replacement, ...] = ()
    unserved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BurstResumed:
    """A new worker, or a new actor, goes on with the burst: nobody works for its jobs until they are taken up again."""

    at: datetime


@dataclass(frozen=True, slots=True)
class JobAdded:
    """A replacement joined the burst while that was under way; its brand and agent as they are now."""

    at: datetime
    brand: Brand
    agent: Agent
    replacement: Replacement


@dataclass(frozen=True, slots=True)
class AgentStarted:
    """An agent took up a request; until then the request waited for it."""

    at: datetime
    request_id: int


@dataclass(frozen=True, slots=True)
class ProposalsReviewed:
    """An agent answered: what was accepted is now a job, the rest was rejected. Settles the request."""

    at: datetime
    request_id: int
    accepted: tuple[AcceptedProposal, ...]
    rejected: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposalsFailed:
    """An agent could not answer, and why. Settles the request."""

    at: datetime
    request_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class StageEntered:
    """A job came to a stage, and waits there for somebody to take up the stage's first step."""

    at: datetime
    job_id: str
    stage: Stage
    doing: str
    waiting_for: str


@dataclass(frozen=True, slots=True)
class StepQueued:
    """A job came to the next step within its stage, and waits for somebody to take it up."""

    at: datetime
    job_id: str
    doing: str
    waiting_for: str


@dataclass(frozen=True, slots=True)
class StepStarted:
    """Somebody took up what the job asked for, for the `attempt`th time. Deadlines run from here."""

    at: datetime
    job_id: str
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class StepProgressed:
    """So much of a long step is done: a share from 0 to 1."""

    at: datetime
    job_id: str
    share: float


@dataclass(frozen=True, slots=True)
class StepDelayed:
    """A step did not work out yet: it waits for another try."""

    at: datetime
    job_id: str
    waiting_for: str


@dataclass(frozen=True, slots=True)
class AssetStored:
    """The bucket has one more of the job's assets."""

    at: datetime
    job_id: str
    stored: StoredAsset


@dataclass(frozen=True, slots=True)
class JobScheduled:
    """Every asset is stored and the slot is the job's own. Final."""

    at: datetime
    job_id: str
    slot: Slot


@dataclass(frozen=True, slots=True)
class JobFailed:
    """The job cannot be finished, and why. Final."""

    at: datetime
    job_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class JobCancelled:
    """The job stopped because the burst was cancelled, and nothing of it runs any more. Final."""

    at: datetime
    job_id: str


@dataclass(frozen=True, slots=True)
class JobLost:
    """The job's actor or process died and could not be retried. Final."""

    at: datetime
    job_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class CancelRequested:
    """Somebody asked that the burst end now."""

    at: datetime
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BurstCrashed:
    """The burst's own actor died of a bug: what was open is lost. Final."""

    at: datetime
    reason: str


JobOutcome = JobScheduled | JobFailed | JobCancelled | JobLost
JobProgress = StageEntered | StepQueued | StepStarted | StepProgressed | StepDelayed | AssetStored
JobEvent = JobProgress | JobOutcome
RequestEvent = AgentStarted | ProposalsReviewed | ProposalsFailed
Event = RequestEvent | JobAdded | JobEvent | BurstResumed | CancelRequested | BurstCrashed
