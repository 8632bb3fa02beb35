"""The questions that are asked about buckets, in SQL. Each runs in its caller's transaction."""

from __future__ import annotations

import json
import sqlite3

from supabase_local import errors
from supabase_local.rows import Bucket


def find_all(connection: sqlite3.Connection) -> list[Bucket]:
    rows = connection.execute("SELECT * FROM buckets ORDER BY created_at, id")
    return [Bucket.from_row(row) for row in rows]


def find(connection: sqlite3.Connection, bucket_id: str) -> Bucket | None:
    row = connection.execute("SELECT * FROM buckets WHERE id = ?", (bucket_id,)).fetchone()
    return None if row is None else Bucket.from_row(row)


def get(connection: sqlite3.Connection, bucket_id: str) -> Bucket:
    """The bucket; BUCKET404 where there is none."""
    bucket = find(connection, bucket_id)
    if bucket is None:
        raise errors.bucket_not_found()
    return bucket


def insert(connection: sqlite3.Connection, bucket: Bucket) -> None:
    try:
        connection.execute("INSERT INTO buckets VALUES (?, ?, ?, ?, ?, ?, ?)", _values(bucket))
    except sqlite3.IntegrityError as error:
        raise errors.bucket_exists() from error


def update(connection: sqlite3.Connection, bucket: Bucket) -> None:
    columns = "name = ?, public = ?, file_size_limit = ?, allowed_mime_types = ?, created_at = ?, updated_at = ?"
    bucket_id, *values = _values(bucket)
    connection.execute(f"UPDATE buckets SET {columns} WHERE id = ?", (*values, bucket_id))  # noqa: S608  # no input


def delete(connection: sqlite3.Connection, bucket_id: str) -> None:
    try:
        connection.execute("DELETE FROM buckets WHERE id = ?", (bucket_id,))
    except sqlite3.IntegrityError as error:
        raise errors.bucket_not_empty() from error


def _values(bucket: Bucket) -> tuple[str | int | None, ...]:
    types = bucket.allowed_mime_types
    return (
        bucket.id,
        bucket.name,
        bucket.public,
        bucket.file_size_limit,
        None if types is None else json.dumps(types),
        bucket.created_at,
        bucket.updated_at,
    )
