"""One job with real services' stand-ins: an actor that keeps what it is asked, and a test that answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from maestro_actors.actors.actor import tell
from maestro_actors.actors.job import JobActor
from maestro_actors.actors.messages import (
    Begin,
    Cancel,
    Ref,
    Render,
    Rendered,
    RenderFailed,
    RenderLost,
    Stored,
    StoreFailed,
    Upload,
    Withdraw,
    Withdrawn,
)
from maestro_actors.actors.studio import Services
from maestro_actors.core.content import Kind, Proposal, Stage
from maestro_actors.core.events import (
    AssetStored,
    JobCancelled,
    JobFailed,
    JobLost,
    JobOutcome,
    StageEntered,
)
from maestro_actors.rendering.plan import Order, Planner, plan_offline
from maestro_actors.rendering.specs import RenderedFile
from tests.actors.conftest import Deaths
from tests.support.answers import Answers
from tests.support.patience import eventually
from tests.support.studio import a_brand

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
JOB = "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"
PROPOSAL = Proposal(Kind.POST, "knead-and-spoke", "Bread", "Bread.", "a loaf", ("Flour", "Water"))


@dataclass
class Scene:
    """The job, its burst, and the one service that stands for all."""

    burst: Answers
    service: Answers
    folder: Path
    plan: Planner = plan_offline
    job: Ref = field(init=False)
    answered: int = 0

    def begin(self) -> None:
        services = Services(self.service.ref, self.service.ref, self.service.ref, None, self.plan, lambda: NOW)
        order = Order(JOB, a_brand(), PROPOSAL, 1, str(self.folder))
        self.job = JobActor.start(order, "user", "burst", self.burst.ref, services)
        tell(self.job, Begin())

    def asked(self, kind: type) -> Any:
        """The next question, which is of this kind."""
        question = eventually(lambda: self.service.all[self.answered : self.answered + 1])[0]
        assert isinstance(question, kind)
        self.answered += 1
        return question

    def render(self) -> None:
        question = self.asked(Render)
        out = question.spec.out
        Path(out).write_bytes(b"picture")
        tell(self.job, Rendered(question.task, RenderedFile(out, 7, "sha")))

    def upload(self) -> None:
        question = self.asked(Upload)
        tell(self.job, Stored(question.task, f"https://example.org/{question.path}"))

    def outcome(self) -> JobOutcome:
        outcomes = eventually(lambda: [event for event in self.burst.all if isinstance(event, JobOutcome)])
        assert len(outcomes) == 1
        eventually(lambda: not self.job.is_alive())
        assert not self.folder.exists(), "the folder goes before the outcome is told"
        only: JobOutcome = outcomes[0]
        return only


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(Answers(), Answers(), tmp_path / JOB)


def test_a_job_goes_through_its_stages_until_everything_is_stored(scene: Scene) -> None:
    scene.begin()
    scene.render()
    scene.render()
    scene.upload()
    scene.upload()
    eventually(lambda: not scene.job.is_alive())
    assert not scene.folder.exists(), "nothing in it is needed any more"
    assert scene.burst.all[-1] == StageEntered(NOW, JOB, Stage.SCHEDULING, "Claiming a publishing slot", "the calendar")
    assert not [event for event in scene.burst.all if isinstance(event, JobOutcome)], "the slot is the burst's to claim"
    stages = [event.stage for event in scene.burst.all if isinstance(event, StageEntered)]
    assert stages == [Stage.GENERATING, Stage.RENDERING, Stage.UPLOADING, Stage.SCHEDULING]
    stored = [event.stored.asset.filename for event in scene.burst.all if isinstance(event, AssetStored)]
    assert stored == [f"{JOB}_background.png", f"{JOB}_slide_1.png"]


def test_uploads_go_to_the_path_of_the_user_the_brand_and_the_job(scene: Scene) -> None:
    scene.begin()
    scene.render()
    scene.render()
    upload = scene.asked(Upload)
    assert upload.path == f"user/knead-and-spoke/posts/{JOB}_background.png"
    assert (upload.content_type, upload.size) == ("image/png", 7)
    tell(scene.job, StoreFailed(upload.task, "enough"))
    scene.outcome()


@pytest.mark.parametrize(
    ("renders", "uploads", "answer", "kind", "reason"),
    [
        (0, 0, lambda task: RenderFailed(task, "no glyphs"), JobFailed, "no glyphs"),
        (1, 0, lambda task: RenderFailed(task, "disk full"), JobFailed, "disk full"),
        (1, 0, lambda task: RenderLost(task, "killed twice"), JobLost, "killed twice"),
        (2, 0, lambda task: StoreFailed(task, "403"), JobFailed, "403"),
        (2, 1, lambda task: StoreFailed(task, "away"), JobFailed, "away"),
    ],
)
def test_a_failure_is_the_outcome_with_its_reason(
    scene: Scene, renders: int, uploads: int, answer: Any, kind: type, reason: str
) -> None:
    go_to(scene, renders, uploads)
    tell(scene.job, answer(scene.asked(object).task))
    outcome = scene.outcome()
    assert isinstance(outcome, kind)
    assert getattr(outcome, "reason", None) == reason


@pytest.mark.parametrize(("renders", "uploads"), [(0, 0), (1, 0), (2, 0), (2, 1)])
def test_cancel_withdraws_what_was_asked_and_waits_for_the_answer(scene: Scene, renders: int, uploads: int) -> None:
    go_to(scene, renders, uploads)
    question = scene.asked(object)
    tell(scene.job, Cancel())
    assert scene.asked(Withdraw).task == question.task
    assert not any(isinstance(event, JobOutcome) for event in scene.burst.all)
    tell(scene.job, Withdrawn(question.task))
    assert scene.outcome() == JobCancelled(NOW, JOB)


def test_an_upload_that_was_under_way_when_cancelled_is_told_before_the_end(scene: Scene) -> None:
    go_to(scene, 2, 0)
    upload = scene.asked(Upload)
    tell(scene.job, Cancel())
    scene.asked(Withdraw)
    tell(scene.job, Stored(upload.task, "https://example.org/x"))
    assert scene.outcome() == JobCancelled(NOW, JOB)
    assert any(isinstance(event, AssetStored) for event in scene.burst.all)


def test_a_failure_after_cancel_is_a_cancelled_job(scene: Scene) -> None:
    go_to(scene, 1, 0)
    question = scene.asked(Render)
    tell(scene.job, Cancel())
    tell(scene.job, RenderFailed(question.task, "disk full"))
    assert scene.outcome() == JobCancelled(NOW, JOB)


def test_cancelling_twice_is_cancelling_once(scene: Scene) -> None:
    scene.begin()
    question = scene.asked(Render)
    tell(scene.job, Cancel())
    tell(scene.job, Cancel())
    tell(scene.job, Withdrawn(question.task))
    tell(scene.job, Withdrawn(question.task))
    assert scene.outcome() == JobCancelled(NOW, JOB)


def test_answers_to_earlier_questions_change_nothing(scene: Scene) -> None:
    scene.begin()
    first = scene.asked(Render)
    rendered = Rendered(first.task, RenderedFile(first.spec.out, 7, "sha"))
    tell(scene.job, rendered)
    tell(scene.job, rendered)
    tell(scene.job, RenderFailed(first.task, "late"))
    second = scene.asked(Render)
    tell(scene.job, RenderFailed(second.task, "in time"))
    assert scene.outcome() == JobFailed(NOW, JOB, "in time")


def test_a_folder_that_cannot_be_made_fails_the_job_with_a_remedy(scene: Scene) -> None:
    scene.folder = scene.folder.parent / "missing" / JOB
    scene.begin()
    outcome = scene.outcome()
    assert isinstance(outcome, JobFailed)
    assert "TMPDIR" in outcome.reason
    assert str(scene.folder) in outcome.reason


def test_a_bug_loses_the_job_and_says_so(scene: Scene, deaths: Deaths) -> None:
    def broken(_order: Order) -> Any:
        raise RuntimeError("a bug")

    scene.plan = broken
    scene.begin()
    outcome = scene.outcome()
    assert isinstance(outcome, JobLost)
    assert "RuntimeError: a bug" in outcome.reason
    assert len(deaths.take()) == 1


def test_a_service_that_is_gone_loses_the_job(scene: Scene) -> None:
    scene.service.ref.stop()
    scene.begin()
    outcome = scene.outcome()
    assert isinstance(outcome, JobLost)
    assert outcome.reason == "Listener is gone"


def go_to(scene: Scene, renders: int, uploads: int) -> None:
    scene.begin()
    for _ in range(renders):
        scene.render()
    for _ in range(uploads):
        scene.upload()
