"""Servers that keep a connection busy without end: only a total deadline stops them."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import repeat
from pathlib import Path
from typing import Any

import httpx
import pytest

from maestro_actors.errors import PassingError
from maestro_actors.storage import SupabaseBucket
from tests.storage.conftest import PATH, Picture
from tests.support.faulty_storage import StorageServer
from tests.support.hostile_server import Behaviour, hostile_server, read_slowly, say_nothing, trickle
from tests.support.moody_server import MoodyServer, moody_server

DEADLINE = 0.6
OVERSHOOT = 0.5
BEGINNING = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

Call = Callable[[SupabaseBucket, Picture], object]

CALLS: dict[str, Call] = {
    "ensure": lambda bucket, _: bucket.ensure(),
    "upload": lambda bucket, picture: picture.upload(bucket),
    "remove": lambda bucket, _: bucket.remove((PATH,)),
}


@contextmanager
def cut_off(seconds: float = DEADLINE) -> Iterator[None]:
    """What happens inside is ended by the deadline: not before it, and hardly after."""
    before = time.monotonic()
    with pytest.raises(PassingError, match="took over"):
        yield
    assert seconds - 0.05 <= time.monotonic() - before < seconds + OVERSHOOT


@pytest.fixture
def between(server: StorageServer) -> Iterator[MoodyServer]:
    with moody_server(server.url) as running:
        yield running


@pytest.fixture
def bucket(server: StorageServer, between: MoodyServer) -> Iterator[SupabaseBucket]:
    """Through the moody server, and ready."""
    with closing(SupabaseBucket(between.url, server.service_key, deadline=DEADLINE)) as opened:
        opened.ensure()
        yield opened


def endless_headers(connection: socket.socket, closing: threading.Event) -> None:
    """A header now and then, for ever."""
    connection.recv(65536)
    connection.sendall(BEGINNING)
    while not closing.wait(0.05):
        connection.sendall(b"X-Patience: more\r\n")


def endless_body(connection: socket.socket, closing: threading.Event) -> None:
    """An answer that never ends, as fast as it is read."""
    connection.recv(65536)
    connection.sendall(BEGINNING + b"Transfer-Encoding: chunked\r\n\r\n")
    for chunk in repeat(b"1000\r\n" + b" " * 4096 + b"\r\n"):
        if closing.wait(0.001):
            return
        connection.sendall(chunk)


def take_upload(connection: socket.socket, header: bytes = b"") -> None:
    """Read one upload and say that it is stored."""
    received = b""
    while not received.endswith(b"--\r\n"):  # how its last part ends
        received += connection.recv(65536)
    body = json.dumps({"Key": f"media/{PATH}", "Id": "1"}).encode()
    connection.sendall(BEGINNING + header + b"Content-Length: %d\r\n\r\n%s" % (len(body), body))


@pytest.mark.parametrize(
    ("behave", "call"),
    [
        (say_nothing, "upload"),
        (trickle, "upload"),
        (trickle, "ensure"),
        (trickle, "remove"),
        (endless_headers, "upload"),
        (endless_body, "upload"),
    ],
)
def test_a_server_without_end_is_cut_off_and_a_good_one_is_used_again(
    bucket: SupabaseBucket, between: MoodyServer, picture: Picture, behave: Behaviour, call: str
) -> None:
    between.turn(behave)
    with cut_off():
        CALLS[call](bucket, picture)
    between.turn(between.good)
    assert httpx.get(picture.upload(bucket)).content == picture.content


def test_a_server_that_reads_slowly_is_cut_off(bucket: SupabaseBucket, between: MoodyServer, tmp_path: Path) -> None:
    picture = Picture(tmp_path / "large.png")
    picture.file.write_bytes(bytes(400_000))  # more than the buffers between the two hold
    between.turn(read_slowly)
    with cut_off(DEADLINE + 0.4):  # a second for each megabyte
        picture.upload(bucket)
    between.turn(between.good)
    assert httpx.get(picture.upload(bucket)).content == picture.content


def test_the_check_of_the_url_is_cut_off_too(bucket: SupabaseBucket, between: MoodyServer, picture: Picture) -> None:
    def take_it_and_fall_silent(connection: socket.socket, closing: threading.Event) -> None:
        take_upload(connection)
        say_nothing(connection, closing)

    between.turn(take_it_and_fall_silent)
    with cut_off():
        picture.upload(bucket)


def test_another_connection_gains_no_time(bucket: SupabaseBucket, between: MoodyServer, picture: Picture) -> None:
    def answer_late_and_hang_up(connection: socket.socket, closing: threading.Event) -> None:
        closing.wait(DEADLINE / 2)
        take_upload(connection, b"Connection: close\r\n")

    moods = iter([answer_late_and_hang_up, say_nothing])
    between.turn(lambda connection, closing: next(moods)(connection, closing))
    with cut_off():
        picture.upload(bucket)


def test_a_connection_that_is_made_too_late_is_cut_at_once(picture: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    look_up, late = socket.getaddrinfo, 2 * DEADLINE

    def look_up_slowly(*asked: Any, **more: Any) -> Any:
        threading.Event().wait(late)
        return look_up(*asked, **more)

    with hostile_server(say_nothing) as url, closing(SupabaseBucket(url, "key", deadline=DEADLINE)) as bucket:
        monkeypatch.setattr(socket, "getaddrinfo", look_up_slowly)
        with cut_off(late):
            picture.upload(bucket)


def test_a_deadline_of_one_attempt_does_not_reach_into_the_next(server: StorageServer, picture: Picture) -> None:
    with closing(SupabaseBucket(server.url, server.service_key, deadline=0.5)) as bucket:
        end = time.monotonic() + 1
        while time.monotonic() < end:
            picture.upload(bucket)


def test_the_first_word_to_a_server_has_a_deadline(picture: Picture) -> None:
    with hostile_server(trickle) as url, closing(SupabaseBucket(url, "key", deadline=DEADLINE)) as bucket, cut_off():
        picture.upload(bucket)
