"""Servers that answer, but not what was hoped for: a passing error with its reason, or a refusal, and never a URL."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from maestro_actors.errors import PassingError, StorageError
from maestro_actors.storage import SupabaseBucket
from tests.storage.conftest import PATH, Picture
from tests.support.faulty_storage import (
    BAD_GATEWAY,
    EMPTY_OK,
    HTML,
    INTERNAL_ERROR,
    JSON,
    LOGIN_PAGE,
    REDIRECT,
    SLOW_DOWN,
    TEXT_OK,
    Reply,
    StorageServer,
)
from tests.support.hostile_server import close_in_answer, close_in_request, hostile_server, refusing_port
from tests.support.moody_server import moody_server

Call = Callable[[SupabaseBucket, Picture], object]


def stored_as(key: object) -> Reply:
    """A success that stores nothing."""
    return Reply("200 OK", JSON, json.dumps({"Key": key, "Id": "00000000-0000-4000-8000-000000000000"}).encode())


PASSING = {
    "internal error": (INTERNAL_ERROR, "500 Internal: Internal Server Error"),
    "database timeout": (
        Reply("544 Timeout", JSON, b'{"statusCode":"544","error":"DatabaseTimeout","message":"too slow"}'),
        "544 DatabaseTimeout: too slow",
    ),
    "bad gateway": (BAD_GATEWAY, "502 .*Bad Gateway"),
    "origin down": (Reply("521 Web Server Is Down", HTML, b"<html>"), "521"),
    "rate limit": (SLOW_DOWN, "429 too_many_connections: Too many connections"),
    "an error that is a list": (Reply("503 Service Unavailable", JSON, b"[]"), "503"),
    "redirect": (REDIRECT, "302"),
    "nothing": (EMPTY_OK, "something unreadable"),
    "text": (TEXT_OK, "something unreadable"),
    "a page": (Reply("200 OK", HTML, b"<html>Welcome</html>"), "something unreadable"),
    "a list": (Reply("200 OK", JSON, b"[]"), "something unreadable"),
    "null": (Reply("200 OK", JSON, b"null"), "something unreadable"),
    "no key": (Reply("200 OK", JSON, b"{}"), "something unreadable"),
    "an empty key": (stored_as(""), f"in place of {PATH}"),
    "no string": (stored_as(None), f"in place of {PATH}"),
    "another key": (stored_as("media/other.png"), f"answered for media/other.png in place of {PATH}"),
    "said but not stored": (stored_as(f"media/{PATH}"), "stored, but its public URL answers 400"),
}


@pytest.mark.parametrize(("reply", "reason"), PASSING.values(), ids=PASSING)
def test_trouble_is_a_passing_error_and_the_next_try_succeeds(
    bucket: SupabaseBucket, server: StorageServer, picture: Picture, reply: Reply, reason: str
) -> None:
    server.faults = lambda nth, path: reply if nth == 1 else None
    with pytest.raises(PassingError, match=reason):
        picture.upload(bucket)
    assert httpx.get(picture.upload(bucket)).content == picture.content
    assert server.uploads == 2


def test_an_object_of_another_size_is_not_what_was_uploaded(
    bucket: SupabaseBucket, server: StorageServer, picture: Picture
) -> None:
    picture.upload(bucket)
    picture.file.write_bytes(b"new bytes")
    server.faults = lambda nth, path: stored_as(f"media/{PATH}")
    with pytest.raises(PassingError, match="its public URL serves 10240 bytes of 9"):
        picture.upload(bucket)


def test_an_object_that_was_stored_while_its_answer_was_lost_is_stored_once(
    bucket: SupabaseBucket, server: StorageServer, picture: Picture, raw: httpx.Client
) -> None:
    lost = Reply(BAD_GATEWAY.status, BAD_GATEWAY.content_type, BAD_GATEWAY.body, after_storing=True)
    server.faults = lambda nth, path: lost if nth == 1 else None
    with pytest.raises(PassingError, match="502"):
        picture.upload(bucket)
    assert httpx.get(picture.upload(bucket)).content == picture.content
    found = raw.post("object/list/media", json={"prefix": str(Path(PATH).parent)}).json()
    assert [each["name"] for each in found] == [Path(PATH).name]


@pytest.mark.parametrize(
    ("reply", "remedy"),
    [
        (LOGIN_PAGE, "check SUPABASE_SERVICE_KEY"),
        (Reply("404 Not Found", HTML, b"<html>"), "check SUPABASE_URL"),
        (Reply("413 Payload Too Large", HTML, b"<html>"), "raise the bucket's size limit"),
    ],
)
def test_a_refusal_by_someone_in_between_has_a_remedy(
    bucket: SupabaseBucket, server: StorageServer, picture: Picture, reply: Reply, remedy: str
) -> None:
    server.faults = lambda nth, path: reply
    with pytest.raises(StorageError, match=remedy):
        picture.upload(bucket)


@pytest.mark.parametrize("status", ["502 Bad Gateway", "200 OK"])
def test_a_reason_is_short_whatever_the_server_sends(
    bucket: SupabaseBucket, server: StorageServer, picture: Picture, status: str
) -> None:
    page = b"<html>\n" + b"<p>A page of many words.</p>\n" * 5000
    server.faults = lambda nth, path: Reply(status, HTML, page)
    with pytest.raises(PassingError) as failed:
        picture.upload(bucket)
    assert len(str(failed.value)) < 400
    assert "\n" not in str(failed.value)


CALLS: dict[str, Call] = {
    "ensure": lambda bucket, _: bucket.ensure(),
    "upload": lambda bucket, picture: picture.upload(bucket),
    "remove": lambda bucket, _: bucket.remove((PATH,)),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_server_that_is_not_there_is_a_passing_error(picture: Picture, call: Call) -> None:
    with (
        refusing_port() as url,
        closing(SupabaseBucket(url, "key")) as bucket,
        pytest.raises(PassingError, match=r"storage at http.* did not answer .*refused"),
    ):
        call(bucket, picture)


def test_a_name_that_nobody_knows_is_a_passing_error(picture: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with (
        closing(SupabaseBucket("http://storage.invalid", "key")) as bucket,
        pytest.raises(PassingError, match=r"storage at http://storage\.invalid did not answer .*not known"),
    ):
        picture.upload(bucket)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("behave", [close_in_request, close_in_answer])
def test_a_server_that_hangs_up_is_a_passing_error(
    server: StorageServer, picture: Picture, behave: Callable[..., None], call: Call
) -> None:
    with moody_server(server.url) as between, closing(SupabaseBucket(between.url, server.service_key)) as bucket:
        bucket.ensure()
        between.turn(behave)
        with pytest.raises(PassingError, match="did not answer"):
            call(bucket, picture)
        between.turn(between.good)
        call(bucket, picture)


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"])
def test_a_server_that_speaks_no_http_is_a_passing_error(picture: Picture, answer: bytes) -> None:
    with (
        hostile_server(lambda connection, _: connection.sendall(answer)) as url,
        closing(SupabaseBucket(url, "key")) as bucket,
        pytest.raises(PassingError, match="storage at http"),
    ):
        picture.upload(bucket)
