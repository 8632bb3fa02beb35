"""The Procfile: what a deployment runs is what there is, in an order that works."""

from __future__ import annotations

import shlex
import signal

from maestro_actors.cli.up_studio import PROCESSES, PROCFILE, processes
from tests.cli.house import House
from tests.support.patience import eventually


def procfile() -> dict[str, str]:
    return dict(line.split(": ", 1) for line in PROCFILE.read_text().splitlines())


def test_what_runs_where_no_procfile_came_along_is_what_the_procfile_has() -> None:
    found = procfile()
    assert list(found) == ["release", "web", "worker"]
    assert processes() == PROCESSES == {name: found[name] for name in ("web", "worker")}


def test_the_release_makes_the_database_and_the_worker_works_with_it(house: House) -> None:
    release, worker = (shlex.split(procfile()[name]) for name in ("release", "worker"))
    assert release[0] == worker[0] == "maestro"
    database = f"sqlite:///{house.root}/maestro.db"
    released = house.run(*release[1:], DATABASE_URL=database)
    assert (released.code, released.err) == (0, "")
    with house.started(*worker[1:], DATABASE_URL=database, MAESTRO_RENDERERS="1") as working:
        eventually(lambda: "ready, 1 renderers" in working.out, 30)
        assert f"database {database}" in working.out
        working.send(signal.SIGTERM)
        assert working.wait(10).code == 0
