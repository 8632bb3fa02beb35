"""One process at a time has the bursts of a database: others are refused, or wait and take over when it is gone."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from tests.cli.house import Done, House, Running
from tests.cli.workshop import ONE_POST, Workshop
from tests.support.faulty_storage import Stall, storage_server
from tests.support.patience import eventually


def is_ready(worker: Running) -> bool:
    return "maestro worker: ready, 1 renderers" in worker.out


def assert_said(done: Done, *words: str) -> None:
    """A worker that ended in order, and said lines that begin so."""
    assert (done.code, done.err) == (0, "")
    said = [line.removeprefix("maestro worker: ").split()[0].rstrip(":,") for line in done.out.splitlines()]
    assert said == list(words)


@contextmanager
def worker_that_waits_for(house: House, owner: Running, **settings: str) -> Iterator[Running]:
    """A worker beside a process that has the bursts."""
    with house.started("worker", MAESTRO_RENDERERS="1", **settings) as worker:
        waits = f"maestro worker: waiting: another worker (process {owner.process.pid} on "
        eventually(lambda: worker.out.startswith(waits), 30)
        yield worker


def test_a_worker_waits_for_another_and_takes_over_however_that_one_ends(house: House) -> None:
    with house.started("worker", MAESTRO_RENDERERS="1") as first:
        eventually(lambda: is_ready(first), 30)
        with worker_that_waits_for(house, first) as second:
            with worker_that_waits_for(house, first) as impatient:
                impatient.send(signal.SIGTERM)
                assert_said(impatient.wait(10), "waiting", "stopping", "stopped")
            first.send(signal.SIGTERM)
            assert first.wait(10).code == 0
            eventually(lambda: is_ready(second), 30)
            with worker_that_waits_for(house, second) as third:
                second.process.kill()
                eventually(lambda: is_ready(third), 30)
                third.send(signal.SIGTERM)
                done = third.wait(10)
    assert_said(done, "waiting", "ready", "stopping", "stopped")


def test_a_burst_beside_a_worker_that_cannot_be_asked_is_refused_and_told_which(house: House) -> None:
    workshop = Workshop(house)
    with house.started("worker", MAESTRO_RENDERERS="1") as worker:
        eventually(lambda: is_ready(worker), 30)
        for command in (ONE_POST, ("burst", "--daily")):
            refused = house.run(*command, MAESTRO_GATEWAY=f"unix:{house.root}/elsewhere.sock")
            assert (refused.code, refused.out) == (1, "")
            assert refused.err.startswith(f"maestro: another worker (process {worker.process.pid} on ")
            assert f"cannot be asked, no worker answers at unix:{house.root}/elsewhere.sock" in refused.err
            assert "stop it first, or let it do the work" in refused.err
        checked = house.run("doctor")
        assert checked.code == 0
        assert f"process {worker.process.pid} on " in checked.said
        worker.send(signal.SIGTERM)
        assert worker.wait(10).code == 0
    assert workshop.bursts() == []


def test_a_worker_beside_a_burst_waits_and_goes_on_with_it_when_it_is_killed(house: House) -> None:
    workshop = Workshop(house)
    with storage_server(house.root / "project", lambda nth, path: Stall(30.0) if nth == 1 else None) as storage:
        project = {"SUPABASE_URL": storage.url, "SUPABASE_SERVICE_KEY": storage.service_key}
        with house.started(*ONE_POST, **project) as burst:
            eventually(lambda: storage.uploads, 30)
            with worker_that_waits_for(house, burst, **project) as worker:
                burst.process.kill()
                eventually(lambda: workshop.bursts()[0]["outcome"], 60)
                worker.send(signal.SIGTERM)
                assert_said(worker.wait(10), "waiting", "ready", "stopping", "stopped")
    (left,) = workshop.bursts()
    assert (left["outcome"], left["created"], left["scheduled"]) == ("finished", 1, 1)
    assert len(workshop.jobs()[0]["assets"]) == 2
