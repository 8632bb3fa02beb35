from __future__ import annotations

import socket
import threading
import time

import httpx
import pytest

from tests.support.hostile_server import (
    Behaviour,
    close_in_answer,
    close_in_request,
    hostile_server,
    read_slowly,
    refusing_port,
    say_nothing,
    trickle,
)

BIG = bytes(8_000_000)


@pytest.mark.parametrize(
    ("behave", "error"),
    [
        (say_nothing, httpx.ReadTimeout),
        (read_slowly, httpx.WriteTimeout),
        (close_in_request, httpx.TransportError),
        (close_in_answer, httpx.RemoteProtocolError),
    ],
)
def test_a_client_meets_the_error_it_is_meant_to_meet(behave: Behaviour, error: type[Exception]) -> None:
    before = threading.active_count()
    with hostile_server(behave) as url, pytest.raises(error):
        httpx.post(f"{url}/storage/v1/object/media/one.png", content=BIG, timeout=0.5)
    assert threading.active_count() == before


def test_a_trickle_keeps_every_read_alive_and_takes_long() -> None:
    with hostile_server(trickle) as url:
        before = time.monotonic()
        with socket.create_connection((httpx.URL(url).host, httpx.URL(url).port or 0)) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
            assert [connection.recv(1) for _ in range(4)] == [b"H", b"T", b"T", b"P"]
        assert time.monotonic() - before > 0.7


def test_a_port_refuses() -> None:
    with refusing_port() as url, pytest.raises(httpx.ConnectError):
        httpx.get(url)
