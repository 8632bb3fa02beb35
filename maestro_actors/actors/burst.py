"""BurstActor: owns one burst's events, and so its phase.

It asks the agents, makes jobs of what they propose, keeps a bounded number of JobActors alive, claims slots for what
they made, and folds whatever they report. Everything goes to the journal in order, and who stands outside hears of
it by that way alone: nobody sees what could still be undone. It settles who stays silent past a deadline, so that a
burst always ends; then it says so, once.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from maestro_actors.actors.actor import Actor, bug, tell
from maestro_actors.actors.crew import Crew
from maestro_actors.actors.messages import (
    AgentAnswer,
    Begin,
    BurstBroke,
    BurstChanged,
    BurstEnded,
    CancelNoted,
    JobJoined,
    Leave,
    ProposalFailed,
    Proposed,
    Ref,
    Remind,
    Remove,
    Tick,
    Withdrawn,
    WorkDelayed,
    WorkProgressed,
    WorkStarted,
)
from maestro_actors.actors.minutes import Minutes
from maestro_actors.actors.newsroom import CANCELLED, Newsroom
from maestro_actors.actors.recording import (
    ClaimFailed,
    ClaimsAnswered,
    ClaimWithdrawn,
    Record,
    SlotClaimed,
    WithdrawClaim,
)
from maestro_actors.actors.studio import Studio
from maestro_actors.core import review, snapshot
from maestro_actors.core.burst import Burst, JobState
from maestro_actors.core.content import Proposal, Stage, assets_of, paths_of
from maestro_actors.core.events import (
    AcceptedProposal,
    AgentStarted,
    BurstResumed,
    CancelRequested,
    JobAdded,
    JobCancelled,
    JobFailed,
    JobLost,
    JobOutcome,
    JobProgress,
    JobScheduled,
    ProposalsFailed,
    ProposalsReviewed,
    Request,
    StageEntered,
    StepDelayed,
    StepProgressed,
    StepQueued,
    StepStarted,
)
from maestro_actors.journal.entries import FIRST_SEQ

log = logging.getLogger(__name__)

PUBLISH_INTERVAL = 0.1  # seconds between two views of the burst, at least, except for the last
GATHERING = 0.02  # seconds in which claims gather, before they are handed over
TICK = 1.0  # seconds between two looks at the deadlines


@dataclass(frozen=True, slots=True)
class Publish:
    """To oneself: tell the view of the burst that has changed meanwhile."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """To oneself: hand over the claims that have gathered."""


@dataclass(frozen=True, slots=True)
class Published:
    """To oneself, by way of the journal: everything up to the last view is on disk."""


@dataclass(frozen=True, slots=True)
class JobsRecorded:
    """To oneself, by way of the journal: these jobs are on disk, and may begin."""

    job_ids: tuple[str, ...]


Work = WorkStarted | WorkProgressed | WorkDelayed
ClaimAnswer = SlotClaimed | ClaimFailed | ClaimWithdrawn
Report = Work | AgentAnswer | JobProgress | JobOutcome | ClaimsAnswered | ClaimWithdrawn
Command = Begin | Leave | Tick | Publish | Published | HandOver | JobsRecorded | JobAdded | CancelRequested


class BurstActor(Actor):
    """One burst, from the first request to the last outcome."""

    def __init__(self, burst: Burst, next_seq: int, studio: Studio, maestro: Ref, life: int = 0) -> None:
        """`burst` is as its events tell it, `next_seq` the number of its next one; `life` is 0 for its first actor."""
        super().__init__()
        self._burst = burst
        self._id = burst.started.burst_id
        self._resumed = next_seq > FIRST_SEQ or life > 0
        self._requests = {request.request_id: request for request in burst.started.requests}
        self._studio = studio
        self._clock: Callable[[], datetime] = studio.services.clock
        self._maestro = maestro
        self._minutes = Minutes(burst, next_seq, studio.services.journal, self.actor_ref)
        self._newsroom = Newsroom(burst, studio, self.actor_ref, self._minutes.note)
        self._crew = Crew(burst, studio, self.actor_ref, life)
        self._claims: dict[str, datetime] = {}
        self._may_have_stored: set[str] = set()
        self._published = 0.0
        self._view_on_its_way = False
        self._will_publish = False
        self._will_hand_over = False
        self._ended = False

    def on_receive(self, message: Command | Report) -> None:
        match message:
            case Begin():
                self._begin()
            case Tick():
                self._settle_the_silent()
            case Publish():
                self._will_publish = False
            case Published():
                self._view_on_its_way = False
            case HandOver():
                self._will_hand_over = False
                self._minutes.hand_over(everything=True)
            case JobsRecorded(job_ids):
                self._enlist(job_ids)
            case JobAdded():
                self._add(message)
            case CancelRequested():
                self._cancel(message)
            case Leave():
                self._leave()
            case _:
                self._hear(message)
        if not self._ended:
            self._report()

    def _hear(self, report: Report) -> None:
        match report:
            case WorkStarted() | WorkProgressed() | WorkDelayed():
                self._work_progressed(report)
            case Proposed() | ProposalFailed() | Withdrawn():
                self._agent_answered(report)
            case JobScheduled() | JobFailed() | JobCancelled() | JobLost():
                self._job_ended(report)
            case StageEntered(stage=Stage.SCHEDULING):
                self._wants_a_slot(report)
            case ClaimsAnswered(answers):
                for answer in answers:
                    self._claim_answered(answer)
            case ClaimWithdrawn():
                self._claim_answered(report)
            case _:
                self._job_progressed(report)

    def on_failure(self, _type: object, error: BaseException | None, _traceback: object) -> None:
        """As if it were killed: what was not handed over did not happen, and another actor goes on from there."""
        self._crew.cancel()
        self._newsroom.close()
        tell(self._studio.services.journal, Record((), ((self._maestro, BurstBroke(self._id, bug(error))),)))

    # Its life.

    def _begin(self) -> None:
        if self._resumed:
            self._go_on()
        else:
            self._crew.enlist(job.job_id for job in self._burst.open)
        if not self._burst.cancelling:
            self._newsroom.open()
        self._tick()

    def _go_on(self) -> None:
        """Take up what another actor left: what is stored needs only its slot, the rest begins again."""
        self._minutes.note(BurstResumed(self._clock()))
        self._may_have_stored |= {job.job_id for job in self._burst.open}  # how far each came may not be on record
        if self._burst.cancelling:
            self._stop_what_nobody_does()
            return
        complete = [job for job in self._burst.in_flight if _is_stored(job)]
        for job in complete:
            self._claim(job)
        known = {job.job_id for job in complete}
        self._crew.enlist(job.job_id for job in self._burst.open if job.job_id not in known)

    def _stop_what_nobody_does(self) -> None:
        now = self._clock()
        for state in list(self._burst.owed):
            self._minutes.note(ProposalsFailed(now, state.request.request_id, CANCELLED))
        for job in list(self._burst.open):
            self._settle(JobCancelled(now, job.job_id))

    def _tick(self) -> None:
        tell(self._studio.timer, Remind(self.actor_ref, Tick(), TICK))

    def _cancel(self, event: CancelRequested) -> None:
        first = self._minutes.note(event)
        if first:  # whoever is told that it stops must not then see that it does not
            self._minutes.then(self._maestro, BurstChanged(self._id, snapshot.live(self._burst, self._studio.url_of)))
        self._minutes.then(self._maestro, CancelNoted(self._id))
        if not first:
            return
        self._newsroom.cancel()
        self._crew.cancel()
        self._minutes.hand_over()  # the claims among it, so that they can be withdrawn
        for job in list(self._burst.open):
            if job.job_id in self._claims:
                tell(self._studio.services.journal, WithdrawClaim(job.job_id))
            elif not self._crew.has(job.job_id):
                self._settle(JobCancelled(event.at, job.job_id))

    def _add(self, event: JobAdded) -> None:
        if self._minutes.note(event):
            job_id = event.replacement.job_id
            self._minutes.then(self.actor_ref, JobsRecorded((job_id,)))
            self._minutes.then(self._maestro, JobJoined(self._id, job_id))

    def _leave(self) -> None:
        self._ended = True
        self._crew.leave()
        self._newsroom.close()
        self._minutes.hand_over(everything=True)
        self.stop()

    def _report(self) -> None:
        if self._burst.finished:
            self._ended = True
            self._newsroom.close()
            self._minutes.end()
            self._minutes.then(self._maestro, BurstEnded(self._burst))
            self.stop()
        else:
            self._publish_when_due()
        self._minutes.hand_over()
        if self._minutes.waits_for_a_slot and not self._will_hand_over:
            self._will_hand_over = True
            tell(self._studio.timer, Remind(self.actor_ref, HandOver(), GATHERING))

    def _publish_when_due(self) -> None:
        if self._view_on_its_way or not self._minutes.changed:
            return
        wait = self._published + PUBLISH_INTERVAL - time.monotonic()
        if wait <= 0:
            self._published = time.monotonic()
            self._minutes.changed, self._view_on_its_way = False, True
            view = snapshot.live(self._burst, self._studio.url_of)
            self._minutes.then(self._maestro, BurstChanged(self._id, view))
            self._minutes.then(self.actor_ref, Published())
        elif not self._will_publish:
            self._will_publish = True
            tell(self._studio.timer, Remind(self.actor_ref, Publish(), wait))

    # Agents.

    def _agent_answered(self, message: AgentAnswer) -> None:
        request_id, now = int(message.task.owner), self._clock()
        if not self._burst.is_owed(request_id):
            return
        match message:
            case Proposed(proposals=proposals):
                self._review(self._requests[request_id], proposals, now)
            case ProposalFailed(reason=reason):
                self._minutes.note(ProposalsFailed(now, request_id, reason))
            case Withdrawn():
                self._minutes.note(ProposalsFailed(now, request_id, CANCELLED))
        if not self._burst.is_owed(request_id):
            self._newsroom.ask_next(self._requests[request_id].brand)

    def _review(self, request: Request, proposals: tuple[Proposal, ...], now: datetime) -> None:
        no_more = CANCELLED if self._burst.cancel else None
        kept, rejected = review.sift(request, proposals, self._burst.titles(request.brand), no_more)
        accepted = tuple(AcceptedProposal(str(uuid.uuid4()), proposal) for proposal in kept)
        self._minutes.note(ProposalsReviewed(now, request.request_id, accepted, rejected))
        if accepted:
            self._minutes.then(self.actor_ref, JobsRecorded(tuple(each.job_id for each in accepted)))

    # Jobs.

    def _enlist(self, job_ids: Iterable[str]) -> None:
        """Let jobs begin that are on record, and that nobody has settled meanwhile."""
        self._crew.enlist(job_id for job_id in job_ids if self._burst.jobs[job_id].outcome is None)

    def _work_progressed(self, message: Work) -> None:
        """Somebody took up what a job, or this burst itself, had asked for; or will try it again."""
        task, now = message.task, self._clock()
        match message:
            case WorkStarted() if task.reply_to is self.actor_ref:
                self._newsroom.writes(int(task.owner))
                self._minutes.note(AgentStarted(now, int(task.owner)))
            case WorkStarted(attempt=attempt):
                self._job_progressed(StepStarted(now, task.owner, attempt))
            case WorkProgressed(share=share):
                self._job_progressed(StepProgressed(now, task.owner, share))
            case WorkDelayed() if task.reply_to is self.actor_ref:
                self._newsroom.waits(int(task.owner))
            case WorkDelayed(waiting_for=reason):
                self._job_progressed(StepDelayed(now, task.owner, reason))

    def _job_progressed(self, event: JobProgress) -> None:
        if not self._minutes.note(event):
            return
        match event:
            case StepStarted():
                self._crew.somebody_works_for(event.job_id)
            case StageEntered(stage=stage):
                if stage is Stage.UPLOADING:
                    self._may_have_stored.add(event.job_id)
                self._crew.waits(event.job_id)
            case StepQueued() | StepDelayed():
                self._crew.waits(event.job_id)

    def _job_ended(self, outcome: JobOutcome) -> None:
        job = self._burst.jobs.get(outcome.job_id)
        if job and job.outcome is None and job.job_id not in self._claims:
            self._settle(outcome)

    def _settle(self, outcome: JobOutcome) -> None:
        """Record an outcome that is no slot; once it is on disk, what the job may have stored is removed."""
        unwanted = self._stored_by(self._burst.jobs[outcome.job_id])
        self._minutes.note(outcome, unwanted)
        if unwanted:
            self._minutes.then(self._studio.services.storage, self._removal(unwanted))
        self._crew.dismiss(outcome.job_id)

    def _stored_by(self, job: JobState) -> tuple[str, ...]:
        """Every name the job could have used by now, since an upload that seemed to fail may have been stored."""
        if job.proposal is None or job.job_id not in self._may_have_stored:
            return ()
        return paths_of(self._burst.started.user_id, job.job_id, job.proposal)

    def _removal(self, paths: tuple[str, ...]) -> Remove:
        return Remove(self._id, paths, self._studio.services.journal)

    # Slots.

    def _wants_a_slot(self, event: StageEntered) -> None:
        if not self._minutes.note(event):
            return
        if self._burst.cancelling:
            self._settle(JobCancelled(event.at, event.job_id))
        else:
            self._claim(self._burst.jobs[event.job_id])
            self._crew.dismiss(event.job_id)

    def _claim(self, job: JobState) -> None:
        """From here on the journal alone decides: nothing else settles the job."""
        self._claims[job.job_id] = at = self._clock()
        self._minutes.claim(job, at)

    def _claim_answered(self, answer: ClaimAnswer) -> None:
        at, now = self._claims.pop(answer.job_id), self._clock()
        match answer:
            case SlotClaimed(job_id, slot, unwanted):
                self._minutes.claimed(JobScheduled(at, job_id, slot))
                if unwanted:
                    tell(self._studio.services.storage, self._removal(unwanted))
            case ClaimFailed(job_id, reason) if not self._burst.cancelling:
                self._settle(JobFailed(now, job_id, reason))
            case ClaimFailed(job_id) | ClaimWithdrawn(job_id):
                self._settle(JobCancelled(now, job_id))

    # Deadlines.

    def _settle_the_silent(self) -> None:
        for job_id, reason in self._crew.silent():
            log.error("job lost", extra={"job_id": job_id, "reason": reason})
            self._crew.give_up(job_id)
            self._job_ended(JobLost(self._clock(), job_id, reason))
        self._newsroom.give_up_the_silent()
        self._tick()


def _is_stored(job: JobState) -> bool:
    assert job.proposal is not None, "an open job has its proposal"
    return {stored.asset for stored in job.stored} >= set(assets_of(job.job_id, job.proposal))
