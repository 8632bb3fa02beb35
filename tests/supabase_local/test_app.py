from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from supabase_local import create_app, load_or_create_keys
from supabase_local.app import store_of
from tests.supabase_local import wire


def unknown(method: str, path: str) -> wire.Body:
    return wire.body("404", "Not Found", f"Route {method}:{path} not found", "InvalidRequest")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "object/open"),
        ("PUT", "object/open"),
        ("GET", "object/open"),
        ("GET", "object"),
        ("PATCH", "object/open/one.png"),
        ("OPTIONS", "object/open/one.png"),
        ("POST", "object//"),
        ("GET", "nothing?a=b%20c"),
        ("POST", "status"),
        ("GET", "bucket/a/b"),
    ],
)
def test_an_unknown_route_is_404_with_its_name(raw: httpx.Client, method: str, path: str) -> None:
    wire.assert_error(raw.request(method, path), unknown(method, f"/{path}"), 404)


def test_outside_of_storage_there_is_nothing(raw: httpx.Client) -> None:
    url = raw.base_url.copy_with(path="/rest/v1/brands")
    wire.assert_error(raw.get(url), unknown("GET", "/rest/v1/brands"), 404)


def test_status_is_200_and_empty_for_everyone(bare: httpx.Client) -> None:
    answer = bare.get("status")
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_connection_is_kept_and_nothing_is_compressed(bare: httpx.Client) -> None:
    answer = bare.get("status", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert answer.headers.get("connection", "keep-alive").lower() == "keep-alive"


@pytest.mark.parametrize("content", [b"", b"{", b'{"name": ', b"[" * 100_000, b"\xff"])
def test_a_body_that_is_no_json_is_told_so(raw: httpx.Client, content: bytes) -> None:
    answer = raw.post("bucket", content=content, headers={"Content-Type": "application/json"})
    message = "Body is not valid JSON but content-type is set to 'application/json'"
    wire.assert_error(answer, wire.schema(message))


def test_a_json_body_beyond_all_measure_is_refused(raw: httpx.Client) -> None:
    wire.assert_error(raw.post("bucket", json={"name": "x" * 2_000_000}), wire.TOOBIG)


def test_what_nobody_foresaw_is_a_500_and_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    keys = load_or_create_keys(tmp_path)
    app = create_app(tmp_path, keys)
    store = store_of(app)

    def fail() -> None:
        raise RuntimeError("the roof fell in")

    monkeypatch.setattr(store, "buckets", fail)
    headers = {"Authorization": f"Bearer {keys.service_key}"}
    answer = app.test_client().get("/storage/v1/bucket", headers=headers)
    assert (answer.status_code, answer.get_json()) == (500, wire.INT500)
    assert "the roof fell in" in caplog.text
    assert keys.service_key not in caplog.text
    store.close()
