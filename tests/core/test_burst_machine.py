"""A burst that lives on while Hypothesis decides what happens to it next, and looks at it after every step."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from maestro_actors.core import snapshot
from maestro_actors.core.burst import STATES, Burst
from maestro_actors.core.content import Outcome, Stage
from maestro_actors.core.events import (
    AgentStarted,
    BurstCrashed,
    BurstResumed,
    CancelRequested,
    Event,
    ProposalsFailed,
    ProposalsReviewed,
    Request,
)
from tests.core.oracle import truth
from tests.core.strategies import (
    START,
    STRANGER,
    a_burst,
    a_replacement,
    accepted,
    after,
    an_addition,
    endings,
    patient,
    requests,
    steps,
)

request_ids = st.sampled_from([1, 2, 3, 4, STRANGER])
job_ids = st.sampled_from([f"job-{n}" for n in range(8)])


class BurstUnderFire(RuleBasedStateMachine):
    """Every rule tells the burst something; the invariants say what must hold whatever it was told."""

    @initialize(asked=requests(), remade=st.sets(job_ids, max_size=2), unserved=st.booleans())
    def begin(self, asked: tuple[Request, ...], remade: set[str], unserved: bool) -> None:
        reasons = ("no agent writes for The Blue",) * unserved
        self.started = a_burst(*asked, replacements=tuple(map(a_replacement, sorted(remade))), unserved=reasons)
        self.burst = Burst(self.started)
        self.told: list[Event] = []
        self.outcomes: dict[str, Outcome] = {}
        self.ended_at: datetime | None = None

    def tell(self, event: Event) -> None:
        stamped = replace(event, at=after(len(self.told) + 1))
        ended = self.burst.finished
        before = snapshot.counts(self.burst)
        changed = self.burst.apply(stamped)
        self.told.append(stamped)
        assert not (ended and changed), "a burst that has ended changes no more"
        assert changed or snapshot.counts(self.burst) == before, "what changed nothing changed no count"

    @rule(request_id=request_ids)
    def an_agent_starts(self, request_id: int) -> None:
        self.tell(AgentStarted(START, request_id))

    @rule(request_id=request_ids, jobs=st.lists(job_ids, max_size=3))
    def an_agent_answers(self, request_id: int, jobs: list[str]) -> None:
        self.tell(ProposalsReviewed(START, request_id, accepted(*jobs)))

    @rule(request_id=request_ids)
    def an_agent_fails(self, request_id: int) -> None:
        self.tell(ProposalsFailed(START, request_id, "no network"))

    @rule(step=job_ids.flatmap(steps))
    def a_job_goes_on(self, step: Event) -> None:
        self.tell(step)

    @rule(outcome=job_ids.flatmap(endings))
    def a_job_ends(self, outcome: Event) -> None:
        self.tell(outcome)

    @rule(job_id=job_ids)
    def a_replacement_joins(self, job_id: str) -> None:
        self.tell(an_addition(job_id))

    @rule()
    def another_worker_goes_on(self) -> None:
        self.tell(BurstResumed(START))
        if not self.burst.finished:
            assert all(job.waiting_for and job.share is None for job in self.burst.in_flight)

    @precondition(lambda self: len(self.told) > 10)
    @rule()
    def somebody_cancels(self) -> None:
        self.tell(CancelRequested(START, "ana"))

    @precondition(lambda self: len(self.told) > 20)
    @rule()
    def it_crashes(self) -> None:
        self.tell(BurstCrashed(START, "a bug"))

    @precondition(lambda self: self.told)
    @rule(data=st.data())
    def something_is_told_again(self, data: st.DataObject) -> None:
        self.tell(data.draw(st.sampled_from(self.told)))

    @invariant()
    def it_agrees_with_the_oracle(self) -> None:
        known = truth(self.started, self.told)
        assert self.burst.phase == known.phase
        assert {job_id: job.outcome or job.stage for job_id, job in self.burst.jobs.items()} == known.states
        assert [self.burst.count(state) for state in STATES] == [known.count(state) for state in STATES]
        assert self.burst.outcome == known.outcome

    @invariant()
    def it_ends_once_and_for_good(self) -> None:
        assert (self.burst.phase is None) == self.burst.finished
        self.ended_at = self.ended_at or self.burst.finished_at
        assert self.burst.finished_at == self.ended_at

    @invariant()
    def outcomes_are_final(self) -> None:
        settled = {job_id: job.outcome for job_id, job in self.burst.jobs.items() if job.outcome}
        assert settled | self.outcomes == settled
        self.outcomes = settled

    @invariant()
    def its_view_says_the_same(self) -> None:
        view = snapshot.live(self.burst, lambda path: path)
        assert view["current_phase"] == self.burst.phase
        assert view["active_jobs"] == len(list(self.burst.in_flight))
        assert view["counts"]["total"] == sum(view["counts"][state.value] for state in (*Stage, *Outcome))


def test_nothing_that_a_burst_is_told_brings_it_out_of_step() -> None:
    run_state_machine_as_test(BurstUnderFire, settings=settings(patient, max_examples=60, stateful_step_count=40))
