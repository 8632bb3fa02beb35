"""How much the coordinator grows with a burst: its resident memory before, during and after 10,000 jobs."""

from __future__ import annotations

import threading

import psutil

from benchmarks.journals import NoJournal
from benchmarks.report import Line, figure
from benchmarks.throughput import parts, run_burst
from maestro_actors.system import running

JOBS = 10_000
PROMISED_MEGABYTES = 15.0


def measure() -> list[Line]:
    process = psutil.Process()
    with running(parts(NoJournal())) as system:
        run_burst(system, 100)
        before = process.memory_info().rss
        most, done = [before], threading.Event()

        def watch() -> None:
            while not done.wait(0.05):
                most[0] = max(most[0], process.memory_info().rss)

        watcher = threading.Thread(target=watch)
        watcher.start()
        rate = run_burst(system, JOBS)
        done.set()
        watcher.join()
        after = process.memory_info().rss
    return [
        figure("10,000 jobs in one burst", rate, "jobs/s"),
        figure("coordinator before", before / 1e6, "MB"),
        figure("at the most higher by", (most[0] - before) / 1e6, "MB", at_most=PROMISED_MEGABYTES),
        figure("afterwards higher by", (after - before) / 1e6, "MB"),
    ]
