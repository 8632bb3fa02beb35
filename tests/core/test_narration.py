from __future__ import annotations

import pytest
from hypothesis import given

from maestro_actors.core import narration
from maestro_actors.core.burst import Burst
from maestro_actors.core.content import Outcome, Stage
from maestro_actors.core.events import (
    AgentStarted,
    BurstCrashed,
    BurstKind,
    BurstResumed,
    BurstStarted,
    CancelRequested,
    Event,
    ProposalsFailed,
    ProposalsReviewed,
    Rejection,
    StageEntered,
    StepProgressed,
    StepQueued,
    StepStarted,
)
from tests.core.strategies import (
    BLUE,
    IVO,
    MIRA,
    OTTO,
    START,
    a_burst,
    a_replacement,
    a_request,
    accepted,
    an_addition,
    deliveries,
    ending,
    patient,
)


def a_burst_with(*jobs: str, requests: int = 1) -> Burst:
    burst = Burst(a_burst(*(a_request(n) for n in range(1, requests + 1))))
    burst.apply(ProposalsReviewed(START, 1, accepted(*jobs)))
    return burst


def settled(*outcomes: str) -> Burst:
    jobs = {f"job-{n}": outcome for n, outcome in enumerate(outcomes)}
    burst = a_burst_with(*jobs)
    for job_id, outcome in jobs.items():
        burst.apply(ending(job_id, outcome))
    return burst


@patient
@given(deliveries())
def test_there_is_always_one_sentence_to_read(run: tuple[BurstStarted, list[Event]]) -> None:
    burst = Burst(run[0])
    for event in run[1]:
        burst.apply(event)
        headline = narration.headline(burst)
        assert headline.strip()
        assert "None" not in headline
        assert "  " not in headline
        assert (headline == narration.recap(burst)) == burst.finished
        assert all(narration.agent_doing(burst, agent) for agent in (MIRA, OTTO))


@patient
@given(deliveries())
def test_no_headline_speaks_of_creating_when_all_is_done(run: tuple[BurstStarted, list[Event]]) -> None:
    burst = Burst.replay(*run)
    if burst.finished:
        assert not narration.headline(burst).startswith(("AI is", "Stopping"))
    else:
        assert narration.headline(burst).startswith(("AI is", "Stopping"))
        assert burst.cancelling or " for The " in narration.headline(burst), "it names a brand"


def test_while_agents_think_the_headline_names_their_brands() -> None:
    burst = Burst(a_burst(a_request(1), a_request(2, brand=BLUE)))
    assert narration.headline(burst) == "AI is thinking up content for The Red and The Blue…"
    burst.apply(ProposalsReviewed(START, 1, accepted("a")))
    assert narration.headline(burst) == "AI is thinking up content for The Blue…"
    burst.apply(ProposalsFailed(START, 2, "no network"))
    assert narration.headline(burst) == "AI is creating content for The Red…"


def test_while_stopping_the_headline_says_what_still_runs() -> None:
    burst = a_burst_with("a", "b", "c", "d")
    burst.apply(CancelRequested(START, "ana"))
    assert narration.headline(burst) == "Stopping…"
    for job_id, stage in zip("abc", (Stage.RENDERING, Stage.RENDERING, Stage.UPLOADING), strict=True):
        burst.apply(StageEntered(START, job_id, stage, "Working", "its turn"))
    assert narration.headline(burst) == "Stopping: 2 renders, 1 upload"


def test_an_agent_writes_then_sees_its_ideas_through_then_rests() -> None:
    burst = Burst(a_burst(a_request(1, count=2)))
    assert narration.agent_doing(burst, MIRA) == "About to write 2 reels for The Red"
    assert narration.agent_doing(burst, OTTO) == "Resting"
    burst.apply(AgentStarted(START, 1))
    assert narration.agent_doing(burst, MIRA) == "Writing 2 reels for The Red"
    burst.apply(ProposalsReviewed(START, 1, accepted("a")))
    burst.apply(StageEntered(START, "a", Stage.RENDERING, "Rendering", "a renderer"))
    assert narration.agent_doing(burst, MIRA) == "Seeing 1 idea through"
    burst.apply(ending("a", "scheduled"))
    assert narration.agent_doing(burst, MIRA) == "Resting"


def test_one_of_something_is_not_many() -> None:
    assert narration.agent_doing(Burst(a_burst(a_request(count=1))), MIRA) == "About to write 1 reel for The Red"


def test_a_second_try_is_told_as_one() -> None:
    burst = a_burst_with("a")
    burst.apply(StageEntered(START, "a", Stage.UPLOADING, "Uploading the reel", "the storage"))
    burst.apply(StepStarted(START, "a"))
    assert narration.job_doing(burst.jobs["a"]) == "Uploading the reel"
    burst.apply(StepStarted(START, "a", 3))
    assert narration.job_doing(burst.jobs["a"]) == "Uploading the reel, try 3"


@pytest.mark.parametrize(
    ("outcomes", "sentence"),
    [
        (["scheduled"], "Today's session is complete: 1 scheduled"),
        (["scheduled", "scheduled", "failed"], "Today's session is complete: 2 scheduled and 1 failed"),
        (list(Outcome), "Today's session is complete: 1 scheduled, 1 failed, 1 cancelled and 1 lost"),
        (["failed", "lost"], "Today's session failed: 0 scheduled, 1 failed and 1 lost"),
    ],
)
def test_the_recap_hides_no_failure(outcomes: list[str], sentence: str) -> None:
    assert narration.recap(settled(*outcomes)) == sentence


@pytest.mark.parametrize(
    ("outcomes", "sentence"),
    [
        (["scheduled"], "The session is complete: 1 scheduled"),
        (["failed"], "The session failed: 0 scheduled and 1 failed"),
        ([], "Nothing was missing"),
    ],
)
def test_on_another_day_no_recap_speaks_of_today(outcomes: list[str], sentence: str) -> None:
    burst = settled(*outcomes) if outcomes else Burst(a_burst())
    assert narration.recap(burst, today=False) == sentence


def test_a_cancelled_session_says_what_was_kept() -> None:
    burst = a_burst_with("a", "b")
    burst.apply(ending("a", "scheduled"))
    burst.apply(CancelRequested(START, "ana"))
    burst.apply(ending("b", "cancelled"))
    assert narration.recap(burst) == "Today's session was cancelled: 1 scheduled and 1 cancelled"


def test_a_session_cancelled_before_anything_was_proposed_was_cancelled_and_did_not_fail() -> None:
    burst = Burst(a_burst(a_request()))
    burst.apply(CancelRequested(START, "ana"))
    burst.apply(ProposalsFailed(START, 1, "the burst was cancelled"))
    assert narration.recap(burst) == "Today's session was cancelled: 0 scheduled"


def test_a_burst_with_nothing_to_do_says_that_nothing_is_missing() -> None:
    assert narration.headline(Burst(a_burst())) == "Nothing is missing today"


def test_agents_that_all_fail_say_why() -> None:
    burst = Burst(a_burst(a_request(1), a_request(2)))
    burst.apply(ProposalsFailed(START, 1, "the service refuses the key"))
    burst.apply(ProposalsFailed(START, 2, "the service is out of reach"))
    assert narration.headline(burst) == "Nothing could be made: the service refuses the key"


def test_proposals_that_are_all_rejected_say_why() -> None:
    burst = Burst(a_burst(a_request()))
    burst.apply(ProposalsReviewed(START, 1, (), (Rejection("Tea again", "it has no lines"),)))
    reason = "every proposal was rejected; of “Tea again”: it has no lines"
    assert narration.headline(burst) == f"Nothing could be made: {reason}"


def test_no_proposals_at_all_say_so() -> None:
    burst = Burst(a_burst(a_request()))
    burst.apply(ProposalsReviewed(START, 1, ()))
    assert narration.headline(burst) == "Nothing could be made: the agents proposed nothing"


def test_a_crash_says_what_happened() -> None:
    burst = a_burst_with("a")
    burst.apply(BurstCrashed(START, "an internal error"))
    assert narration.headline(burst) == "Today's session broke off: an internal error"


def test_how_much_of_a_step_is_done_is_said_until_the_next_step() -> None:
    burst = a_burst_with("a")
    burst.apply(StageEntered(START, "a", Stage.RENDERING, "Rendering the reel", "a renderer"))
    burst.apply(StepStarted(START, "a"))
    burst.apply(StepProgressed(START, "a", 0.424))
    assert narration.job_doing(burst.jobs["a"]) == "Rendering the reel, 42%"
    burst.apply(StepStarted(START, "a", attempt=2))
    assert narration.job_doing(burst.jobs["a"]) == "Rendering the reel, try 2"
    burst.apply(StepProgressed(START, "a", 0.1))
    assert narration.job_doing(burst.jobs["a"]) == "Rendering the reel, 10%, try 2"
    burst.apply(StepQueued(START, "a", "Drawing the thumbnail", "a renderer"))
    assert narration.job_doing(burst.jobs["a"]) == "Drawing the thumbnail"


# Another worker, replacements, and what nobody was asked for.


def test_after_a_restart_nobody_writes_and_no_share_is_done_until_it_is_taken_up_again() -> None:
    burst = a_burst_with("a", requests=2)
    burst.apply(AgentStarted(START, 2))
    burst.apply(StageEntered(START, "a", Stage.RENDERING, "Rendering the reel", "a renderer"))
    burst.apply(StepStarted(START, "a"))
    burst.apply(StepProgressed(START, "a", 0.424))
    headline = narration.headline(burst)
    burst.apply(BurstResumed(START))
    assert narration.headline(burst) == headline == "AI is thinking up content for The Red…"
    assert narration.agent_doing(burst, MIRA) == "About to write 3 reels for The Red"
    assert narration.job_doing(burst.jobs["a"]) == "Rendering the reel"


def test_a_brand_that_joined_is_named_and_its_agent_sees_the_job_through() -> None:
    burst = a_burst_with("a")
    burst.apply(an_addition("new"))
    assert narration.headline(burst) == "AI is creating content for The Red and The Green…"
    burst.apply(ending("a", "scheduled"))
    assert narration.headline(burst) == "AI is creating content for The Green…"
    burst.apply(StageEntered(START, "new", Stage.RENDERING, "Rendering", "a renderer"))
    assert narration.agent_doing(burst, IVO) == "Seeing 1 idea through"


@pytest.mark.parametrize(
    ("outcomes", "sentence"),
    [
        (["scheduled"], "Today's session is complete: 1 scheduled"),
        (["scheduled", "failed"], "Today's session is complete: 1 scheduled and 1 failed"),
        (["failed"], "Today's session failed: 0 scheduled and 1 failed"),
        (["lost"], "Today's session failed: 0 scheduled and 1 lost"),
    ],
)
def test_the_recap_of_a_burst_of_replacements_says_what_came_of_them(outcomes: list[str], sentence: str) -> None:
    jobs = [f"new-{n}" for n in range(len(outcomes))]
    burst = Burst(a_burst(kind=BurstKind.REGENERATE, replacements=tuple(map(a_replacement, jobs))))
    assert narration.headline(burst) == "AI is creating content for The Red…"
    for job_id, outcome in zip(jobs, outcomes, strict=True):
        burst.apply(ending(job_id, outcome))
    assert narration.headline(burst) == sentence


def test_a_burst_for_which_nobody_could_be_asked_says_why() -> None:
    burst = Burst(a_burst(unserved=("no agent writes for The Blue",)))
    assert narration.headline(burst) == "Nothing could be made: no agent writes for The Blue"


def test_when_nothing_came_the_recap_says_first_whom_nobody_writes_for() -> None:
    burst = Burst(a_burst(a_request(), unserved=("no agent writes for The Blue",)))
    burst.apply(ProposalsFailed(START, 1, "no network"))
    assert narration.headline(burst) == "Nothing could be made: no agent writes for The Blue"


def test_a_resumed_burst_is_recapped_like_any_other() -> None:
    burst = a_burst_with("a", "b")
    burst.apply(ending("a", "scheduled"))
    burst.apply(BurstResumed(START))
    burst.apply(ending("b", "lost"))
    assert narration.recap(burst) == "Today's session is complete: 1 scheduled and 1 lost"
