"""The body of a renderer's child process: specs come in through its pipe, answers go out.

Light on purpose: the parent imports this module to name `serve`, and only the child imports Pillow and PyAV. A child
leaves when its pipe closes, and also in the middle of an encoding when the worker dies, which it sees in a thread.
It ignores SIGINT, SIGTERM and SIGHUP, because Ctrl-C and a process manager's signal reach the whole group: only the
worker decides when a child ends.
"""

from __future__ import annotations

import hashlib
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
from maestro_actors.rendering.specs import RenderedFile, RenderSpec, Rest

PRELOAD = ("maestro_actors.rendering.render",)  # what the forkserver imports once, for every child
NICENESS = 10  # the coordinator and the web stay quick while every core renders
NOTHING = hashlib.sha256().hexdigest()


@dataclass(frozen=True, slots=True)
class Ready:
    """The child can render."""


@dataclass(frozen=True, slots=True)
class Done:
    """The spec is rendered."""

    file: RenderedFile


@dataclass(frozen=True, slots=True)
class Refused:
    """The spec cannot be rendered, and why. `details` is a traceback where the reason is a bug of ours."""

    reason: str
    details: str = ""


Answer = Ready | Done | Refused


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
            pipe.send(_answer(pipe.recv(), render))
    except (EOFError, OSError):  # the worker closed the pipe: nobody is left to answer
        return


def _answer(spec: RenderSpec, render: Callable[[RenderSpec], RenderedFile | None]) -> Answer:
    try:
        if isinstance(spec, Rest):
            time.sleep(spec.seconds)
            return Done(RenderedFile(spec.out, 0, NOTHING))
        file = render(spec)
        assert file is not None, "every spec but Rest leaves a file"
        return Done(file)
    except MaestroError as error:
        return Refused(str(error))
    except Exception as error:  # noqa: BLE001 - a bug fails its render, and with its traceback; the child lives on
        return Refused(f"an internal error in {type(spec).__name__} ({error!r})", traceback.format_exc())


def _leave_with_the_worker() -> None:
    worker = multiprocessing.parent_process()
    assert worker is not None, "serve runs in a child process"
    wait([worker.sentinel])
    os._exit(1)
