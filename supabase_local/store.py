"""Index and bytes together: what the API can do, without HTTP.

The law of this module: bytes first, then the row, then the removal of what the row replaced. So every row
has its bytes, at every instant, and a crash leaves at worst a blob without a row, which the sweep removes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final
from uuid import uuid4

from supabase_local import buckets, errors, naming, objects
from supabase_local.blobs import Blob, Blobs
from supabase_local.database import Database
from supabase_local.rows import Bucket, Json, StoredObject, timestamp
from supabase_local.sessions import Sessions

INDEX_NAME: Final = "index.sqlite3"
OPEN_ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True)
class Description:
    """What an uploader says about an object's bytes."""

    mime_type: str
    cache_control: str
    user_metadata: Json


class Store:
    """The buckets and objects of one folder, and its `sessions`. Safe for many threads."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._database = Database(folder / INDEX_NAME)
        self._blobs = Blobs(folder)
        self.sessions = Sessions(self._database)

    def close(self) -> None:
        self._database.close()

    def sweep(self) -> int:
        """Remove what a crash left behind, and say how many files. Only for the one server, before it serves."""
        with self._database.reading() as connection:
            return self._blobs.sweep(objects.versions(connection))

    def buckets(self) -> list[Bucket]:
        with self._database.reading() as connection:
            return buckets.find_all(connection)

    def find_bucket(self, bucket_id: str) -> Bucket | None:
        with self._database.reading() as connection:
            return buckets.find(connection, bucket_id)

    def bucket(self, bucket_id: str) -> Bucket:
        with self._database.reading() as connection:
            return buckets.get(connection, bucket_id)

    def create_bucket(
        self, bucket_id: str, name: str, public: bool, size_limit: int | None, types: tuple[str, ...] | None
    ) -> None:
        now = _now()
        with self._database.writing() as connection:
            buckets.insert(connection, Bucket(bucket_id, name, public, size_limit, types, now, now))

    def update_bucket(self, bucket_id: str, changes: Json) -> None:
        """Set the fields of the bucket that `changes` names."""
        with self._database.writing() as connection:
            bucket = buckets.get(connection, bucket_id)
            buckets.update(connection, replace(bucket, **changes, updated_at=_now()))

    def delete_bucket(self, bucket_id: str) -> None:
        with self._database.writing() as connection:
            buckets.get(connection, bucket_id)
            buckets.delete(connection, bucket_id)

    def empty_bucket(self, bucket_id: str) -> None:
        with self._database.writing() as connection:
            buckets.get(connection, bucket_id)
            gone = objects.find_in_bucket(connection, bucket_id)
            objects.delete(connection, gone)
        self._discard(gone)

    def find_object(self, bucket_id: str, key: str) -> StoredObject | None:
        with self._database.reading() as connection:
            return objects.find(connection, bucket_id, key)

    def object(self, bucket_id: str, key: str) -> StoredObject:
        with self._database.reading() as connection:
            return objects.get(connection, bucket_id, key)

    def list_folder(self, bucket_id: str, listing: objects.Listing) -> list[Json]:
        with self._database.reading() as connection:
            return objects.list_folder(connection, bucket_id, listing)

    def newest_media(self, limit: int) -> list[StoredObject]:
        """The pictures and videos that were stored last in public buckets."""
        with self._database.reading() as connection:
            return objects.newest_media(connection, limit)

    def open(self, bucket_id: str, key: str) -> tuple[StoredObject, BinaryIO]:
        """The object with its bytes; KEY404 where there is none."""
        for _ in range(OPEN_ATTEMPTS):
            stored = self.object(bucket_id, key)
            try:
                return stored, self._blobs.open(stored.version)
            except FileNotFoundError:
                continue  # replaced between the two lines: look again
        raise FileNotFoundError(f"the bytes of {stored.path} (version {stored.version}) are gone")

    def put(self, bucket: Bucket, key: str, chunks: Iterable[bytes], description: Description) -> StoredObject:
        """Store the chunks as `key`, over what is there: the old object stays whole until the new one is."""
        blob = self._blobs.receive(chunks, naming.size_limit(bucket.file_size_limit))
        return self._publish(bucket.id, key, blob, description)

    def copy(self, source: StoredObject, bucket_id: str, key: str) -> StoredObject:
        if (source.bucket_id, source.name) == (bucket_id, key):
            return source
        description = Description(source.mime_type, source.cache_control, source.user_metadata)
        try:
            blob = self._blobs.copy(source.version)
        except FileNotFoundError as error:
            raise errors.key_not_found() from error  # removed or replaced since it was found
        return self._publish(bucket_id, key, blob, description)

    def move(self, source: StoredObject, bucket_id: str, key: str) -> None:
        """Give the object another name; DUPKEY where that is taken."""
        with self._database.writing() as connection:
            found = objects.find(connection, bucket_id, key)
            if found is not None and found.id != source.id:
                raise errors.key_exists()
            current = objects.get(connection, source.bucket_id, source.name)  # its bytes may be new ones by now
            objects.save(connection, replace(current, bucket_id=bucket_id, name=key, updated_at=_now()))

    def remove(self, bucket_id: str, keys: Sequence[str]) -> list[StoredObject]:
        """Remove the objects of these keys, and say which there were."""
        with self._database.writing() as connection:
            found = (objects.find(connection, bucket_id, key) for key in dict.fromkeys(keys))
            gone = [stored for stored in found if stored is not None]
            objects.delete(connection, gone)
        self._discard(gone)
        return gone

    def _publish(self, bucket_id: str, key: str, blob: Blob, description: Description) -> StoredObject:
        now = _now()
        try:
            with self._database.writing() as connection:
                old = objects.find(connection, bucket_id, key)
                stored = StoredObject(
                    id=str(uuid4()) if old is None else old.id,
                    bucket_id=bucket_id,
                    name=key,
                    version=blob.version,
                    size=blob.size,
                    etag=blob.etag,
                    mime_type=description.mime_type,
                    cache_control=description.cache_control,
                    user_metadata=description.user_metadata,
                    created_at=now if old is None else old.created_at,
                    updated_at=now,
                )
                objects.save(connection, stored)
        except BaseException:
            self._blobs.discard(blob.version)
            raise
        self._discard([] if old is None else [old])
        return stored

    def _discard(self, gone: Iterable[StoredObject]) -> None:
        for stored in gone:
            self._blobs.discard(stored.version)


def _now() -> str:
    return timestamp(datetime.now(UTC))
