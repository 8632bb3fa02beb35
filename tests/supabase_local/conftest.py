"""One real server process for all tests of the API, a bucket of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from storage3._sync.file_api import SyncBucketProxy
from supabase import Client, ClientOptions, create_client

from supabase_local.keys import Keys, load_keys
from supabase_local.launch import LocalServer, serve


@pytest.fixture(scope="session")
def server_and_keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LocalServer, Keys]]:
    folder = tmp_path_factory.mktemp("storage")
    with serve(folder) as running:
        yield running, load_keys(folder)


@pytest.fixture(scope="session")
def server(server_and_keys: tuple[LocalServer, Keys]) -> LocalServer:
    return server_and_keys[0]


@pytest.fixture(scope="session")
def keys(server_and_keys: tuple[LocalServer, Keys]) -> Keys:
    return server_and_keys[1]


@pytest.fixture(scope="session")
def bare(server: LocalServer) -> Iterator[httpx.Client]:
    """HTTP without any Authorization, relative to /storage/v1."""
    with httpx.Client(base_url=f"{server.url}/storage/v1/") as client:
        yield client


@pytest.fixture(scope="session")
def raw(server: LocalServer) -> Iterator[httpx.Client]:
    """HTTP with the service key, relative to /storage/v1."""
    headers = {"Authorization": f"Bearer {server.service_key}"}
    with httpx.Client(base_url=f"{server.url}/storage/v1/", headers=headers) as client:
        yield client


@pytest.fixture(scope="session")
def anonymous(server: LocalServer, keys: Keys) -> Iterator[httpx.Client]:
    """HTTP with the anon key, relative to /storage/v1."""
    headers = {"Authorization": f"Bearer {keys.anon_key}"}
    with httpx.Client(base_url=f"{server.url}/storage/v1/", headers=headers) as client:
        yield client


@pytest.fixture(scope="session")
def supabase(server: LocalServer) -> Iterator[Client]:
    """The client that the world uses."""
    with httpx.Client(http2=False, timeout=20, follow_redirects=True) as client:
        yield create_client(server.url, server.service_key, ClientOptions(httpx_client=client))


@pytest.fixture(scope="session")
def gateway(server: LocalServer) -> Iterator[httpx.Client]:
    """HTTP with the anon key in its apikey header, relative to /auth/v1."""
    with httpx.Client(base_url=f"{server.url}/auth/v1/", headers={"apikey": server.anon_key}) as client:
        yield client


@pytest.fixture
def private(raw: httpx.Client) -> str:
    """A private bucket's name."""
    return _make_bucket(raw, public=False)


@pytest.fixture
def public(raw: httpx.Client) -> str:
    """A public bucket's name."""
    return _make_bucket(raw, public=True)


@pytest.fixture
def bucket(supabase: Client, private: str) -> SyncBucketProxy:
    """A private bucket through the supabase client."""
    return supabase.storage.from_(private)


def _make_bucket(raw: httpx.Client, *, public: bool) -> str:
    name = f"bucket-{uuid4()}"
    raw.post("bucket", json={"name": name, "public": public}).raise_for_status()
    return name
