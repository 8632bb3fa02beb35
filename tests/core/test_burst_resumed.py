"""A burst that another worker goes on with."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from maestro_actors.core.burst import Burst
from maestro_actors.core.content import Stage
from maestro_actors.core.events import (
    AgentStarted,
    AssetStored,
    BurstResumed,
    StageEntered,
    StepProgressed,
    StepStarted,
)
from tests.core.strategies import (
    a_burst,
    a_request,
    after,
    an_asset,
    deliveries,
    heard,
    patient,
)
from tests.core.test_burst import Run, one_job, settled


@patient
@given(deliveries())
def test_resuming_changes_nothing_of_what_has_come_of_a_burst(run: Run) -> None:
    started, events = run
    burst = Burst(started)
    for event in events:
        burst.apply(event)
        before = settled(burst)
        assert burst.apply(BurstResumed(event.at)) == (not burst.finished)
        assert settled(burst) == before


@patient
@given(deliveries())
def test_once_resumed_nobody_works_for_a_job_that_had_begun_or_a_request(run: Run) -> None:
    started, events = run
    burst = Burst(started)
    for event in events:
        burst.apply(event)
        if burst.apply(BurstResumed(event.at)):
            assert all(job.waiting_for and job.share is None for job in burst.in_flight)
            assert all(state.started_at is None for state in burst.owed)


@patient
@given(deliveries(), st.data())
def test_a_worker_that_begins_with_the_journal_knows_what_the_last_one_knew(run: Run, data: st.DataObject) -> None:
    """The first worker hears a part, and dies; the second replays what was written, resumes and hears the rest."""
    started, events = run
    died = data.draw(st.integers(0, len(events)))
    first = Burst(started)
    written = [event for event in events[:died] if first.apply(event)]
    second = Burst.replay(started, written)
    assert vars(second) == vars(first)
    resumed = BurstResumed(after(died))
    written += [event for event in [resumed, *events[died:]] if second.apply(event)]
    assert vars(Burst.replay(started, written)) == vars(second)
    assert vars(heard(started, [*events[:died], resumed, *events[died:]])) == vars(second)


def test_a_resumed_job_waits_for_its_turn_at_the_stage_it_had_come_to() -> None:
    burst = one_job()
    job = burst.jobs["a"]
    burst.apply(StageEntered(after(2), "a", Stage.RENDERING, "Rendering the reel", "a renderer"))
    burst.apply(StepStarted(after(3), "a"))
    burst.apply(StepProgressed(after(4), "a", 0.5))
    burst.apply(BurstResumed(after(5)))
    assert (job.stage, job.since, job.share) == ("rendering", after(2), None)
    assert job.waiting_for == "its turn again, after a restart"
    assert burst.count(Stage.RENDERING) == 1
    burst.apply(StageEntered(after(6), "a", Stage.GENERATING, "Painting", "the painter"))
    assert (job.stage, job.waiting_for) == ("generating", "the painter")
    assert [burst.count(stage) for stage in (Stage.GENERATING, Stage.RENDERING)] == [1, 0]


def test_a_resumed_request_waits_for_its_agent_again() -> None:
    burst = Burst(a_burst(a_request()))
    burst.apply(AgentStarted(after(1), 1))
    burst.apply(BurstResumed(after(2)))
    assert [state.started_at for state in burst.owed] == [None]
    assert burst.apply(AgentStarted(after(3), 1))


def test_what_is_stored_anew_takes_the_place_of_what_was_stored_under_its_name() -> None:
    burst = one_job()
    for number in (1, 2):
        burst.apply(AssetStored(after(number), "a", an_asset("a", number)))
    burst.apply(BurstResumed(after(3)))
    again = replace(an_asset("a", 1), bytes=7, sha256="f" * 64)
    assert burst.apply(AssetStored(after(4), "a", again))
    assert burst.jobs["a"].stored == (again, an_asset("a", 2)), "in the order in which they are shown"
    renamed = replace(again, asset=replace(again.asset, label="the film"))
    assert burst.apply(AssetStored(after(5), "a", renamed))
    assert burst.jobs["a"].stored == (renamed, an_asset("a", 2)), "its name in the bucket counts, not what it is called"
