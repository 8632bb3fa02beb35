"""What can be set, and what it is when nobody sets it. Read from the environment once, where a program starts."""

from __future__ import annotations

import os
import reprlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from maestro_actors.errors import SettingsError

HOST = "127.0.0.1"
PORT = 8000
MOST_DIGITS = 9  # of a number; none that can be set has so many
ONE_USER = "6d616573-7472-4f6f-8000-000000000001"  # on one machine everything belongs to this user


@dataclass(frozen=True, slots=True)
class Supabase:
    """A Supabase project, and the key that may write to it."""

    url: str
    service_key: str


@dataclass(frozen=True, slots=True)
class Settings:
    """`supabase` is None where a server of our own stands in for it, over a folder under `home`.

    `database` is a URL, or None for a SQLite file under `home`. `gateway` is where a worker can be asked, or None for
    a socket under `home`; `gateway_key` opens it, or None for a key that is kept there.
    """

    home: Path
    user_id: str
    database: str | None
    supabase: Supabase | None
    renderers: int
    jobs_in_flight: int
    gateway: str | None = None
    gateway_key: str | None = field(default=None, repr=False)

    @property
    def demo(self) -> Path:
        """Where `maestro demo` keeps its own, apart from everything else."""
        return self.home / "demo"


def read(environment: Mapping[str, str]) -> Settings:
    """Settings from environment variables; an empty one counts as not set.

    Raises:
        SettingsError: a variable has a value that cannot be used.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    renderers = _number(environment, "MAESTRO_RENDERERS", cores, most=256)
    return Settings(
        home=_home(environment.get("MAESTRO_HOME", "")),
        user_id=_user(environment.get("MAESTRO_USER", "")),
        database=text_of(environment, "DATABASE_URL"),
        supabase=_supabase(text_of(environment, "SUPABASE_URL"), text_of(environment, "SUPABASE_SERVICE_KEY")),
        renderers=renderers,
        jobs_in_flight=_number(environment, "MAESTRO_JOBS_IN_FLIGHT", max(8, 2 * renderers), most=1000),
        gateway=text_of(environment, "MAESTRO_GATEWAY"),
        gateway_key=text_of(environment, "MAESTRO_GATEWAY_KEY"),
    )


def host_and_port(environment: Mapping[str, str]) -> tuple[str, int]:
    """Where the web listens: on this machine alone, unless `MAESTRO_HOST` says otherwise.

    Raises:
        SettingsError: `PORT` is none, or the host is not UTF-8.
    """
    return text_of(environment, "MAESTRO_HOST") or HOST, _number(environment, "PORT", PORT, most=65535)


def text_of(environment: Mapping[str, str], name: str) -> str | None:
    """What is set, without the spaces around it; None for nothing.

    Raises:
        SettingsError: it has bytes that are no UTF-8, which Python keeps as halves of surrogate pairs.
    """
    value = environment.get(name, "").strip()
    if not _is_utf8(value):
        raise SettingsError(f"{name} has bytes that are not UTF-8: write it without them")  # it may be a secret
    return value or None


def whole_number(value: str, least: int, most: int) -> int | None:
    """The number that is written in so many digits and nothing else, if it is in this range."""
    if not value.isascii() or not value.isdigit() or len(value) > MOST_DIGITS:  # int() refuses thousands of them
        return None
    return int(value) if least <= int(value) <= most else None


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _home(value: str) -> Path:
    try:
        home = Path(value).expanduser().resolve() if value else platformdirs.user_data_path("maestro", appauthor=False)
    except RuntimeError:
        raise SettingsError(
            f"MAESTRO_HOME is {value!r}: nobody here has that name; give a path that begins with /"
        ) from None
    if not _is_utf8(str(home)):  # SQLite takes no other
        raise SettingsError(f"MAESTRO_HOME is {str(home)!r}, whose name is not UTF-8: set it to a folder whose name is")
    return home


def _user(value: str) -> str:
    try:
        return str(uuid.UUID(value or ONE_USER))
    except ValueError:
        raise SettingsError(f"MAESTRO_USER is {value!r}: it must be a UUID, a Supabase user id") from None


def _supabase(url: str | None, key: str | None) -> Supabase | None:
    if not url and not key:
        return None
    if not url:
        raise SettingsError("SUPABASE_SERVICE_KEY is set without SUPABASE_URL: set both, or neither")
    if not key:
        raise SettingsError("SUPABASE_URL is set without SUPABASE_SERVICE_KEY: set both, or neither")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(f"SUPABASE_URL is {url!r}: it must look like https://yourproject.supabase.co")
    return Supabase(url.rstrip("/"), key)


def _number(environment: Mapping[str, str], name: str, default: int, most: int) -> int:
    value = environment.get(name, "")
    if not value:
        return default
    number = whole_number(value, 1, most)
    if number is None:
        raise SettingsError(f"{name} is {reprlib.repr(value)}: it must be a whole number from 1 to {most}")
    return number
