"""How quickly renderer processes die when they must, and come back when they died."""

from __future__ import annotations

import multiprocessing
import os
import signal
import statistics
import threading
import time
from dataclasses import replace

from benchmarks.empty import USER
from benchmarks.journals import NoJournal
from benchmarks.report import Line, figure
from benchmarks.throughput import parts
from benchmarks.waiting import until
from maestro_actors.core.content import Asset, PerKind
from maestro_actors.rendering.plan import ClaimStep, Order, RenderStep, Step, UploadStep
from maestro_actors.rendering.specs import Rest
from maestro_actors.system import System, running

RENDERERS, ROUNDS = 2, 10
BUSY_SECONDS = 30.0


def measure() -> list[Line]:
    cancels, replacements = [], []
    with running(replace(parts(NoJournal(), RENDERERS), plan=_long_render)) as system:
        until(lambda: len(_children()) == RENDERERS)
        for _ in range(ROUNDS):
            cancels.append(_cancel_to_silence(system))
            replacements.append(_kill_to_replacement(system))
    return [
        figure("from cancel to the last busy child dead, median", 1e3 * statistics.median(cancels), "ms", at_most=100),
        figure("… at the most", 1e3 * max(cancels), "ms"),
        figure(
            "from a kill to the render running again, median", 1e3 * statistics.median(replacements), "ms", at_most=100
        ),
        figure("… at the most", 1e3 * max(replacements), "ms"),
    ]


def _cancel_to_silence(system: System) -> float:
    burst_id = _start_busy(system)
    busy = _children()
    asking = threading.Thread(target=system.cancel_burst, args=(burst_id, "the benchmark"))  # until it is on record
    began = time.perf_counter()
    asking.start()
    until(lambda: not (busy & _children()))
    seconds = time.perf_counter() - began
    asking.join()
    _until_ended(system, burst_id)
    return seconds


def _kill_to_replacement(system: System) -> float:
    burst_id = _start_busy(system)
    victim = next(iter(_children()))
    others = _children()
    began = time.perf_counter()
    os.kill(victim, signal.SIGKILL)
    until(lambda: victim not in _children() and len(_children()) == RENDERERS and _children() != others)
    until(lambda: system.snapshot(USER)["counts"]["rendering"] == RENDERERS and _running(system) == RENDERERS)
    seconds = time.perf_counter() - began
    system.cancel_burst(burst_id, by="the benchmark")
    _until_ended(system, burst_id)
    return seconds


def _start_busy(system: System) -> str:
    burst_id = system.start_burst(USER, order=PerKind(0, RENDERERS, 0))
    until(lambda: _running(system) == RENDERERS and len(_children()) == RENDERERS)
    return burst_id


def _running(system: System) -> int:
    return sum(job["stage"] == "rendering" and not job["waiting_for"] for job in system.snapshot(USER)["jobs"])


def _children() -> set[int]:
    """The process ids of the renderers that live."""
    return {child.pid for child in multiprocessing.active_children() if child.pid}


def _until_ended(system: System, burst_id: str) -> None:
    until(lambda: (system.snapshot(USER)["recent_burst"] or {}).get("burst_id") == burst_id)


def _long_render(order: Order) -> tuple[Step, ...]:
    asset = Asset("nothing", "posts", f"{order.job_id}_slide_1.png", "image/png")
    out = f"{order.folder}/{asset.filename}"
    return (RenderStep("Rendering", Rest(out, BUSY_SECONDS)), UploadStep("Uploading", asset, out), ClaimStep())
