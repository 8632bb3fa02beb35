from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from storage3._sync.file_api import SyncBucketProxy
from storage3.exceptions import StorageApiError
from supabase import ClientOptions, create_client

from tests.support.faulty_storage import (
    BAD_GATEWAY,
    EMPTY_OK,
    INTERNAL_ERROR,
    LOGIN_PAGE,
    REDIRECT,
    SLOW_DOWN,
    TEXT_OK,
    Fault,
    Reply,
    Stall,
    StorageServer,
    storage_server,
)
from tests.support.patience import eventually


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[StorageServer]:
    with storage_server(tmp_path) as server:
        yield server


@pytest.fixture
def bucket(storage: StorageServer) -> Iterator[SyncBucketProxy]:
    with httpx.Client(timeout=1, follow_redirects=True) as http:
        client = create_client(storage.url, storage.service_key, ClientOptions(httpx_client=http))
        client.storage.create_bucket("media")
        yield client.storage.from_("media")


def test_without_faults_it_is_the_real_storage(storage: StorageServer, bucket: SyncBucketProxy) -> None:
    bucket.upload("d/one.png", b"PNG")
    assert bucket.download("d/one.png") == b"PNG"
    assert bucket.list("d")[0]["name"] == "one.png"
    bucket.create_signed_url("d/one.png", 60)
    assert (storage.uploads, storage.upload_paths) == (1, ["media/d/one.png"])


@pytest.mark.parametrize(
    ("fault", "status"),
    [(INTERNAL_ERROR, "500"), (SLOW_DOWN, "429"), (BAD_GATEWAY, 502), (LOGIN_PAGE, 401)],
)
def test_an_upload_is_answered_by_an_error(
    storage: StorageServer, bucket: SyncBucketProxy, fault: Reply, status: int | str
) -> None:
    storage.faults = lambda nth, path: fault if nth == 1 else None
    with pytest.raises(StorageApiError) as caught:
        bucket.upload("one.png", b"PNG")
    assert caught.value.status == status
    bucket.upload("one.png", b"PNG")
    assert storage.uploads == 2


@pytest.mark.parametrize("fault", [EMPTY_OK, TEXT_OK, REDIRECT])
def test_an_upload_is_answered_by_a_success_that_is_none(
    storage: StorageServer, bucket: SyncBucketProxy, fault: Reply
) -> None:
    storage.faults = lambda nth, path: fault
    with pytest.raises(json.JSONDecodeError):
        bucket.upload("one.png", b"PNG")
    assert not bucket.exists("one.png")


def test_an_upload_may_be_stored_and_its_answer_lost(storage: StorageServer, bucket: SyncBucketProxy) -> None:
    lost = Reply(BAD_GATEWAY.status, BAD_GATEWAY.content_type, BAD_GATEWAY.body, after_storing=True)
    storage.faults = lambda nth, path: lost
    with pytest.raises(StorageApiError):
        bucket.upload("one.png", b"PNG")
    assert bucket.download("one.png") == b"PNG"


def test_a_stalled_upload_passes_in_the_end(storage: StorageServer, bucket: SyncBucketProxy) -> None:
    storage.faults = lambda nth, path: Stall(1.2)
    with pytest.raises(httpx.ReadTimeout):
        bucket.upload("one.png", b"PNG")
    eventually(lambda: bucket.exists("one.png"))


def test_faults_know_the_path(storage: StorageServer, bucket: SyncBucketProxy) -> None:
    def only_two(nth: int, path: str) -> Fault | None:
        return INTERNAL_ERROR if path.endswith("two.png") else None

    storage.faults = only_two
    bucket.upload("one.png", b"PNG")
    with pytest.raises(StorageApiError):
        bucket.upload("two.png", b"PNG")


def test_it_leaves_no_thread_behind(tmp_path: Path) -> None:
    before = threading.active_count()
    with storage_server(tmp_path) as server:
        assert httpx.get(f"{server.url}/storage/v1/status").status_code == 200
    eventually(lambda: threading.active_count() == before)
