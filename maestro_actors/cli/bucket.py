"""Which bucket a command works with: the one in Supabase that is set, or a server of our own over a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from maestro_actors.errors import PassingError, UnusableError
from maestro_actors.settings import Settings, Supabase
from maestro_actors.storage import SupabaseBucket
from supabase_local.launch import LaunchError, serve


@contextmanager
def bucket(settings: Settings, folder: Path) -> Iterator[SupabaseBucket]:
    """The bucket, seen to be there and usable. Without `SUPABASE_URL` it lies in `folder`.

    Raises:
        PassingError: the storage does not answer.
        UnusableError: the server of our own does not come up.
        StorageError: as `SupabaseBucket.ensure`.
    """
    with _project(settings, folder) as project, closing(SupabaseBucket(project.url, project.service_key)) as found:
        try:
            found.ensure()
        except PassingError as error:
            raise PassingError(f"{error}\n{_remedy(settings)}") from error
        yield found


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
