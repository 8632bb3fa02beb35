"""JobActor: takes one accepted proposal through its steps, until everything is stored or it has another outcome.

It has one question open at a time and stays between the answers, so a cancel is heard at once: what waits is taken
out of its queue, a render is killed, an upload under way is waited for. Its last word is an outcome, or that it has
come to scheduling: then nothing is left to do but to claim a slot, which its burst does for it. The folder goes
before that word.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import pykka

from maestro_actors.actors.actor import Actor, bug, tell
from maestro_actors.actors.messages import (
    Begin,
    Cancel,
    JobAnswer,
    Paint,
    Painted,
    PaintFailed,
    Ref,
    Render,
    Rendered,
    RenderFailed,
    RenderLost,
    Stored,
    StoreFailed,
    Task,
    Upload,
    Withdraw,
    Withdrawn,
    Work,
)
from maestro_actors.actors.studio import Services
from maestro_actors.core.content import StoredAsset
from maestro_actors.core.events import (
    AssetStored,
    JobCancelled,
    JobEvent,
    JobFailed,
    JobLost,
    JobOutcome,
    StageEntered,
    StepQueued,
)
from maestro_actors.rendering.plan import ClaimStep, Order, PaintStep, RenderStep, Step, UploadStep
from maestro_actors.rendering.specs import RenderedFile

log = logging.getLogger(__name__)

Question = RenderStep | PaintStep | UploadStep


@dataclass(frozen=True, slots=True)
class Ask:
    """One step as a question: whom to ask what, and what people read while nobody takes it up."""

    of: Ref
    work: Work
    waiting_for: str


class JobActor(Actor):
    """One job on its way."""

    def __init__(
        self, order: Order, user_id: str, burst_id: str, burst: Ref, services: Services, first_step: int = 1
    ) -> None:
        """`first_step` numbers the questions: two actors that follow each other at one job never share a number."""
        super().__init__()
        self._order = order
        self._user_id = user_id
        self._burst_id = burst_id
        self._burst = burst
        self._services = services
        self._steps: Iterator[Step] = iter(())
        self._step: Step | None = None
        self._number = first_step - 1
        self._asked: Ask | None = None
        self._files: dict[str, RenderedFile] = {}
        self._cancelled = False

    def on_receive(self, message: Begin | Cancel | JobAnswer) -> None:
        match message:
            case Begin():
                self._begin()
            case Cancel():
                self._cancel()
            case _ if self._asked is None or message.task != self._asked.work.task:
                log.debug("an answer to an earlier question", extra={"told": message})
            case Rendered(file=file) | Painted(file=file):
                self._files[file.path] = file
                self._next()
            case Stored():
                self._stored()
                self._next()
            case Withdrawn():
                self._settle(JobCancelled(self._now(), self._order.job_id))
            case RenderLost(reason=reason):
                self._settle(JobLost(self._now(), self._order.job_id, reason))
            case RenderFailed() | PaintFailed() | StoreFailed():
                self._failed(message.reason)

    def on_failure(self, _type: object, error: BaseException | None, _traceback: object) -> None:
        shutil.rmtree(self._order.folder, ignore_errors=True)
        self._tell(JobLost(self._now(), self._order.job_id, bug(error)))

    # Its life.

    def _begin(self) -> None:
        try:
            os.mkdir(self._order.folder)  # noqa: PTH102 - a Path costs more than the folder
        except OSError as error:
            reason = f"no temporary folder {self._order.folder} ({error.strerror}): free some space or set TMPDIR"
            self._settle(JobFailed(self._now(), self._order.job_id, reason))
            return
        self._steps = iter(self._services.plan(self._order))
        self._next()

    def _next(self) -> None:
        before, self._step = self._step, next(self._steps)
        if self._cancelled:
            self._settle(JobCancelled(self._now(), self._order.job_id))
            return
        if isinstance(self._step, ClaimStep):
            self._stored_everything(self._step)
            return
        self._number += 1
        self._asked = ask = self._question(self._step)
        if before is None or before.stage is not self._step.stage:
            stage, doing = self._step.stage, self._step.doing
            self._tell(StageEntered(self._now(), self._order.job_id, stage, doing, ask.waiting_for))
        else:
            self._tell(StepQueued(self._now(), self._order.job_id, self._step.doing, ask.waiting_for))
        try:
            ask.of.tell(ask.work)
        except pykka.ActorDeadError:
            self._settle(JobLost(self._now(), self._order.job_id, f"{ask.of.actor_class.__name__} is gone"))

    def _question(self, step: Question) -> Ask:
        services = self._services
        task = Task(self._burst_id, self._order.job_id, self._number, self.actor_ref, self._burst)
        match step:
            case RenderStep(spec=spec):
                return Ask(services.pool, Render(task, spec), "a free renderer")
            case PaintStep():
                assert services.painter is not None, "a plan with a painter goes with a painter"
                work = Paint(task, step.prompt, step.size, step.seed, step.out)
                return Ask(services.painter, work, "the painter")
            case UploadStep(asset=asset, file=file):
                path = asset.path(self._user_id, self._order.brand.slug)
                size = self._files[file].bytes
                return Ask(services.storage, Upload(task, path, file, asset.content_type, size), "its turn to upload")

    def _stored(self) -> None:
        assert isinstance(self._step, UploadStep), "only an upload is stored"
        file = self._files[self._step.file]
        stored = StoredAsset(self._step.asset, file.bytes, file.sha256)
        self._tell(AssetStored(self._now(), self._order.job_id, stored))

    def _stored_everything(self, step: ClaimStep) -> None:
        self._asked = None
        _remove(self._order.folder)
        self._tell(StageEntered(self._now(), self._order.job_id, step.stage, step.doing, "the calendar"))
        self.stop()

    def _cancel(self) -> None:
        """Whoever was asked answers once more: until then something of the job may still run."""
        self._cancelled = True
        if self._asked is None:
            self._settle(JobCancelled(self._now(), self._order.job_id))
        else:
            tell(self._asked.of, Withdraw(self._asked.work.task))

    def _failed(self, reason: str) -> None:
        outcome = JobCancelled(self._now(), self._order.job_id) if self._cancelled else None
        self._settle(outcome or JobFailed(self._now(), self._order.job_id, reason))

    def _settle(self, outcome: JobOutcome) -> None:
        self._asked = None
        _remove(self._order.folder)
        self._tell(outcome)
        self.stop()

    def _tell(self, event: JobEvent) -> None:
        tell(self._burst, event)

    def _now(self) -> datetime:
        return self._services.clock()


def _remove(folder: str) -> None:
    with suppress(OSError):  # an empty one, at a third of the price
        os.rmdir(folder)  # noqa: PTH106 - as above
        return
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        log.error("temporary folder left behind", extra={"folder": folder, "reason": str(error)})
