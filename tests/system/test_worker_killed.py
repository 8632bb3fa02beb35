"""kill -9 of the worker, at any moment and again and again: the next one goes on, and every promise is kept.

WORKER_KILLS says how many times; with EVERY_COMMIT a worker dies before and after each commit that a burst has.
"""

from __future__ import annotations

import os
import random
import signal
import statistics
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count, cycle
from typing import Literal

import pytest

from maestro_actors.core.content import Outcome
from maestro_actors.journal.history import History
from tests.support.faulty_storage import BAD_GATEWAY, EMPTY_OK, INTERNAL_ERROR, SLOW_DOWN, Fault
from tests.support.patience import eventually
from tests.support.postgresql import Server
from tests.system.killing import Death, Script
from tests.system.promises import assert_kept, assert_replaced
from tests.system.workers import Site, Worker, a_site

KILLS = int(os.environ.get("WORKER_KILLS", "3"))
EVERY_COMMIT = bool(os.environ.get("EVERY_COMMIT"))
WAYS_TO_DIE = [
    pytest.param("before", True, id="before a commit, then cancelled"),
    pytest.param("before", False, id="before a commit"),
    pytest.param("after", True, id="after a commit, then cancelled"),
    pytest.param("after", False, id="after a commit"),
]
JOBS = 30
FAULTS: tuple[Fault, ...] = (
    INTERNAL_ERROR,
    BAD_GATEWAY,
    SLOW_DOWN,
    EMPTY_OK,
    replace(INTERNAL_ERROR, after_storing=True),
)


@pytest.fixture
def site() -> Iterator[Site]:
    with a_site() as site:
        yield site
        site.assert_left()
        site.assert_no_traceback()


@dataclass
class Tally:
    """What was counted."""

    kills: int = 0
    terminations: int = 0
    bursts: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    seconds_to_resume: list[float] = field(default_factory=list)
    seconds_to_stop: list[float] = field(default_factory=list)

    def note_resumption(self, worker: Worker) -> None:
        """How long it took from the worker's start until the burst was under way again."""
        resumed = worker.said("resumed")
        if resumed:
            self.seconds_to_resume.append(resumed["at"] - worker.started)

    def __str__(self) -> str:
        return (
            f"{self.kills} workers killed, {self.terminations} told to stop; {self.bursts} bursts of {JOBS} jobs: "
            f"{dict(self.outcomes)}, 0 lost, 0 doubled; to go on took {_spread(self.seconds_to_resume)}, "
            f"to stop {_spread(self.seconds_to_stop)}"
        )


def _spread(seconds: list[float]) -> str:
    if not seconds:
        return "no time"
    return f"{statistics.median(seconds):.2f} s (median of {len(seconds)}, {max(seconds):.2f} s at worst)"


@dataclass(frozen=True)
class Weather:
    """What a burst meets with besides workers that end: bad uploads, its cancellation, an end by SIGTERM."""

    bad_uploads: float = 0.0
    cancel_at: int | None = None
    signal: signal.Signals = signal.SIGKILL

    @property
    def expected(self) -> set[Outcome]:
        """How jobs may end besides well."""
        if self.cancel_at is not None:
            return {Outcome.CANCELLED}
        return {Outcome.FAILED} if self.bad_uploads else set()


WEATHERS = (
    Weather(),
    Weather(cancel_at=8),
    Weather(bad_uploads=0.2),
    Weather(signal=signal.SIGTERM),
    Weather(cancel_at=3, signal=signal.SIGTERM),
)


PER_BURST = max(2, KILLS // len(WEATHERS))  # workers whose end a burst meets with, at most


@pytest.mark.timeout(120 + 8 * KILLS)
def test_workers_that_are_killed_at_any_moment_lose_nothing_and_do_nothing_twice(site: Site) -> None:
    print(f"\nSQLite: {kill_and_kill_again(site, KILLS, cycle(WEATHERS))}")  # noqa: T201


@pytest.mark.timeout(120 + 8 * KILLS)
def test_nor_do_they_on_postgresql(server: Server) -> None:
    with server.copy() as url, a_site(url) as site:
        tally = kill_and_kill_again(site, KILLS - 1, cycle((*WEATHERS[2:], *WEATHERS[:2])))
    print(f"\nPostgreSQL: {tally}")  # noqa: T201


def kill_and_kill_again(site: Site, kills: int, weathers: Iterator[Weather]) -> Tally:
    """Bursts in every weather, one after the other, until so many workers were killed; each goes through in the end."""
    luck = random.Random(2026)  # noqa: S311 - bad luck, the same each time
    tally = Tally()
    while tally.kills < kills:
        weather, user_id = next(weathers), str(uuid.uuid4())
        script = site.script(user_id, jobs=JOBS, cancel_at=weather.cancel_at, tries=2)
        site.storage.faults = lambda *_, share=weather.bad_uploads: (
            luck.choice(FAULTS) if luck.random() < share else None
        )
        for _ in range(PER_BURST):
            if tally.kills == kills or one_life(site, script, weather, luck, tally):
                break
        last = site.run(script)
        assert last.process.returncode == 0
        tally.note_resumption(last)
        burst = assert_kept(site.engine, site.shelves, user_id)
        assert len(burst.jobs) == JOBS
        outcomes = Counter(job.outcome for job in burst.jobs.values() if job.outcome)
        assert outcomes.keys() <= weather.expected | {Outcome.SCHEDULED}
        tally.outcomes.update(outcome.value for outcome in outcomes.elements())
        tally.bursts += 1
    assert sum(tally.outcomes.values()) == tally.bursts * JOBS
    site.assert_left()
    site.assert_no_traceback()
    return tally


def one_life(site: Site, script: Script, weather: Weather, luck: random.Random, tally: Tally) -> bool:
    """A worker at work on the burst until something happens to it; answers whether the burst had ended before."""
    with site.started(script) as worker:
        at_any_moment(worker, luck)
        told = time.monotonic()
        worker.send(weather.signal)
        code = worker.wait(10)
        assert code == 0 or (code == -weather.signal and (weather.signal is signal.SIGKILL or not worker.live))
        tally.note_resumption(worker)
        if worker.said("stopped"):
            tally.terminations += 1
            tally.seconds_to_stop.append(time.monotonic() - told)
        elif code:
            tally.kills += 1
        return worker.said("ended") is not None


def at_any_moment(worker: Worker, luck: random.Random) -> None:
    """Wait for a while: mostly while its burst is under way, now and then while it starts."""
    if luck.random() < 0.8:
        eventually(lambda: worker.live or worker.ended, 20)
    time.sleep(luck.uniform(0.0, 0.6))


def test_told_to_stop_it_is_gone_soon_and_settles_nothing(site: Site) -> None:
    user_id = str(uuid.uuid4())
    script = site.script(user_id, jobs=JOBS)
    with site.started(script) as worker:
        eventually(lambda: worker.live, 20)
        worker.send(signal.SIGTERM)
        assert worker.wait(10) == 0
        assert worker.said("stopped")
    eventually(lambda: not site.processes(), 2)
    assert site.run(script).said("resumed")
    burst = assert_kept(site.engine, site.shelves, user_id)
    assert burst.count(Outcome.SCHEDULED) == JOBS


DEATHS = {
    "before the burst is on record": Death("before", 1, "INSERT INTO bursts"),
    "between the burst's start and its first job": Death("after", 1, "INSERT INTO bursts"),
    "between the agents' answers and the work": Death("after", 1, "INSERT INTO jobs"),
    "between the last upload and the claim": Death("before", 1, "INSERT INTO slots"),
    "right after a claim": Death("after", 1, "INSERT INTO slots"),
    "between the last outcome and the end": Death("before", 1, "UPDATE bursts"),
    "right after the end": Death("after", 1, "UPDATE bursts"),
}


def test_a_burst_whose_workers_die_at_each_of_its_turns_goes_on(site: Site) -> None:
    user_id = str(uuid.uuid4())
    for moment, death in DEATHS.items():
        worker = site.run(site.script(user_id, jobs=2, death=death))
        assert worker.process.returncode == -signal.SIGKILL, moment
    assert site.run(site.script(user_id)).said("already")
    burst = assert_kept(site.engine, site.shelves, user_id)
    assert burst.count(Outcome.SCHEDULED) == len(burst.jobs) == 2


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("when", "cancelled"), WAYS_TO_DIE if EVERY_COMMIT else WAYS_TO_DIE[:1])
def test_a_worker_may_die_around_any_commit(site: Site, when: Literal["before", "after"], cancelled: bool) -> None:
    """It holds on for a while before, so that jobs go on of which the journal cannot say so."""
    for nth in count(1) if EVERY_COMMIT else (4,):
        user_id = str(uuid.uuid4())
        script = site.script(user_id, jobs=3)
        if site.run(replace(script, death=Death(when, nth, hold=0.2))).said("ended"):
            break
        assert site.run(replace(script, cancel_at=0 if cancelled else None)).process.returncode == 0
        burst = assert_kept(site.engine, site.shelves, user_id)
        possible = {Outcome.SCHEDULED, Outcome.CANCELLED} if cancelled else {Outcome.SCHEDULED}
        assert {job.outcome for job in burst.jobs.values()} <= possible
    else:
        assert not EVERY_COMMIT


@pytest.mark.timeout(600)
@pytest.mark.parametrize("when", ["before", "after"] if EVERY_COMMIT else ["before"])
def test_a_worker_may_die_around_any_commit_while_it_makes_a_job_anew(
    site: Site, when: Literal["before", "after"]
) -> None:
    user_id, jobs = str(uuid.uuid4()), 20 if EVERY_COMMIT else 1
    site.run(site.script(user_id, jobs=jobs))
    for nth, old in enumerate(History(site.engine).jobs(user_id).items, start=1):
        slot = old.slot
        script = site.script(user_id, regenerate=old.job_id)
        death = Death(when, nth) if EVERY_COMMIT else Death(when, 1, "UPDATE slots")
        ended = site.run(replace(script, death=death)).said("ended")
        if not ended:
            assert site.run(script).process.returncode == 0
        assert_replaced(site.engine, site.shelves, user_id, jobs)
        new = History(site.engine).job(user_id, old.job_id).job.replaced_by
        assert new
        assert History(site.engine).job(user_id, new).job.slot == slot
        if ended:
            break
    else:
        assert not EVERY_COMMIT
