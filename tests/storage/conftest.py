"""A real storage server for each test, the bucket under test at it, and a file to upload."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from maestro_actors.storage import SupabaseBucket
from tests.support.faulty_storage import StorageServer, storage_server
from tests.support.patience import eventually

PATH = "6d616573/knead-and-spoke/posts/1_slide_1.png"


@dataclass(frozen=True, slots=True)
class Picture:
    """A file, and how it is uploaded."""

    file: Path
    content_type: str = "image/png"

    @property
    def content(self) -> bytes:
        return self.file.read_bytes()

    def upload(self, bucket: SupabaseBucket, path: str = PATH) -> str:
        return bucket.upload(path, str(self.file), self.content_type, self.file.stat().st_size)


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = threading.active_count()
    yield
    eventually(lambda: threading.active_count() <= before)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[StorageServer]:
    with storage_server(tmp_path / "storage") as running:
        yield running


@pytest.fixture
def raw(server: StorageServer) -> Iterator[httpx.Client]:
    """HTTP with the service key, relative to /storage/v1."""
    headers = {"Authorization": f"Bearer {server.service_key}"}
    with httpx.Client(base_url=f"{server.url}/storage/v1/", headers=headers) as client:
        yield client


@pytest.fixture
def bucket(server: StorageServer) -> Iterator[SupabaseBucket]:
    with closing(SupabaseBucket(server.url, server.service_key)) as opened:
        yield opened


@pytest.fixture
def picture(tmp_path: Path) -> Picture:
    file = tmp_path / "slide.png"
    file.write_bytes(bytes(range(256)) * 40)
    return Picture(file)
