"""Statements for many rows at once, since a journal writes thousands a second.

SQLite takes up to a hundred rows in one step. Row by row Python's driver lets go of the interpreter's lock for each,
and among busy threads waits for it again every time. PostgreSQL takes them row by row, which psycopg sends in one go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Column, Connection, Insert, Table, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import Executable

from maestro_actors.journal.tables import Row

KEY, AFTER = "of_row", "after"  # in the rows of an update: which one, and what its number must be below
ALWAYS = 2**31 - 1  # for AFTER, where no number is too late
PORTION = 100  # rows in one statement of SQLite, at most; a connection keeps those of every size parsed


class Bulk(Protocol):
    """One statement for many rows; each is a dict by name and has every column of the statement."""

    def execute(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Run the statement for every row."""


class ManyAtOnce:
    """The way of SQLite: `before` and `after` go around the rows' values."""

    def __init__(self, dialect: Dialect, columns: Mapping[str, Column[Any]], before: str, after: str) -> None:
        types = [column.type.dialect_impl(dialect) for column in columns.values()]
        self._names = tuple(columns)
        self._converters = [
            (place, convert) for place, type_ in enumerate(types) if (convert := type_.bind_processor(dialect))
        ]
        one = f"({', '.join('?' for _ in columns)})"
        self._texts = {number: before + ", ".join([one] * number) + after for number in range(1, PORTION + 1)}

    def execute(self, connection: Connection, rows: Sequence[Row]) -> None:
        for portion in _portions(rows):
            connection.exec_driver_sql(self._texts[len(portion)], tuple(self._values(portion)))

    def _values(self, rows: Sequence[Row]) -> list[Any]:
        """Row after row; those of a column are converted together."""
        values = [row[name] for row in rows for name in self._names]
        for place, convert in self._converters:
            values[place :: len(self._names)] = map(convert, values[place :: len(self._names)])
        return values


class OneByOne:
    """The way of PostgreSQL."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement

    def execute(self, connection: Connection, rows: Sequence[Row]) -> None:
        if rows:
            connection.execute(self._statement, rows)


def insert_many(dialect: Dialect, table: Table, names: Sequence[str], *, anew: bool = False) -> Bulk:
    """Insert rows, except those whose key is there; with `anew` such a row is an error."""
    if dialect.name == "sqlite":
        before = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES "  # noqa: S608 - names of our own
        columns = {name: table.c[name] for name in names}
        return ManyAtOnce(dialect, columns, before, "" if anew else " ON CONFLICT DO NOTHING")
    into = postgresql.insert(table)
    return OneByOne(into if anew else into.on_conflict_do_nothing())


def update_open(dialect: Dialect, table: Table, key: str, names: Sequence[str]) -> Bulk:
    """Set columns in the rows of these keys that have no outcome and have not seen what comes `after`."""
    if dialect.name == "sqlite":
        columns = {name: table.c[name] for name in names} | {KEY: table.c[key], AFTER: table.c.seq}
        before = f"WITH given ({', '.join(columns)}) AS (VALUES "
        settings = ", ".join(f"{name} = given.{name}" for name in names)
        after = (
            f") UPDATE {table.name} SET {settings} FROM given WHERE {table.name}.{key} = given.{KEY} "  # noqa: S608 - as above
            f"AND {table.name}.outcome IS NULL AND {table.name}.seq < given.{AFTER}"
        )
        return ManyAtOnce(dialect, columns, before, after)
    is_open = table.c.outcome.is_(None), table.c.seq < bindparam(AFTER)
    change = update(table).where(table.c[key] == bindparam(KEY), *is_open)
    return OneByOne(change.values({name: bindparam(name) for name in names}))


def insert_new(dialect: Dialect, table: Table) -> Insert:
    """Insert a row, except where its key is there."""
    build = postgresql.insert if dialect.name == "postgresql" else sqlite.insert
    return build(table).on_conflict_do_nothing()


def insert_or_replace(dialect: Dialect, table: Table, row: Row) -> Insert:
    """Insert a row, or let the one of its key be so from now on."""
    build = postgresql.insert if dialect.name == "postgresql" else sqlite.insert
    key = [column.name for column in table.primary_key]
    rest = {name: value for name, value in row.items() if name not in key}
    return build(table).values(row).on_conflict_do_update(index_elements=key, set_=rest)


def _portions(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), PORTION):
        yield rows[start : start + PORTION]
