"""The Procfile: what a deployment runs is what there is, in an order that works."""

from __future__ import annotations

import shlex
import signal
from pathlib import Path

from tests.cli.house import House
from tests.support.patience import eventually

PROCFILE = Path(__file__).resolve().parents[2] / "Procfile"


def test_the_release_makes_the_database_and_the_worker_works_with_it(house: House) -> None:
    processes = dict(line.split(": ", 1) for line in PROCFILE.read_text().splitlines())
    assert list(processes) == ["release", "worker"]
    release, worker = (shlex.split(command) for command in processes.values())
    assert release[0] == worker[0] == "maestro"
    database = f"sqlite:///{house.root}/maestro.db"
    released = house.run(*release[1:], DATABASE_URL=database)
    assert (released.code, released.err) == (0, "")
    with house.started(*worker[1:], DATABASE_URL=database, MAESTRO_RENDERERS="1") as working:
        eventually(lambda: "ready, 1 renderers" in working.out, 30)
        assert f"database {database}" in working.out
        working.send(signal.SIGTERM)
        assert working.wait(10).code == 0
