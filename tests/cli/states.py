"""States in which the SQLite file of a home may be: each makes its own at a path."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from maestro_actors.journal.database import sqlite_url, upgrade

NEWER, OLDER = "9999", "0000"


def of_version(path: Path, version: str) -> None:
    """A database as another Maestro would have left it."""
    upgrade(sqlite_url(path))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))


def missing(path: Path) -> None:
    path.unlink(missing_ok=True)


def empty(path: Path) -> None:
    path.touch()


def current(path: Path) -> None:
    upgrade(sqlite_url(path))


def newer(path: Path) -> None:
    of_version(path, NEWER)


def broken(path: Path) -> None:
    path.write_bytes(b"Dear diary, " * 500)
