"""Server processes that a test starts, signals and kills."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from supabase_local.folder import read_address
from supabase_local.keys import load_keys

COMMAND = [sys.executable, "-m", "supabase_local"]
Process = subprocess.Popen[str]


@contextmanager
def started(folder: Path, *options: str, **settings: object) -> Iterator[Process]:
    """A server process; its end is waited for, or it is killed."""
    command = [*COMMAND, "--folder", str(folder), *options]
    process = subprocess.Popen(  # type: ignore[call-overload]  # settings are Popen's own
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **settings
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def ready(folder: Path, *options: str, **settings: object) -> Iterator[tuple[Process, str]]:
    """A server process that serves, and its URL."""
    with started(folder, *options, **settings) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = read_address(folder)
        assert address is not None, process.communicate()
        assert line == f"supabase_local: serving {folder} at {address.url}\n"
        assert address.pid == process.pid
        yield process, address.url


@contextmanager
def client_of(folder: Path, url: str) -> Iterator[httpx.Client]:
    """HTTP with the folder's service key, relative to /storage/v1."""
    headers = {"Authorization": f"Bearer {load_keys(folder).service_key}"}
    with httpx.Client(base_url=f"{url}/storage/v1/", headers=headers) as client:
        yield client


def blobs(folder: Path) -> list[bytes]:
    """The bytes of everything that is stored."""
    return [path.read_bytes() for path in (folder / "objects").iterdir()]


def drafts(folder: Path) -> list[Path]:
    """The uploads under way."""
    return list((folder / "incoming").iterdir())
