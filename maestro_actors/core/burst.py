"""The burst as a fold over its events: phase, counts and progress are read off, never set.

The law: a request is owed until it is settled, a job is open until it has an outcome, and the phase says which of
the two there still is. Reports are counted by identity, not by number: one that comes twice, late, out of order
or for something unknown changes neither the phase, nor the counts of what ended, nor any outcome. A burst of which
nothing is owed and nothing open has ended, for good.

One actor owns a `Burst` and applies events to it; nothing here reads a clock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, assert_never

from maestro_actors.core.calendar import Slot
from maestro_actors.core.content import Agent, Brand, Kind, Outcome, Proposal, Stage, StoredAsset
from maestro_actors.core.events import (
    AgentStarted,
    AssetStored,
    BurstCrashed,
    BurstResumed,
    BurstStarted,
    CancelRequested,
    Event,
    JobAdded,
    JobCancelled,
    JobFailed,
    JobLost,
    JobProgress,
    JobScheduled,
    ProposalsFailed,
    ProposalsReviewed,
    Rejection,
    Replacement,
    Request,
    StageEntered,
    StepDelayed,
    StepProgressed,
    StepQueued,
    StepStarted,
)

Phase = Literal["generating", "processing"]
BurstOutcome = Literal["finished", "cancelled", "failed"]

STATES: tuple[Stage | Outcome, ...] = (*Stage, *Outcome)  # every job is in exactly one
RESUMING = "its turn again, after a restart"
SETTLED_SHOWN = 60  # of the settled jobs, how many the burst keeps at hand for its snapshot


@dataclass(slots=True)
class RequestState:
    """A request on its way. `started_at` is None while it waits for its agent."""

    request: Request
    started_at: datetime | None = None


@dataclass(slots=True)
class JobState:
    """A job on its way; only `Burst.apply` changes it. `proposal` is let go with the outcome, to keep bursts small."""

    job_id: str
    agent: str
    brand: str
    kind: Kind
    title: str
    since: datetime
    proposal: Proposal | None
    stage: Stage = Stage.QUEUED
    doing: str = ""
    waiting_for: str | None = "its turn"
    attempt: int = 1
    share: float | None = None
    stored: tuple[StoredAsset, ...] = ()
    outcome: Outcome | None = None
    error: str | None = None
    slot: Slot | None = None
    replaces: str | None = None


class Burst:
    """One run for one user."""

    def __init__(self, started: BurstStarted) -> None:
        self.started = started
        self.jobs: dict[str, JobState] = {}
        self.failures: list[str] = list(started.unserved)
        self.rejections: list[Rejection] = []
        self.cancel: CancelRequested | None = None
        self.crash: BurstCrashed | None = None
        self.finished_at: datetime | None = None
        self._settled_at = started.at  # when the last of what is settled was
        self._brands = {brand.slug: brand for brand in started.brands}
        self._agents = {agent.slug: agent for agent in started.agents}
        self._owed = {request.request_id: RequestState(request) for request in started.requests}
        self._open: dict[str, JobState] = {}
        self._in_flight: dict[str, JobState] = {}
        self._recent: deque[JobState] = deque(maxlen=SETTLED_SHOWN)
        self._tally = dict.fromkeys(STATES, 0)
        self._titles: dict[str, set[str]] = {}
        for replacement in started.replacements:
            self._replace(replacement, started.at)
        self._end_if_done()

    @classmethod
    def replay(cls, started: BurstStarted, events: Iterable[Event]) -> Burst:
        """The burst after these events, each of which changed it: the live fold and the replay are the same code.

        A slot is numbered when it is asked for and folded in when it is known, so the order on record is not quite
        that of the fold. Which came last does not matter to the burst; but it has ended only after all of them.
        """
        burst = cls(started)
        for event in events:
            burst._fold(event)
        burst._end_if_done()
        return burst

    # What can be read off.

    @property
    def phase(self) -> Phase | None:
        """`generating` while an agent owes an answer, `processing` while a job is open, else None."""
        if self._owed:
            return "generating"
        return "processing" if self._open else None

    @property
    def finished(self) -> bool:
        return self.finished_at is not None

    @property
    def cancelling(self) -> bool:
        return self.cancel is not None and not self.finished

    @property
    def outcome(self) -> BurstOutcome | None:
        """None while it runs. `failed` when nothing came of it: it crashed, or no job of it was scheduled."""
        if not self.finished:
            return None
        if self.crash:
            return "failed"
        if self.cancel:
            return "cancelled"
        wanted_something = self.jobs or self.started.requests or self.started.unserved
        return "failed" if wanted_something and not self._tally[Outcome.SCHEDULED] else "finished"

    @property
    def owed(self) -> Collection[RequestState]:
        """The requests that an agent still has to answer."""
        return self._owed.values()

    @property
    def in_flight(self) -> Collection[JobState]:
        """The open jobs that have begun, in the order in which they did."""
        return self._in_flight.values()

    @property
    def open(self) -> Collection[JobState]:
        """The jobs without an outcome, queued ones included."""
        return self._open.values()

    @property
    def recently_settled(self) -> Iterator[JobState]:
        """The jobs settled last, the latest first; at most 60."""
        return reversed(self._recent)

    def count(self, state: Stage | Outcome) -> int:
        """How many jobs are at this stage and open, or have this outcome."""
        return self._tally[state]

    def titles(self, brand: str) -> Collection[str]:
        """The titles accepted for a brand, in lower case."""
        return self._titles.get(brand, ())

    def is_owed(self, request_id: int) -> bool:
        return request_id in self._owed

    @property
    def brands(self) -> Collection[Brand]:
        """Those it began with, and those of the jobs that joined it."""
        return self._brands.values()

    @property
    def agents(self) -> Collection[Agent]:
        """Those it began with, and those of the jobs that joined it."""
        return self._agents.values()

    def brand(self, slug: str) -> Brand:
        return self._brands[slug]

    def agent(self, slug: str) -> Agent:
        return self._agents[slug]

    # What can happen.

    def apply(self, event: Event) -> bool:
        """Fold one event in. Answers whether it changed anything: False for one that came twice or too late."""
        if self.finished:
            return False
        changed = self._fold(event)
        if changed:
            self._end_if_done()
        return changed

    def _fold(self, event: Event) -> bool:
        match event:
            case StageEntered() | StepQueued() | StepStarted() | StepProgressed() | StepDelayed() | AssetStored():
                job = self._open.get(event.job_id)
                return job is not None and self._progress(job, event)
            case JobScheduled() | JobFailed() | JobCancelled() | JobLost():
                job = self._open.pop(event.job_id, None)
                return job is not None and self._settle(job, event)
            case JobAdded():
                return self._added(event)
            case AgentStarted():
                return self._agent_started(event)
            case ProposalsReviewed():
                return self._proposals_reviewed(event)
            case ProposalsFailed():
                return self._proposals_failed(event)
            case BurstResumed():
                return self._resumed()
            case CancelRequested():
                return self._cancel_requested(event)
            case BurstCrashed():
                return self._crashed(event)
            case _:
                assert_never(event)

    def _agent_started(self, event: AgentStarted) -> bool:
        owed = self._owed.get(event.request_id)
        if owed is None or owed.started_at is not None:
            return False
        owed.started_at = event.at
        return True

    def _proposals_reviewed(self, event: ProposalsReviewed) -> bool:
        owed = self._owed.pop(event.request_id, None)
        if owed is None:
            return False
        self._note_settled(event.at)
        self.rejections.extend(event.rejected)
        for accepted in event.accepted:
            self._create(accepted.job_id, owed.request.agent, accepted.proposal, event.at)
        return True

    def _proposals_failed(self, event: ProposalsFailed) -> bool:
        if self._owed.pop(event.request_id, None) is None:
            return False
        self._note_settled(event.at)
        self.failures.append(event.reason)
        return True

    def _added(self, event: JobAdded) -> bool:
        if event.replacement.job_id in self.jobs or self.cancel:
            return False
        self._brands.setdefault(event.brand.slug, event.brand)
        self._agents.setdefault(event.agent.slug, event.agent)
        self._replace(event.replacement, event.at)
        return True

    def _replace(self, replacement: Replacement, at: datetime) -> None:
        self._create(replacement.job_id, replacement.agent, replacement.proposal, at, replacement.replaces)

    def _create(self, job_id: str, agent: str, proposal: Proposal, at: datetime, replaces: str | None = None) -> None:
        if job_id in self.jobs:
            return
        job = JobState(job_id, agent, proposal.brand, proposal.kind, proposal.title, at, proposal, replaces=replaces)
        self.jobs[job_id] = self._open[job_id] = job
        self._tally[Stage.QUEUED] += 1
        self._titles.setdefault(job.brand, set()).add(proposal.title.strip().lower())

    def _progress(self, job: JobState, event: JobProgress) -> bool:
        match event:
            case StageEntered():
                self._tally[job.stage] -= 1
                self._tally[event.stage] += 1
                self._in_flight[job.job_id] = job
                job.stage, job.since = event.stage, event.at
                job.doing, job.waiting_for, job.attempt, job.share = event.doing, event.waiting_for, 1, None
            case StepQueued():
                job.doing, job.waiting_for, job.attempt, job.share = event.doing, event.waiting_for, 1, None
            case StepStarted():
                job.waiting_for, job.attempt, job.share = None, event.attempt, None
            case StepProgressed():
                job.share = event.share
            case StepDelayed():
                job.waiting_for = event.waiting_for
            case AssetStored():
                if event.stored in job.stored:
                    return False
                job.stored = _with(job.stored, event.stored)
            case _:
                assert_never(event)
        return True

    def _settle(self, job: JobState, event: JobScheduled | JobFailed | JobCancelled | JobLost) -> bool:
        self._note_settled(event.at)
        match event:
            case JobScheduled():
                job.outcome, job.slot = Outcome.SCHEDULED, event.slot
            case JobFailed():
                job.outcome, job.error = Outcome.FAILED, event.reason
            case JobCancelled():
                job.outcome = Outcome.CANCELLED
            case JobLost():
                job.outcome, job.error = Outcome.LOST, event.reason
            case _:
                assert_never(event)
        self._tally[job.stage] -= 1
        self._tally[job.outcome] += 1
        job.doing, job.waiting_for, job.since, job.proposal = "", None, event.at, None
        self._in_flight.pop(job.job_id, None)
        self._recent.append(job)
        return True

    def _cancel_requested(self, event: CancelRequested) -> bool:
        if self.cancel:
            return False
        self.cancel = event
        return True

    def _resumed(self) -> bool:
        for owed in self._owed.values():
            owed.started_at = None
        for job in self._in_flight.values():
            job.waiting_for, job.share, job.attempt = RESUMING, None, 1
        return True

    def _crashed(self, event: BurstCrashed) -> bool:
        self.crash = event
        self._settled_at = event.at
        self._owed.clear()
        for job in self._open.values():
            self._settle(job, JobLost(event.at, job.job_id, event.reason))
        self._open.clear()
        return True

    def _note_settled(self, at: datetime) -> None:
        self._settled_at = max(self._settled_at, at)

    def _end_if_done(self) -> None:
        if not self._owed and not self._open:
            self.finished_at = self._settled_at


def _with(before: tuple[StoredAsset, ...], stored: StoredAsset) -> tuple[StoredAsset, ...]:
    """One more, or one in the place of that of its name: a resumed job stores anew what it had stored."""
    name = stored.asset.category, stored.asset.filename
    places = (n for n, each in enumerate(before) if (each.asset.category, each.asset.filename) == name)
    place = next(places, len(before))
    return (*before[:place], stored, *before[place + 1 :])
