from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import get_args

import pytest
from hypothesis import given

from maestro_actors.core.calendar import Slot
from maestro_actors.core.chronicle import Names, on_the_calendar, sentence, turns_at_once
from maestro_actors.core.content import Kind, Stage
from maestro_actors.core.events import (
    AcceptedProposal,
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
    Rejection,
    Replacement,
    Request,
    StageEntered,
    StepDelayed,
    StepProgressed,
    StepQueued,
    StepStarted,
)
from tests.core.strategies import (
    BLUE,
    MIRA,
    START,
    a_burst,
    a_proposal,
    a_request,
    a_slot,
    accepted,
    an_asset,
    deliveries,
    patient,
)

NAMES = Names.of(a_burst(a_request(), a_request(2, brand=BLUE)), {"a": "Tea first", "b": "Tea again"})
ANEW = Replacement("b", "a", "mira", a_proposal("Tea first"))

TOLD: list[tuple[Event, str]] = [
    (BurstResumed(START), "A restarted worker went on with the burst"),
    (JobAdded(START, BLUE, MIRA, ANEW), "“Tea first” for The Blue joined the burst, to be made anew"),
    (AgentStarted(START, 1), "Mira began to write 3 reels for The Red"),
    (
        ProposalsReviewed(START, 1, accepted("a", "b"), (Rejection("Tea", "it has no lines"),)),
        "Mira proposed 3 reels for The Red: “Title of a” and “Title of b” were accepted, "
        "“Tea” (it has no lines) was rejected",
    ),
    (ProposalsFailed(START, 2, "no network"), "Mira could not write 3 reels for The Blue: no network"),
    (
        StageEntered(START, "a", Stage.RENDERING, "Drawing the thumbnail", "a free renderer"),
        "“Tea first” came to rendering, first to drawing the thumbnail, and waited for a free renderer",
    ),
    (
        StepQueued(START, "a", "Rendering the reel", "a free renderer"),
        "“Tea first” came to rendering the reel and waited for a free renderer",
    ),
    (StepStarted(START, "a"), "“Tea first” had its turn"),
    (StepProgressed(START, "a", 0.424), "“Tea first” had 42% of its step done"),
    (
        StepDelayed(START, "a", "another try in 0.2 s: the storage answered 500"),
        "“Tea first” had to wait for another try in 0.2 s: the storage answered 500",
    ),
    (AssetStored(START, "a", an_asset("a")), "“Tea first” had the reel stored (1 KB)"),
    (JobScheduled(START, "a", a_slot()), "“Tea first” was scheduled for Mon 02 Mar, 09:00 (Europe/Lisbon)"),
    (JobFailed(START, "a", "the bucket refused it"), "“Tea first” failed: the bucket refused it"),
    (JobCancelled(START, "a"), "“Tea first” was cancelled"),
    (JobLost(START, "a", "its process died"), "“Tea first” was lost: its process died"),
    (CancelRequested(START, "the terminal", "interrupted"), "The burst was told to stop by the terminal: interrupted"),
    (BurstCrashed(START, "an internal error"), "The burst broke off: an internal error"),
]


@pytest.mark.parametrize(("event", "words"), TOLD, ids=[type(event).__name__ for event, _ in TOLD])
def test_each_event_is_one_sentence(event: Event, words: str) -> None:
    assert sentence(event, NAMES) == words


def test_no_event_is_left_out() -> None:
    assert {type(event) for event, _ in TOLD} == set(get_args(Event))


@patient
@given(deliveries())
def test_whatever_happens_reads_as_a_sentence(run: tuple[BurstStarted, list[Event]]) -> None:
    """Also where it is about requests and jobs that nobody knows."""
    started, told = run
    for names in (Names.of(started, {}), Names()):
        for event in (started, *told):
            words = sentence(event, names)
            assert words[:1].isupper() or words.startswith("“"), words
            assert not words.endswith((".", ":", " ")), words
            assert not {"None", "  ", "()"} & {words} | {part for part in ("None", "  ", "()") if part in words}, words


ARRIVED: list[tuple[StageEntered | StepQueued, str]] = [
    (
        StageEntered(START, "a", Stage.GENERATING, "Painting the background", "the painter"),
        "“Tea first” came to painting, first to painting the background",
    ),
    (StepQueued(START, "a", "Rendering the reel", "a free renderer"), "“Tea first” came to rendering the reel"),
]


@pytest.mark.parametrize(("arrival", "words"), ARRIVED)
@pytest.mark.parametrize("seconds", [0, 0.4, 0.6])
def test_whoever_had_its_turn_at_once_is_not_said_to_have_waited(
    arrival: StageEntered | StepQueued, words: str, seconds: float
) -> None:
    """Only its own turn counts, and the first one: what a later try waited for is told by itself."""
    other = StepStarted(START, "b")
    turn = StepStarted(START + timedelta(seconds=seconds), "a")
    later = StepStarted(START + timedelta(seconds=seconds + 0.1), "a", 2)
    told = sentence(arrival, replace(NAMES, at_once=turns_at_once([other, arrival, other, turn, later])))
    assert told.startswith(words)
    assert ("waited for" in told) == (seconds > 0.5)


def test_whoever_has_not_had_its_turn_yet_is_said_to_wait() -> None:
    arrival, _ = ARRIVED[0]
    assert turns_at_once([arrival]) == frozenset()


def test_a_slot_that_was_claimed_at_once_was_not_waited_for() -> None:
    arrival = StageEntered(START, "a", Stage.SCHEDULING, "Claiming a publishing slot", "the calendar")
    assert turns_at_once([arrival, JobScheduled(START, "a", a_slot())]) == {arrival}


def test_a_later_try_is_told_as_one() -> None:
    assert sentence(StepStarted(START, "a", 3), NAMES) == "“Tea first” had its turn, try 3"


LONG = "Night trains that still run, and what to pack for each of them"


@pytest.mark.parametrize(
    ("title", "told"),
    [
        (LONG, "Night trains that still run, and what to pack for each of…"),
        ("X" * 60, "X" * 60),
        ("X" * 61, "X" * 59 + "…"),
    ],
)
def test_a_long_title_is_told_whole_once_and_then_by_its_first_words(title: str, told: str) -> None:
    names = Names.of(a_burst(a_request()), {"a": title})
    assert sentence(JobCancelled(START, "a"), names) == f"“{told}” was cancelled"
    review = ProposalsReviewed(START, 1, (AcceptedProposal("a", a_proposal(title)),))
    assert sentence(review, names) == f"Mira proposed 1 reel for The Red: “{title}” was accepted"


def test_a_reason_that_nobody_gave_is_not_told() -> None:
    assert sentence(CancelRequested(START, "ana"), NAMES) == "The burst was told to stop by ana"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (ProposalsReviewed(START, 1, ()), "Mira proposed nothing, though asked for 3 reels for The Red"),
        (ProposalsReviewed(START, 1, accepted("a")), "Mira proposed 1 reel for The Red: “Title of a” was accepted"),
        (
            ProposalsReviewed(START, 1, (), (Rejection("A", "it has no lines"), Rejection("B", "3 were asked for"))),
            "Mira proposed 2 reels for The Red: “A” (it has no lines) and “B” (3 were asked for) were rejected",
        ),
        (ProposalsReviewed(START, 9, accepted("a")), "An agent proposed 1 proposal: “Title of a” was accepted"),
        (ProposalsFailed(START, 9, "no network"), "An agent could not write something: no network"),
    ],
)
def test_an_answer_is_told_with_what_became_of_it(answer: Event, words: str) -> None:
    assert sentence(answer, NAMES) == words


def started(
    *requests: Request, kind: BurstKind = BurstKind.SMART, anew: tuple[Replacement, ...] = (), unserved: str = ""
) -> BurstStarted:
    plain = a_burst(*requests, kind=kind)
    return BurstStarted(
        *(START, plain.burst_id, plain.user_id, kind, plain.brands, plain.agents, requests, 0, anew),
        (unserved,) if unserved else (),
    )


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (started(), "A smart burst began, and nothing was missing"),
        (
            started(a_request(1, 2), a_request(2, 1, brand=BLUE), kind=BurstKind.DAILY),
            "The daily burst began, to make 3 reels for The Red and The Blue",
        ),
        (
            started(a_request(1, 1), Request(2, "mira", "red", Kind.POST, 2)),
            "A smart burst began, to make 1 reel and 2 posts for The Red",
        ),
        (
            started(a_request(1, 1), unserved="nobody writes for The Blue"),
            "A smart burst began, to make 1 reel for The Red; nobody writes for The Blue",
        ),
        (started(unserved="nobody writes for The Blue"), "A smart burst began; nobody writes for The Blue"),
        (started(kind=BurstKind.REGENERATE, anew=(ANEW,)), "A burst began, to make “Tea first” anew"),
        (
            started(a_request(1, 1), anew=(ANEW,)),
            "A smart burst began, to make 1 reel for The Red, and “Tea first” anew",
        ),
    ],
)
def test_a_burst_begins_with_what_it_is_for(start: BurstStarted, words: str) -> None:
    assert sentence(start, Names.of(start, {})) == words


@pytest.mark.parametrize(
    ("day", "at", "timezone", "words"),
    [
        (date(2026, 11, 23), time(7, 30), "America/New_York", "Mon 23 Nov, 07:30 (America/New_York)"),
        (date(2026, 3, 29), time(1, 30), "Europe/Lisbon", "Sun 29 Mar, 02:30 (Europe/Lisbon)"),  # 01:30 is skipped
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", "Sun 04 Oct, 02:45 (Australia/Lord_Howe)"),  # as 02:15
    ],
)
def test_a_slot_is_told_by_the_clock_that_people_there_see(day: date, at: time, timezone: str, words: str) -> None:
    assert on_the_calendar(Slot("red", Kind.REEL, day, at, timezone)) == words
