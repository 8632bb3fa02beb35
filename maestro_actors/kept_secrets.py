"""Secrets that are made once for an installation, and kept in files that only their owner may read."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from maestro_actors.errors import UnusableError

DIGITS: Final = 64  # in hexadecimal: 256 bits


def kept_secret(path: Path) -> str:
    """A secret of 256 bits in hexadecimal, kept with mode 0600. Whoever comes first makes it, whole.

    Raises:
        UnusableError: it cannot be kept there, or the file is damaged.
    """
    try:
        with suppress(FileNotFoundError):
            return _read(path)
        _make(path)
        return _read(path)
    except OSError as error:
        raise UnusableError(
            f"the key {path} cannot be kept ({error.strerror}): set MAESTRO_HOME to a folder that can be written"
        ) from error


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(DIGITS // 2))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)  # unlike a rename, this fails where another process was quicker
    finally:
        draft.unlink(missing_ok=True)


def _read(path: Path) -> str:
    text = path.read_text("ascii").strip()
    if len(text) < DIGITS:
        raise UnusableError(f"{path} is damaged: remove it, and a new one is made; then restart what uses it")
    return text
