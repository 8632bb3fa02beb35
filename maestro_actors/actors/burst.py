"""BurstActor: owns one burst's events, and so its phase.

It asks the agents, makes jobs of what they propose, keeps a bounded number of JobActors alive, and folds whatever
they report. It settles who stays silent past a deadline, so that a burst always ends; then it says so, once.
"""

from __future__ import annotations

import logging
import time
import uuid
import zlib
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from maestro_actors.actors.actor import Actor, bug, tell
from maestro_actors.actors.agent import AgentActor
from maestro_actors.actors.crew import Crew
from maestro_actors.actors.messages import (
    AgentAnswer,
    Begin,
    BurstChanged,
    BurstEnded,
    ProposalFailed,
    Propose,
    Proposed,
    Ref,
    Remind,
    Remove,
    Task,
    Tick,
    Withdraw,
    Withdrawn,
    WorkDelayed,
    WorkStarted,
)
from maestro_actors.actors.studio import Studio
from maestro_actors.core import review, snapshot
from maestro_actors.core.burst import Burst, JobState
from maestro_actors.core.content import Outcome, Proposal, Stage, assets_of
from maestro_actors.core.events import (
    AcceptedProposal,
    AgentStarted,
    AssetStored,
    BurstCrashed,
    BurstStarted,
    CancelRequested,
    Event,
    JobCancelled,
    JobFailed,
    JobLost,
    JobOutcome,
    JobProgress,
    JobScheduled,
    ProposalsFailed,
    ProposalsReviewed,
    Rejection,
    Request,
    StageEntered,
    StepDelayed,
    StepQueued,
    StepStarted,
)

log = logging.getLogger(__name__)

PUBLISH_INTERVAL = 0.1  # seconds between two views of the burst, at least, except for the last
TICK = 1.0  # seconds between two looks at the deadlines
CANCELLED = "the burst was cancelled"
AGENT_PATIENCE = timedelta(seconds=240)


@dataclass(frozen=True, slots=True)
class Publish:
    """To oneself: tell the view of the burst that has changed meanwhile."""


BurstMessage = (
    Begin | Tick | Publish | CancelRequested | WorkStarted | WorkDelayed | AgentAnswer | JobProgress | JobOutcome
)


class BurstActor(Actor):
    """One burst, from the first request to the last outcome."""

    def __init__(self, started: BurstStarted, seed: int, studio: Studio, maestro: Ref) -> None:
        super().__init__()
        self._burst = Burst(started)
        self._id = started.burst_id
        self._requests = {request.request_id: request for request in started.requests}
        self._seed = seed
        self._studio = studio
        self._clock: Callable[[], datetime] = studio.services.clock
        self._maestro = maestro
        self._agents: dict[str, Ref] = {}
        self._to_ask: defaultdict[str, deque[Request]] = defaultdict(deque)
        self._crew = Crew(self._burst, seed, studio, self.actor_ref)
        self._published = 0.0
        self._will_publish = False
        self._ended = False

    def on_receive(self, message: BurstMessage) -> None:
        match message:
            case Begin():
                self._begin()
            case Tick():
                self._settle_the_silent()
            case Publish():
                self._will_publish = False
            case WorkStarted() | WorkDelayed():
                self._work_progressed(message)
            case Proposed() | ProposalFailed() | Withdrawn():
                self._agent_answered(message)
            case JobScheduled() | JobFailed() | JobCancelled() | JobLost():
                self._job_ended(message)
            case StageEntered() | StepQueued() | AssetStored():
                self._job_progressed(message)
            case CancelRequested():
                self._cancel(message)
        if not self._ended:
            self._tell_maestro()

    def on_failure(self, _type: object, error: BaseException | None, _traceback: object) -> None:
        self._crew.cancel()
        self._dismiss_agents()
        self._burst.apply(BurstCrashed(self._clock(), bug(error)))
        tell(self._maestro, BurstEnded(self._burst))

    # Its life.

    def _begin(self) -> None:
        for agent in self._burst.started.agents:
            ref = AgentActor.start(agent, self._studio.writer, self._studio.timer, self._studio.backoff)
            self._agents[agent.slug] = ref
        for state in self._burst.owed:
            self._to_ask[state.request.brand].append(state.request)
        for brand in list(self._to_ask):
            self._ask_next(brand)
        self._tick()

    def _tick(self) -> None:
        tell(self._studio.timer, Remind(self.actor_ref, Tick(), TICK))

    def _cancel(self, event: CancelRequested) -> None:
        if not self._record(event):
            return
        for state in list(self._burst.owed):
            if state.request in self._to_ask[state.request.brand]:
                self._record(ProposalsFailed(event.at, state.request.request_id, CANCELLED))
            else:
                tell(self._agents[state.request.agent], Withdraw(self._task(state.request)))
        self._to_ask.clear()
        for job_id in self._crew.cancel():
            self._record(JobCancelled(event.at, job_id))

    def _tell_maestro(self) -> None:
        if self._burst.finished:
            self._ended = True
            self._dismiss_agents()
            tell(self._maestro, BurstEnded(self._burst))
            self.stop()
            return
        wait = self._published + PUBLISH_INTERVAL - time.monotonic()
        if wait <= 0:
            self._published = time.monotonic()
            view = snapshot.live(self._burst, self._studio.url_of)
            tell(self._maestro, BurstChanged(self._id, view))
        elif not self._will_publish:
            self._will_publish = True
            tell(self._studio.timer, Remind(self.actor_ref, Publish(), wait))

    def _record(self, event: Event) -> bool:
        return self._burst.apply(event)

    # Agents.

    def _ask_next(self, slug: str) -> None:
        """Ask one request of a brand after the other, so that each agent knows the titles that are taken."""
        if not self._to_ask[slug]:
            return
        request = self._to_ask[slug].popleft()
        brand = self._burst.brand(slug)
        avoid = frozenset(self._burst.titles(slug))
        seed = zlib.crc32(f"{self._seed}/request {request.request_id}".encode())
        tell(self._agents[request.agent], Propose(self._task(request), request, brand, seed, avoid))

    def _task(self, request: Request) -> Task:
        return Task(self._id, str(request.request_id), 1, self.actor_ref, self.actor_ref)

    def _agent_answered(self, message: AgentAnswer) -> None:
        request_id, now = int(message.task.owner), self._clock()
        if not self._burst.is_owed(request_id):
            return
        match message:
            case Proposed(proposals=proposals):
                self._review(self._requests[request_id], proposals, now)
            case ProposalFailed(reason=reason):
                self._record(ProposalsFailed(now, request_id, reason))
            case Withdrawn():
                self._record(ProposalsFailed(now, request_id, CANCELLED))
        if not self._burst.is_owed(request_id):
            self._ask_next(self._requests[request_id].brand)

    def _review(self, request: Request, proposals: tuple[Proposal, ...], now: datetime) -> None:
        accepted, rejected = self._sort(request, proposals)
        self._record(ProposalsReviewed(now, request.request_id, tuple(accepted), tuple(rejected)))
        self._crew.enlist(each.job_id for each in accepted)

    def _sort(
        self, request: Request, proposals: tuple[Proposal, ...]
    ) -> tuple[list[AcceptedProposal], list[Rejection]]:
        accepted: list[AcceptedProposal] = []
        rejected: list[Rejection] = []
        taken, new = self._burst.titles(request.brand), set[str]()
        for proposal in proposals:
            objection = CANCELLED if self._burst.cancel else None
            if objection is None and len(accepted) == request.count:
                objection = f"{request.count} were asked for"
            objection = objection or review.objection(proposal, request, taken, new)
            if objection:
                rejected.append(Rejection(proposal.title[: review.MAX_TITLE], objection))
            else:
                new.add(proposal.title.strip().lower())
                accepted.append(AcceptedProposal(str(uuid.uuid4()), proposal))
        return accepted, rejected

    def _dismiss_agents(self) -> None:
        for ref in self._agents.values():
            ref.stop(block=False)

    # Jobs.

    def _work_progressed(self, message: WorkStarted | WorkDelayed) -> None:
        """Somebody took up what a job, or this burst itself, had asked for; or will try it again."""
        task, now = message.task, self._clock()
        match message:
            case WorkStarted() if task.reply_to is self.actor_ref:
                self._record(AgentStarted(now, int(task.owner)))
            case WorkStarted(attempt=attempt):
                self._job_progressed(StepStarted(now, task.owner, attempt))
            case WorkDelayed(waiting_for=reason) if task.reply_to is not self.actor_ref:
                self._job_progressed(StepDelayed(now, task.owner, reason))

    def _job_progressed(self, event: JobProgress) -> None:
        if not self._record(event):
            return
        match event:
            case StepStarted(at=at, job_id=job_id):
                self._crew.somebody_works_for(job_id, at)
            case StageEntered() | StepQueued() | StepDelayed():
                self._crew.waits(event.job_id)

    def _job_ended(self, outcome: JobOutcome) -> None:
        job = self._burst.jobs.get(outcome.job_id)
        proposal = job.proposal if job else None
        if job is None or proposal is None or not self._record(outcome):
            return
        self._crew.dismiss(outcome.job_id)
        if job.outcome is not Outcome.SCHEDULED and job.stage in (Stage.UPLOADING, Stage.SCHEDULING):
            self._remove_objects(job, proposal)

    def _remove_objects(self, job: JobState, proposal: Proposal) -> None:
        """Every name the job could have used, since an upload that seemed to fail may have been stored."""
        user_id = self._burst.started.user_id
        paths = tuple(asset.path(user_id, job.brand) for asset in assets_of(job.job_id, proposal))
        tell(self._studio.services.storage, Remove(self._id, paths))

    # Deadlines.

    def _settle_the_silent(self) -> None:
        now = self._clock()
        for job_id, reason in self._crew.silent(now):
            log.error("job lost", extra={"job_id": job_id, "reason": reason})
            self._crew.give_up(job_id)
            self._job_ended(JobLost(now, job_id, reason))
        for state in list(self._burst.owed):
            if state.started_at and now > state.started_at + AGENT_PATIENCE:
                reason = f"{state.request.agent} gave no answer in {AGENT_PATIENCE.total_seconds():.0f} s"
                self._record(ProposalsFailed(now, state.request.request_id, reason))
                self._ask_next(state.request.brand)
        self._tick()
