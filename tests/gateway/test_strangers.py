"""Callers who say nothing, talk garbage, send too much or vanish: they cost the others nothing."""

from __future__ import annotations

import os
import socket
import struct
import threading
import time
from contextlib import ExitStack, suppress

import psutil
import pytest

from maestro_actors.gateway import server
from maestro_actors.gateway.address import Address
from maestro_actors.gateway.client import Gateway
from maestro_actors.gateway.line import BROKEN
from tests.gateway.conftest import USER, FakeDoor, a_snapshot, calling
from tests.gateway.lines import called, ends, introduced
from tests.support.patience import eventually

A_GIGABYTE = 1024**3


def slowest_of(gateway: Gateway, times: int = 30) -> float:
    seconds = []
    for _ in range(times):
        began = time.monotonic()
        gateway.status(USER)
        seconds.append(time.monotonic() - began)
    return max(seconds)


@pytest.mark.parametrize("silent", [50, 3 * server.MOST_STRANGERS])
def test_callers_who_say_nothing_keep_nobody_waiting_and_are_cut_off(
    served: Address, gateway: Gateway, silent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HANDSHAKE_SECONDS", 1.0)
    with ExitStack() as stack:
        callers = [stack.enter_context(called(served)) for _ in range(silent)]
        assert slowest_of(gateway) < 1.0, "the line that is open already"
        gateway.close()
        with calling(served) as newcomer:
            assert slowest_of(newcomer) < 1.0, "and a new one"
        assert all(ends(caller) for caller in callers)
    eventually(lambda: threading.active_count() < 20)


def test_a_flood_of_callers_who_say_nothing_holds_a_bounded_number_of_lines(served: Address) -> None:
    with ExitStack() as stack:
        for _ in range(4 * server.MOST_STRANGERS):
            stack.enter_context(called(served))
        eventually(lambda: len(attending()) <= server.MOST_STRANGERS + 1)


def attending() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "gateway line"]


@pytest.mark.parametrize(
    "garbage",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x00" * 64,
        b"\xff" * 64,
        struct.pack("!i", -1) + struct.pack("!Q", A_GIGABYTE),
        struct.pack("!i", 20) + b"#CHALLENGE#" + b"x" * 9,
        os.urandom(300),
    ],
)
def test_whoever_talks_garbage_is_cut_off(served: Address, gateway: Gateway, garbage: bytes) -> None:
    with called(served) as caller:
        with suppress(OSError):  # it may be cut off before everything is said
            caller.sendall(garbage)
            caller.shutdown(socket.SHUT_WR)
        assert ends(caller)
    assert gateway.status(USER)


@pytest.mark.parametrize("announced", [True, False])
def test_whoever_sends_a_gigabyte_is_cut_off_before_it_is_read(
    served: Address, gateway: Gateway, announced: bool
) -> None:
    """With the key, and before: only the length is read."""
    before = psutil.Process().memory_info().rss
    with introduced(served) if announced else called(served) as caller:
        raw = socket.socket(fileno=os.dup(caller.fileno()))
        with raw, suppress(ConnectionError):
            raw.settimeout(10)
            raw.sendall(struct.pack("!i", -1) + struct.pack("!Q", A_GIGABYTE))
            for _ in range(1024):
                raw.sendall(b"\0" * 1024 * 1024)
            pytest.fail("all of it was taken")
    assert gateway.status(USER)
    assert psutil.Process().memory_info().rss - before < 50e6


def test_a_frame_that_is_half_sent_is_not_waited_for(
    served: Address, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "FRAME_SECONDS", 0.5)
    with introduced(served) as line:
        raw = socket.socket(fileno=os.dup(line.fileno()))
        with raw:
            raw.settimeout(10)
            raw.sendall(struct.pack("!i", 1000) + b"{")
            began = time.monotonic()
            with suppress(OSError):
                while time.monotonic() - began < 5:
                    raw.sendall(b" ")  # a trickle does not help
                    time.sleep(0.05)
            assert time.monotonic() - began < 3
    assert gateway.status(USER)


def test_callers_who_vanish_at_any_moment_leave_nothing(served: Address, gateway: Gateway) -> None:
    files = psutil.Process().num_fds()
    for _ in range(20):
        with called(served):
            pass
        with introduced(served) as line:
            line.send(b'{"type": "get_status", "user_id": "' + USER.encode() + b'"}')
    assert gateway.status(USER)
    eventually(lambda: len(attending()) <= 1)
    eventually(lambda: psutil.Process().num_fds() <= files + 4)


def test_a_listener_that_reads_nothing_is_cut_off(served: Address, door: FakeDoor) -> None:
    """Nobody waits for it longer than the line lets it stall; whoever delivers hears that it has gone."""
    with introduced(served) as line:
        line.send(b'{"type": "subscribe", "user_id": "' + USER.encode() + b'"}')
        (heard,) = eventually(lambda: door.listeners)
        large = a_snapshot(headline="x" * 100_000)
        began = time.monotonic()
        with suppress(*BROKEN):
            for _ in range(1000):  # more than any system keeps for a reader
                heard.deliver(USER, large)
            pytest.fail("everything was taken")
        assert time.monotonic() - began < 60
    eventually(lambda: heard.closed)


def test_a_line_that_listens_and_then_asks_is_cut_off(served: Address, door: FakeDoor) -> None:
    with introduced(served) as line:
        line.send(b'{"type": "subscribe", "user_id": "' + USER.encode() + b'"}')
        assert b'"type":"changed"' in line.receive()
        line.send(b'{"type": "get_figures"}')
        with pytest.raises(EOFError):
            line.receive()
    eventually(lambda: door.listeners[0].closed)
