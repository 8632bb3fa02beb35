"""A bug in a burst's own actor: another goes on from what is on record, and a bug that stays ends that burst alone.

With EVERY_MESSAGE the actor dies before and after each message that a burst has.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from maestro_actors.actors.burst import BurstActor
from maestro_actors.actors.lives import RESTARTS
from maestro_actors.core.burst import Burst
from maestro_actors.core.content import Outcome, assets_of
from maestro_actors.rendering.plan import ClaimStep, Order, RenderStep, Step, UploadStep
from maestro_actors.rendering.specs import Rest
from tests.support.patience import eventually
from tests.system.conftest import Open, Stage
from tests.system.promises import assert_no_false_end, ended_burst

STEP = 1 if os.environ.get("EVERY_MESSAGE") else 9
JOBS = 3


def nothing_in_each_asset(order: Order) -> tuple[Step, ...]:
    """A render that does nothing for each asset, and every asset uploaded."""
    assets = [(asset, f"{order.folder}/{asset.filename}") for asset in assets_of(order.job_id, order.proposal)]
    return (
        *(RenderStep("Rendering nothing", Rest(out)) for _, out in assets),
        *(UploadStep(f"Uploading {asset.label}", asset, out) for asset, out in assets),
        ClaimStep(),
    )


@dataclass
class Bug:
    """Comes at the `nth` message of each of the first `lives` actors of a burst, before or after it is dealt with."""

    nth: int
    after: bool
    lives: int = 1
    heard: dict[str, int] = field(default_factory=dict)

    @property
    def times(self) -> int:
        """How often it came."""
        return sum(number >= self.nth for number in list(self.heard.values())[: self.lives])

    def strike(self, actor: BurstActor, deal: Callable[[BurstActor, Any], None], message: Any) -> None:
        number = self.heard[actor.actor_urn] = self.heard.get(actor.actor_urn, 0) + 1
        strikes = number == self.nth and len(self.heard) <= self.lives
        if strikes and not self.after:
            raise RuntimeError("a bug")
        deal(actor, message)
        if strikes:
            raise RuntimeError("a bug")


@pytest.fixture
def buggy(monkeypatch: pytest.MonkeyPatch) -> list[Bug]:
    """The last one in this list is the bug that there is."""
    bugs: list[Bug] = []
    deal: Callable[[BurstActor, Any], None] = BurstActor.on_receive
    monkeypatch.setattr(BurstActor, "on_receive", lambda actor, message: bugs[-1].strike(actor, deal, message))
    return bugs


def a_burst(stage: Stage, *, cancel: bool = False) -> Burst:
    """One from its beginning to its end, in which nothing is seen that is not so."""
    user_id = str(uuid.uuid4())
    stage.seen.clear()
    burst_id = stage.start(JOBS, user=user_id)
    if cancel:
        eventually(lambda: stage.look(user_id)["counts"]["total"] or stage.look(user_id)["recent_burst"])
        stage.system.cancel_burst(burst_id, by="a test")
    stage.recap(burst_id, user=user_id)
    assert_no_false_end(stage.seen, burst_id)
    burst = ended_burst(stage.engine, user_id)
    scheduled = {job.job_id for job in burst.jobs.values() if job.outcome is Outcome.SCHEDULED}
    eventually(lambda: {job_of(path) for path in stage.bucket.objects if path.startswith(user_id)} == scheduled)
    return burst


def job_of(path: str) -> str:
    return path.rpartition("/")[2].partition("_")[0]


@pytest.mark.timeout(120 * 9 // STEP)
@pytest.mark.parametrize("cancel", [False, True], ids=["", "while it is cancelled"])
def test_a_bug_at_any_message_costs_a_burst_nothing(open_system: Open, buggy: list[Bug], cancel: bool) -> None:
    with open_system(plan=nothing_in_each_asset) as stage:
        stage.bucket.fault = lambda path: time.sleep(0.005)  # so that there is something left to cancel
        for after in (False, True):
            for nth in count(1, STEP):
                buggy.append(Bug(nth, after))
                burst = a_burst(stage, cancel=cancel)
                possible = {Outcome.SCHEDULED, Outcome.CANCELLED} if cancel else {Outcome.SCHEDULED}
                assert {job.outcome for job in burst.jobs.values()} <= possible
                assert cancel or len(burst.jobs) == JOBS
                if not buggy[-1].times:
                    break
            assert len(buggy) > 2
    print(f"\n{sum(bug.times for bug in buggy)} bugs")  # noqa: T201


def test_a_bug_in_three_actors_of_a_burst_after_each_other_costs_it_nothing(
    open_system: Open, buggy: list[Bug]
) -> None:
    buggy.append(Bug(12, after=True, lives=RESTARTS))
    with open_system(plan=nothing_in_each_asset) as stage:
        assert a_burst(stage).count(Outcome.SCHEDULED) == JOBS
    assert (len(buggy[-1].heard), buggy[-1].times) == (RESTARTS + 1, RESTARTS)


@pytest.mark.parametrize("nth", [1, 12])
def test_a_bug_that_stays_ends_its_burst_with_the_reason_and_the_next_one_works(
    open_system: Open, buggy: list[Bug], nth: int
) -> None:
    buggy.append(Bug(nth, after=True, lives=100))
    with open_system(plan=nothing_in_each_asset) as stage:
        burst = a_burst(stage)
        assert (burst.outcome, buggy[-1].times) == ("failed", RESTARTS + 1)
        assert burst.crash
        assert "RuntimeError: a bug" in burst.crash.reason
        assert burst.count(Outcome.SCHEDULED) + burst.count(Outcome.LOST) == len(burst.jobs)
        buggy.append(Bug(0, after=True))
        recap = stage.recap(stage.start(JOBS))
        assert recap["scheduled"] == JOBS
