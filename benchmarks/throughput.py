"""Jobs a second through the whole actor system, beside bare Pykka in the same run.

Bare Pykka starts an actor a job, eight in flight, and counts the completions in one actor that all report to. The
whole system adds what makes it one: stages, a child process that renders (nothing), uploads one at a time, slots, a
temporary folder per job, snapshots. Its journal here keeps nothing: what a real one costs is measured in `durable`.
The rounds alternate, and the median counts.
"""

from __future__ import annotations

import os
import statistics
import threading
import time
from collections.abc import Callable

import pykka

from benchmarks.empty import USER, EmptyBucket, EmptyWriter, one_render_one_upload
from benchmarks.journals import NoJournal
from benchmarks.report import Line, figure
from maestro_actors.actors.recording import Journal
from maestro_actors.core.content import PerKind
from maestro_actors.system import Parts, System, running

JOBS, ROUNDS, IN_FLIGHT = 2_000, 5, 8


class BareJob(pykka.ThreadingActor):
    def on_receive(self, counter: pykka.ActorRef[BareBurst]) -> None:
        counter.tell("done")
        self.stop()


class BareBurst(pykka.ThreadingActor):
    def __init__(self, jobs: int, finished: threading.Event) -> None:
        super().__init__()
        self._left_to_start, self._left_to_end, self._finished = jobs, jobs, finished

    def on_receive(self, message: str) -> None:
        if message == "begin":
            for _ in range(IN_FLIGHT):
                self._start_one()
        elif message == "done":
            self._left_to_end -= 1
            if self._left_to_end == 0:
                self._finished.set()
            self._start_one()

    def _start_one(self) -> None:
        if self._left_to_start:
            self._left_to_start -= 1
            BareJob.start().tell(self.actor_ref)


def bare_pykka(jobs: int) -> float:
    """Jobs a second."""
    finished = threading.Event()
    burst = BareBurst.start(jobs, finished)
    began = time.perf_counter()
    burst.tell("begin")
    finished.wait(60)
    seconds = time.perf_counter() - began
    burst.stop()
    return jobs / seconds


def parts(journal: Journal, renderers: int = 2) -> Parts:
    """A system whose jobs are empty."""
    return Parts(
        journal,
        bucket=EmptyBucket(),
        url_of="https://example.org/{}".format,
        writer=EmptyWriter(),
        renderers=renderers,
        jobs_in_flight=IN_FLIGHT,
        plan=one_render_one_upload,
        daily_runs=False,
    )


def run_burst(system: System, jobs: int, deadline: float = 120.0) -> float:
    """Run a burst of empty posts to its end; jobs a second."""
    began = time.perf_counter()
    burst_id = system.start_burst(USER, order=PerKind(0, jobs, 0))
    while time.perf_counter() - began < deadline:
        snapshot = system.snapshot(USER)
        if snapshot["recent_burst"] and snapshot["recent_burst"]["burst_id"] == burst_id:
            seconds = time.perf_counter() - began
            if snapshot["recent_burst"]["scheduled"] != jobs:
                raise SystemExit(f"not every job was scheduled: {snapshot['headline']}")
            return jobs / seconds
        time.sleep(0.05)
    raise SystemExit(f"{jobs} jobs did not end in {deadline} s")


def measure() -> list[Line]:
    bare, whole = [], []
    with running(parts(NoJournal())) as system:
        run_burst(system, 50)
        for _ in range(ROUNDS):
            bare.append(bare_pykka(JOBS))
            whole.append(run_burst(system, JOBS))
    one_core = _on_one_core(lambda: [bare_pykka(JOBS) for _ in range(ROUNDS)])
    ratio = statistics.median(ours / theirs for ours, theirs in zip(whole, bare, strict=True))
    return [
        figure("bare Pykka, an actor a job, 8 in flight", statistics.median(bare), "jobs/s"),
        figure("… on one core, as Maestro's actors are", statistics.median(one_core), "jobs/s"),
        figure("the whole actor system", statistics.median(whole), "jobs/s"),
        figure("as a share of bare Pykka in the same round", ratio, "", at_least=0.20),
        figure("… of bare Pykka on one core", statistics.median(whole) / statistics.median(one_core), ""),
    ]


def _on_one_core(work: Callable[[], list[float]]) -> list[float]:
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        return work()
    finally:
        os.sched_setaffinity(0, cores)
