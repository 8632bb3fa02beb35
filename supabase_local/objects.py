"""The questions that are asked about objects, in SQL. Each runs in its caller's transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Final

from supabase_local import errors
from supabase_local.rows import Json, StoredObject

SORT_COLUMNS: Final = ("name", "updated_at", "created_at", "last_accessed_at")

_LAST_CHARACTER: Final = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Listing:
    """What to list of one folder: `prefix` is empty or ends with a slash; `search` begins a name in it."""

    prefix: str
    search: str
    sort_column: str
    descending: bool
    limit: int
    offset: int


def find(connection: sqlite3.Connection, bucket_id: str, name: str) -> StoredObject | None:
    query = "SELECT * FROM objects WHERE bucket_id = ? AND name = ?"
    row = connection.execute(query, (bucket_id, name)).fetchone()
    return None if row is None else StoredObject.from_row(row)


def get(connection: sqlite3.Connection, bucket_id: str, name: str) -> StoredObject:
    """The object; KEY404 where there is none."""
    found = find(connection, bucket_id, name)
    if found is None:
        raise errors.key_not_found()
    return found


def find_in_bucket(connection: sqlite3.Connection, bucket_id: str) -> list[StoredObject]:
    rows = connection.execute("SELECT * FROM objects WHERE bucket_id = ? ORDER BY name", (bucket_id,))
    return [StoredObject.from_row(row) for row in rows]


def newest_media(connection: sqlite3.Connection, limit: int) -> list[StoredObject]:
    """The pictures and videos that were stored last in public buckets, the newest first."""
    query = """
        SELECT objects.* FROM objects JOIN buckets ON buckets.id = objects.bucket_id
        WHERE buckets.public AND (mime_type LIKE 'image/%' OR mime_type LIKE 'video/%')
        ORDER BY objects.updated_at DESC, objects.name LIMIT ?
    """
    return [StoredObject.from_row(row) for row in connection.execute(query, (limit,))]


def save(connection: sqlite3.Connection, stored: StoredObject) -> None:
    """Insert the object, or replace the one of its name."""
    values = [json.dumps(value) if isinstance(value, dict) else value for value in astuple(stored)]
    try:
        connection.execute("REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    except sqlite3.IntegrityError as error:
        raise errors.bucket_not_found() from error  # it was deleted while the bytes came in


def delete(connection: sqlite3.Connection, gone: Iterable[StoredObject]) -> None:
    connection.executemany("DELETE FROM objects WHERE id = ?", ((stored.id,) for stored in gone))


def versions(connection: sqlite3.Connection) -> set[str]:
    """The versions that some object still has: every other blob is a leftover."""
    return {version for (version,) in connection.execute("SELECT version FROM objects")}


def list_folder(connection: sqlite3.Connection, bucket_id: str, listing: Listing) -> list[Json]:
    """The folders and then the files directly inside the folder, with names relative to it."""
    column = "created_at" if listing.sort_column == "last_accessed_at" else listing.sort_column
    order = "DESC" if listing.descending else "ASC"
    query = f"""
        WITH inside AS (
            SELECT *, substr(name, length(:prefix) + 1) AS rest FROM objects
            WHERE bucket_id = :bucket AND name >= :prefix AND name < :prefix || :last
        ), found AS (
            SELECT * FROM inside WHERE lower(substr(rest, 1, length(:search))) = lower(:search)
        ), entries AS (
            SELECT DISTINCT substr(rest, 1, instr(rest, '/') - 1) AS entry, NULL AS file, NULL AS sort
            FROM found WHERE instr(rest, '/') > 0
            UNION ALL
            SELECT rest, name, {column} FROM found WHERE instr(rest, '/') = 0
        )
        SELECT entry, file FROM entries
        ORDER BY file IS NOT NULL, sort {order}, entry {order} LIMIT :limit OFFSET :offset
    """  # noqa: S608  # the column is one of four, the order one of two
    values = {
        "bucket": bucket_id,
        "prefix": listing.prefix,
        "search": listing.search,
        "last": _LAST_CHARACTER,
        "limit": listing.limit,
        "offset": listing.offset,
    }
    entries = connection.execute(query, values).fetchall()
    return [_entry(connection, bucket_id, name, file) for name, file in entries]


def _entry(connection: sqlite3.Connection, bucket_id: str, name: str, file: str | None) -> Json:
    row = {} if file is None else get(connection, bucket_id, file).to_json()
    columns = ("id", "updated_at", "created_at", "last_accessed_at", "metadata")
    return {"name": name, **{column: row.get(column) for column in columns}}
