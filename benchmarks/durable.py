"""What it costs that nothing is lost: the same empty jobs with a journal on disk and without one.

Every round has a system of its own, the rounds alternate, and the median of their ratios counts. A transition is an
event of the journal; nobody hears of one before it is on disk (SQLite in WAL mode with synchronous=FULL).
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from benchmarks.empty import USER
from benchmarks.journals import CountedJournal, NoJournal, journal_at, sqlite_journal
from benchmarks.postgresql import postgresql
from benchmarks.report import Line, figure
from benchmarks.throughput import parts, run_burst
from maestro_actors.actors.recording import Journal
from maestro_actors.core.burst import Burst
from maestro_actors.journal.entries import RecordedBurst
from maestro_actors.system import running

JOBS, WARM_UP = 2_000, 50
ROUNDS, POSTGRESQL_ROUNDS = 5, 3  # as many as the brands have slots for


def measure() -> list[Line]:
    with sqlite_journal() as journal:
        rounds = [(_rate(NoJournal()), _rate(journal)) for _ in range(ROUNDS)]
        written = [*_written(journal, statistics.median(on_disk for _, on_disk in rounds), ROUNDS), _read_back(journal)]
    return [
        figure("without a journal", statistics.median(without for without, _ in rounds), "jobs/s"),
        figure("with SQLite", statistics.median(on_disk for _, on_disk in rounds), "jobs/s"),
        figure(
            "as a share of those without, same round",
            statistics.median(on_disk / without for without, on_disk in rounds),
            "",
            at_least=0.7,
        ),
        *written,
        *_postgresql(),
    ]


def _postgresql() -> Iterator[Line]:
    with postgresql() as url, journal_at(url) as journal:
        rate = statistics.median(_rate(journal) for _ in range(POSTGRESQL_ROUNDS))
        yield figure("with PostgreSQL on the same machine", rate, "jobs/s")
        yield from _written(journal, rate, POSTGRESQL_ROUNDS)


def _read_back(journal: CountedJournal) -> Line:
    """What a worker does with a burst that another one left."""
    began = time.perf_counter()
    recorded = journal.last_ended(USER)
    assert isinstance(recorded, RecordedBurst), "the burst that was measured is on record"
    Burst.replay(recorded.started, recorded.events)
    return figure("… to read such a burst back", 1e3 * (time.perf_counter() - began), "ms")


def _rate(journal: Journal) -> float:
    with running(parts(journal)) as system:
        run_burst(system, WARM_UP)
        return run_burst(system, JOBS)


def _written(journal: CountedJournal, rate: float, rounds: int) -> Iterator[Line]:
    transitions = journal.items / (rounds * (WARM_UP + JOBS))
    yield figure("… transitions on disk", transitions * rate, "a second")
    yield figure("… in one transaction", journal.items / journal.transactions, "")
