"""What is on disk, at every point where a crash or a full disk may interrupt."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from supabase_local import objects
from supabase_local.blobs import Blobs
from supabase_local.database import Database
from supabase_local.errors import StorageError
from supabase_local.rows import Bucket, StoredObject
from supabase_local.store import Description, Store
from tests.supabase_local.processes import blobs, drafts

PNG = Description("image/png", "no-cache", {})


class PowerCutError(Exception):
    """The process ends here."""


def cut(*_: object, **__: object) -> None:
    raise PowerCutError


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    opened.create_bucket("media", "media", True, None, None)
    yield opened
    opened.close()


@pytest.fixture
def media(store: Store) -> Bucket:
    return store.bucket("media")


def read(store: Store, key: str) -> bytes:
    _, file = store.open("media", key)
    with file:
        return file.read()


def dying() -> Iterator[bytes]:
    yield b"half"
    raise PowerCutError


def test_an_upload_that_dies_half_way_leaves_the_old_object(store: Store, media: Bucket, tmp_path: Path) -> None:
    store.put(media, "one", [b"old"], PNG)
    with pytest.raises(PowerCutError):
        store.put(media, "one", dying(), PNG)
    assert read(store, "one") == b"old"
    assert (blobs(tmp_path), drafts(tmp_path)) == ([b"old"], [])


def test_a_new_upload_that_dies_half_way_leaves_none(store: Store, media: Bucket, tmp_path: Path) -> None:
    with pytest.raises(PowerCutError):
        store.put(media, "one", dying(), PNG)
    assert store.find_object("media", "one") is None
    assert (blobs(tmp_path), drafts(tmp_path)) == ([], [])


@pytest.mark.parametrize(
    ("owner", "name", "survivor"),
    [
        (os, "fsync", b"old"),
        (Path, "rename", b"old"),
        (objects, "save", b"old"),
        (Blobs, "discard", b"new"),
    ],
)
def test_a_crash_at_any_step_leaves_one_whole_object_and_its_leftovers_are_swept(
    store: Store,
    media: Bucket,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    owner: object,
    name: str,
    survivor: bytes,
) -> None:
    store.put(media, "one", [b"old"], PNG)
    with monkeypatch.context() as crash:
        crash.setattr(owner, name, cut)
        crash.setattr(Blobs, "discard", cut)  # a dead process cleans nothing up
        crash.setattr(Path, "unlink", cut)
        with pytest.raises(PowerCutError):
            store.put(media, "one", [b"new"], PNG)
    reopened = Store(tmp_path)
    assert reopened.sweep() == 1
    assert read(reopened, "one") == survivor
    assert (blobs(tmp_path), drafts(tmp_path)) == ([survivor], [])
    reopened.close()


def test_the_sweep_leaves_what_is_stored(store: Store, media: Bucket, tmp_path: Path) -> None:
    store.put(media, "one", [b"one"], PNG)
    (tmp_path / "incoming" / "leftover").write_bytes(b"half")
    (tmp_path / "objects" / "leftover").write_bytes(b"whole")
    assert (store.sweep(), store.sweep()) == (2, 0)
    assert read(store, "one") == b"one"


def test_replaced_and_removed_bytes_leave_the_disk(store: Store, media: Bucket, tmp_path: Path) -> None:
    for content in (b"1", b"2", b"3"):
        store.put(media, "one", [content], PNG)
    store.put(media, "two", [b"two"], PNG)
    assert sorted(blobs(tmp_path)) == [b"3", b"two"]
    store.remove("media", ["one"])
    store.empty_bucket("media")
    assert blobs(tmp_path) == []


def test_a_download_under_way_ends_whole_though_the_object_is_replaced(store: Store, media: Bucket) -> None:
    store.put(media, "one", [b"old"], PNG)
    _, file = store.open("media", "one")
    store.put(media, "one", [b"new"], PNG)
    with file:
        assert file.read() == b"old"


def test_a_download_meets_the_object_that_replaced_the_one_it_found(
    store: Store, media: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(media, "one", [b"old"], PNG)
    look_up = store.object
    replacing: list[Callable[[], object]] = [lambda: store.put(media, "one", [b"new"], PNG)]

    def look_up_slowly(bucket_id: str, key: str) -> StoredObject:
        found = look_up(bucket_id, key)
        while replacing:
            replacing.pop()()
        return found

    monkeypatch.setattr(store, "object", look_up_slowly)
    assert read(store, "one") == b"new"


def test_a_move_takes_the_bytes_that_came_in_the_meantime(store: Store, media: Bucket) -> None:
    found = store.put(media, "one", [b"old"], PNG)
    store.put(media, "one", [b"new"], PNG)
    store.move(found, "media", "two")
    assert read(store, "two") == b"new"


def test_a_copy_of_what_was_removed_in_the_meantime_is_not_found(store: Store, media: Bucket) -> None:
    found = store.put(media, "one", [b"one"], PNG)
    store.remove("media", ["one"])
    with pytest.raises(StorageError, match="Object not found"):
        store.copy(found, "media", "two")


def test_lost_bytes_are_an_error_and_no_blank_answer(store: Store, media: Bucket, tmp_path: Path) -> None:
    stored = store.put(media, "one", [b"one"], PNG)
    (tmp_path / "objects" / stored.version).unlink()
    with pytest.raises(FileNotFoundError, match="media/one"):
        store.open("media", "one")


def test_a_bucket_that_is_deleted_during_an_upload_keeps_nothing(store: Store, media: Bucket, tmp_path: Path) -> None:
    def deleting() -> Iterator[bytes]:
        yield b"one"
        store.delete_bucket("media")

    with pytest.raises(StorageError, match="Bucket not found"):
        store.put(media, "one", deleting(), PNG)
    assert (blobs(tmp_path), drafts(tmp_path)) == ([], [])


def test_a_transaction_that_raises_is_undone(tmp_path: Path) -> None:
    database = Database(tmp_path / "index.sqlite3")

    def insert_and_die() -> None:
        with database.writing() as connection:
            connection.execute("INSERT INTO buckets VALUES ('a', 'a', 1, NULL, NULL, '', '')")
            raise PowerCutError

    with pytest.raises(PowerCutError):
        insert_and_die()
    with database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM buckets").fetchone()[0] == 0
    database.close()
