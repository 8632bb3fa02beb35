"""The database a command works with: the one that is set, or a SQLite file of Maestro's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzlocal
from sqlalchemy import Engine

from maestro_actors.errors import UnusableError
from maestro_actors.examples import EXAMPLE_AGENTS, EXAMPLE_BRANDS
from maestro_actors.journal.database import connect, require_current, sqlite_url, upgrade
from maestro_actors.journal.library import Library
from maestro_actors.settings import Settings


def url_of(settings: Settings) -> str:
    """The database's URL."""
    return settings.database or sqlite_url(settings.home / "maestro.db")


@contextmanager
def database(settings: Settings) -> Iterator[Engine]:
    """The database, seen to be of this version; the user's examples are there from the first time on.

    A SQLite file that is not there yet is made: there is nothing in it that could be lost.

    Raises:
        UnusableError: the folder for a SQLite file cannot be made.
        DatabaseVersionError: it is empty, older or newer.
        PassingError, DatabaseError: it cannot be reached, or refuses.
    """
    if settings.database is None:
        _make(settings.home)
    url = url_of(settings)
    engine = connect(url)
    try:
        if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
            upgrade(url)
        require_current(engine)
        Library(engine).welcome(settings.user_id, EXAMPLE_BRANDS, EXAMPLE_AGENTS, datetime.now(UTC), local_timezone())
        yield engine
    finally:
        engine.dispose()


def _make(home: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)  # what a studio plans and keeps is its own
    except OSError as error:
        raise UnusableError(
            f"cannot write {home} ({error.strerror}): set MAESTRO_HOME to a folder that can be written"
        ) from error


def local_timezone() -> str:
    """The IANA name of this machine's timezone; UTC where it has none."""
    try:
        name = tzlocal.get_localzone_name()
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        return "UTC"
    return name
