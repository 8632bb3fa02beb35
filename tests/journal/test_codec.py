from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maestro_actors.core.calendar import Slot
from maestro_actors.core.content import Agent, Asset, Brand, Kind, Palette, PerKind, Proposal, Slide, Stage, StoredAsset
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
from maestro_actors.journal.codec import Encoded, Recorded, decode, encode
from maestro_actors.journal.database import to_json
from maestro_actors.journal.errors import UnreadableEventError
from tests.core.strategies import deliveries, patient

words = st.text(st.characters(exclude_categories=()), max_size=12)  # NUL and lone surrogates too
moments = st.datetimes(timezones=st.just(UTC))
texts = st.lists(words, max_size=3).map(tuple)
kinds = st.sampled_from(Kind)
whole = st.integers(-(2**40), 2**40)
wall_times = st.lists(st.times(), max_size=3).map(tuple)
per_kind_times = st.builds(PerKind, wall_times, wall_times, wall_times)
brands = st.builds(
    Brand, words, words, words, st.builds(Palette, words, words, words, words), words, texts, words, per_kind_times,
    st.builds(PerKind, whole, whole, whole),
)  # fmt: skip
agents = st.builds(Agent, words, words, words, words, texts)
requests = st.builds(Request, whole, words, words, kinds, whole)
slides = st.lists(st.builds(Slide, words, words), max_size=3).map(tuple)
proposals = st.builds(Proposal, kinds, words, words, words, words, texts, slides)
replacements = st.builds(Replacement, words, words, words, proposals)
stored = st.builds(StoredAsset, st.builds(Asset, words, words, words, words), whole, words)
slots = st.builds(Slot, words, kinds, st.dates(), st.times(), words)


def several(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=2).map(tuple)


events: dict[type[Recorded], st.SearchStrategy[Recorded]] = {
    BurstStarted: st.builds(
        BurstStarted, moments, words, words, st.sampled_from(BurstKind), several(brands), several(agents),
        several(requests), whole, several(replacements), texts,
    ),
    BurstResumed: st.builds(BurstResumed, moments),
    JobAdded: st.builds(JobAdded, moments, brands, agents, replacements),
    AgentStarted: st.builds(AgentStarted, moments, whole),
    ProposalsReviewed: st.builds(
        ProposalsReviewed, moments, whole, several(st.builds(AcceptedProposal, words, proposals)),
        several(st.builds(Rejection, words, words)),
    ),
    ProposalsFailed: st.builds(ProposalsFailed, moments, whole, words),
    StageEntered: st.builds(StageEntered, moments, words, st.sampled_from(Stage), words, words),
    StepQueued: st.builds(StepQueued, moments, words, words, words),
    StepStarted: st.builds(StepStarted, moments, words, whole),
    StepProgressed: st.builds(StepProgressed, moments, words, st.floats(0, 1)),
    StepDelayed: st.builds(StepDelayed, moments, words, words),
    AssetStored: st.builds(AssetStored, moments, words, stored),
    JobScheduled: st.builds(JobScheduled, moments, words, slots),
    JobFailed: st.builds(JobFailed, moments, words, words),
    JobCancelled: st.builds(JobCancelled, moments, words),
    JobLost: st.builds(JobLost, moments, words, words),
    CancelRequested: st.builds(CancelRequested, moments, words, words),
    BurstCrashed: st.builds(BurstCrashed, moments, words),
}  # fmt: skip


def back(encoded: Encoded) -> Recorded:
    return decode("burst-1", 7, encoded.type, encoded.version, to_json(encoded.payload))


def test_every_event_there_is_is_tried_here() -> None:
    assert set(events) == {BurstStarted, *get_args(Event)}


@pytest.mark.parametrize("kind", events, ids=lambda kind: kind.__name__)
def test_what_was_written_is_read_the_same(kind: type[Recorded]) -> None:
    @patient
    @given(events[kind])
    def holds(event: Recorded) -> None:
        assert back(encode(event)) == event

    holds()


@patient
@given(deliveries())
def test_a_whole_run_is_read_the_same(delivery: tuple[BurstStarted, list[Event]]) -> None:
    started, told = delivery
    assert [back(encode(event)) for event in (started, *told)] == [started, *told]


def test_an_event_is_kept_in_words_that_people_can_read() -> None:
    at = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    slot = Slot("red", Kind.REEL, date(2026, 3, 29), time(1, 30), "Europe/Lisbon")
    encoded = encode(JobScheduled(at, "job-1", slot))
    assert (encoded.type, encoded.version) == ("JobScheduled", 1)
    assert encoded.payload == {
        "at": "2026-03-29T00:30:00+00:00",
        "job_id": "job-1",
        "slot": {
            "brand": "red",
            "kind": "reel",
            "local_date": "2026-03-29",
            "wall_time": "01:30:00",
            "timezone": "Europe/Lisbon",
        },
    }


@pytest.mark.parametrize(
    ("type_", "version", "payload", "reason"),
    [
        ("JobPublished", 1, "{}", "this Maestro knows no such type and version"),
        ("JobCancelled", 2, "{}", "this Maestro knows no such type and version"),
        ("JobCancelled", 1, '{"at": "2026-03-29T00:30:00+00:00"}', "there is no 'job_id'"),
        ("JobCancelled", 1, '{"at": "2026-03-29T00:30:00+00:00", "job_id": 3}', "job_id is 3, not a text"),
        ("JobCancelled", 1, '{"at": "2026-03-29T00:30:00", "job_id": "3"}', "at is '2026-03-29T00:30:00', which"),
        ("JobCancelled", 1, '{"at": 3}', "fromisoformat"),
        ("JobCancelled", 1, "[]", "list indices"),
        ("JobCancelled", 1, "{", "Expecting"),
        ("StageEntered", 1, '{"at": "2026-03-29T00:30:00+00:00", "job_id": "3", "stage": "lunch"}', "'lunch' is not"),
        ("AssetStored", 1, '{"at": "2026-03-29T00:30:00+00:00", "job_id": "3", "stored": null}', "NoneType"),
    ],
)
def test_what_cannot_be_read_says_which_event_and_why(type_: str, version: int, payload: str, reason: str) -> None:
    with pytest.raises(UnreadableEventError) as caught:
        decode("burst-1", 7, type_, version, payload)
    error = caught.value
    assert (error.burst_id, error.seq, error.type, error.version) == ("burst-1", 7, type_, version)
    assert f"event 7 of burst burst-1 ({type_}, version {version}) cannot be read: " in str(error)
    assert reason in str(error)


@patient
@given(st.sampled_from(sorted(kind.__name__ for kind in events)), st.recursive(
    st.none() | st.booleans() | whole | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words | st.sampled_from(["at", "job_id"]), inner),
))  # fmt: skip
def test_whatever_stands_there_is_an_event_or_that_error(type_: str, value: object) -> None:
    try:
        decode("burst-1", 7, type_, 1, json.dumps(value))
    except UnreadableEventError:
        return
