"""The SQLite index: connections and transactions, and the tables' shape."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Final

BUSY_SECONDS: Final = 30.0

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS buckets (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    public INTEGER NOT NULL,
    file_size_limit INTEGER,
    allowed_mime_types TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS objects (
    id TEXT NOT NULL UNIQUE,
    bucket_id TEXT NOT NULL REFERENCES buckets (id),
    name TEXT NOT NULL,
    version TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    mime_type TEXT NOT NULL,
    cache_control TEXT NOT NULL,
    user_metadata TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (bucket_id, name)
);
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    counter INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    refreshed_at TEXT NOT NULL
);
"""


class Database:
    """Hands out one connection per transaction, never one to two threads at a time.

    Connections are kept: the last one to close would fold the write-ahead log into the file, which takes
    longer than the transaction itself.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: LifoQueue[sqlite3.Connection] = LifoQueue()
        self.close = weakref.finalize(self, _close_all, self._idle)
        with self._connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the index."""
        with self._connection() as connection, _transaction(connection, "BEGIN"):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: on disk when the block ends, undone when it raises."""
        # IMMEDIATE waits for its turn at the beginning, where waiting is safe; an upgrade half-way fails.
        with self._connection() as connection, _transaction(connection, "BEGIN IMMEDIATE"):
            yield connection

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._idle.get_nowait()
        except Empty:
            connection = _connect(self._path)
        try:
            yield connection
        finally:
            self._idle.put(connection)


def _connect(path: Path) -> sqlite3.Connection:
    # The queue moves connections between threads, but never shares one.
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # what was answered with 200 survives a power cut
    return connection


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _close_all(idle: LifoQueue[sqlite3.Connection]) -> None:
    while not idle.empty():
        idle.get_nowait().close()
