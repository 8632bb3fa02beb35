"""A file appears whole or not at all: written beside its place, then renamed into it."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from maestro_actors.errors import RenderError
from maestro_actors.rendering.specs import RenderedFile


@contextmanager
def appearing(out: str) -> Iterator[Path]:
    """The path to write to. It becomes `out` when the block ends well, and is removed when it does not.

    Raises `RenderError` for whatever the disk refuses.
    """
    target = Path(out)
    part = target.with_name(f"{target.name}.part")
    try:
        yield part
        part.replace(target)
    except OSError as error:
        raise RenderError(_explained(error, target)) from error
    finally:
        part.unlink(missing_ok=True)


def described(out: str) -> RenderedFile:
    """What was written at `out`."""
    path = Path(out)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return RenderedFile(path=out, bytes=path.stat().st_size, sha256=digest)
    except OSError as error:
        raise RenderError(_explained(error, path)) from error


def _explained(error: OSError, target: Path) -> str:
    folder = target.parent
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return f"{target.name}: no space left in {folder}. Free some, or point TMPDIR to a larger disk."
        case errno.EFBIG:
            return f"{target.name}: files in {folder} may not grow this large. Raise the limit (ulimit -f)."
        case errno.ENOENT | errno.ENOTDIR:
            return f"{target.name}: the folder {folder} is gone. Make it, or start the job again."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"{target.name}: {folder} may not be written to. Change its permissions, or set TMPDIR."
        case _:
            return f"{target.name} could not be written in {folder}: {error.strerror or error}."
