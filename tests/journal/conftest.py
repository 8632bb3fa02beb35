"""Every test of the journal runs on both databases: SQLite in a file, and a PostgreSQL server of the tests' own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from maestro_actors.journal import database
from maestro_actors.journal.history import History
from maestro_actors.journal.ownership import Ownership, acquire
from maestro_actors.journal.reader import JournalReader
from maestro_actors.journal.writer import JournalWriter


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "maestro.db"
    database.upgrade(database.sqlite_url(path))
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of the present version, with nothing in it."""
    if backend == "sqlite":
        path = tmp_path / "maestro.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield database.sqlite_url(path)
        return
    with request.getfixturevalue("server").copy() as copied:
        yield copied


@pytest.fixture
def empty_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database that nobody has migrated; the file of SQLite does not even exist."""
    if backend == "sqlite":
        yield database.sqlite_url(tmp_path / "new" / "maestro.db")
        return
    with request.getfixturevalue("server").copy("template0") as copied:
        yield copied


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = database.connect(url)
    yield engine
    engine.dispose()


@pytest.fixture
def ownership(engine: Engine) -> Iterator[Ownership]:
    ownership = acquire(engine)
    yield ownership
    ownership.release()


@pytest.fixture
def writer(engine: Engine, ownership: Ownership) -> JournalWriter:
    return JournalWriter(engine, ownership)


@pytest.fixture
def reader(engine: Engine) -> JournalReader:
    return JournalReader(engine)


@pytest.fixture
def history(engine: Engine) -> History:
    return History(engine)
