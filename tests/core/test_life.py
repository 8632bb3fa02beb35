from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given

from maestro_actors.core.burst import Burst
from maestro_actors.core.chronicle import Names
from maestro_actors.core.content import Outcome, Stage
from maestro_actors.core.events import (
    AgentStarted,
    AssetStored,
    BurstCrashed,
    BurstKind,
    BurstResumed,
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
    Replacement,
    StageEntered,
    StepDelayed,
    StepProgressed,
    StepQueued,
    StepStarted,
)
from maestro_actors.core.life import Moment, life
from tests.core.strategies import (
    BRANDS,
    MIRA,
    RED,
    START,
    a_burst,
    a_proposal,
    a_request,
    a_slot,
    accepted,
    after,
    an_asset,
    deliveries,
    patient,
)

BORN = ProposalsReviewed(START, 1, accepted("a", "b"))
NAMES = Names.of(a_burst(a_request()), {"a": "Tea first"})


def told(*events: BurstStarted | Event, of: str = "a") -> list[str]:
    """The life, each moment with its seconds since the start."""
    return [f"{(m.at - START).total_seconds():g} {m.sentence}" for m in life(of, events, NAMES)]


def entered(second: float, stage: Stage, doing: str, waiting_for: str = "a free renderer") -> StageEntered:
    return StageEntered(after(second), "a", stage, doing, waiting_for)


def test_a_whole_life_reads_well() -> None:
    events: list[BurstStarted | Event] = [
        a_burst(a_request()),
        AgentStarted(START, 1),
        BORN,
        entered(3.2, Stage.GENERATING, "Painting the background"),
        StepStarted(after(3.21), "a"),
        entered(3.6, Stage.RENDERING, "Drawing the thumbnail"),
        StepStarted(after(4.8), "a"),
        StepQueued(after(5), "a", "Rendering the reel", "a free renderer"),
        StepStarted(after(5), "b"),
        StepStarted(after(5.01), "a"),
        StepProgressed(after(7), "a", 0.5),
        StepStarted(after(9), "a", 2),
        entered(13.1, Stage.UPLOADING, "Uploading the reel (1 of 1)", "its turn to upload"),
        StepStarted(after(13.1), "a"),
        StepDelayed(after(13.5), "a", "another try in 0.2 s: the storage answered 500"),
        StepStarted(after(13.7), "a", 2),
        AssetStored(after(13.72), "a", an_asset("a")),
        entered(13.72, Stage.SCHEDULING, "Claiming a publishing slot", "the calendar"),
        StepStarted(after(13.73), "a"),
        JobScheduled(after(13.74), "a", a_slot()),
    ]
    assert told(*events) == [
        "0 Mira proposed it",
        "0 Waited 3.2 s for its turn",
        "3.21 Painting the background, 0.4 s",
        "3.6 Waited 1.2 s for a free renderer",
        "4.8 Drawing the thumbnail, 0.2 s",
        "5.01 Rendering the reel, 4.0 s",
        "9 Rendering the reel, try 2, 4.1 s",
        "13.1 Uploading the reel (1 of 1), 0.4 s",
        "13.5 Had to wait for another try in 0.2 s: the storage answered 500",
        "13.7 Uploading the reel (1 of 1), try 2",
        "13.72 Stored the reel (1 KB)",
        "13.73 Claiming a publishing slot",
        "13.74 Scheduled for Mon 02 Mar, 09:00 (Europe/Lisbon)",
    ]


def test_a_job_under_way_says_what_it_does_or_waits_for() -> None:
    waiting = entered(2, Stage.RENDERING, "Drawing the thumbnail")
    assert told(BORN)[-1] == "0 Waiting for its turn"
    assert told(BORN, waiting)[-1] == "2 Waiting for a free renderer"
    assert told(BORN, waiting, StepStarted(after(3), "a"))[-1] == "3 Drawing the thumbnail"


def test_an_end_says_how_far_the_job_was() -> None:
    rendering = entered(2, Stage.RENDERING, "Rendering the reel")
    assert told(BORN, JobFailed(after(1), "a", "no folder"))[-1] == "1 Failed before it began: no folder"
    assert told(BORN, rendering, JobFailed(after(3), "a", "no glyphs"))[-1] == "3 Failed while rendering: no glyphs"
    assert told(BORN, rendering, JobLost(after(3), "a", "it went silent"))[-1] == (
        "3 Lost while rendering: it went silent"
    )
    assert told(BORN, rendering, JobCancelled(after(3), "a"))[-1] == "3 Cancelled while rendering"


def test_what_befalls_the_burst_befalls_its_open_jobs() -> None:
    rendering = entered(1, Stage.RENDERING, "Rendering the reel")
    cancel, crash = CancelRequested(after(3), "ana", "enough"), BurstCrashed(after(4), "an internal error")
    assert told(BORN, rendering, StepStarted(after(2), "a"), cancel, crash)[3:] == [
        "2 Rendering the reel, 2.0 s",
        "3 The burst was told to stop by ana: enough",
        "4 Lost while rendering: an internal error",
    ]
    assert told(BurstResumed(after(-2)), BORN, JobCancelled(after(2), "a"), cancel, crash)[2:] == [
        "2 Cancelled before it began"
    ]


def test_a_restart_breaks_off_what_was_under_way_and_nobody_knows_when() -> None:
    rendering = entered(1, Stage.RENDERING, "Rendering the reel")
    resumed = BurstResumed(after(60))
    again = entered(61, Stage.GENERATING, "Painting the background")
    assert told(BORN, rendering, StepStarted(after(2), "a"), resumed, again)[3:] == [
        "2 Rendering the reel, broken off",
        "60 A restarted worker went on with the burst",
        "60 Waited 1.0 s for its turn again, after a restart",
        "61 Waiting for a free renderer",
    ]
    assert told(BORN, rendering, resumed)[2:] == [
        "60 A restarted worker went on with the burst",
        "60 Waiting for its turn again, after a restart",
    ]


def test_a_replacement_begins_with_the_idea_of_another() -> None:
    anew = Replacement("new", "a", "mira", a_proposal())
    regenerate = BurstStarted(
        START, "burst-2", "user-1", BurstKind.REGENERATE, BRANDS, (MIRA,), (), replacements=(anew,)
    )
    added = JobAdded(after(9), RED, MIRA, anew)
    assert told(regenerate, of="new")[0] == "0 The burst began, to make Mira’s idea anew"
    assert told(added, of="new")[0] == "9 It joined the burst, to make Mira’s idea anew"
    assert told(BORN, JobCancelled(after(2), "a"), added)[-1] == "9 A new one was asked for in its place"


def test_a_life_whose_beginning_is_not_known_is_told_from_where_it_is() -> None:
    rendering = entered(1, Stage.RENDERING, "Rendering the reel")
    assert told(StepStarted(START, "a"), rendering, BurstCrashed(after(4), "an internal error")) == [
        "0 Had its turn, 1.0 s",
        "1 Waited 3.0 s for a free renderer",
        "4 Lost while rendering: an internal error",
    ]


def test_a_clock_that_was_set_back_makes_no_time_negative() -> None:
    rendering = entered(10, Stage.RENDERING, "Rendering the reel")
    assert told(BORN, rendering, StepStarted(after(5), "a"), JobFailed(after(1), "a", "no glyphs"))[1:] == [
        "0 Waited 10.0 s for its turn",
        "5 Rendering the reel",
        "1 Failed while rendering: no glyphs",
    ]


@patient
@given(deliveries())
def test_every_life_begins_with_an_idea_and_ends_as_the_burst_says(run: tuple[BurstStarted, list[Event]]) -> None:
    started, arrived = run
    burst, kept = Burst(started), [started]
    for event in arrived:
        if burst.apply(event):
            kept.append(event)  # type: ignore[arg-type]  # the list began with what a burst begins with
    names = Names.of(started, {})
    for job_id, job in burst.jobs.items():
        story = life(job_id, kept, names)
        assert story[0].sentence.endswith((" proposed it", " idea anew"))
        assert [moment.at for moment in story] == sorted(moment.at for moment in story)
        ends = [moment for moment in story if moment.sentence.startswith(tuple(each.title() for each in Outcome))]
        assert len(ends) == (job.outcome is not None)
        if job.outcome:
            assert story[-1].sentence.startswith(job.outcome.title())
            assert story[-1].at == job.since


@patient
@given(deliveries())
def test_a_life_is_the_same_whoever_else_is_told_of(run: tuple[BurstStarted, list[Event]]) -> None:
    started, arrived = run
    names = Names.of(started, {})
    for job_id in Burst.replay(started, arrived).jobs:
        own = [event for event in arrived if getattr(event, "job_id", job_id) == job_id]
        own = [event for event in own if not isinstance(event, AgentStarted | ProposalsFailed)]
        assert life(job_id, [started, *own], names) == life(job_id, [started, *arrived], names)


def test_nothing_is_told_of_a_job_that_there_never_was() -> None:
    assert life("nobody", [a_burst(a_request()), BORN, replace(BORN, at=START + timedelta(1))], NAMES) == ()
    assert Moment(START, "x") == Moment(START, "x")
