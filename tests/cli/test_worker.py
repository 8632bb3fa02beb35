"""The worker: ready, light where it matters, and gone when it is told to."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from supabase_local.keys import load_or_create_keys
from tests.cli.house import House, Running
from tests.gateway.lines import free_port
from tests.support.faulty_storage import storage_server
from tests.support.hostile_server import refusing_port
from tests.support.patience import eventually


@contextmanager
def ready_worker(house: House) -> Iterator[Running]:
    with house.started("worker", MAESTRO_RENDERERS="2") as worker:
        eventually(lambda: "maestro worker: ready, 2 renderers, media at http://" in worker.out, 20)
        eventually(lambda: [process.nice() for process in house.renderers()] == [10, 10], 20)
        yield worker


def maps(pid: int) -> str:
    return Path(f"/proc/{pid}/maps").read_text()


@pytest.mark.parametrize(
    ("number", "whole_group"), [(signal.SIGTERM, False), (signal.SIGTERM, True), (signal.SIGINT, True)]
)
def test_a_signal_ends_it_in_order(house: House, number: signal.Signals, whole_group: bool) -> None:
    with ready_worker(house) as worker:
        before = time.monotonic()
        if whole_group:
            worker.signal_group(number)
        else:
            worker.send(number)
        done = worker.wait(10)
    assert done.code == 0
    assert time.monotonic() - before < 5
    assert done.out.splitlines()[1:] == [f"maestro worker: stopping on {number.name}", "maestro worker: stopped"]
    assert done.err == ""
    house.assert_left(2.0)


def test_a_signal_while_it_starts_ends_it_too(house: House) -> None:
    with house.started("worker") as worker:
        eventually(lambda: (house.home / "storage" / "lock").exists(), 20)
        worker.send(signal.SIGTERM)
        done = worker.wait(10)
    assert done.code == 0
    assert "Traceback" not in done.err, done.err


def test_a_killed_worker_takes_its_processes_along_and_the_next_sweeps_its_folder(house: House) -> None:
    with ready_worker(house) as worker:
        worker.process.kill()
        eventually(lambda: not house.processes(), 5)
    (left,) = house.worker_folders()
    with ready_worker(house) as worker:
        assert not left.exists()
        worker.send(signal.SIGTERM)
        assert worker.wait(10).code == 0


def test_its_renderers_are_light_and_give_way(house: House) -> None:
    with ready_worker(house) as worker:
        assert "pydantic_core" in maps(worker.process.pid)  # the supabase client brings it
        assert psutil.Process(worker.process.pid).nice() == psutil.Process().nice()
        for renderer in house.renderers():
            mapped = maps(renderer.pid)
            assert "_imaging" in mapped  # Pillow, from the server that forks
            assert "pydantic_core" not in mapped
        worker.send(signal.SIGTERM)
        assert worker.wait(10).code == 0


def test_a_renderer_that_is_killed_is_replaced(house: House) -> None:
    with ready_worker(house) as worker:
        killed, kept = house.renderers()
        killed.kill()
        eventually(lambda: len(house.renderers()) == 2 and killed not in house.renderers(), 10)
        assert kept in house.renderers()
        worker.send(signal.SIGTERM)
        assert worker.wait(10).code == 0


def test_it_waits_for_a_storage_that_is_away_and_says_so_once(house: House) -> None:
    key = load_or_create_keys(house.root / "project").service_key
    with refusing_port() as url, house.started("worker", SUPABASE_URL=url, SUPABASE_SERVICE_KEY=key) as worker:
        eventually(lambda: "\n" in worker.out, 30)
        worker.send(signal.SIGTERM)
        done = worker.wait(10)
    assert (done.code, done.err) == (0, "")
    waiting, *rest = done.out.splitlines()
    assert waiting.startswith("maestro worker: waiting: ")
    assert f"storage at {url} did not answer" in waiting
    assert "Check SUPABASE_URL" in waiting
    assert rest == ["maestro worker: stopping on SIGTERM", "maestro worker: stopped"]


def test_it_waits_for_the_gateways_port_and_works_meanwhile(house: House) -> None:
    port = free_port()
    with (
        storage_server(house.root / "project") as storage,
        socket.create_server(("127.0.0.1", port)) as taken,
        house.started(
            "worker",
            MAESTRO_RENDERERS="1",
            MAESTRO_GATEWAY=f"127.0.0.1:{port}",
            SUPABASE_URL=storage.url,
            SUPABASE_SERVICE_KEY=storage.service_key,
        ) as worker,
    ):
        eventually(lambda: f"waiting: the gateway cannot listen at 127.0.0.1:{port}" in worker.out, 30)
        eventually(house.renderers, 20)
        taken.close()
        eventually(lambda: "ready, 1 renderers" in worker.out, 20)
        worker.send(signal.SIGTERM)
        assert worker.wait(10).code == 0
