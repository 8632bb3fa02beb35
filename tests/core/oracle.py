"""The truth about a burst, worked out from the whole list of reports at once and not by folding.

A request is settled by its first answer. A job is born with the burst, in such an answer, or when it is added to a
burst that goes on and is not being cancelled; and it is ended by the first outcome after that. A crash ends what was
open. Nothing else matters to phase, counts and outcome, and nothing here looks at `Burst`.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from maestro_actors.core.content import Outcome, Stage
from maestro_actors.core.events import (
    BurstCrashed,
    BurstStarted,
    CancelRequested,
    Event,
    JobAdded,
    JobCancelled,
    JobFailed,
    JobLost,
    JobScheduled,
    ProposalsFailed,
    ProposalsReviewed,
    StageEntered,
)

OUTCOME_OF = {
    JobScheduled: Outcome.SCHEDULED,
    JobFailed: Outcome.FAILED,
    JobCancelled: Outcome.CANCELLED,
    JobLost: Outcome.LOST,
}


@dataclass(frozen=True, slots=True)
class Truth:
    """`states`: for each job its outcome, or else its stage. `finished_at` is None while the burst runs."""

    owed: frozenset[int]
    states: dict[str, Stage | Outcome]
    finished_at: datetime | None
    outcome: str | None

    @property
    def phase(self) -> str | None:
        if self.owed:
            return "generating"
        return "processing" if any(isinstance(state, Stage) for state in self.states.values()) else None

    def count(self, state: Stage | Outcome) -> int:
        return list(self.states.values()).count(state)


BIRTH = -1  # the place, among what was told, of what the burst had from the start


def truth(started: BurstStarted, events: Sequence[Event]) -> Truth:
    crash = next((n for n, event in enumerate(events) if isinstance(event, BurstCrashed)), len(events))
    heard = events[:crash]
    asked = frozenset(request.request_id for request in started.requests)

    answers = _answers(asked, heard)
    born = _born(started, heard, answers)
    ends = _ends(born, heard)
    states: dict[str, Stage | Outcome] = dict.fromkeys(born, Stage.QUEUED)
    for n, event in enumerate(heard):
        if isinstance(event, StageEntered) and born.get(event.job_id, n) < n < ends.get(event.job_id, len(heard)):
            states[event.job_id] = event.stage
    for job_id, n in ends.items():
        states[job_id] = OUTCOME_OF[type(heard[n])]

    if asked == answers.keys() and born.keys() == ends.keys():
        last = max([*answers.values(), *ends.values()], default=BIRTH)
        finished_at = max([started.at, *(heard[n].at for n in [*answers.values(), *ends.values()] if n != BIRTH)])
        cancelled = any(isinstance(event, CancelRequested) for event in heard[: last + 1])
        wanted = bool(asked or born or started.unserved)
        barren = wanted and Outcome.SCHEDULED not in states.values()
        outcome = "cancelled" if cancelled else "failed" if barren else "finished"
        return Truth(frozenset(), states, finished_at, outcome)
    if crash < len(events):
        states |= dict.fromkeys(born.keys() - ends.keys(), Outcome.LOST)
        return Truth(frozenset(), states, events[crash].at, "failed")
    return Truth(asked - answers.keys(), states, None, None)


def _answers(asked: Set[int], heard: Sequence[Event]) -> dict[int, int]:
    """Where each request was answered first."""
    answers: dict[int, int] = {}
    for n, event in enumerate(heard):
        if isinstance(event, ProposalsReviewed | ProposalsFailed) and event.request_id in asked:
            answers.setdefault(event.request_id, n)
    return answers


def _born(started: BurstStarted, heard: Sequence[Event], answers: dict[int, int]) -> dict[str, int]:
    """Where each job came to be."""
    born = {replacement.job_id: BIRTH for replacement in started.replacements}
    asked, firsts = {request.request_id for request in started.requests}, set(answers.values())
    stopped = next((n for n, event in enumerate(heard) if isinstance(event, CancelRequested)), len(heard))
    for n, event in enumerate(heard):
        if isinstance(event, ProposalsReviewed) and n in firsts:
            for each in event.accepted:
                born.setdefault(each.job_id, n)
        elif isinstance(event, JobAdded) and n < stopped and _goes_on(asked, born, heard[:n]):
            born.setdefault(event.replacement.job_id, n)
    return born


def _goes_on(asked: Set[int], born: dict[str, int], heard: Sequence[Event]) -> bool:
    """Whether something is still owed, or one of the jobs that there are by now is open."""
    return _answers(asked, heard).keys() != asked or _ends(born, heard).keys() != born.keys()


def _ends(born: dict[str, int], heard: Sequence[Event]) -> dict[str, int]:
    """Where each job had its first outcome."""
    ends: dict[str, int] = {}
    for n, event in enumerate(heard):
        if isinstance(event, JobScheduled | JobFailed | JobCancelled | JobLost) and n > born.get(event.job_id, n):
            ends.setdefault(event.job_id, n)
    return ends
