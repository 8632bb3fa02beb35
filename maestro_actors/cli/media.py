"""Where the media that a worker has made can be fetched, as far as this command can know."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

from maestro_actors.core.content import BUCKET
from maestro_actors.core.snapshot import UrlOf
from maestro_actors.settings import Settings
from supabase_local.folder import kept_port
from supabase_local.launch import find_running


def media_urls(settings: Settings) -> UrlOf:
    """The URL of an object: in the project that is set, or on the server of our own if it runs; else its path alone."""
    project = _project(settings)
    base = f"{project}/storage/v1/object/public/{BUCKET}/" if project else ""
    return lambda path: f"{base}{path}"


def _project(settings: Settings) -> str | None:
    if settings.supabase:
        return settings.supabase.url
    return served_at(settings.home / "storage")


def served_at(folder: Path) -> str | None:
    """The URL of the server of our own that answers over the folder, if there is one."""
    try:
        server = find_running(folder)
    except OSError:  # there is no such folder, and can be none: whoever needs it says so
        return None
    return server.url if server else None


def where_to_look(settings: Settings, folder: Path, served: str | None) -> str:
    """Where the media can be looked at afterwards; `served` is the URL of a server over the folder that stays."""
    if settings.supabase:
        return f"The media is in the bucket media of {settings.supabase.url}"
    if served:
        return f"To look at it: open {served}/"
    home = f"MAESTRO_HOME={shlex.quote(os.environ['MAESTRO_HOME'])} " if os.environ.get("MAESTRO_HOME") else ""
    command = home + ("maestro" if shutil.which("maestro") else shlex.quote(sys.argv[0]))
    option = "" if folder == settings.demo / "storage" else f" --folder {shlex.quote(str(folder))}"
    return f"To look at it again: {command} storage{option}, then open http://127.0.0.1:{kept_port(folder)}/"
