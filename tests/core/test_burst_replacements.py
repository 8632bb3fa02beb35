"""Jobs that a burst has from the start or that join it, and what nobody could even be asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from maestro_actors.core.burst import Burst
from maestro_actors.core.events import (
    BurstKind,
    BurstStarted,
    CancelRequested,
    JobFailed,
    JobScheduled,
    ProposalsFailed,
    ProposalsReviewed,
)
from tests.core.strategies import (
    GREEN,
    IVO,
    MIRA,
    RED,
    START,
    a_burst,
    a_proposal,
    a_replacement,
    a_request,
    a_slot,
    accepted,
    after,
    an_addition,
    deliveries,
    ending,
    heard,
    job_endings,
    patient,
    stories,
)
from tests.core.test_burst import Run, one_job, settled, standing


def remaking(*job_ids: str) -> BurstStarted:
    return a_burst(kind=BurstKind.REGENERATE, replacements=tuple(map(a_replacement, job_ids)))


def test_a_burst_with_replacements_has_their_jobs_from_the_start() -> None:
    burst = Burst(remaking("new"))
    job = burst.jobs["new"]
    assert (job.replaces, job.stage, job.since, job.agent) == ("old-new", "queued", START, "mira")
    assert job.proposal == a_proposal("Title of new")
    assert standing(burst) == ("processing", None, None)
    assert "title of new" in burst.titles("red")


@pytest.mark.parametrize("last", sorted(job_endings))
def test_a_burst_with_replacements_ends_when_all_have_their_outcomes(last: str) -> None:
    burst = Burst(remaking("one", "two"))
    burst.apply(JobScheduled(after(1), "one", a_slot()))
    assert standing(burst) == ("processing", None, None)
    burst.apply(replace(ending("two", last), at=after(2)))
    assert standing(burst) == (None, after(2), "finished")


def test_a_burst_whose_replacements_come_to_nothing_has_failed() -> None:
    burst = Burst(remaking("one"))
    burst.apply(JobFailed(after(1), "one", "no"))
    assert standing(burst) == (None, after(1), "failed")


def test_with_requests_beside_them_replacements_are_open_while_agents_think() -> None:
    burst = Burst(a_burst(a_request(), replacements=(a_replacement("new"),)))
    burst.apply(JobScheduled(after(1), "new", a_slot()))
    assert standing(burst) == ("generating", None, None)
    burst.apply(ProposalsFailed(after(2), 1, "no network"))
    assert standing(burst) == (None, after(2), "finished")


def test_a_replacement_joins_a_burst_that_is_under_way() -> None:
    burst = one_job()
    assert burst.apply(replace(an_addition("new"), at=after(2)))
    assert (burst.jobs["new"].replaces, burst.jobs["new"].since) == ("old-new", after(2))
    assert (burst.brand("green"), burst.agent("ivo")) == (GREEN, IVO)
    assert not burst.apply(replace(an_addition("new"), at=after(3))), "a second time it is there already"
    burst.apply(JobScheduled(after(4), "a", a_slot()))
    assert standing(burst) == ("processing", None, None), "the burst waits for it too"
    burst.apply(JobFailed(after(5), "new", "no"))
    assert standing(burst) == (None, after(5), "finished")


def test_who_joins_changes_none_of_the_brands_and_agents_that_the_burst_has() -> None:
    burst = one_job()
    burst.apply(an_addition("new", replace(RED, name="Crimson"), replace(MIRA, name="Miranda")))
    assert (burst.brand("red"), burst.agent("mira")) == (RED, MIRA)


@patient
@given(stories())
def test_nothing_joins_a_burst_that_has_ended(run: Run) -> None:
    burst = Burst.replay(*run)
    before = vars(Burst.replay(*run))
    assert not burst.apply(an_addition("late"))
    assert vars(burst) == before


@patient
@given(deliveries())
def test_nothing_joins_a_burst_that_is_being_cancelled(run: Run) -> None:
    burst = heard(*run)
    burst.apply(CancelRequested(after(90), "ana"))
    before = settled(burst)
    assert not burst.apply(an_addition("late"))
    assert "late" not in burst.jobs
    assert settled(burst) == before


# What was not even asked for.


def test_what_nobody_could_be_asked_for_stands_among_the_failures() -> None:
    burst = Burst(a_burst(a_request(), unserved=("no agent writes for The Blue",)))
    assert burst.failures == ["no agent writes for The Blue"]
    burst.apply(ProposalsFailed(after(1), 1, "no network"))
    assert burst.failures == ["no agent writes for The Blue", "no network"]


def test_a_burst_for_which_nobody_could_be_asked_has_failed_at_birth() -> None:
    burst = Burst(a_burst(unserved=("no agent writes for The Blue",)))
    assert standing(burst) == (None, START, "failed")


@pytest.mark.parametrize(("outcome", "came_of_it"), [("scheduled", "finished"), ("failed", "failed")])
def test_a_burst_that_could_not_ask_for_everything_is_judged_by_what_came(outcome: str, came_of_it: str) -> None:
    burst = Burst(a_burst(a_request(), unserved=("no agent writes for The Blue",)))
    burst.apply(ProposalsReviewed(after(1), 1, accepted("a")))
    burst.apply(ending("a", outcome))
    assert burst.outcome == came_of_it
