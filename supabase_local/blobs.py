"""The bytes of the objects: one file per version, named by a UUID of ours and never by a client.

A blob is written under `incoming`, flushed to disk and then renamed into `objects`, so that a file there is
always whole. It is part of an object only once the index names it: until then, a crash leaves a leftover
that nobody can reach and that `sweep` removes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Set
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final
from uuid import uuid4

from supabase_local import errors

CHUNK_BYTES: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes on disk that belong to no object yet. `etag` is their MD5, in hexadecimal."""

    version: str
    size: int
    etag: str


class Blobs:
    """The two folders of blobs."""

    def __init__(self, folder: Path) -> None:
        self._incoming = folder / "incoming"
        self._objects = folder / "objects"
        self._incoming.mkdir(exist_ok=True)
        self._objects.mkdir(exist_ok=True)

    def receive(self, chunks: Iterable[bytes], limit: int) -> Blob:
        """Write the chunks to disk; TOOBIG for more than `limit` bytes. Whatever fails leaves nothing."""
        version = str(uuid4())
        draft = self._incoming / version
        try:
            with draft.open("xb") as file:
                size, etag = _write(file, chunks, limit)
            draft.rename(self._objects / version)
            _sync_folder(self._objects)
        except BaseException:
            draft.unlink(missing_ok=True)
            self.discard(version)
            raise
        return Blob(version, size, etag)

    def copy(self, version: str) -> Blob:
        """The same bytes under a version of their own."""
        with self.open(version) as source:
            return self.receive(iter(lambda: source.read(CHUNK_BYTES), b""), limit=2**63)

    def open(self, version: str) -> BinaryIO:
        """The bytes; FileNotFoundError where the object was replaced or removed in the meantime."""
        return (self._objects / version).open("rb")

    def discard(self, version: str) -> None:
        (self._objects / version).unlink(missing_ok=True)

    def sweep(self, wanted: Set[str]) -> int:
        """Remove every blob that is not `wanted`, and say how many. Only for the one server, before it serves."""
        leftovers = [*_files(self._incoming), *(path for path in _files(self._objects) if path.name not in wanted)]
        for path in leftovers:
            path.unlink()
        return len(leftovers)


def _write(file: BinaryIO, chunks: Iterable[bytes], limit: int) -> tuple[int, str]:
    size = 0
    digest = hashlib.md5(usedforsecurity=False)
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise errors.too_large()
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    return size, digest.hexdigest()


def _files(folder: Path) -> Iterable[Path]:
    with os.scandir(folder) as entries:
        return [Path(entry.path) for entry in entries]


def _sync_folder(folder: Path) -> None:
    """A rename is on disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
