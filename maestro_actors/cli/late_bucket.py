"""A bucket that is opened by the one who uses it: a worker goes on with its bursts before the storage is there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from maestro_actors.core.content import BUCKET
from maestro_actors.errors import PassingError
from maestro_actors.settings import Settings
from supabase_local.folder import kept_port

if TYPE_CHECKING:
    from maestro_actors.storage import SupabaseBucket


class LateBucket:
    """`open` comes first, and may be tried again and again; whoever makes it closes it."""

    def __init__(self, settings: Settings, folder: Path, waiting: Callable[[str], object]) -> None:
        """`waiting` hears what it waits for, once."""
        self._settings = settings
        self._folder = folder
        self._waiting = waiting
        self._said = ""
        self._stack = ExitStack()
        self._found: SupabaseBucket | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is there, and usable."""
        return self._found is not None

    def open(self) -> None:
        """Find it, or bring up a server of our own. Raises as `bucket`."""
        from maestro_actors.cli.bucket import bucket  # what it loads is not needed before

        try:
            self._found = self._stack.enter_context(bucket(self._settings, self._folder))
        except PassingError as error:
            if str(error) != self._said:
                self._said = str(error)
                self._waiting(self._said)
            raise

    def upload(self, path: str, file: str, content_type: str, size: int) -> str:
        """As `SupabaseBucket.upload`."""
        assert self._found, "it is opened first"
        return self._found.upload(path, file, content_type, size)

    def remove(self, paths: tuple[str, ...]) -> None:
        """As `SupabaseBucket.remove`."""
        assert self._found, "it is opened first"
        self._found.remove(paths)

    def url_of(self, path: str) -> str:
        """Where an object is; also before it is open, since nothing has been stored anywhere else."""
        if self._found:
            return self._found.url_of(path)
        project = self._settings.supabase
        url = project.url if project else f"http://127.0.0.1:{kept_port(self._folder)}"
        return f"{url}/storage/v1/object/public/{BUCKET}/{path}"

    def close(self) -> None:
        """Let go of it."""
        self._stack.close()
