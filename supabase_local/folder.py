"""The files by which processes find and exclude each other: the lock, the port, the address.

Standard library only, because `launch` reads them in programs that have no use for Flask.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

LOCK_SECONDS: Final = 0.3  # longer than anyone holds the lock just to look
LOCK_RETRY_SECONDS: Final = 0.02


@dataclass(frozen=True, slots=True)
class Address:
    """Which process serves a folder, and where."""

    pid: int
    port: int
    url: str


class AlreadyServedError(Exception):
    """Another server has this folder."""

    def __init__(self, folder: Path) -> None:
        address = read_address(folder)
        where = f"process {_read(folder / 'lock')}" if address is None else f"process {address.pid} at {address.url}"
        super().__init__(f"{folder} is already served by {where}; use that one, or stop it first")


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Be the one server of the folder. The system releases the lock with the process, however that ends."""
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _acquire(descriptor):
            raise AlreadyServedError(folder)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def is_locked(folder: Path) -> bool:
    """Whether some server has the folder. Looking takes a shared lock for an instant; `lock` waits that out."""
    try:
        descriptor = os.open(folder / "lock", os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def read_address(folder: Path) -> Address | None:
    """What the last server wrote. It may be gone since: a killed server leaves its address."""
    try:
        return Address(**json.loads(_read(folder / "server.json")))
    except (TypeError, ValueError):
        return None


@contextmanager
def published(folder: Path, address: Address) -> Iterator[None]:
    """Tell others where the folder is served, for as long as the block runs."""
    path = folder / "server.json"
    _replace(path, json.dumps(asdict(address)))
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def kept_port(folder: Path) -> int | None:
    """The port that the folder was served at before."""
    text = _read(folder / "port").strip()
    return int(text) if text.isdecimal() and 0 < int(text) < 65536 else None


def keep_port(folder: Path, port: int) -> None:
    if kept_port(folder) != port:
        _replace(folder / "port", f"{port}\n")


def _acquire(descriptor: int) -> bool:
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if time.monotonic() > deadline:
            return False
        time.sleep(LOCK_RETRY_SECONDS)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""


def _replace(path: Path, text: str) -> None:
    """Readers see the old text or the new one, never a part."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, "utf-8")
    draft.replace(path)
