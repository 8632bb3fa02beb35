"""One job's life, told afterwards: from its proposal to its outcome, with how long it waited and how long it worked.

What the events do not tell is not guessed: a step that was broken off by a restart has no length.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from maestro_actors.core.burst import RESUMING
from maestro_actors.core.chronicle import Names, because, on_the_calendar, sentence, stage_name, tried
from maestro_actors.core.content import Stage
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
    JobEvent,
    JobFailed,
    JobLost,
    JobScheduled,
    ProposalsFailed,
    ProposalsReviewed,
    StageEntered,
    StepDelayed,
    StepProgressed,
    StepQueued,
    StepStarted,
)
from maestro_actors.core.wording import lasting, weight

NOTICEABLE = 0.05  # seconds; a shorter wait is none


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to the job at `at`, or began then and took the time it says."""

    at: datetime
    sentence: str


def life(job_id: str, events: Iterable[BurstStarted | Event], names: Names) -> tuple[Moment, ...]:
    """The job's life, in order. Events of other jobs are passed over, those of its whole burst are its own too."""
    story = _Story(job_id, names)
    for event in events:
        story.hear(event)
    return tuple(moment for moment in story.moments if moment)


@dataclass(frozen=True, slots=True)
class _Spell:
    """A wait for somebody, or else some work, that has begun; its end will fill in its place in the story."""

    place: int
    began: datetime
    what: str
    waits: bool


class _Story:
    """What is told so far, and how the job stands."""

    def __init__(self, job_id: str, names: Names) -> None:
        self.moments: list[Moment | None] = []
        self._job_id = job_id
        self._names = names
        self._alive = False
        self._stage = Stage.QUEUED
        self._doing = ""
        self._spell: _Spell | None = None

    def hear(self, event: BurstStarted | Event) -> None:
        match event:
            case BurstStarted() | JobAdded() | ProposalsReviewed():
                self._birth(event)
            case BurstResumed() | CancelRequested() | BurstCrashed():
                if self._alive:
                    self._to_the_burst(event)
            case AgentStarted() | ProposalsFailed():
                pass
            case _:
                if event.job_id == self._job_id:
                    self._to_the_job(event)

    def _birth(self, event: BurstStarted | JobAdded | ProposalsReviewed) -> None:
        match event:
            case ProposalsReviewed(accepted=accepted):
                if any(each.job_id == self._job_id for each in accepted):
                    self._begin(event.at, f"{self._names.agent_asked(event.request_id)} proposed it")
            case BurstStarted(replacements=replacements):
                for each in replacements:
                    if each.job_id == self._job_id:
                        self._begin(event.at, f"The burst began, to make {self._names.agent(each.agent)}’s idea anew")
            case JobAdded(agent=agent, replacement=replacement):
                if replacement.job_id == self._job_id:
                    self._begin(event.at, f"It joined the burst, to make {agent.name}’s idea anew")
                elif replacement.replaces == self._job_id:
                    self._tell(event.at, "A new one was asked for in its place")
            case _:
                assert_never(event)

    def _to_the_burst(self, event: BurstResumed | CancelRequested | BurstCrashed) -> None:
        match event:
            case BurstResumed():
                self._break_off()
                self._tell(event.at, sentence(event, self._names))
                self._wait(event.at, RESUMING)
            case CancelRequested():
                self._tell(event.at, sentence(event, self._names))
            case BurstCrashed(reason=reason):
                self._end(event.at, f"Lost {self._while()}{because(reason)}")
            case _:
                assert_never(event)

    def _to_the_job(self, event: JobEvent) -> None:
        match event:
            case StageEntered(stage=stage):
                self._stage = stage
                self._queue(event)
            case StepQueued():
                self._queue(event)
            case StepStarted(attempt=attempt):
                self._work(event.at, f"{self._doing or 'Had its turn'}{tried(attempt)}")
            case StepProgressed():
                pass  # the end of the step says how long it took
            case StepDelayed(waiting_for=waiting_for):
                self._finish(event.at)
                self._tell(event.at, f"Had to wait for {waiting_for}")
            case AssetStored(stored=stored):
                self._finish(event.at)
                self._tell(event.at, f"Stored {stored.asset.label} ({weight(stored.bytes)})")
            case JobScheduled(slot=slot):
                self._end(event.at, f"Scheduled for {on_the_calendar(slot)}")
            case JobFailed(reason=reason):
                self._end(event.at, f"Failed {self._while()}{because(reason)}")
            case JobCancelled():
                self._end(event.at, f"Cancelled {self._while()}")
            case JobLost(reason=reason):
                self._end(event.at, f"Lost {self._while()}{because(reason)}")
            case _:
                assert_never(event)

    # How it is told.

    def _tell(self, at: datetime, text: str) -> None:
        self.moments.append(Moment(at, text))

    def _begin(self, at: datetime, text: str) -> None:
        if self.moments:
            return  # nobody is born twice
        self._alive = True
        self._tell(at, text)
        self._wait(at, "its turn")

    def _end(self, at: datetime, text: str) -> None:
        self._finish(at)
        self._tell(at, text)
        self._alive = False

    def _queue(self, event: StageEntered | StepQueued) -> None:
        self._finish(event.at)
        self._alive, self._doing = True, event.doing
        self._wait(event.at, event.waiting_for)

    def _wait(self, at: datetime, waiting_for: str) -> None:
        self._spell = _Spell(len(self.moments), at, waiting_for, waits=True)
        self._tell(at, f"Waiting for {waiting_for}")

    def _work(self, at: datetime, doing: str) -> None:
        self._finish(at)
        self._spell = _Spell(len(self.moments), at, doing, waits=False)
        self._tell(at, doing)

    def _finish(self, at: datetime) -> None:
        """Now it is known how long the spell took."""
        spell, self._spell = self._spell, None
        if spell is None:
            return
        seconds = (at - spell.began).total_seconds()
        if spell.waits:
            waited = Moment(spell.began, f"Waited {lasting(seconds)} for {spell.what}")
            self.moments[spell.place] = waited if seconds >= NOTICEABLE else None
        elif seconds >= NOTICEABLE:
            self.moments[spell.place] = Moment(spell.began, f"{spell.what}, {lasting(seconds)}")

    def _break_off(self) -> None:
        spell, self._spell = self._spell, None
        if spell is not None:
            broken_off = Moment(spell.began, f"{spell.what}, broken off")
            self.moments[spell.place] = None if spell.waits else broken_off

    def _while(self) -> str:
        return "before it began" if self._stage is Stage.QUEUED else f"while {stage_name(self._stage)}"
