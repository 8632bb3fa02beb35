from __future__ import annotations

import hashlib
from collections.abc import Callable
from email.utils import parsedate_to_datetime

import httpx
import pytest

from tests.supabase_local import wire

CONTENT = bytes(range(100))
ETAG = f'"{hashlib.md5(CONTENT, usedforsecurity=False).hexdigest()}"'

Fill = Callable[[str], str]


@pytest.fixture
def fill(raw: httpx.Client) -> Fill:
    """Put a picture into a bucket; its path."""

    def put(bucket: str) -> str:
        headers = {"Content-Type": "image/png", "Cache-Control": "max-age=60"}
        raw.post(f"object/{bucket}/one.png", content=CONTENT, headers=headers).raise_for_status()
        return f"{bucket}/one.png"

    return put


@pytest.mark.parametrize("route", ["object/public", "object/authenticated", "object"])
def test_every_route_serves_the_bytes_with_the_real_headers(
    raw: httpx.Client, public: str, fill: Fill, route: str
) -> None:
    answer = raw.get(f"{route}/{fill(public)}")
    assert (answer.status_code, answer.content) == (200, CONTENT)
    expected = {
        "accept-ranges": "bytes",
        "content-type": "image/png",
        "etag": ETAG,
        "x-robots-tag": "none",
        "content-length": "100",
        "cache-control": "max-age=60",
    }
    assert {name: answer.headers[name] for name in expected} == expected
    assert parsedate_to_datetime(answer.headers["last-modified"])
    assert "access-control-allow-origin" not in answer.headers
    assert "content-disposition" not in answer.headers


@pytest.mark.parametrize("route", ["object/public", "object/authenticated", "object"])
def test_head_has_the_headers_of_get_and_no_body(raw: httpx.Client, public: str, fill: Fill, route: str) -> None:
    path = f"{route}/{fill(public)}"
    got, headed = raw.get(path), raw.head(path)
    assert (headed.status_code, headed.content) == (200, b"")
    for name in ("content-type", "etag", "content-length", "cache-control", "last-modified", "x-robots-tag"):
        assert headed.headers[name] == got.headers[name]
    missing = raw.head(f"{route}/{public}/missing")
    assert (missing.status_code, missing.content) == (400, b"")


def test_public_serves_public_buckets_to_everyone_and_no_others(
    bare: httpx.Client, raw: httpx.Client, public: str, private: str, fill: Fill
) -> None:
    assert bare.get(f"object/public/{fill(public)}").content == CONTENT
    wire.assert_error(bare.get(f"object/public/{public}/missing"), wire.KEY404)
    wire.assert_error(bare.get("object/public/missing/one.png"), wire.BUCKET404)
    wire.assert_error(raw.get(f"object/public/{fill(private)}"), wire.BUCKET404)


def test_missing_objects_and_buckets_are_not_found(raw: httpx.Client, private: str) -> None:
    for route in ("object/authenticated", "object", "object/info"):
        wire.assert_error(raw.get(f"{route}/{private}/missing"), wire.KEY404)
        wire.assert_error(raw.get(f"{route}/missing/one.png"), wire.BUCKET404)
        wire.assert_error(raw.get(f"{route}/{private}/~"), wire.bad_key("~"))


@pytest.mark.parametrize("mime_type", ["text/html", "text/html; charset=utf-8"])
def test_html_is_served_as_plain_text(raw: httpx.Client, private: str, mime_type: str) -> None:
    raw.post(f"object/{private}/page", content=b"<script>", headers={"Content-Type": mime_type})
    assert raw.get(f"object/{private}/page").headers["content-type"] == "text/plain"


@pytest.mark.parametrize(
    ("query", "disposition"),
    [
        ("", "attachment;"),
        ("my reel.mp4", "attachment; filename=my%20reel.mp4; filename*=UTF-8''my%20reel.mp4"),
        ("é", "attachment; filename=%C3%A9; filename*=UTF-8''%C3%A9"),
        (
            "a\r\nSet-Cookie: b",
            "attachment; filename=a%0D%0ASet-Cookie%3A%20b; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20b",
        ),
    ],
)
def test_download_names_the_attachment(
    raw: httpx.Client, private: str, fill: Fill, query: str, disposition: str
) -> None:
    answer = raw.get(f"object/{fill(private)}", params={"download": query})
    assert answer.headers["content-disposition"] == disposition


class TestConditions:
    @pytest.mark.parametrize("condition", [ETAG, f'"other", {ETAG}', f"W/{ETAG}", "*"])
    def test_an_etag_that_is_known_is_not_sent_again(
        self, raw: httpx.Client, private: str, fill: Fill, condition: str
    ) -> None:
        answer = raw.get(f"object/{fill(private)}", headers={"If-None-Match": condition})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", ETAG)

    def test_another_etag_is_sent_whole(self, raw: httpx.Client, private: str, fill: Fill) -> None:
        answer = raw.get(f"object/{fill(private)}", headers={"If-None-Match": '"other"'})
        assert (answer.status_code, answer.content) == (200, CONTENT)

    def test_what_did_not_change_since_is_not_sent_again(self, raw: httpx.Client, private: str, fill: Fill) -> None:
        path = f"object/{fill(private)}"
        since = raw.get(path).headers["last-modified"]
        assert raw.get(path, headers={"If-Modified-Since": since}).status_code == 304


class TestRanges:
    @pytest.mark.parametrize(
        ("asked", "first", "last"),
        [
            ("0-9", 0, 9),
            ("10-", 10, 99),
            ("-10", 90, 99),
            ("0-0", 0, 0),
            ("99-99", 99, 99),
            ("50-1000", 50, 99),
            ("-1000", 0, 99),
        ],
    )
    def test_a_range_is_a_part(
        self, raw: httpx.Client, private: str, fill: Fill, asked: str, first: int, last: int
    ) -> None:
        answer = raw.get(f"object/{fill(private)}", headers={"Range": f"bytes={asked}"})
        assert (answer.status_code, answer.content) == (206, CONTENT[first : last + 1])
        assert answer.headers["content-range"] == f"bytes {first}-{last}/100"
        assert answer.headers["content-length"] == str(last - first + 1)

    @pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=9-5", "bytes=a-b", "bytes=", "bytes=-0"])
    def test_an_impossible_range_is_416(self, raw: httpx.Client, private: str, fill: Fill, asked: str) -> None:
        wire.assert_error(raw.get(f"object/{fill(private)}", headers={"Range": asked}), wire.BADRANGE, 416)

    def test_an_empty_object_has_no_range(self, raw: httpx.Client, private: str) -> None:
        raw.post(f"object/{private}/empty", content=b"")
        wire.assert_error(raw.get(f"object/{private}/empty", headers={"Range": "bytes=0-"}), wire.BADRANGE, 416)

    def test_head_describes_the_whole(self, raw: httpx.Client, private: str, fill: Fill) -> None:
        answer = raw.head(f"object/{fill(private)}", headers={"Range": "bytes=0-9"})
        assert (answer.status_code, answer.headers["content-length"]) == (200, "100")


def test_info_describes_the_object(raw: httpx.Client, private: str, fill: Fill) -> None:
    info = raw.get(f"object/info/{fill(private)}").json()
    assert list(info) == [
        *("id", "name", "version", "bucket_id", "size", "content_type", "cache_control", "etag", "metadata"),
        *("last_modified", "created_at"),
    ]
    assert (info["name"], info["bucket_id"], info["size"]) == ("one.png", private, 100)
    assert (info["content_type"], info["cache_control"], info["etag"]) == ("image/png", "max-age=60", ETAG)
