"""Files that only their owner may read, and that are there whole or not at all. Standard library only."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def create(path: Path, text: str) -> None:
    """Make the file with mode 0600, or leave the one that another process was quicker to make."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Unlike a rename, a link fails where the name is taken.
    with _draft(path, text) as draft, suppress(FileExistsError):
        os.link(draft, path)


def replace(path: Path, text: str) -> None:
    """Put a new text, with mode 0600, in the old one's place: a crash leaves one of the two."""
    with _draft(path, text) as draft:
        draft.rename(path)


@contextmanager
def _draft(path: Path, text: str) -> Iterator[Path]:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        _write(draft, text)
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
