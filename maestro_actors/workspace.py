"""The folder for temporary files: one per running system, held by a lock, swept by the next when its owner died.

Locks are flocks: the system lets go of them however their holder ends. The folder that Python makes for the sockets of
a process's children is held and swept in the same way; it is the process's, and stays held until that ends.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.util import get_temp_dir
from pathlib import Path

from maestro_actors.errors import UnusableError

log = logging.getLogger(__name__)

LOCK = "lock"
SOCKETS, SOCKETS_LOCK = "pymp-*", "maestro.lock"  # how Python names the folder for sockets, and what says it is ours
LONGEST = 71  # characters of its path: in it lie sockets with 32 more, and macOS takes 103


def temporary_folder() -> Path:
    """Where temporary files go: TMPDIR if it is set, usable or not; else what the system has."""
    chosen = os.environ.get("TMPDIR")
    return Path(chosen).absolute() if chosen else Path(tempfile.gettempdir())


def usable_temporary_folder() -> Path:
    """The same, seen to take files.

    Raises:
        UnusableError: it is missing, full or read-only, or its path is too long. Python would silently use another.
    """
    try:
        folder = temporary_folder()
    except FileNotFoundError as error:
        raise UnusableError(
            "no temporary folder can be written anywhere: "
            "free some space, or set TMPDIR to a folder that can be written"
        ) from error
    if len(os.fsencode(folder)) > LONGEST:
        raise UnusableError(
            f"the path of the temporary folder {folder} is too long: set TMPDIR to one of at most {LONGEST} characters"
        )
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(1024))
    except OSError as error:
        raise UnusableError(_unusable(folder, error)) from error
    return folder


def _unusable(folder: Path, error: OSError) -> str:
    return (
        f"cannot write to the temporary folder {folder} ({error.strerror}): "
        "free some space there, or set TMPDIR to a folder that can be written"
    )


@contextmanager
def workspace() -> Iterator[Path]:
    """A fresh folder under the system's temporary one, removed at the end. Sweeps what dead owners left.

    Raises:
        UnusableError: the temporary folder cannot be used.
    """
    name = f"maestro-{os.getuid()}"
    with suppress(OSError):  # first of all: what a killed worker left may be what fills the disk
        _sweep_alone(temporary_folder() / name)
    parent = usable_temporary_folder()
    try:
        folder, lock = _make(parent / name)
    except OSError as error:
        raise UnusableError(_unusable(parent, error)) from error
    try:
        yield folder
    finally:
        with suppress(OSError), _locked(folder.parent / LOCK):  # so that nobody sweeps what is half removed
            shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _make(root: Path) -> tuple[Path, int]:
    root.mkdir(mode=0o700, exist_ok=True)
    _require_ours(root)
    with _locked(root / LOCK):  # so that nobody sweeps a folder that is not locked yet
        folder = Path(tempfile.mkdtemp(prefix="worker-", dir=root))
        lock = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _hold(Path(get_temp_dir()) / SOCKETS_LOCK)
    return folder, lock


@cache
def _hold(path: Path) -> int:
    """Hold the lock until the process ends; answers its descriptor, which stays open."""
    lock = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


def _sweep_alone(root: Path) -> None:
    """Remove what dead owners left. Raises OSError where there is no such folder, or not one of ours."""
    _require_ours(root)
    with _locked(root / LOCK):
        _sweep(root)


def _require_ours(root: Path) -> None:
    if root.stat().st_uid != os.getuid():
        raise OSError(None, f"{root} belongs to somebody else")


def _sweep(root: Path) -> None:
    for folder in root.glob("worker-*"):
        _sweep_folder(folder, folder / LOCK)
    for lock in root.parent.glob(f"{SOCKETS}/{SOCKETS_LOCK}"):
        if lock.lstat().st_uid == lock.parent.lstat().st_uid == os.getuid():
            # A lock that has gone meanwhile is not made anew: then its owner is just removing the folder itself.
            _sweep_folder(lock.parent, lock, make=False)


def _sweep_folder(folder: Path, lock: Path, make: bool = True) -> None:
    with suppress(OSError), _locked(lock, wait=False, make=make):
        log.warning("swept what a killed worker left", extra={"folder": str(folder)})
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(path: Path, wait: bool = True, make: bool = True) -> Iterator[None]:
    lock = os.open(path, os.O_RDWR | (os.O_CREAT if make else 0), 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(lock)
