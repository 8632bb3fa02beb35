from __future__ import annotations

import json
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maestro_actors.core.burst import Burst
from maestro_actors.core.content import Outcome
from maestro_actors.core.events import BurstCrashed, BurstStarted, Event
from maestro_actors.core.figures import BOUNDS, Histogram, Tally, composed
from tests.core.strategies import START, deliveries, patient, stories

durations = st.lists(st.one_of(st.sampled_from(BOUNDS), st.floats(0, 1e6)), max_size=60)


def observed(seconds: list[float]) -> Histogram:
    histogram = Histogram()
    for each in seconds:
        histogram.observe(each)
    return histogram


def ended(started: BurstStarted, events: list[Event]) -> Burst:
    return Burst.replay(started, [*events, BurstCrashed(START, "an internal error")])


@given(durations)
def test_up_to_each_bound_stand_those_that_took_no_longer(seconds: list[float]) -> None:
    histogram = observed(seconds)
    *up_to, everything = accumulate(histogram.counts)
    assert up_to == [sum(each <= bound for each in seconds) for bound in BOUNDS]
    assert everything == histogram.count == len(seconds)
    assert histogram.total == pytest.approx(sum(seconds))


@given(durations)
def test_what_is_told_of_it_is_plain_and_stays_as_it_was(seconds: list[float]) -> None:
    histogram = observed(seconds)
    told = histogram.as_json()
    before = json.dumps(told)
    histogram.observe(1.0)
    assert json.dumps(told) == before
    assert json.loads(before) == told
    assert len(told["counts"]) == len(told["bounds"]) + 1


def test_the_bounds_go_up() -> None:
    assert list(BOUNDS) == sorted(set(BOUNDS))


@patient
@given(st.lists(st.one_of(stories(), deliveries()), max_size=4))
def test_each_burst_that_ended_counts_once_and_so_does_each_of_its_jobs(
    runs: list[tuple[BurstStarted, list[Event]]],
) -> None:
    tally, bursts = Tally(), [ended(*run) for run in runs]
    for burst in bursts:
        tally.count(burst)
    assert tally.outcomes == {outcome.value: sum(burst.count(outcome) for burst in bursts) for outcome in Outcome}
    assert sum(tally.outcomes.values()) == sum(len(burst.jobs) for burst in bursts)
    counted = {(each["kind"], each["outcome"]): each["count"] for each in tally.ended}
    assert sum(counted.values()) == len(bursts)
    for burst in bursts:
        assert counted[burst.started.kind.value, burst.outcome] > 0


def test_what_never_happened_is_there_with_a_zero() -> None:
    tally = Tally()
    assert set(tally.outcomes.values()) == {0}
    assert [each["count"] for each in tally.ended] == [0] * 9
    assert {each["kind"] for each in tally.ended} == {"daily", "smart", "regenerate"}


def test_what_several_tell_of_one_section_stands_side_by_side() -> None:
    parts = [{"queues": {"renders": 1}, "renderers": {"total": 2}}, {"queues": {"uploads": 3}}, {}]
    assert composed(parts) == {"queues": {"renders": 1, "uploads": 3}, "renderers": {"total": 2}}
