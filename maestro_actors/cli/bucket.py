"""Which bucket a command works with: the one in Supabase that is set, or a server of our own over a folder."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from maestro_actors.errors import PassingError, UnusableError
from maestro_actors.settings import Settings, Supabase
from supabase_local.launch import LaunchError, serve

if TYPE_CHECKING:
    from maestro_actors.storage import SupabaseBucket


@contextmanager
def bucket(settings: Settings, folder: Path) -> Iterator[SupabaseBucket]:
    """The bucket, seen to be there and usable. Without `SUPABASE_URL` it lies in `folder`.

    Raises:
        PassingError: the storage does not answer.
        UnusableError: the server of our own does not come up.
        StorageError: as `SupabaseBucket.ensure`.
    """
    loading = threading.Thread(target=import_module, args=("maestro_actors.storage",), daemon=True)
    loading.start()  # the client takes half a second to load, and a server of our own as long to come up
    with _project(settings, folder) as project, closing(_connected(project)) as found:
        try:
            found.ensure()
        except PassingError as error:
            raise PassingError(f"{error}\n{_remedy(settings)}") from error
        yield found


def _connected(project: Supabase) -> SupabaseBucket:
    from maestro_actors.storage import SupabaseBucket

    return SupabaseBucket(project.url, project.service_key)


def _remedy(settings: Settings) -> str:
    if settings.supabase:
        return "Check SUPABASE_URL, or unset it to use a local stand-in; if it is right, try again in a while."
    return "Try again in a while."


@contextmanager
def _project(settings: Settings, folder: Path) -> Iterator[Supabase]:
    if settings.supabase:
        yield settings.supabase
        return
    with ExitStack() as stack:
        try:
            server = stack.enter_context(serve(folder))
        except (LaunchError, OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise UnusableError(
                f"no storage over {folder}: {reason}\nSet MAESTRO_HOME to a folder that can be written, or set "
                "SUPABASE_URL and SUPABASE_SERVICE_KEY."
            ) from error
        yield Supabase(server.url, server.service_key)
