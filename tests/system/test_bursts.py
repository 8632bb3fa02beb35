"""Whole bursts through the whole system: what people see is true at every moment, and every burst ends."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pykka
import pytest

from benchmarks.empty import AGENT, BRANDS, USER, EmptyWriter
from maestro_actors.actors.job import JobActor
from maestro_actors.actors.timer import TimerActor
from maestro_actors.core.content import Agent, Kind, Outcome, PerKind, Proposal, Stage
from maestro_actors.core.snapshot import Json
from maestro_actors.errors import (
    BrokenSystemError,
    BurstRefusedError,
    PassingError,
    ProviderError,
    StorageError,
    UnknownBurstError,
)
from maestro_actors.providers.text import TextRequest
from tests.system.conftest import QUICK, Open

OTHER_USER = "11111111-0000-4000-8000-000000000000"


def test_every_job_of_a_burst_is_scheduled_and_what_is_seen_meanwhile_is_true(open_system: Open) -> None:
    with open_system() as stage:
        burst_id = stage.start(60)
        recap = stage.recap(burst_id)
    assert (recap["created"], recap["scheduled"], recap["outcome"]) == (60, 60, "finished")
    assert len(stage.bucket.objects) == 60
    assert_true_at_every_moment(stage.seen, burst_id)


def test_a_job_actor_lives_no_longer_than_its_job_and_a_bounded_number_at_once(open_system: Open) -> None:
    most = 0
    with open_system(jobs_in_flight=3) as stage:
        burst_id = stage.start(40)
        while not stage.look()["recent_burst"]:
            most = max(most, sum(ref.is_alive() for ref in pykka.ActorRegistry.get_by_class(JobActor)))
        assert stage.recap(burst_id)["scheduled"] == 40
    assert 1 <= most <= 4, "three, and one that has told its outcome and is about to go"


def test_counts_are_dealt_to_the_brands_in_turn(open_system: Open) -> None:
    with open_system() as stage:
        stage.recap(stage.start(6))
        burst = stage.system.ended_burst(USER)
    assert burst is not None
    made = [sum(job.brand == brand.slug for job in burst.jobs.values()) for brand in BRANDS]
    assert made == [2, 2, 1, 1]


def test_a_second_burst_is_refused_while_one_is_under_way_and_welcome_afterwards(open_system: Open) -> None:
    with open_system() as stage:
        first = stage.start(30)
        with pytest.raises(BurstRefusedError, match=first):
            stage.start(1)
        stage.recap(first)
        second = stage.start(1)
        assert stage.recap(second)["scheduled"] == 1


def test_two_users_have_a_burst_each_and_see_only_their_own(open_system: Open) -> None:
    with open_system() as stage:
        mine, theirs = stage.start(20), stage.start(5, user=OTHER_USER)
        stage.recap(mine)
        stage.recap(theirs, user=OTHER_USER)
        assert stage.system.snapshot(USER)["recent_burst"]["created"] == 20
        assert stage.system.snapshot(OTHER_USER)["recent_burst"]["created"] == 5
        assert stage.system.snapshot("nobody")["recent_burst"] is None
    owners = {path.split("/")[0] for path in stage.bucket.objects}
    assert owners == {USER, OTHER_USER}


def test_a_burst_of_nothing_has_ended_when_it_begins(open_system: Open) -> None:
    with open_system() as stage:
        recap = stage.recap(stage.start(0))
    assert (recap["created"], recap["outcome"]) == (0, "finished")


def test_a_burst_without_brands_or_with_a_brand_nobody_writes_for_is_refused(open_system: Open) -> None:
    with open_system() as stage:
        with pytest.raises(BurstRefusedError, match="no brand"):
            stage.start(1, brands=())
        elsewhere = replace(AGENT, brands=("another",))
        with pytest.raises(BurstRefusedError, match="Bench 1"):
            stage.start(1, agents=(elsewhere,))


class FailingWriter(EmptyWriter):
    def propose(self, request: TextRequest) -> tuple[Proposal, ...]:
        raise ProviderError("out of ideas")


class SilentWriter(EmptyWriter):
    def propose(self, request: TextRequest) -> tuple[Proposal, ...]:
        return ()


class BrokenWriter(EmptyWriter):
    def propose(self, request: TextRequest) -> tuple[Proposal, ...]:
        raise RuntimeError("a bug")


class StuckWriter(EmptyWriter):
    """Never answers for the second agent, whatever deadline it had."""

    def propose(self, request: TextRequest) -> tuple[Proposal, ...]:
        if request.agent.slug == "stuck":
            time.sleep(2)
        return super().propose(request)


class CarelessWriter(EmptyWriter):
    """Its first proposal is good; then the same again, one for another brand, one without a title, one too many."""

    def propose(self, request: TextRequest) -> tuple[Proposal, ...]:
        good = Proposal(Kind.POST, request.brand.slug, "Bread", "Bread.", "a loaf", ("Bread",))
        return (
            good,
            replace(good, title=" BREAD "),
            replace(good, brand="another", title="Other"),
            replace(good, title=" "),
            replace(good, title="Milk"),
            replace(good, title="One too many"),
        )


@pytest.mark.parametrize(
    ("writer", "said"),
    [
        (FailingWriter(), "Zero: out of ideas"),
        (SilentWriter(), "the agents proposed nothing"),
        (BrokenWriter(), "RuntimeError: a bug"),
    ],
)
def test_a_burst_without_ideas_ends_at_once_and_says_why(open_system: Open, writer: EmptyWriter, said: str) -> None:
    with open_system(writer=writer) as stage:
        recap = stage.recap(stage.start(8))
    assert (recap["created"], recap["outcome"]) == (0, "failed")
    assert said in recap["headline"]


def test_an_agent_that_gets_stuck_costs_its_own_requests_and_no_others(
    open_system: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from maestro_actors.actors import burst, newsroom

    monkeypatch.setattr(burst, "TICK", 0.05)
    monkeypatch.setattr(newsroom, "AGENT_PATIENCE", 0.3)
    agents = (AGENT, Agent("stuck", "Stuck", "S", "silent"))
    with open_system(writer=StuckWriter()) as stage:
        recap = stage.recap(stage.start(60, brands=BRANDS[:2], agents=agents), 1.9)
    assert recap["outcome"] == "finished"
    assert recap["scheduled"] == recap["created"] == 30
    assert set(recap["proposals_failed"]) == {"Stuck gave no answer in 0 s"}


def test_what_is_not_accepted_is_rejected_with_a_reason(open_system: Open) -> None:
    with open_system(writer=CarelessWriter()) as stage:
        recap = stage.recap(stage.start(2, brands=BRANDS[:1]))
    assert (recap["created"], recap["scheduled"]) == (2, 2)
    reasons = [rejection["reason"] for rejection in recap["proposals_rejected"]]
    assert len(reasons) == 4
    for expected, reason in zip(("same title", "another", "no title", "2 were"), reasons, strict=True):
        assert expected in reason


def test_an_upload_that_fails_for_a_while_is_tried_again(open_system: Open) -> None:
    with open_system(backoff=replace(QUICK, tries=8)) as stage:
        tried: list[str] = []

        def every_third(path: str) -> None:
            tried.append(path)
            if len(tried) % 3 == 0:
                raise PassingError("500")

        stage.bucket.fault = every_third
        assert stage.recap(stage.start(20))["scheduled"] == 20


@pytest.mark.parametrize("error", [PassingError("storage answered 500"), StorageError("storage answered 403")])
def test_an_upload_that_fails_for_good_fails_its_job_and_no_other(open_system: Open, error: Exception) -> None:
    with open_system() as stage:
        unlucky: list[str] = []

        def one_job(path: str) -> None:
            unlucky.append(path)
            if path == unlucky[0]:
                raise error

        stage.bucket.fault = one_job
        recap = stage.recap(stage.start(10))
    assert (recap["scheduled"], recap["failed"], recap["outcome"]) == (9, 1, "finished")
    (failure,) = recap["failures"]
    assert failure["stage"] == Stage.UPLOADING
    assert str(error) in failure["reason"]


def test_what_a_job_that_failed_had_stored_is_removed(open_system: Open) -> None:
    timeless = replace(BRANDS[0], publishing_times=PerKind((), (), ()))
    with open_system() as stage:
        recap = stage.recap(stage.start(4, brands=(timeless,)))
    assert recap["failed"] == 4
    assert recap["failures"][0]["stage"] == Stage.SCHEDULING
    assert "no publishing times" in recap["failures"][0]["reason"]
    assert not stage.bucket.objects


def test_a_job_that_goes_silent_is_lost_and_the_burst_ends(open_system: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    from maestro_actors.actors import burst, crew

    monkeypatch.setattr(burst, "TICK", 0.05)
    monkeypatch.setitem(crew.PATIENCE, Stage.UPLOADING, 0.3)
    with open_system() as stage:
        stage.bucket.fault = lambda path: time.sleep(1.0) if not stage.bucket.objects else None
        recap = stage.recap(stage.start(4))
        assert recap["lost"] >= 1
        assert recap["lost"] + recap["scheduled"] == 4
        assert all("silent" in failure["reason"] for failure in recap["failures"])


def test_a_job_whose_actor_is_gone_without_a_word_is_lost(open_system: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    from maestro_actors.actors import burst

    monkeypatch.setattr(burst, "TICK", 0.05)
    with open_system(plan=slow_plan) as stage:
        burst_id = stage.start(1)
        stage.until(lambda snapshot: snapshot["counts"]["rendering"] == 1)
        pykka.ActorRegistry.get_by_class(JobActor)[0].stop()
        recap = stage.recap(burst_id)
    assert recap["lost"] == 1
    assert "gone" in recap["failures"][0]["reason"]


def test_a_bug_of_the_burst_itself_ends_it_and_the_next_one_works(
    open_system: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from maestro_actors.core import review

    def broken(*_details: object) -> str | None:
        raise RuntimeError("a bug")

    with open_system() as stage:
        with monkeypatch.context() as patched:
            patched.setattr(review, "objection", broken)
            recap = stage.recap(stage.start(5))
        assert recap["outcome"] == "failed"
        assert "RuntimeError: a bug" in recap["headline"]
        assert stage.recap(stage.start(5))["scheduled"] == 5
    assert "a bug" in caplog.text


def test_a_system_one_of_whose_actors_has_died_says_so_and_asks_to_be_started_again(open_system: Open) -> None:
    with open_system() as stage:
        stage.system.check()
        pykka.ActorRegistry.get_by_class(TimerActor)[0].stop()
        with pytest.raises(BrokenSystemError, match="TimerActor died"):
            stage.system.snapshot(USER)


def test_cancelling_what_is_unknown_or_over_says_so(open_system: Open) -> None:
    with open_system() as stage:
        with pytest.raises(UnknownBurstError, match="nonsense"):
            stage.system.cancel_burst("nonsense", by="a test")
        burst_id = stage.start(2)
        stage.recap(burst_id)
        assert stage.system.cancel_burst(burst_id, by="a test") is False
        assert stage.look()["recent_burst"]["outcome"] == "finished"


def test_a_burst_that_is_cancelled_keeps_what_was_done_and_starts_nothing_more(open_system: Open) -> None:
    with open_system(jobs_in_flight=2) as stage:
        slow_after = 6

        def slow(path: str) -> None:
            if len(stage.bucket.objects) >= slow_after:
                time.sleep(0.3)

        stage.bucket.fault = slow
        burst_id = stage.start(40)
        stage.until(lambda snapshot: snapshot["counts"]["scheduled"] >= slow_after)
        assert stage.system.cancel_burst(burst_id, by="a test", reason="enough") is True
        assert stage.system.cancel_burst(burst_id, by="a test") is True
        recap = stage.recap(burst_id)
    assert recap["outcome"] == "cancelled"
    assert recap["scheduled"] >= slow_after
    assert recap["scheduled"] + recap["cancelled"] == recap["created"]
    assert len(stage.bucket.objects) == recap["scheduled"], "what a cancelled job had stored is removed"
    assert_true_at_every_moment(stage.seen, burst_id)


def test_a_cancelled_burst_says_that_it_is_stopping_until_nothing_runs(open_system: Open) -> None:
    with open_system() as stage:
        stage.bucket.fault = lambda path: time.sleep(0.5)
        burst_id = stage.start(3)
        stage.until(lambda snapshot: snapshot["counts"]["uploading"] >= 1)
        stage.system.cancel_burst(burst_id, by="a test")
        snapshot = stage.until(lambda snapshot: snapshot["cancelling"])
        assert snapshot["current_phase"] is not None
        assert snapshot["headline"].startswith("Stopping")
        assert stage.recap(burst_id)["outcome"] == "cancelled"


def slow_plan(order: object) -> tuple[object, ...]:
    from benchmarks.children import _long_render

    return _long_render(order)  # type: ignore[arg-type]


def assert_true_at_every_moment(seen: Sequence[Json], burst_id: str) -> None:
    """In every snapshot the counts add up; the phase is gone exactly when the recap is there; versions go up."""
    for snapshot in seen:
        counts = dict(snapshot["counts"])
        assert counts.pop("total") == sum(counts.values())
        assert len(snapshot["jobs"]) <= 60
        recent = snapshot["recent_burst"]
        ended = recent is not None and recent["burst_id"] == burst_id
        assert (snapshot["current_phase"] is None) == ended
        if not ended:
            unsettled = sum(counts[stage] for stage in Stage)
            assert snapshot["current_phase"] == "generating" or unsettled > 0
    versions = [snapshot["version"] for snapshot in seen]
    assert versions == sorted(versions)
    assert {outcome.value for outcome in Outcome} <= set(seen[-1]["counts"])


def test_agents_share_the_work_of_their_brands(open_system: Open) -> None:
    agents = (AGENT, Agent("one", "One", "1", "silent"))
    with open_system() as stage:
        stage.recap(stage.start(40, agents=agents))
        burst = stage.system.ended_burst(USER)
    assert burst is not None
    assert {job.agent for job in burst.jobs.values()} == {"zero", "one"}
