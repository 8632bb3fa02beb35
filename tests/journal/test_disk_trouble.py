"""SQLite on a disk that is full: the writer hears that it may pass, and goes on when there is room again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from maestro_actors.journal.database import sqlite_url, upgrade

# Writes until its files may grow no more, says why it could not, gets room again and writes the same group.
WRITER = """
import resource, sys
from maestro_actors.core.content import Stage
from maestro_actors.errors import PassingError
from maestro_actors.journal import database, ownership, reader, writer
from tests.journal.scribe import Scribe, started

engine = database.connect(sys.argv[1])
scribe = Scribe(writer.JournalWriter(engine, ownership.acquire(engine)), started(100))
jobs = scribe.accept(100)
resource.setrlimit(resource.RLIMIT_FSIZE, (2**19, resource.RLIM_INFINITY))
groups = 0
while True:
    group = [scribe.enter(job, Stage.RENDERING) for job in jobs]
    try:
        scribe.writer.commit(group)
    except PassingError as error:
        said = str(error)
        break
    groups += 1
for _ in range(2):
    try:
        scribe.writer.commit(group)
        sys.exit("there is room on a full disk")
    except PassingError:
        pass
(left,) = reader.JournalReader(engine).unfinished()
assert len(left.events) == 1 + 100 * groups, (len(left.events), groups)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
scribe.writer.commit(group)
(left,) = reader.JournalReader(engine).unfinished()
assert len(left.events) == 1 + 100 * (groups + 1), (len(left.events), groups)
assert groups > 2
print(said)
"""


def test_a_full_disk_may_pass_and_costs_nothing_that_was_committed(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "maestro.db")
    upgrade(url)
    done = subprocess.run([sys.executable, "-c", WRITER, url], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "is full" in done.stdout
