from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maestro_actors.core.burst import SETTLED_SHOWN, STATES, Burst
from maestro_actors.core.content import Outcome, Stage, StoredAsset
from maestro_actors.core.events import (
    AgentStarted,
    AssetStored,
    BurstCrashed,
    BurstStarted,
    CancelRequested,
    Event,
    JobAdded,
    JobFailed,
    JobScheduled,
    ProposalsFailed,
    ProposalsReviewed,
    StageEntered,
    StepDelayed,
    StepQueued,
    StepStarted,
)
from tests.core.oracle import truth
from tests.core.strategies import (
    MIRA,
    RED,
    START,
    a_burst,
    a_request,
    a_slot,
    accepted,
    after,
    an_asset,
    deliveries,
    ending,
    heard,
    job_endings,
    patient,
    stamped,
    stories,
)

Run = tuple[BurstStarted, list[Event]]


def standing(burst: Burst) -> tuple[str | None, datetime | None, str | None]:
    return burst.phase, burst.finished_at, burst.outcome


def one_job() -> Burst:
    burst = Burst(a_burst(a_request()))
    assert burst.apply(ProposalsReviewed(after(1), 1, accepted("a")))
    return burst


def settled(burst: Burst) -> dict[str, object]:
    """What has come of the burst so far, which no resumption may touch."""
    states = {job_id: job.outcome or job.stage for job_id, job in burst.jobs.items()}
    return {"phase": burst.phase, "end": standing(burst), "states": states, "stored": stored(burst)} | {
        state: burst.count(state) for state in STATES
    }


def stored(burst: Burst) -> dict[str, tuple[StoredAsset, ...]]:
    return {job_id: job.stored for job_id, job in burst.jobs.items()}


@patient
@given(deliveries())
def test_whatever_arrives_the_burst_knows_exactly_what_is_owed_and_open(run: Run) -> None:
    started, events = run
    burst = heard(started, events)
    known = truth(started, events)
    assert {state.request.request_id for state in burst.owed} == known.owed
    assert {job_id: job.outcome or job.stage for job_id, job in burst.jobs.items()} == known.states
    assert {job.job_id for job in burst.open} == {j for j, state in known.states.items() if isinstance(state, Stage)}
    assert {state: burst.count(state) for state in STATES} == {state: known.count(state) for state in STATES}
    assert burst.phase == known.phase
    assert (burst.finished_at, burst.outcome) == (known.finished_at, known.outcome)


@patient
@given(stories())
def test_a_story_told_to_its_end_has_ended(run: Run) -> None:
    started, told = run
    burst = Burst.replay(started, told)
    assert burst.finished
    assert burst.phase is None
    assert all(job.outcome for job in burst.jobs.values())


@patient
@given(stories())
def test_a_story_that_lacks_its_last_report_has_not_ended(run: Run) -> None:
    started, told = run
    if told:
        burst = Burst.replay(started, told[:-1])
        assert burst.phase is not None
        assert not burst.finished
        assert burst.outcome is None


@patient
@given(deliveries())
def test_what_changed_nothing_need_not_be_remembered(run: Run) -> None:
    started, events = run
    live = Burst(started)
    remembered = [event for event in events if live.apply(event)]
    assert vars(Burst.replay(started, remembered)) == vars(live)


@patient
@given(stories(), st.data())
def test_slots_that_are_numbered_before_they_are_known_change_nothing(run: Run, data: st.DataObject) -> None:
    """A cancel, a failure and a slot that cross each other: what is on record is what was seen."""
    started, events = run
    if data.draw(st.booleans()):
        events.insert(data.draw(st.integers(0, len(events))), CancelRequested(START, "ana"))
    live = Burst(started)
    remembered = [event for event in stamped(events) if live.apply(event)]
    on_record = list(remembered)
    for event in remembered:
        if isinstance(event, JobScheduled):
            place = on_record.index(event)
            before = [n for n, each in enumerate(on_record[:place]) if concerns(each, event.job_id)]
            on_record.insert(data.draw(st.integers(max(before, default=-1) + 1, place)), on_record.pop(place))
    replayed = Burst.replay(started, on_record)
    assert standing(replayed) == standing(live)
    assert replayed.cancel == live.cancel
    assert {job_id: job.outcome for job_id, job in replayed.jobs.items()} == {
        job_id: job.outcome for job_id, job in live.jobs.items()
    }


def concerns(event: Event, job_id: str) -> bool:
    """Whether the job has to have heard of this before it could ask for a slot."""
    match event:
        case ProposalsReviewed(accepted=jobs):
            return job_id in [each.job_id for each in jobs]
        case JobAdded(replacement=replacement):
            return replacement.job_id == job_id
        case _:
            return getattr(event, "job_id", None) == job_id


@patient
@given(deliveries())
def test_a_report_that_comes_again_at_once_moves_no_count(run: Run) -> None:
    started, events = run
    once, twice = Burst(started), Burst(started)
    for event in events:
        once.apply(event)
        twice.apply(event)
        twice.apply(event)
        assert [twice.count(state) for state in STATES] == [once.count(state) for state in STATES]
        assert (twice.phase, twice.finished_at) == (once.phase, once.finished_at)


@patient
@given(deliveries())
def test_what_is_at_hand_of_the_jobs_agrees_with_the_counts(run: Run) -> None:
    started, events = run
    burst = Burst(started)
    for event in events:
        burst.apply(event)
        counts = {state: burst.count(state) for state in STATES}
        assert min(counts.values()) >= 0
        assert sum(counts.values()) == len(burst.jobs)
        assert all(job.outcome is None and job.proposal for job in burst.in_flight)
        settled = [job for job in burst.jobs.values() if job.outcome]
        assert all(job.outcome and job.proposal is None for job in settled)
        assert {job.job_id for job in burst.recently_settled} == {job.job_id for job in settled}


@pytest.mark.parametrize("first", sorted(job_endings))
@pytest.mark.parametrize("second", sorted(job_endings))
def test_the_first_outcome_of_a_job_stands(first: str, second: str) -> None:
    burst = Burst(a_burst(a_request()))
    burst.apply(ProposalsReviewed(after(1), 1, accepted("a", "b")))
    assert burst.apply(ending("a", first))
    assert not burst.apply(ending("a", second))
    assert burst.jobs["a"].outcome == first
    assert burst.phase == "processing"


def test_a_burst_without_requests_is_finished_at_birth() -> None:
    burst = Burst(a_burst())
    assert standing(burst) == (None, START, "finished")
    assert not burst.apply(CancelRequested(after(1), "ana"))
    assert not burst.apply(BurstCrashed(after(1), "a bug"))
    assert burst.outcome == "finished"


def test_a_burst_whose_agents_all_fail_ends_with_the_last_of_them() -> None:
    burst = Burst(a_burst(a_request(1), a_request(2)))
    burst.apply(ProposalsFailed(after(1), 1, "no key"))
    assert standing(burst) == ("generating", None, None)
    burst.apply(ProposalsFailed(after(2), 2, "no network"))
    assert standing(burst) == (None, after(2), "failed")
    assert burst.failures == ["no key", "no network"]


def test_a_burst_for_which_nothing_is_proposed_ends_at_once() -> None:
    burst = Burst(a_burst(a_request()))
    burst.apply(ProposalsReviewed(after(1), 1, ()))
    assert standing(burst) == (None, after(1), "failed")


def test_jobs_are_open_while_another_agent_still_owes_an_answer() -> None:
    burst = Burst(a_burst(a_request(1), a_request(2)))
    burst.apply(ProposalsReviewed(after(1), 1, accepted("a")))
    assert standing(burst) == ("generating", None, None)
    burst.apply(JobScheduled(after(2), "a", a_slot()))
    assert standing(burst) == ("generating", None, None), "its only job is done, but more may come"
    burst.apply(ProposalsFailed(after(3), 2, "no network"))
    assert standing(burst) == (None, after(3), "finished")


def test_a_burst_with_one_scheduled_job_did_not_fail() -> None:
    burst = Burst(a_burst(a_request()))
    burst.apply(ProposalsReviewed(after(1), 1, accepted("a", "b")))
    burst.apply(JobFailed(after(2), "a", "no"))
    burst.apply(JobScheduled(after(3), "b", a_slot()))
    assert burst.outcome == "finished"


def test_cancelling_ends_when_the_last_job_has_stopped_and_not_before() -> None:
    burst = Burst(a_burst(a_request()))
    burst.apply(ProposalsReviewed(after(1), 1, accepted("a", "b")))
    burst.apply(JobScheduled(after(2), "a", a_slot()))
    assert burst.apply(CancelRequested(after(3), "ana"))
    assert not burst.apply(CancelRequested(after(4), "bea")), "the first to ask is remembered"
    assert burst.cancelling
    assert standing(burst) == ("processing", None, None)
    burst.apply(replace(ending("b", "cancelled"), at=after(5)))
    assert standing(burst) == (None, after(5), "cancelled")
    assert burst.jobs["a"].outcome is Outcome.SCHEDULED


def test_a_crash_settles_what_is_open_and_nothing_else() -> None:
    burst = Burst(a_burst(a_request(1), a_request(2)))
    burst.apply(ProposalsReviewed(after(1), 1, accepted("a", "b")))
    burst.apply(JobScheduled(after(2), "a", a_slot()))
    assert burst.apply(BurstCrashed(after(3), "a bug"))
    assert not burst.apply(BurstCrashed(after(4), "another bug"))
    assert standing(burst) == (None, after(3), "failed")
    assert [job.outcome for job in burst.jobs.values()] == [Outcome.SCHEDULED, Outcome.LOST]
    assert burst.jobs["b"].error == "a bug"


def test_a_job_keeps_what_it_was_told_on_its_way() -> None:
    burst = one_job()
    job = burst.jobs["a"]
    assert (job.stage, job.since, job.waiting_for) == ("queued", after(1), "its turn")
    burst.apply(StageEntered(after(2), "a", Stage.UPLOADING, "Uploading (1 of 2)", "the storage"))
    assert (job.stage, job.since) == ("uploading", after(2))
    assert (job.doing, job.waiting_for, job.attempt) == ("Uploading (1 of 2)", "the storage", 1)
    burst.apply(StepDelayed(after(3), "a", "another try in 2 s"))
    assert (job.doing, job.waiting_for) == ("Uploading (1 of 2)", "another try in 2 s")
    burst.apply(StepStarted(after(4), "a", 2))
    assert (job.doing, job.waiting_for, job.attempt) == ("Uploading (1 of 2)", None, 2)
    burst.apply(StepQueued(after(5), "a", "Uploading (2 of 2)", "the storage"))
    assert (job.stage, job.since) == ("uploading", after(2)), "it came to this stage, not to this step"
    assert (job.doing, job.waiting_for, job.attempt) == ("Uploading (2 of 2)", "the storage", 1)
    burst.apply(JobFailed(after(6), "a", "it refused"))
    assert (job.stage, job.since, job.doing, job.waiting_for) == ("uploading", after(6), "", None)
    assert (job.outcome, job.error) == ("failed", "it refused")


def test_an_asset_is_stored_once_however_often_it_is_told() -> None:
    burst = one_job()
    assert burst.apply(AssetStored(after(2), "a", an_asset("a")))
    assert not burst.apply(AssetStored(after(3), "a", an_asset("a")))
    assert burst.apply(AssetStored(after(4), "a", an_asset("a", 2)))
    assert burst.jobs["a"].stored == (an_asset("a"), an_asset("a", 2))


def test_an_agent_starts_a_request_once() -> None:
    burst = Burst(a_burst(a_request()))
    assert burst.apply(AgentStarted(after(1), 1))
    assert not burst.apply(AgentStarted(after(2), 1))
    assert [state.started_at for state in burst.owed] == [after(1)]


def test_titles_are_known_in_lower_case_and_per_brand() -> None:
    burst = one_job()
    assert set(burst.titles("red")) == {"title of a"}
    assert not burst.titles("blue")


def test_the_jobs_settled_last_come_first_and_are_sixty_at_most() -> None:
    jobs = [f"job-{n}" for n in range(SETTLED_SHOWN + 5)]
    burst = Burst(a_burst(a_request(count=len(jobs))))
    burst.apply(ProposalsReviewed(after(1), 1, accepted(*jobs)))
    for event in stamped([ending(job_id, "scheduled") for job_id in jobs]):
        burst.apply(event)
    assert [job.job_id for job in burst.recently_settled] == jobs[:4:-1]


def test_it_finds_its_brands_and_agents_by_their_slugs() -> None:
    burst = one_job()
    assert burst.brand("red") is RED
    assert burst.agent("mira") is MIRA
