"""`maestro up`: everything with one command, and nothing of it afterwards."""

from __future__ import annotations

import json
import re
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import psutil
import pytest

from maestro_actors.cli.up_studio import of_web, of_worker
from maestro_actors.settings import ONE_USER, read
from supabase_local.launch import LocalServer, find_running
from supabase_local.users import load_or_create_user
from tests.cli.house import House, Running
from tests.cli.workshop import Workshop
from tests.gateway.lines import free_port
from tests.support.patience import eventually

STOP_SECONDS = 12.0


@dataclass(frozen=True)
class Up:
    """Everything, running, at this URL."""

    running: Running
    url: str
    house: House

    @property
    def storage(self) -> LocalServer:
        found = find_running(self.house.home / "storage")
        assert found
        return found

    @property
    def authorization(self) -> dict[str, str]:
        """As the command line tells it."""
        done = self.house.run("token")
        assert (done.code, done.err) == (0, "")
        return {"Authorization": f"Bearer {done.out.strip()}"}

    def of(self, word: str) -> list[psutil.Process]:
        """The processes whose command has this word."""
        return [process for process in self.house.processes() if word in process.info["cmdline"]]


@contextmanager
def up(house: House, *options: str, **settings: str) -> Iterator[Up]:
    """Once it has said that it can be opened, and the worker is ready."""
    with house.started("up", *options, MAESTRO_RENDERERS="1", **settings) as running:
        where = eventually(lambda: re.search(r"The Observatory is at (http://\S+)/", running.out), 40)
        eventually(lambda: "maestro worker: ready" in running.out, 40)
        yield Up(running, where[1], house)


@contextmanager
def stream(up: Up) -> Iterator[Iterator[Any]]:
    """The snapshots, as the events tell them."""
    with httpx.stream("GET", f"{up.url}/api/maestro/events", headers=up.authorization, timeout=30) as answer:
        assert answer.status_code == 200
        yield (json.loads(line[6:]) for line in answer.iter_lines() if line.startswith("data: "))


@pytest.mark.parametrize(("number", "whole_group"), [(signal.SIGTERM, False), (signal.SIGINT, True)])
def test_a_burst_is_begun_and_watched_through_it_and_a_signal_stops_everything(
    house: House, number: signal.Signals, whole_group: bool
) -> None:
    port = free_port()
    with up(house, "--port", str(port)) as here:
        assert here.url == f"http://127.0.0.1:{port}"
        assert httpx.get(f"{here.url}/readyz").json()["checks"] == {"database": "ok", "worker": "ok"}
        assert f"Sign in as {here.storage.user.email}" in here.running.out
        assert str(house.home / "storage" / "user.json") in here.running.out
        assert here.storage.user.password not in here.running.out
        assert_link_signs_in_once(here)
        with stream(here) as snapshots:
            began = httpx.post(f"{here.url}/api/maestro/bursts", json={"posts": 1}, headers=here.authorization)
            assert began.status_code == 202
            recent = next(each["recent_burst"] for each in snapshots if each["recent_burst"])
            if whole_group:
                here.running.signal_group(number)
            else:
                here.running.send(number)
            done = here.running.wait(STOP_SECONDS)
            assert list(snapshots) == [], "the open stream has ended, and was not cut"
    assert (recent["burst_id"], recent["scheduled"]) == (began.json()["burst_id"], 1)
    assert done.code == 0
    house.assert_left(1.0)
    Workshop(house).assert_storage_has_what_was_scheduled()


def assert_link_signs_in_once(here: Up) -> None:
    """As the page does that the link opens, and then what its session may do."""
    link = eventually(lambda: re.search(rf"{here.url}/sign-in#token=(\S+)", here.running.out), 10)
    with httpx.Client(base_url=here.url) as browser:
        signed_in = browser.post("/api/session/link", json={"token": link[1]}).raise_for_status().json()
        assert (signed_in["user_id"], signed_in["admin"]) == (ONE_USER, True)
        assert browser.get("/api/maestro/status").status_code == 200
        assert browser.post("/api/maestro/pause", json={}).status_code == 403
        csrf = {"X-CSRF-Token": signed_in["csrf_token"]}
        assert browser.post("/api/maestro/pause", json={}, headers=csrf).json()["paused"]
        assert browser.get("/api/maestro/status").json()["paused"], "which is seen at once"
    assert httpx.post(f"{here.url}/api/session/link", json={"token": link[1]}).status_code == 401


def test_what_lies_in_the_folder_where_it_starts_is_not_mistaken_for_its_parts(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("web", "supabase_local"):
        (house.root / name).mkdir()
        (house.root / name / "__init__.py").write_text("raise SystemExit('not this one')")
    monkeypatch.chdir(house.root)
    places = {"DATABASE_URL": "sqlite:///studio.db", "MAESTRO_GATEWAY": "unix:a.sock"}
    with up(house, "--port", str(free_port()), **places) as here:
        assert httpx.get(f"{here.url}/readyz").json()["checks"] == {"database": "ok", "worker": "ok"}
        here.running.send(signal.SIGTERM)
        assert here.running.wait(STOP_SECONDS).code == 0
    assert (house.root / "studio.db").exists()


def test_who_faces_the_world_has_no_key_that_writes(house: House) -> None:
    with up(house, "--port", str(free_port())) as here:
        (web, *more), (worker, *_) = here.of("python:web.serving"), here.of("worker")
        secrets = {"SUPABASE_SERVICE_KEY", "SUPABASE_JWT_SECRET", "SUPABASE_ANON_KEY"}
        for process in (web, *more):
            assert secrets & set(process.environ()) == {"SUPABASE_JWT_SECRET", "SUPABASE_ANON_KEY"}
            assert here.storage.service_key not in process.environ().values()
        assert secrets & set(worker.environ()) == {"SUPABASE_SERVICE_KEY"}
        here.running.send(signal.SIGTERM)
        assert here.running.wait(STOP_SECONDS).code == 0


def test_nor_has_it_where_the_project_is_ones_own(house: House) -> None:
    project = {"SUPABASE_URL": "https://own.supabase.co", "SUPABASE_SERVICE_KEY": "it may write"}
    environment = house.environment(**project, SUPABASE_ANON_KEY="public")
    assert of_worker(environment, None) == environment
    assert of_web(environment, read(environment), None) == {
        name: value for name, value in environment.items() if name != "SUPABASE_SERVICE_KEY"
    }


def test_a_worker_that_is_killed_ends_it_and_is_named_and_the_next_one_goes_on(house: House) -> None:
    port = free_port()
    with up(house, PORT=str(port)) as here:
        assert here.url.endswith(f":{port}")
        httpx.post(f"{here.url}/api/maestro/bursts", json={"reels": 1}, headers=here.authorization).raise_for_status()
        eventually(house.encoding, 30)
        here.of("worker")[0].kill()
        done = here.running.wait(STOP_SECONDS)
    assert done.code == 1
    assert "maestro: worker was ended by SIGKILL, so everything was stopped" in done.err
    assert "`maestro up` starts all of it again" in done.err
    eventually(lambda: not house.processes(), 2)
    with up(house, PORT=str(port)) as here:
        eventually(lambda: Workshop(house).bursts()[0]["outcome"] == "finished", 60)
        here.running.send(signal.SIGTERM)
        assert here.running.wait(STOP_SECONDS).code == 0


def test_nothing_outlives_it_when_it_is_killed(house: House) -> None:
    with up(house, "--port", str(free_port())) as here:
        here.running.send(signal.SIGKILL)
        eventually(lambda: not house.processes(), STOP_SECONDS)
    house.assert_left(1.0)


def test_a_signal_while_it_starts_ends_it_too(house: House) -> None:
    with house.started("up", "--port", str(free_port())) as running:
        eventually(lambda: "supabase_local: serving" in running.out, 30)
        running.send(signal.SIGTERM)
        done = running.wait(STOP_SECONDS)
    assert done.code == 0, done.said
    assert "Traceback" not in done.said, done.said
    house.assert_left(1.0)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "the stand-in for Supabase does not run: start it with `maestro up`"),
        (
            {"SUPABASE_URL": "https://x.supabase.co", "SUPABASE_SERVICE_KEY": "k"},
            "that project's Auth gives access tokens",
        ),
    ],
)
def test_where_nobody_gives_tokens_it_says_who_would(house: House, settings: dict[str, str], said: str) -> None:
    done = house.run("token", **settings)
    assert (done.code, done.out) == (1, "")
    assert said in done.err


def test_a_port_that_is_taken_is_named_with_what_to_do_before_anything_runs(house: House) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = house.run("up", "--port", str(port))
    assert (done.code, done.out) == (1, "")
    assert f"port {port} of 127.0.0.1 cannot be used (Address already in use" in done.err
    assert "give another with --port" in done.err
    assert not (house.home / "storage").exists()


@pytest.mark.parametrize("port", ["http", "0", "65536"])
def test_what_is_no_port_is_a_wrong_setting(house: House, port: str) -> None:
    done = house.run("up", PORT=port)
    assert done.code == 2
    assert f"PORT is '{port}': it must be a whole number from 1 to 65535" in done.err


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1", "2001:db8::1", "a..b"])
def test_what_is_no_address_of_this_machine_is_a_wrong_setting(house: House, host: str) -> None:
    done = house.run("up", MAESTRO_HOST=host, PORT=str(free_port()))
    assert (done.code, done.out) == (2, "")
    assert f"MAESTRO_HOST is '{host}', which is no address of this machine" in done.err
    assert "write 127.0.0.1, or 0.0.0.0 to be reached from other machines" in done.err
    assert "--port" not in done.err


def test_a_storage_that_runs_is_used_and_left_running(house: House) -> None:
    folder = house.home / "storage"
    with house.started("storage", "--folder", str(folder)) as storage:
        eventually(lambda: find_running(folder), 20)
        with up(house, "--port", str(free_port())) as here:
            here.running.send(signal.SIGTERM)
            assert here.running.wait(STOP_SECONDS).code == 0
        assert storage.process.poll() is None
        storage.send(signal.SIGTERM)
        assert storage.wait(10).code == 0


def test_a_storage_of_another_user_is_refused(house: House) -> None:
    folder = house.home / "storage"
    other = ONE_USER.replace("6", "7")
    folder.mkdir(parents=True)
    load_or_create_user(folder, other)
    with house.started("storage", "--folder", str(folder)) as storage:
        eventually(lambda: find_running(folder), 20)
        done = house.run("up", "--port", str(free_port()))
        storage.send(signal.SIGTERM)
        assert storage.wait(10).code == 0
    assert done.code == 1
    assert f"is another user's ({other}): stop it, or set MAESTRO_USER to that" in done.err
