"""A bucket and an object, as values, and as the JSON in which the API shows them."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]


def timestamp(moment: datetime) -> str:
    """As the API writes times: `2026-11-22T13:29:12.988Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Bucket:
    """`file_size_limit` is in bytes; None for it and for `allowed_mime_types` means no limit of its own."""

    id: str
    name: str
    public: bool
    file_size_limit: int | None
    allowed_mime_types: tuple[str, ...] | None
    created_at: str
    updated_at: str

    @classmethod
    def from_row(cls, row: sqlite3.Row) -> Bucket:
        types = row["allowed_mime_types"]
        return cls(
            id=row["id"],
            name=row["name"],
            public=bool(row["public"]),
            file_size_limit=row["file_size_limit"],
            allowed_mime_types=None if types is None else tuple(json.loads(types)),
            created_at=row["created_at"],
            updated_at=row["updated_at"],
        )

    def to_json(self) -> Json:
        return {
            "id": self.id,
            "name": self.name,
            "owner": "",
            "public": self.public,
            "file_size_limit": self.file_size_limit,
            "allowed_mime_types": None if self.allowed_mime_types is None else list(self.allowed_mime_types),
            "created_at": self.created_at,
            "updated_at": self.updated_at,
        }


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object: `version` names its bytes, `etag` is their MD5 in hexadecimal, `size` their number."""

    id: str
    bucket_id: str
    name: str
    version: str
    size: int
    etag: str
    mime_type: str
    cache_control: str
    user_metadata: Json
    created_at: str
    updated_at: str

    @classmethod
    def from_row(cls, row: sqlite3.Row) -> StoredObject:
        values = {column: row[column] for column in cls.__slots__}
        return cls(**values | {"user_metadata": json.loads(row["user_metadata"])})

    @property
    def path(self) -> str:
        return f"{self.bucket_id}/{self.name}"

    @property
    def last_modified(self) -> datetime:
        return datetime.fromisoformat(self.updated_at)

    def metadata(self) -> Json:
        return {
            "eTag": f'"{self.etag}"',
            "size": self.size,
            "mimetype": self.mime_type,
            "cacheControl": self.cache_control,
            "lastModified": self.updated_at,
            "contentLength": self.size,
            "httpStatusCode": 200,
        }

    def to_json(self) -> Json:
        """The whole row, as bulk remove and copy show it."""
        return {
            "name": self.name,
            "bucket_id": self.bucket_id,
            "owner": "",
            "owner_id": None,
            "version": self.version,
            "id": self.id,
            "updated_at": self.updated_at,
            "created_at": self.created_at,
            "last_accessed_at": self.created_at,
            "metadata": self.metadata(),
            "user_metadata": self.user_metadata,
        }

    def info(self) -> Json:
        return {
            "id": self.id,
            "name": self.name,
            "version": self.version,
            "bucket_id": self.bucket_id,
            "size": self.size,
            "content_type": self.mime_type,
            "cache_control": self.cache_control,
            "etag": f'"{self.etag}"',
            "metadata": self.user_metadata,
            "last_modified": self.updated_at,
            "created_at": self.created_at,
        }
