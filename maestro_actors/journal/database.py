"""The database behind the journal: connections, transactions, and its version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pydantic_core
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from maestro_actors.errors import PassingError, SettingsError
from maestro_actors.journal.errors import DatabaseVersionError
from maestro_actors.journal.failures import plain_errors
from maestro_actors.journal.tables import VERSION

BUSY_SECONDS = 10.0  # how long SQLite waits for another program's transaction
CONNECT_SECONDS = 5
EXAMPLE = "postgresql://user:password@host/name"
MIGRATION_LOCK = 0x6D616573  # two that migrate at once do so one after the other
POSTGRESQL_SETTINGS = (
    "SET statement_timeout = '30s'",
    "SET lock_timeout = '10s'",
    "SET idle_in_transaction_session_timeout = '15s'",  # a worker that hangs in a transaction holds nobody up for long
)

_escaped = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def to_json(value: object) -> str:
    """The JSON of plain values, compact: every row has some, so pydantic's encoder does it, at a third of the time."""
    try:
        return pydantic_core.to_json(value).decode()
    except pydantic_core.PydanticSerializationError:  # half a surrogate pair, which only an escape can hold
        return _escaped(value)


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite database in a file."""
    return URL.create("sqlite", database=str(path.absolute())).render_as_string()


def connect(url: str) -> Engine:
    """The database at `url`: sqlite:///path, or postgresql:// in any of the ways in which it is written.

    Nothing is opened before it is used. SQLite commits are on disk when they return (WAL, synchronous=FULL).

    Raises:
        SettingsError: no such URL can be used.
    """
    parsed = _parse(url)
    try:
        return _postgresql(parsed) if parsed.get_backend_name() == "postgresql" else _sqlite(parsed)
    except (ArgumentError, ValueError) as error:  # SQLAlchemy reads what follows the question mark here
        raise SettingsError(
            f"DATABASE_URL has a setting that cannot be used ({error}): mend it, or leave it out"
        ) from None


def _postgresql(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg").update_query_dict(_defaults(url)),
        json_serializer=to_json,
        pool_pre_ping=True,
        max_overflow=20,
    )
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        json_serializer=to_json,
        connect_args={"timeout": BUSY_SECONDS, "cached_statements": 1000},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _parse(url: str) -> URL:
    if url.startswith("postgres://"):
        url = url.replace("postgres://", "postgresql://", 1)
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError):
        raise SettingsError(f"DATABASE_URL cannot be read: write {EXAMPLE}, or unset it") from None
    if backend not in ("postgresql", "sqlite"):
        raise SettingsError(f"DATABASE_URL begins with {backend}, which cannot be used: write {EXAMPLE}, or unset it")
    if backend == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise SettingsError("DATABASE_URL names no file: write sqlite:////path/to/maestro.db, or unset it")
    return parsed


def _defaults(url: URL) -> dict[str, str]:
    """Notice a server that is gone within seconds, unless the URL says otherwise."""
    wanted = {
        "connect_timeout": str(CONNECT_SECONDS),
        "keepalives_idle": "10",
        "keepalives_interval": "5",
        "keepalives_count": "3",
        "tcp_user_timeout": "15000",
    }
    return {key: value for key, value in wanted.items() if key not in url.query}


def _prepare_postgresql(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        for setting in POSTGRESQL_SETTINGS:
            cursor.execute(setting)
    connection.commit()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where `_begin_sqlite` says, not at the first change
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE waits for its turn at the beginning, where waiting is safe; an upgrade half-way fails.
    options = connection.get_execution_options()
    if not options.get("writing", False):
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {options['busy_seconds'] * 1000:.0f}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def writing(engine: Engine, busy_seconds: float | None = None) -> Iterator[Connection]:
    """One transaction: on disk when the block ends, undone when it raises.

    `busy_seconds` is how long SQLite waits here for another program's transaction, if not `BUSY_SECONDS`.

    Raises:
        PassingError: the database is away, locked or full. Whether the transaction was made may be unknown.
        DatabaseError: it refuses.
    """
    options = {"writing": True, "busy_seconds": busy_seconds or BUSY_SECONDS}
    with (
        plain_errors(name_of(engine)),
        engine.connect().execution_options(**options) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One view of the database; raises as `writing`."""
    with plain_errors(name_of(engine)), engine.connect() as connection, connection.begin():
        yield connection


def name_of(engine: Engine) -> str:
    """How people are told which database: its URL without the password, and without settings."""
    query = {key: value for key, value in engine.url.query.items() if key == "host"}
    return engine.url.set(drivername=engine.dialect.name, query=query).render_as_string(hide_password=True)


# Its version.


def upgrade(url: str) -> None:
    """Bring the database to this Maestro's version, making a SQLite file where there is none.

    Raises:
        DatabaseVersionError: it was made by a newer Maestro.
        PassingError, DatabaseError: it cannot be reached, or refuses.
    """
    from alembic import command  # takes a fifth of a second to load, and only this needs it
    from alembic.config import Config
    from alembic.util import CommandError

    engine = connect(url)
    if engine.dialect.name == "sqlite":
        _make_room(Path(engine.url.database or ""))
    config = Config()
    config.set_main_option("script_location", "maestro_actors.journal:migrations")
    try:
        with writing(engine) as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL statement_timeout = 0"))
                connection.execute(text("SET LOCAL lock_timeout = 0"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
            _refuse_newer(engine, _version(connection))
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                raise DatabaseVersionError(
                    f"the database at {name_of(engine)} has version {_version(connection)}, which no Maestro has made: "
                    "restore it from a copy, or give another"
                ) from error
    finally:
        engine.dispose()


def _make_room(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PassingError(f"the folder {path.parent} of the database cannot be made ({error.strerror})") from error


def require_current(engine: Engine) -> None:
    """See to it that the database is of the version that this Maestro needs.

    Raises:
        DatabaseVersionError: it is empty, older or newer; the text says what to do.
        PassingError, DatabaseError: it cannot be reached, or refuses.
    """
    found = None
    if engine.dialect.name != "sqlite" or Path(engine.url.database or "").exists():  # asking would make the file
        with reading(engine) as connection:
            found = _version(connection)
    if found is None:
        raise DatabaseVersionError(f"the database at {name_of(engine)} is empty: run `maestro db upgrade`")
    _refuse_newer(engine, found)
    if found != VERSION:
        raise DatabaseVersionError(
            f"the database at {name_of(engine)} has version {found}, this Maestro needs {VERSION}: "
            "run `maestro db upgrade`"
        )


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _refuse_newer(engine: Engine, found: str | None) -> None:
    if found is not None and found > VERSION:
        raise DatabaseVersionError(
            f"the database at {name_of(engine)} has version {found}, this Maestro knows {VERSION} at most: "
            "it was made by a newer Maestro, so install that one"
        )
