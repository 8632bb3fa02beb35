"""A real journal for tests that care little about it: SQLite in a folder, with the brands and agents they want."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine

from maestro_actors.core.content import Agent, Brand
from maestro_actors.journal.database import connect, sqlite_url, upgrade
from maestro_actors.journal.library import Library, Shelf
from maestro_actors.journal.owned import OwnedJournal
from maestro_actors.journal.ownership import acquire

T = TypeVar("T", bound=Brand | Agent)


@cache
def _migrated() -> bytes:
    """A database of the present version, made once in a run: writing it is quicker than making another."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "maestro.db"
        upgrade(sqlite_url(path))
        return path.read_bytes()


@contextmanager
def sqlite_engine(path: Path) -> Iterator[Engine]:
    """The database at `path`, which is made if it is not there."""
    if not path.exists():
        path.write_bytes(_migrated())
    engine = connect(sqlite_url(path))
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def owned(engine: Engine) -> Iterator[OwnedJournal]:
    """The bursts of the database in this process's hands."""
    ownership = acquire(engine)
    try:
        yield OwnedJournal(engine, ownership)
    finally:
        ownership.release()


def stock(engine: Engine, user_id: str, brands: Iterable[Brand], agents: Iterable[Agent]) -> None:
    """Let the user have these brands and agents, and no others."""
    library = Library(engine)
    _stock(library.brands, user_id, brands)
    _stock(library.agents, user_id, agents)


def _stock(shelf: Shelf[T], user_id: str, wanted: Iterable[T]) -> None:
    for item in shelf.all(user_id):
        shelf.remove(user_id, item.slug, datetime.now(UTC))
    for item in wanted:
        shelf.add(user_id, item, datetime.now(UTC))
