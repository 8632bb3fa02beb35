"""RenderPool: the queue in front of the renderers, one renderer per core, fair between bursts."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import dataclass

from maestro_actors.actors.actor import Actor, bug, tell
from maestro_actors.actors.messages import (
    Begin,
    GetFigures,
    Leave,
    Ref,
    Remind,
    Render,
    RenderFailed,
    RenderLost,
    Task,
    Withdraw,
    Withdrawn,
    WorkDelayed,
)
from maestro_actors.actors.renderer import RendererActor
from maestro_actors.actors.rendering import (
    Abort,
    ChildGone,
    RenderAttempt,
    RendererBroken,
    RendererCrashed,
    RendererFree,
    RenderInterrupted,
    Run,
)
from maestro_actors.core.fair_queue import FairQueue
from maestro_actors.core.figures import Histogram
from maestro_actors.core.snapshot import Json

log = logging.getLogger(__name__)

ATTEMPTS = 2  # a render whose process died is tried once more: it may have been the system, or the render itself


CRASHES = 5  # of renderers by bugs, none of them free in between, until what waits is told that it waits in vain
AFTER_A_CRASH = 0.2  # seconds until a renderer that died of a bug has a successor: the bug may come back at once


@dataclass(frozen=True, slots=True)
class AddRenderer:
    """To oneself: it is time."""


class RenderPool(Actor):
    """Hands each free renderer the next render; renderers answer the job themselves."""

    def __init__(self, renderers: int, timer: Ref, cores: frozenset[int]) -> None:
        super().__init__()
        self._cores = cores
        self._timer = timer
        self._size = renderers
        self._renderers: set[Ref] = set()
        self._free: list[Ref] = []
        self._broken: dict[Ref, str] = {}
        self._waiting: FairQueue[RenderAttempt] = FairQueue()
        self._running: dict[Task, tuple[Ref, RenderAttempt]] = {}
        self._unwanted: set[Task] = set()
        self._crashes = 0
        self._replaced = 0
        self._took: defaultdict[str, Histogram] = defaultdict(Histogram)

    def on_receive(self, message: object) -> Json | None:
        match message:
            case Render(task):
                self._waiting.put(task.burst_id, RenderAttempt(message))
            case RendererFree():
                self._renderer_free(message)
            case Withdraw(task):
                self._withdraw(task)
            case RenderInterrupted(attempt, reason):
                self._forget(attempt.command.task)
                self._once_more(attempt, reason)
            case RendererBroken():
                self._renderer_broken(message)
            case RendererCrashed():
                self._renderer_crashed(message)
            case ChildGone():
                self._replaced += 1
            case Begin():
                for _ in range(self._size):
                    self._add_renderer()
            case AddRenderer():
                self._add_renderer()
            case GetFigures():
                return self._figures()
            case Leave():
                self._leave()
                return None
        self._hand_out()
        return None

    def on_failure(self, _type: object, error: BaseException | None, _traceback: object) -> None:
        running = [attempt for _, attempt in self._running.values()]
        for attempt in (*running, *self._waiting.take_out(lambda _: True)):
            tell(attempt.command.task.reply_to, RenderLost(attempt.command.task, bug(error)))
        self._tell_renderers_to_leave()

    def _add_renderer(self) -> None:
        renderer = RendererActor.start(self.actor_ref, self._timer, self._cores)
        self._renderers.add(renderer)
        tell(renderer, Begin())

    def _leave(self) -> None:
        self._tell_renderers_to_leave()
        self.stop()

    def _tell_renderers_to_leave(self) -> None:
        for renderer in self._renderers:
            tell(renderer, Leave())

    def _hand_out(self) -> None:
        while self._free and (attempt := self._waiting.pop(0.0)):
            renderer = self._free.pop()
            self._running[attempt.command.task] = renderer, attempt
            tell(renderer, Run(attempt))
        if self._broken and len(self._broken) == len(self._renderers):
            reason = next(iter(self._broken.values()))
            self._fail_all(reason)

    def _fail_all(self, reason: str) -> None:
        for attempt in self._waiting.take_out(lambda _: True):
            tell(attempt.command.task.reply_to, RenderFailed(attempt.command.task, reason))

    def _renderer_free(self, message: RendererFree) -> None:
        if message.had:
            self._done_with(message.had, message.took)
            self._unwanted.discard(message.had)
        self._broken.pop(message.renderer, None)
        self._crashes = 0
        handed = any(renderer == message.renderer for renderer, _ in self._running.values())
        if not handed and message.renderer not in self._free:  # else: said before it heard of what it was handed
            self._free.append(message.renderer)

    def _renderer_broken(self, message: RendererBroken) -> None:
        """Keep it out of the queue until it is free again; what it was to do goes back there."""
        self._broken[message.renderer] = message.reason
        self._free = [renderer for renderer in self._free if renderer != message.renderer]
        if message.attempt is None:
            return
        task = message.attempt.command.task
        self._forget(task)
        if task in self._unwanted:
            self._unwanted.discard(task)
            tell(task.reply_to, Withdrawn(task))
        else:
            self._waiting.put_first(task.burst_id, message.attempt)

    def _withdraw(self, task: Task) -> None:
        if self._waiting.take_out(lambda attempt: attempt.command.task == task):
            tell(task.reply_to, Withdrawn(task))
        if task in self._running:
            renderer, _ = self._running[task]
            self._unwanted.add(task)
            tell(renderer, Abort(task))

    def _once_more(self, attempt: RenderAttempt, reason: str) -> None:
        task = attempt.command.task
        if task in self._unwanted:
            self._unwanted.discard(task)
            tell(task.reply_to, Withdrawn(task))
        elif attempt.number >= ATTEMPTS:
            tell(task.reply_to, RenderLost(task, f"{reason}, {ATTEMPTS} times"))
        else:
            self._waiting.put_first(task.burst_id, RenderAttempt(attempt.command, attempt.number + 1))
            tell(task.watcher, WorkDelayed(task, f"another renderer: {reason}"))

    def _renderer_crashed(self, message: RendererCrashed) -> None:
        self._replaced += 1
        self._renderers.discard(message.renderer)
        self._broken.pop(message.renderer, None)
        self._free = [renderer for renderer in self._free if renderer != message.renderer]
        for task in [task for task, (renderer, _) in self._running.items() if renderer == message.renderer]:
            _, attempt = self._running.pop(task)
            self._once_more(attempt, message.reason)
        self._crashes += 1
        if self._crashes >= CRASHES:
            self._fail_all(message.reason)
        tell(self._timer, Remind(self.actor_ref, AddRenderer(), AFTER_A_CRASH * self._crashes))

    def _forget(self, task: Task) -> None:
        self._running.pop(task, None)

    def _done_with(self, task: Task, took: float | None) -> None:
        running = self._running.pop(task, None)
        if running and took is not None:
            _, attempt = running
            self._took[attempt.command.spec.makes].observe(took)

    def _figures(self) -> Json:
        """Each render by what it makes, reckoned from where its child took it up; those that failed are not in it."""
        return {
            "queues": {"renders": len(self._waiting)},
            "renderers": {"total": len(self._renderers), "busy": len(self._running), "replaced": self._replaced},
            "durations": {"render": {makes: took.as_json() for makes, took in self._took.items()}},
        }
