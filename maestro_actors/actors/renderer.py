"""RendererActor: owns one child process, which renders one spec at a time.

A thread reads the child's pipe and turns what comes into messages; the end of the pipe is the child's death, and a
death is an answer like any other: the render is handed back to the pool, or was not wanted any more, or took too
long. Then a new child is started. Children are killed with SIGKILL alone: an encoder in C hears nothing gentler.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from maestro_actors.actors.actor import Actor, bug, tell
from maestro_actors.actors.messages import (
    Begin,
    Leave,
    Ref,
    Remind,
    Rendered,
    RenderFailed,
    Task,
    Tick,
    Withdrawn,
    WorkProgressed,
    WorkStarted,
)
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
from maestro_actors.rendering import child
from maestro_actors.rendering.specs import EncodeReel

log = logging.getLogger(__name__)

START_DEADLINE = 30.0  # seconds until a child has loaded what it renders with; it takes well under one
STILL_DEADLINE = 60.0  # seconds; a picture takes well under one
VIDEO_DEADLINE = 120.0  # seconds; a reel takes about five
WATCH = 1.0  # seconds between two looks at the deadline of a render
RESTART_DELAYS = (0.0, 0.0, 0.2, 1.0, 5.0)  # seconds before a child is started again that died while starting


@dataclass(frozen=True, slots=True)
class ChildAnswered:
    """From the thread that reads the pipe of child number `generation`."""

    generation: int
    answer: child.Answer


@dataclass(frozen=True, slots=True)
class ChildDied:
    """The pipe of child number `generation` has ended, and the process too."""

    generation: int
    exit_code: int | None


@dataclass(frozen=True, slots=True)
class StartChild:
    """To oneself: it is time to try again."""


class RendererActor(Actor):
    """Answers whoever asked for the render, and tells the pool when it is free."""

    def __init__(self, pool: Ref, timer: Ref, cores: frozenset[int]) -> None:
        super().__init__()
        self._cores = cores
        self._pool = pool
        self._timer = timer
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._generation = 0
        self._ready = False
        self._failed_starts = 0
        self._attempt: RenderAttempt | None = None
        self._verdict: Withdrawn | RenderFailed | None = None
        self._settled: Task | None = None
        self._sent_at = 0.0
        self._deadline = 0.0
        self._watching = False

    def on_receive(self, message: object) -> None:
        match message:
            case ChildAnswered(generation) | ChildDied(generation) if generation != self._generation:
                log.debug("a word of a child before this one", extra={"told": message})
            case ChildAnswered(answer=answer):
                self._answered(answer)
            case ChildDied(exit_code=exit_code):
                self._died(exit_code)
            case Run(attempt):
                self._attempt = attempt
                if self._ready:
                    self._send()
            case Abort(task):
                self._abort(task)
            case Tick():
                self._watch()
            case Begin() | StartChild():
                self._start_child()
            case Leave():
                self._kill()
                self.stop()

    def on_failure(self, _type: object, error: BaseException | None, _traceback: object) -> None:
        self._kill()
        tell(self._pool, RendererCrashed(self.actor_ref, self._attempt, bug(error)))

    # The child's life.

    def _start_child(self) -> None:
        self._generation += 1
        self._ready = False
        try:
            self._process, self._pipe = _spawn(self._generation, self._cores)
        except (OSError, EOFError) as error:
            self._died_idle(f"{type(error).__name__}: {error}")
            return
        threading.Thread(
            target=_read,
            args=(self._pipe, self._process, self._generation, self.actor_ref),
            name=f"{type(self).__name__}-pipe",
            daemon=True,
        ).start()
        self._deadline = time.monotonic() + START_DEADLINE
        self._keep_watch()

    def _abort(self, task: Task) -> None:
        if self._attempt is None or self._attempt.command.task != task:
            return
        if self._ready:
            self._end_child(Withdrawn(task))
        else:  # it waits for a child that is still starting
            self._attempt, self._settled = None, task
            tell(task.reply_to, Withdrawn(task))

    def _kill(self) -> None:
        if self._process and self._process.pid:
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)

    def _end_child(self, verdict: Withdrawn | RenderFailed) -> None:
        self._verdict = verdict
        self._kill()

    def _died(self, exit_code: int | None) -> None:
        if self._pipe:
            self._pipe.close()
        self._process = None  # its id may be another's by now
        tell(self._pool, ChildGone())
        if self._attempt and self._ready:
            self._died_busy(self._attempt, exit_code)
            self._start_child()
        else:
            self._died_idle(_cause(exit_code))

    def _died_busy(self, attempt: RenderAttempt, exit_code: int | None) -> None:
        verdict = self._verdict
        self._attempt = self._verdict = None
        if verdict:
            self._settled = attempt.command.task
            tell(self._settled.reply_to, verdict)
        else:
            log.warning("renderer died", extra={"exit_code": exit_code, "task": attempt.command.task})
            reason = f"its renderer process died ({_cause(exit_code)})"
            tell(self._pool, RenderInterrupted(attempt, reason))

    def _died_idle(self, cause: str) -> None:
        """A render that waits for the child goes on waiting: it was not the one who killed it."""
        self._ready = False
        self._failed_starts += 1
        log.warning("renderer died idle", extra={"cause": cause, "in_a_row": self._failed_starts})
        if self._failed_starts >= len(RESTART_DELAYS):
            reason = f"renderer processes die while starting ({cause}): run `maestro doctor`"
            tell(self._pool, RendererBroken(self.actor_ref, self._attempt, reason))
            self._attempt = None
        delay = RESTART_DELAYS[min(self._failed_starts, len(RESTART_DELAYS)) - 1]
        if delay:
            tell(self._timer, Remind(self.actor_ref, StartChild(), delay))
        else:
            self._start_child()

    # One render.

    def _send(self) -> None:
        assert self._attempt is not None, "there is a render"
        assert self._pipe is not None, "there is a child for it"
        command, number = self._attempt.command, self._attempt.number
        video = isinstance(command.spec, EncodeReel)
        self._sent_at = time.monotonic()
        self._deadline = self._sent_at + (VIDEO_DEADLINE if video else STILL_DEADLINE)
        try:
            self._pipe.send(command.spec)
        except OSError:  # it died idle: this render did not kill it, and waits for the next child
            self._ready = False
        else:
            tell(command.task.watcher, WorkStarted(command.task, number))
        self._keep_watch()

    def _answered(self, answer: child.Answer) -> None:
        if isinstance(answer, child.Progress):
            self._progressed(answer.share)
            return
        took = None
        if isinstance(answer, child.Ready):
            self._ready, self._failed_starts = True, 0
        elif self._verdict or self._attempt is None:
            return  # it finished as it was being killed: ChildDied says how that ended
        else:
            self._settled = self._attempt.command.task
            self._attempt = None
            took = time.monotonic() - self._sent_at if isinstance(answer, child.Done) else None
            tell(self._settled.reply_to, _reply(self._settled, answer))
        if self._attempt:
            self._send()
        else:
            tell(self._pool, RendererFree(self.actor_ref, self._settled, took))
            self._settled = None

    def _progressed(self, share: float) -> None:
        if self._attempt and not self._verdict:
            tell(self._attempt.command.task.watcher, WorkProgressed(self._attempt.command.task, share))

    def _keep_watch(self) -> None:
        if not self._watching:
            self._watching = True
            tell(self._timer, Remind(self.actor_ref, Tick(), WATCH))

    def _watch(self) -> None:
        self._watching = False
        if self._ready and self._attempt is None:
            return
        if time.monotonic() > self._deadline and not self._verdict:
            if self._attempt and self._ready:
                self._verdict = RenderFailed(self._attempt.command.task, "the render took too long and was stopped")
            self._kill()
        self._keep_watch()


def _reply(task: Task, answer: child.Done | child.Refused) -> Rendered | RenderFailed:
    match answer:
        case child.Done(file):
            return Rendered(task, file)
        case child.Refused(reason, details):
            if details:
                log.error("render failed by a bug", extra={"task": task, "details": details})
            return RenderFailed(task, reason)


def _spawn(generation: int, cores: frozenset[int]) -> tuple[BaseProcess, Connection]:
    """A child that is starting, and our end of its pipe. Raises OSError or EOFError where the system has no more."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(child.PRELOAD))
    ours, theirs = context.Pipe()
    try:
        process = context.Process(
            target=child.serve, args=(theirs, cores), name=f"maestro-renderer-{generation}", daemon=True
        )
        process.start()
    except (OSError, EOFError):
        ours.close()
        raise
    finally:
        theirs.close()
    return process, ours


def _read(pipe: Connection, process: BaseProcess, generation: int, renderer: Ref) -> None:
    """Turn what comes through the pipe into messages, until it ends with the child."""
    try:
        while True:
            tell(renderer, ChildAnswered(generation, pipe.recv()))
    except (EOFError, OSError):
        pass  # the pipe has ended; a child without one leaves at once
    except Exception:
        log.exception("a renderer said something unreadable", extra={"pid": process.pid})
        process.kill()
    process.join()
    tell(renderer, ChildDied(generation, process.exitcode))


def _cause(exit_code: int | None) -> str:
    if exit_code is None or exit_code >= 0:
        return f"exit code {exit_code}"
    with suppress(ValueError):
        return f"killed by {signal.Signals(-exit_code).name}"
    return f"killed by signal {-exit_code}"
