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
from datetime import datetime

from maestro_actors.actors.actor import Actor, bug, tell
from maestro_actors.actors.agent import AgentActor
from maestro_actors.actors.crew import Crew
from maestro_actors.actors.messages import (
    AgentAnswer,
    Begin,
    BurstChanged,
    BurstEnded,
    Leave,
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
    WorkProgressed,
    WorkStarted,
)
from maestro_actors.actors.studio import Studio
from maestro_actors.core import review, snapshot
from maestro_actors.core.burst import Burst, JobState
from maestro_actors.core.content import Proposal, Stage, assets_of
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
    StepProgressed,
    StepQueued,
    StepStarted,
)

log = logging.getLogger(__name__)

PUBLISH_INTERVAL = 0.1  # seconds between two views of the burst, at least, except for the last
TICK = 1.0  # seconds between two looks at the deadlines
CANCELLED = "the burst was cancelled"
AGENT_PATIENCE = 240.0  # seconds that an agent may take for one answer, from where it took the request up


@dataclass(frozen=True, slots=True)
class Publish:
    """To oneself: tell the view of the burst that has changed meanwhile."""


BurstMessage = (
    Begin
    | Leave
    | Tick
    | Publish
    | CancelRequested
    | WorkStarted
    | WorkProgressed
    | WorkDelayed
    | AgentAnswer
    | JobProgress
    | JobOutcome
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
        self._writing_since: dict[int, float] = {}
        self._stuck: set[str] = set()
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
            case WorkStarted() | WorkProgressed() | WorkDelayed():
                self._work_progressed(message)
            case Proposed() | ProposalFailed() | Withdrawn():
                self._agent_answered(message)
            case JobScheduled() | JobFailed() | JobCancelled() | JobLost():
                self._job_ended(message)
            case StageEntered() | StepQueued() | AssetStored():
                self._job_progressed(message)
            case CancelRequested():
                self._cancel(message)
            case Leave():
                self._leave()
        if not self._ended:
            self._tell_maestro()

    def on_failure(self, _type: object, error: BaseException | None, _traceback: object) -> None:
        begun = [(job, job.proposal) for job in self._burst.in_flight]
        self._burst.apply(BurstCrashed(self._clock(), bug(error)))
        tell(self._maestro, BurstEnded(self._burst))
        self._crew.cancel()
        self._dismiss_agents()
        for job, proposal in begun:
            if proposal:  # whatever its stage: what it told last may not have been read
                self._remove(job, proposal)

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

    def _leave(self) -> None:
        self._ended = True
        self._crew.leave()
        for job in self._burst.in_flight:
            self._remove_objects(job)
        self._dismiss_agents()
        self.stop()

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
        while self._to_ask[slug]:
            request = self._to_ask[slug].popleft()
            if request.agent not in self._stuck:
                self._ask(request)
                return
            self._record(ProposalsFailed(self._clock(), request.request_id, self._no_answer(request)))

    def _ask(self, request: Request) -> None:
        brand = self._burst.brand(request.brand)
        avoid = frozenset(self._burst.titles(request.brand))
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

    def _work_progressed(self, message: WorkStarted | WorkProgressed | WorkDelayed) -> None:
        """Somebody took up what a job, or this burst itself, had asked for; or will try it again."""
        task, now = message.task, self._clock()
        match message:
            case WorkStarted() if task.reply_to is self.actor_ref:
                self._writing_since[int(task.owner)] = time.monotonic()
                self._record(AgentStarted(now, int(task.owner)))
            case WorkStarted(attempt=attempt):
                self._job_progressed(StepStarted(now, task.owner, attempt))
            case WorkProgressed(share=share):
                self._job_progressed(StepProgressed(now, task.owner, share))
            case WorkDelayed() if task.reply_to is self.actor_ref:
                self._writing_since.pop(int(task.owner), None)
            case WorkDelayed(waiting_for=reason):
                self._job_progressed(StepDelayed(now, task.owner, reason))

    def _job_progressed(self, event: JobProgress) -> None:
        if not self._record(event):
            return
        match event:
            case StepStarted():
                self._crew.somebody_works_for(event.job_id)
            case StageEntered() | StepQueued() | StepDelayed():
                self._crew.waits(event.job_id)

    def _job_ended(self, outcome: JobOutcome) -> None:
        job = self._burst.jobs.get(outcome.job_id)
        if job is None or job.outcome:
            return
        if not isinstance(outcome, JobScheduled):
            self._remove_objects(job)
        self._record(outcome)
        self._crew.dismiss(outcome.job_id)

    def _remove_objects(self, job: JobState) -> None:
        """Every name the job could have used by now, since an upload that seemed to fail may have been stored."""
        if job.proposal and job.stage in (Stage.UPLOADING, Stage.SCHEDULING):
            self._remove(job, job.proposal)

    def _remove(self, job: JobState, proposal: Proposal) -> None:
        user_id = self._burst.started.user_id
        paths = tuple(asset.path(user_id, job.brand) for asset in assets_of(job.job_id, proposal))
        tell(self._studio.services.storage, Remove(self._id, paths))

    # Deadlines.

    def _settle_the_silent(self) -> None:
        for job_id, reason in self._crew.silent():
            log.error("job lost", extra={"job_id": job_id, "reason": reason})
            self._crew.give_up(job_id)
            self._job_ended(JobLost(self._clock(), job_id, reason))
        overdue = time.monotonic() - AGENT_PATIENCE
        self._stuck |= {slug for slug, ref in self._agents.items() if not ref.is_alive()}
        self._stuck |= {
            state.request.agent
            for state in self._burst.owed
            if self._writing_since.get(state.request.request_id, overdue) < overdue
        }
        for state in list(self._burst.owed):
            if state.request.agent in self._stuck and state.request not in self._to_ask[state.request.brand]:
                self._record(ProposalsFailed(self._clock(), state.request.request_id, self._no_answer(state.request)))
                self._ask_next(state.request.brand)
        self._tick()

    def _no_answer(self, request: Request) -> str:
        return f"{self._burst.agent(request.agent).name} gave no answer in {AGENT_PATIENCE:.0f} s"
