"""gunicorn with our configuration: where it listens, what it says when a setting is missing, how soon it ends."""

from __future__ import annotations

import json
import shlex
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from maestro_actors.cli.up_studio import PROCESSES
from maestro_actors.gateway.address import address_of
from maestro_actors.gateway.server import serving as gateway
from tests.cli.house import Done, House, Running
from tests.gateway.crowd import Crowd
from tests.gateway.lines import free_port
from tests.support.patience import eventually
from tests.web.conftest import EPOCH, SECRET, a_token
from web.site import MOST_WATCHERS

_, *ARGUMENTS = shlex.split(PROCESSES["web"])
EVENTS = "/api/maestro/events"
OTHERS, STALL_SECONDS = 32, 5  # as serving has them, which reads the environment when it is imported
GUNICORN = str(Path(sys.executable).with_name("gunicorn"))


@pytest.fixture
def house() -> Iterator[House]:
    with tempfile.TemporaryDirectory(prefix="mae-") as root:  # of a short name: a socket lies in it
        house = House(Path(root).resolve())
        yield house
        house.assert_left()


@contextmanager
def serving(house: House, **settings: str) -> Iterator[tuple[Running, str]]:
    """The web alone, once it answers, and its URL."""
    port = free_port()
    with house.program(GUNICORN, *ARGUMENTS, SUPABASE_JWT_SECRET=SECRET, PORT=str(port), **settings) as running:
        url = f"http://127.0.0.1:{port}"
        eventually(lambda: httpx.get(f"{url}/healthz").status_code == 200, 30)
        yield running, url


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The URL of one for all who do not change it."""
    with tempfile.TemporaryDirectory(prefix="mae-") as root, serving(House(Path(root).resolve())) as (running, url):
        yield url
        running.send(signal.SIGTERM)
        running.wait(10)


def refused(house: House, **settings: str) -> Done:
    with house.program(GUNICORN, *ARGUMENTS, **settings) as running:
        return running.wait(30)


def test_it_listens_at_the_port_that_is_set_on_this_machine_alone(house: House) -> None:
    with serving(house) as (running, url):
        places = {
            connection.laddr
            for process in house.processes()
            for connection in process.net_connections("inet")
            if connection.status == psutil.CONN_LISTEN
        }
        assert places == {("127.0.0.1", httpx.URL(url).port)}
        running.send(signal.SIGTERM)
        assert running.wait(10).code == 0


@pytest.mark.parametrize("whole_group", [False, True])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_open_streams_end_with_it_and_delay_nothing(house: House, number: signal.Signals, whole_group: bool) -> None:
    token = {"Authorization": f"Bearer {a_token()}"}
    with serving(house) as (running, url), httpx.stream("GET", f"{url}{EVENTS}", headers=token, timeout=20) as answer:
        lines = answer.iter_lines()
        assert any(line.startswith("event: away") for line in lines), "no worker runs here"
        before = time.monotonic()
        if whole_group:
            running.signal_group(number)
        else:
            running.send(number)
        done = running.wait(10)
        assert time.monotonic() - before < 7, "without the streams' end it takes eight seconds, and cuts them"
        list(lines)  # which raises where a stream was cut
    assert done.code == 0
    assert "Traceback" not in done.said, done.said


def test_it_keeps_nobodys_address_and_no_secret(house: House) -> None:
    with serving(house) as (running, url):
        httpx.get(f"{url}/api/maestro/status", headers={"Authorization": f"Bearer {a_token()}"})
        httpx.get(f"{url}/calendar.ics?token=a-secret")
        running.send(signal.SIGTERM)
        done = running.wait(10)
    assert "a-secret" not in done.said
    assert "GET" not in done.said


def test_a_line_of_the_log_says_what_could_not_be_answered_and_why(house: House) -> None:
    token = {"Authorization": f"Bearer {a_token()}"}
    with serving(house) as (running, url):
        assert httpx.get(f"{url}/api/maestro/status", headers=token).status_code == 503
        running.send(signal.SIGTERM)
        done = running.wait(10)
    (line,) = [line for line in done.err.splitlines() if "could not answer" in line]
    assert line.startswith(
        "WARNING web.problems: could not answer path=/api/maestro/status code=worker-away reason=no worker answers at"
    )


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "nobody could sign in: set SUPABASE_URL, whose published keys check access tokens"),
        ({"SUPABASE_JWT_SECRET": "short"}, "SUPABASE_JWT_SECRET is too short for HS256"),
        ({"SUPABASE_JWT_SECRET": SECRET, "PORT": "http"}, "PORT is 'http': it must be a whole number"),
        ({"SUPABASE_JWT_SECRET": SECRET, "MAESTRO_GATEWAY": "x"}, "MAESTRO_GATEWAY is 'x': write unix:/path"),
        ({"SUPABASE_JWT_SECRET": SECRET, "DATABASE_URL": "x"}, "DATABASE_URL cannot be read: write postgresql://"),
        ({"SUPABASE_JWT_SECRET": SECRET, "MAESTRO_COOKIE_KEY": "abc"}, "MAESTRO_COOKIE_KEY is no key"),
    ],
    ids=["nothing", "secret", "port", "gateway", "database", "cookies"],
)
def test_what_is_missing_or_wrong_is_said_in_one_line(house: House, settings: dict[str, str], said: str) -> None:
    done = refused(house, **settings)
    assert done.code == 1
    (line,) = done.err.split("\n\n")[-1].strip().splitlines()
    assert line.startswith(f"Error: {said}")
    assert "Traceback" not in done.said, done.said


CHUNKED = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
TOO_MUCH = f"{70_000:x}\r\n" + "x" * 70_000 + "\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("GET /healthz\r\n\r\n", 400),
        ("POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: nine\r\n\r\n", 400),
        ("POST /api/session HTTP/1.1\r\nHost: x\r\nExpect: something\r\n\r\n", 417),
        (f"GET /{'x' * 10_000} HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (f"GET / HTTP/1.1\r\nHost: x\r\nCookie: {'x' * 100_000}\r\n\r\n", 431),
        (f"POST /api/session HTTP/1.1\r\nHost: x\r\n{CHUNKED}{TOO_MUCH}", 413),
    ],
)
def test_what_is_no_request_is_a_problem_too(served: str, sent: str, status: int) -> None:
    where = (httpx.URL(served).host, httpx.URL(served).port or 0)
    with socket.create_connection(where, timeout=10) as client:
        client.sendall(sent.encode())
        head, _, body = client.recv(65_536).decode().partition("\r\n\r\n")
        body = body or client.recv(65_536).decode()
    assert head.startswith(f"HTTP/1.1 {status} "), head
    assert "Content-Type: application/problem+json" in head
    assert json.loads(body)["status"] == status


def is_connected(servers: list[psutil.Process], client: socket.socket) -> bool:
    """Whether one of them still has its end of it."""
    _, port = client.getsockname()
    connections = (each for process in servers for each in process.net_connections("inet"))
    return any(each.raddr and each.raddr.port == port for each in connections)


def test_a_stream_that_nobody_reads_is_cut_off(house: House) -> None:
    door = Crowd(11_000)  # one snapshot is more than what buffers hold
    asking = f"GET {EVENTS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {a_token()}\r\n\r\n"
    with (
        gateway(door, address_of(house.home, None, None), EPOCH),
        serving(house) as (running, url),
        socket.socket() as reader,
    ):
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # so that few snapshots are enough
        reader.connect((httpx.URL(url).host, httpx.URL(url).port or 0))
        reader.sendall(asking.encode())
        assert reader.recv(15) == b"HTTP/1.1 200 OK", "and that is all it ever reads"
        servers = house.processes()
        assert is_connected(servers, reader)
        eventually(lambda: not is_connected(servers, reader), 10 * STALL_SECONDS)
        running.send(signal.SIGTERM)
        assert running.wait(10).code == 0


def test_callers_who_stop_in_the_middle_of_a_word_hold_nobody_up_for_long(house: House) -> None:
    halves = (b"GET /healthz HT", b"POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
    with serving(house) as (running, url), ExitStack() as stack:
        where = (httpx.URL(url).host, httpx.URL(url).port or 0)
        for number in range(MOST_WATCHERS + OTHERS + 8):
            stack.enter_context(socket.create_connection(where)).sendall(halves[number % 2])
        eventually(lambda: httpx.get(f"{url}/healthz", timeout=2).status_code == 200, 10 * STALL_SECONDS)
        running.send(signal.SIGKILL)
