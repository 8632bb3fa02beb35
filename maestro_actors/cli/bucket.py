"""Which bucket a command works with: the one in Supabase that is set, or a server of our own over a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from maestro_actors.errors import SettingsError
from maestro_actors.settings import Settings, Supabase
from maestro_actors.storage import SupabaseBucket
from supabase_local.launch import LaunchError, serve


@contextmanager
def bucket(settings: Settings, folder: Path) -> Iterator[SupabaseBucket]:
    """The bucket, seen to be there and usable. Without `SUPABASE_URL` it lies in `folder`.

    Raises:
        SettingsError: the server of our own does not come up.
        PassingError, StorageError: as `SupabaseBucket.ensure`.
    """
    with _project(settings, folder) as project, closing(SupabaseBucket(project.url, project.service_key)) as found:
        found.ensure()
        yield found


@contextmanager
def _project(settings: Settings, folder: Path) -> Iterator[Supabase]:
    if settings.supabase:
        yield settings.supabase
        return
    try:
        with serve(folder) as server:
            yield Supabase(server.url, server.service_key)
    except (LaunchError, OSError) as error:
        raise SettingsError(
            f"no storage over {folder}: {error}\nSet MAESTRO_HOME to a folder that can be written, or set "
            "SUPABASE_URL and SUPABASE_SERVICE_KEY."
        ) from error
