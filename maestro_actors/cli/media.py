"""Where the media that a worker has made can be fetched, as far as this command can know."""

from __future__ import annotations

from maestro_actors.core.content import BUCKET
from maestro_actors.core.snapshot import UrlOf
from maestro_actors.settings import Settings
from supabase_local.launch import find_running


def media_urls(settings: Settings) -> UrlOf:
    """The URL of an object: in the project that is set, or on the server of our own if it runs; else its path alone."""
    project = _project(settings)
    base = f"{project}/storage/v1/object/public/{BUCKET}/" if project else ""
    return lambda path: f"{base}{path}"


def _project(settings: Settings) -> str | None:
    if settings.supabase:
        return settings.supabase.url
    server = find_running(settings.home / "storage")
    return server.url if server else None
