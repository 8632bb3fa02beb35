"""A writer that is killed at any moment leaves whole groups, and every one that it was told is there."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import Engine

from maestro_actors.core.content import Outcome
from maestro_actors.journal import database
from maestro_actors.journal.entries import RecordedBurst
from maestro_actors.journal.history import History
from maestro_actors.journal.ownership import Ownership, acquire
from maestro_actors.journal.reader import JournalReader
from maestro_actors.journal.writer import JournalWriter
from tests.journal.scribe import ANA, Scribe

# Says its burst, then the number of each group that was committed: ten events of ten jobs, and a claim.
WRITER = """
import sys
from maestro_actors.core.content import Stage
from maestro_actors.journal import database, ownership, writer
from tests.journal.scribe import Scribe, busy_brand, started
engine = database.connect(sys.argv[1])
scribe = Scribe(writer.JournalWriter(engine, ownership.acquire(engine, wait=10)), started(500, brand=busy_brand()))
jobs = scribe.accept(500)
print(scribe.burst_id, flush=True)
for group, job in enumerate(jobs, start=1):
    stages = [scribe.enter(other, Stage.RENDERING) for other in jobs[:10]]
    scribe.writer.commit([*stages, scribe.claim(job)])
    print(group, flush=True)
"""
PER_GROUP = 11


@pytest.mark.parametrize("seed", range(3))
def test_what_was_committed_is_there_whole_after_a_kill(url: str, seed: int) -> None:
    command = [sys.executable, "-c", WRITER, url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        burst_id = process.stdout.readline().strip()
        time.sleep(random.Random(seed).uniform(0.01, 0.3))  # noqa: S311 - any moment
        process.send_signal(signal.SIGKILL)
        told = [int(line) for line in process.stdout if line.endswith("\n")]
    engine = database.connect(url)
    ownership = acquire(engine, wait=10)  # from here on nothing of the killed one is under way
    (found,) = JournalReader(engine).unfinished()
    assert isinstance(found, RecordedBurst)
    groups, rest = divmod(len(found.events) - 1, PER_GROUP)  # less the one that made the jobs
    assert (found.burst_id, rest) == (burst_id, 0), "no group is half there"
    assert groups in (len(told), len(told) + 1), "the last may be there without its writer having heard"
    assert len(History(engine).taken_slots(ANA)) == groups
    _goes_on(engine, ownership, found, groups)
    engine.dispose()


def _goes_on(engine: Engine, ownership: Ownership, found: RecordedBurst, groups: int) -> None:
    """The next worker resumes the burst where it stands: nothing is scheduled twice."""
    scribe = Scribe.resume(JournalWriter(engine, ownership), found)
    assert scribe.burst.count(Outcome.SCHEDULED) == groups
    scribe.writer.commit([scribe.claim(job_id) for job_id in scribe.burst.jobs])
    slots = History(engine).taken_slots(ANA)
    assert len(slots) == len({taken.job_id for taken in slots}) == 500
