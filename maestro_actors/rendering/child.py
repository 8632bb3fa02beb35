"""The body of a renderer's child process: specs come in through its pipe, answers go out.

Light on purpose: the parent imports this module to name `serve`, and only the child imports Pillow and PyAV. A child
leaves when its pipe closes, and also in the middle of an encoding when the worker dies, which it sees in a thread.
It ignores SIGINT, SIGTERM and SIGHUP, because Ctrl-C and a process manager's signal reach the whole group: only the
worker decides when a child ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait

from maestro_actors.errors import MaestroError
from maestro_actors.rendering.specs import RenderedFile, RenderSpec, Report

# What the forkserver imports once, for every child.
PRELOAD = ("maestro_actors.rendering.forkserver", "maestro_actors.rendering.render")
NICENESS = 10  # the coordinator and the web stay quick while every core renders
REPORT_INTERVAL = 0.5  # seconds between two words on how far a long render is


@dataclass(frozen=True, slots=True)
class Ready:
    """The child can render."""


@dataclass(frozen=True, slots=True)
class Progress:
    """So much of the spec is rendered: a share from 0 to 1."""

    share: float


@dataclass(frozen=True, slots=True)
class Done:
    """The spec is rendered."""

    file: RenderedFile


@dataclass(frozen=True, slots=True)
class Refused:
    """The spec cannot be rendered, and why. `details` is a traceback where the reason is a bug of ours."""

    reason: str
    details: str = ""


Answer = Ready | Progress | Done | Refused


Renderer = Callable[[RenderSpec, Report], RenderedFile]


def serve(pipe: Connection, cores: frozenset[int]) -> None:
    """Render what comes through the pipe until it closes, on any of the cores (none: on those it is given)."""
    if cores:
        os.sched_setaffinity(0, cores)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    os.nice(NICENESS)
    threading.Thread(target=_leave_with_the_worker, name="leave-with-the-worker", daemon=True).start()
    from maestro_actors.rendering.render import render

    try:
        pipe.send(Ready())
        while True:
            pipe.send(_answer(pipe.recv(), render, _Reporter(pipe)))
    except (EOFError, OSError):  # the worker closed the pipe: nobody is left to answer
        return


class _Reporter:
    """Says how much is done, now and then: a message a frame would be forty a second for nobody."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._next = time.monotonic() + REPORT_INTERVAL

    def __call__(self, share: float) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + REPORT_INTERVAL
            self._pipe.send(Progress(share))


def _answer(spec: RenderSpec, render: Renderer, report: Report) -> Done | Refused:
    try:
        return Done(render(spec, report))
    except MaestroError as error:
        return Refused(str(error))
    except Exception as error:  # noqa: BLE001 - a bug fails its render, and with its traceback; the child lives on
        return Refused(f"an internal error in {type(spec).__name__} ({error!r})", traceback.format_exc())


def _leave_with_the_worker() -> None:
    worker = multiprocessing.parent_process()
    assert worker is not None, "serve runs in a child process"
    wait([worker.sentinel])
    os._exit(1)
