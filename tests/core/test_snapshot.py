from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given

from maestro_actors.core import snapshot
from maestro_actors.core.burst import SETTLED_SHOWN, STATES, Burst
from maestro_actors.core.content import Outcome, Stage
from maestro_actors.core.events import (
    AssetStored,
    BurstStarted,
    CancelRequested,
    Event,
    JobScheduled,
    ProposalsFailed,
    ProposalsReviewed,
    Rejection,
    StageEntered,
    StepStarted,
)
from tests.core.strategies import (
    START,
    a_burst,
    a_request,
    a_slot,
    accepted,
    after,
    an_addition,
    an_asset,
    deliveries,
    ending,
    patient,
    stamped,
    stories,
)


def names(text: str) -> set[str]:
    return set(text.split())


ADDED_BY_MAESTRO = names("version server_time paused recent_burst next_run_at")
SNAPSHOT = ADDED_BY_MAESTRO | names(
    "current_phase cancelling burst_id kind burst_started_at elapsed_seconds active_jobs headline counts agents jobs"
)
COUNTS = names("total queued generating rendering uploading scheduling scheduled failed cancelled lost")
JOB = names("job_id brand kind title agent stage doing waiting_for since outcome error assets scheduled_for")
ASSET = names("category path url bytes sha256")
RECAP = names("burst_id kind outcome finished_at duration_seconds created scheduled failed cancelled lost failures")
MORE_OF_RECAP = names("headline proposals_failed proposals_rejected")


def url_of(path: str) -> str:
    return f"https://bucket.example/{path}"


def live(burst: Burst) -> snapshot.Json:
    view = snapshot.live(burst, url_of)
    assert json.loads(json.dumps(view)) == view
    return view


def a_big_burst(jobs: int, outcome: str | None = None, stage: Stage = Stage.RENDERING) -> Burst:
    """Every job at `stage`, or with that outcome; and as many proposals that came to nothing."""
    ids = [f"job-{n:05}" for n in range(jobs)]
    rejected = (Rejection("Tea again", "another proposal has the same title"),) * jobs
    burst = Burst(a_burst(*(a_request(n, count=jobs) for n in range(1, jobs + 2))))
    burst.apply(ProposalsReviewed(START, 1, accepted(*ids), rejected))
    for number in range(2, jobs + 2):
        burst.apply(ProposalsFailed(START, number, "no network"))
    for job_id in ids:
        burst.apply(StageEntered(START, job_id, stage, "Rendering", "a renderer"))
        if outcome:
            burst.apply(ending(job_id, outcome))
    return burst


@patient
@given(deliveries())
def test_the_snapshot_has_one_shape_and_says_what_the_burst_says(run: tuple[BurstStarted, list[Event]]) -> None:
    burst = Burst.replay(*run)
    view = live(burst)
    assert view.keys() | snapshot.timing(view, after(9)).keys() | ADDED_BY_MAESTRO == SNAPSHOT
    assert view["current_phase"] == burst.phase
    assert (view["current_phase"] is None) == (not burst.owed and not burst.open)
    assert view["counts"] == {"total": len(burst.jobs)} | {state.value: burst.count(state) for state in STATES}
    assert view["counts"].keys() == COUNTS
    assert view["active_jobs"] == len(burst.in_flight)
    assert view["cancelling"] == burst.cancelling
    assert all(job.keys() == JOB for job in view["jobs"])
    assert all(asset.keys() == ASSET for job in view["jobs"] for asset in job["assets"])
    assert all(agent.keys() == {"name", "avatar", "doing"} for agent in view["agents"])
    assert {job["agent"] for job in view["jobs"]} <= {agent["name"] for agent in view["agents"]}


@patient
@given(stories())
def test_the_recap_agrees_with_the_counts(run: tuple[BurstStarted, list[Event]]) -> None:
    burst = Burst.replay(run[0], stamped(run[1]))
    recap = snapshot.recap(burst)
    assert json.loads(json.dumps(recap)) == recap
    assert recap.keys() == RECAP | MORE_OF_RECAP
    counts = snapshot.counts(burst)
    assert recap["created"] == counts["total"] == sum(recap[outcome] for outcome in Outcome)
    assert {outcome: recap[outcome] for outcome in Outcome} == {outcome: counts[outcome] for outcome in Outcome}
    assert len(recap["failures"]) == recap["failed"] + recap["lost"]
    assert all(burst.jobs[failure["job_id"]].error == failure["reason"] for failure in recap["failures"])
    assert recap["duration_seconds"] == len(run[1])
    assert recap["outcome"] in ("finished", "cancelled", "failed")
    assert len(recap["proposals_failed"]) == len(burst.failures)
    assert len(recap["proposals_rejected"]) == len(burst.rejections)


def test_between_bursts_the_shape_is_the_same_and_empty() -> None:
    idle = snapshot.idle()
    assert idle.keys() == live(Burst(a_burst())).keys()
    assert idle["counts"].keys() == COUNTS
    assert (idle["current_phase"], idle["jobs"], idle["agents"], idle["active_jobs"]) == (None, [], [], 0)
    assert snapshot.timing(idle, START) == {"elapsed_seconds": None}


@pytest.mark.parametrize("outcome", [None, "scheduled", "failed"])
def test_it_does_not_grow_with_its_burst(outcome: str | None) -> None:
    small, big = (json.dumps(live(a_big_burst(jobs, outcome))) for jobs in (100, 1000))
    assert len(big) - len(small) < 50, "a thousand has a digit more than a hundred"


def test_a_recap_does_not_grow_with_its_burst_unless_asked_to() -> None:
    hundred, thousand = a_big_burst(100, "failed"), a_big_burst(1000, "failed")
    small, big = (json.dumps(snapshot.recap(burst)) for burst in (hundred, thousand))
    assert len(big) - len(small) < 50
    whole = snapshot.recap(thousand, most=None)
    assert [len(whole[each]) for each in ("failures", "proposals_failed", "proposals_rejected")] == [1000] * 3


def test_of_the_jobs_those_in_flight_come_first_and_then_the_latest_settled() -> None:
    ids = [f"job-{n}" for n in range(SETTLED_SHOWN + 10)]
    burst = Burst(a_burst(a_request(count=len(ids))))
    burst.apply(ProposalsReviewed(START, 1, accepted(*ids)))
    for job_id in ids[2:]:
        burst.apply(ending(job_id, "scheduled"))
    burst.apply(StageEntered(START, "job-1", Stage.RENDERING, "Rendering", "a renderer"))
    shown = [job["job_id"] for job in live(burst)["jobs"]]
    assert shown == ["job-1", *ids[:-SETTLED_SHOWN:-1]]


def test_no_more_than_sixty_jobs_are_shown_however_many_are_in_flight() -> None:
    view = live(a_big_burst(SETTLED_SHOWN + 40))
    assert len(view["jobs"]) == SETTLED_SHOWN
    assert view["active_jobs"] == view["counts"]["rendering"] == SETTLED_SHOWN + 40


def a_job_that_stored_something() -> Burst:
    burst = Burst(a_burst(a_request()))
    burst.apply(ProposalsReviewed(START, 1, accepted("a")))
    burst.apply(StageEntered(after(1), "a", Stage.UPLOADING, "Uploading the reel", "the storage"))
    burst.apply(StepStarted(after(2), "a", 2))
    burst.apply(AssetStored(after(3), "a", an_asset("a")))
    return burst


def test_a_job_is_shown_with_everything_people_ask_about() -> None:
    burst = a_job_that_stored_something()
    path = "user-1/red/reels/a_1.mp4"
    asset = {"category": "reels", "path": path, "url": url_of(path), "bytes": 1000, "sha256": f"{1:064x}"}
    shown = {
        "job_id": "a",
        "brand": "red",
        "kind": "reel",
        "title": "Title of a",
        "agent": "Mira",
        "stage": "uploading",
        "doing": "Uploading the reel, try 2",
        "waiting_for": None,
        "since": "2026-03-01T09:30:01.000Z",
        "outcome": None,
        "error": None,
        "assets": [asset],
        "scheduled_for": None,
    }
    assert live(burst)["jobs"] == [shown]
    burst.apply(JobScheduled(after(4), "a", a_slot()))
    settled = {"outcome": "scheduled", "doing": "", "since": "2026-03-01T09:30:04.000Z"}
    assert snapshot.settled_jobs(burst, url_of) == [shown | settled | {"scheduled_for": "2026-03-02T09:00:00.000Z"}]


@pytest.mark.parametrize("outcome", ["failed", "cancelled", "lost"])
def test_a_job_that_came_to_nothing_shows_no_media(outcome: str) -> None:
    burst = a_job_that_stored_something()
    burst.apply(ending("a", outcome))
    (job,) = live(burst)["jobs"]
    assert (job["outcome"], job["assets"], job["scheduled_for"]) == (outcome, [], None)
    assert bool(job["error"]) == (outcome != "cancelled")


def test_seconds_go_on_with_the_clock_and_stop_with_the_burst() -> None:
    burst = Burst(a_burst(a_request()))
    assert snapshot.timing(live(burst), after(41.25)) == {"elapsed_seconds": 41.25}
    assert snapshot.elapsed(burst, after(41.25)) == 41.25
    burst.apply(ProposalsFailed(after(50), 1, "no network"))
    assert snapshot.elapsed(burst, after(99)) == 50
    assert snapshot.recap(burst)["duration_seconds"] == 50


def test_times_are_rfc_3339_in_utc_to_the_millisecond() -> None:
    at = START.replace(microsecond=98_765)
    assert snapshot.rfc3339(at) == "2026-03-01T09:30:00.098Z"
    assert datetime.fromisoformat(snapshot.rfc3339(START)) == START


def test_a_burst_being_cancelled_says_so_until_it_has_ended() -> None:
    burst = a_job_that_stored_something()
    burst.apply(CancelRequested(after(4), "ana"))
    assert (live(burst)["cancelling"], live(burst)["current_phase"]) == (True, "processing")
    burst.apply(ending("a", "cancelled"))
    assert (live(burst)["cancelling"], live(burst)["current_phase"]) == (False, None)
    assert snapshot.recap(burst)["outcome"] == "cancelled"


def test_a_burst_that_runs_has_no_recap() -> None:
    with pytest.raises(AssertionError, match="a recap is of a burst that has ended"):
        snapshot.recap(a_job_that_stored_something())


def test_a_job_that_joined_is_shown_with_its_agent() -> None:
    burst = Burst(a_burst(a_request()))
    burst.apply(an_addition("new"))
    burst.apply(StageEntered(after(1), "new", Stage.RENDERING, "Rendering", "a renderer"))
    view = live(burst)
    assert [(job["brand"], job["agent"]) for job in view["jobs"]] == [("green", "Ivo")]
    assert [agent["name"] for agent in view["agents"]] == ["Mira", "Otto", "Ivo"]


def test_what_nobody_could_be_asked_for_stands_in_the_recap() -> None:
    recap = snapshot.recap(Burst(a_burst(unserved=("no agent writes for The Blue",))))
    assert (recap["outcome"], recap["created"]) == ("failed", 0)
    assert recap["proposals_failed"] == ["no agent writes for The Blue"]
