"""The front page shows what is stored, and nothing that is not public."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from supabase_local import create_app, load_or_create_keys
from supabase_local.app import store_of


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[FlaskClient]:
    keys = load_or_create_keys(tmp_path)
    app = create_app(tmp_path, keys)
    client = app.test_client()
    headers = {"Authorization": f"Bearer {keys.service_key}"}
    for name, public in (("open", True), ("secret", False)):
        client.post("/storage/v1/bucket", json={"name": name, "public": public}, headers=headers)
    client.environ_base.update({f"HTTP_{name.upper()}": value for name, value in headers.items()})
    yield client
    store_of(app).close()


def store(visitor: FlaskClient, path: str, content_type: str) -> None:
    answer = visitor.post(f"/storage/v1/object/{path}", data=b"bytes", content_type=content_type)
    assert answer.status_code == 200, answer.text


def test_an_empty_store_says_so(visitor: FlaskClient) -> None:
    assert "No picture and no video yet" in visitor.get("/").text


def test_pictures_and_videos_of_public_buckets_are_shown_with_their_addresses(visitor: FlaskClient) -> None:
    store(visitor, "open/brand/posts/one.png", "image/png")
    store(visitor, "open/brand/reels/two.mp4", "video/mp4")
    page = visitor.get("/").text
    assert '<img src="/storage/v1/object/public/open/brand/posts/one.png"' in page
    assert '<video src="/storage/v1/object/public/open/brand/reels/two.mp4"' in page


def test_private_buckets_and_other_files_are_not_shown(visitor: FlaskClient) -> None:
    store(visitor, "secret/hidden.png", "image/png")
    store(visitor, "open/notes.txt", "text/plain")
    page = visitor.get("/").text
    assert "hidden.png" not in page
    assert "notes.txt" not in page


def test_a_name_cannot_become_markup(visitor: FlaskClient) -> None:
    store(visitor, "open/it's 'quoted' & more.png", "image/png")
    page = visitor.get("/").text
    assert "it&#39;s &#39;quoted&#39; &amp; more.png" in page
    assert "script-src" not in page


def test_the_page_may_load_nothing_from_elsewhere(visitor: FlaskClient) -> None:
    policy = visitor.get("/").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_the_id_that_opens_a_name_is_not_read_out(visitor: FlaskClient) -> None:
    store(visitor, "open/brand/posts/0b8e0b4e-0c2f-4c77-9d0e-6a5a7e3a9b11_slide_2.png", "image/png")
    assert 'alt="slide 2.png"' in visitor.get("/").text
