"""The folder for temporary files: one per running system, held by a lock, swept by the next when its owner died.

Locks are flocks: the system lets go of them however their holder ends.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from maestro_actors.errors import SettingsError

log = logging.getLogger(__name__)

LOCK = "lock"


@contextmanager
def workspace() -> Iterator[Path]:
    """A fresh folder under the system's temporary one, removed at the end. Sweeps what dead owners left.

    Raises:
        SettingsError: the temporary folder cannot be written.
    """
    try:
        folder, lock = _make()
    except OSError as error:
        raise SettingsError(
            f"cannot make a temporary folder in {tempfile.gettempdir()} ({error.strerror}): "
            "free some space there, or set TMPDIR to a folder that can be written"
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _make() -> tuple[Path, int]:
    root = Path(tempfile.gettempdir()) / f"maestro-{os.getuid()}"
    root.mkdir(mode=0o700, exist_ok=True)
    if root.stat().st_uid != os.getuid():
        raise OSError(None, f"{root} belongs to somebody else")
    with _locked(root / LOCK):  # so that nobody sweeps a folder that is not locked yet
        _sweep(root)
        folder = Path(tempfile.mkdtemp(prefix="worker-", dir=root))
        lock = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return folder, lock


def _sweep(root: Path) -> None:
    for folder in root.glob("worker-*"):
        with suppress(BlockingIOError, FileNotFoundError), _locked(folder / LOCK, wait=False):
            log.warning("swept what a killed worker left", extra={"folder": str(folder)})
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(path: Path, wait: bool = True) -> Iterator[None]:
    lock = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(lock)
