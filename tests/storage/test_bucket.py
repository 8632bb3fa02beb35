from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import httpx
import jwt
import psutil
import pytest

from maestro_actors.errors import StorageError
from maestro_actors.storage import SupabaseBucket
from tests.storage.conftest import PATH, Picture
from tests.support.faulty_storage import StorageServer
from tests.support.moody_server import moody_server
from tests.support.patience import eventually


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def objects(raw: httpx.Client, folder: str = str(Path(PATH).parent)) -> list[str]:
    """The names of the objects in a folder of the bucket."""
    found = raw.post("object/list/media", json={"prefix": folder, "limit": 1000})
    return [each["name"] for each in found.json()]


def test_the_url_serves_the_file_with_its_type_for_ever(bucket: SupabaseBucket, picture: Picture) -> None:
    answer = httpx.get(picture.upload(bucket))
    assert sha256(answer.content) == sha256(picture.content)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "max-age=31536000"


def test_the_url_is_the_one_that_is_built_without_asking(bucket: SupabaseBucket, picture: Picture) -> None:
    assert picture.upload(bucket) == bucket.url_of(PATH)


def test_a_reel_of_some_megabytes_arrives_whole(bucket: SupabaseBucket, tmp_path: Path) -> None:
    reel = Picture(tmp_path / "reel.mp4", "video/mp4")
    reel.file.write_bytes(os.urandom(6_000_000))
    answer = httpx.get(reel.upload(bucket, "user/brand/reels/1_reel.mp4"))
    assert sha256(answer.content) == sha256(reel.content)
    assert answer.headers["content-type"] == "video/mp4"


def test_an_upload_done_twice_leaves_one_object_with_the_new_bytes(
    bucket: SupabaseBucket, picture: Picture, raw: httpx.Client
) -> None:
    first = picture.upload(bucket)
    picture.file.write_bytes(b"other and shorter")
    assert picture.upload(bucket) == first
    assert httpx.get(first).content == b"other and shorter"
    assert objects(raw) == [Path(PATH).name]


def test_a_missing_bucket_is_made_and_public(bucket: SupabaseBucket, raw: httpx.Client) -> None:
    assert raw.get("bucket/media").json()["statusCode"] == "404"
    bucket.ensure()
    assert raw.get("bucket/media").json()["public"] is True
    bucket.ensure()


def test_an_upload_makes_the_bucket_if_nobody_did(bucket: SupabaseBucket, picture: Picture, raw: httpx.Client) -> None:
    picture.upload(bucket)
    assert raw.get("bucket/media").json()["public"] is True


def test_many_may_make_the_bucket_at_once(server: StorageServer) -> None:
    failures: list[Exception] = []

    def ensure() -> None:
        with closing(SupabaseBucket(server.url, server.service_key)) as bucket:
            try:
                bucket.ensure()
            except Exception as error:  # noqa: BLE001 - a thread's failures are looked at below
                failures.append(error)

    threads = [Thread(target=ensure) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_a_private_bucket_is_refused_with_a_remedy(bucket: SupabaseBucket, picture: Picture, raw: httpx.Client) -> None:
    raw.post("bucket", json={"name": "media", "public": False}).raise_for_status()
    for _ in range(2):
        with pytest.raises(StorageError, match=r"media at http.* is private.*make it public"):
            picture.upload(bucket)


def keys(server: StorageServer) -> Iterator[str]:
    """Keys that are not the service key."""
    yield "garbage"
    yield "ключ"
    yield f"{server.service_key}\n"
    yield f"{server.service_key}\x00"
    yield server.anon_key
    yield jwt.encode({"role": "service_role"}, "x" * 32, "HS256")
    yield jwt.encode({"role": "service_role", "exp": 1}, server.jwt_secret, "HS256")
    yield ""


def test_a_wrong_key_is_refused_by_its_name_and_never_shown(server: StorageServer, picture: Picture) -> None:
    for key in keys(server):
        with (
            pytest.raises(StorageError, match="SUPABASE_SERVICE_KEY") as refused,
            closing(SupabaseBucket(server.url, key)) as bucket,
        ):
            picture.upload(bucket)
        assert server.service_key not in str(refused.value)


@pytest.mark.parametrize("url", ["nonsense", "", "http://", "ftp://storage", "http://127.0.0.1:99999", "http://["])
def test_a_url_that_is_none_is_refused_by_its_name(url: str) -> None:
    with pytest.raises(StorageError, match="check SUPABASE_URL"):
        SupabaseBucket(url, "key")


@pytest.mark.parametrize(
    ("rule", "remedy"),
    [
        ({"file_size_limit": 1000}, "413 .*; raise the bucket's size limit"),
        ({"allowed_mime_types": ["video/mp4"]}, "415 .*; let the bucket take image/png and video/mp4"),
    ],
)
def test_a_bucket_that_does_not_take_the_file_says_what_to_change(
    bucket: SupabaseBucket, picture: Picture, raw: httpx.Client, rule: dict[str, object], remedy: str
) -> None:
    raw.post("bucket", json={"name": "media", "public": True} | rule).raise_for_status()
    with pytest.raises(StorageError, match=remedy):
        picture.upload(bucket)


def test_a_bucket_that_is_removed_meanwhile_is_a_refusal(
    bucket: SupabaseBucket, picture: Picture, raw: httpx.Client
) -> None:
    bucket.ensure()
    raw.delete("bucket/media").raise_for_status()
    with pytest.raises(StorageError, match="the bucket media may have been removed: then start again"):
        picture.upload(bucket)


def test_a_file_that_cannot_be_read_is_named(bucket: SupabaseBucket, picture: Picture, tmp_path: Path) -> None:
    for file in (tmp_path / "missing.png", tmp_path):
        with pytest.raises(StorageError, match=str(file)):
            bucket.upload(PATH, str(file), "image/png", 3)
    picture.upload(bucket)


def test_many_objects_are_removed_and_missing_ones_do_not_matter(
    bucket: SupabaseBucket, picture: Picture, raw: httpx.Client
) -> None:
    paths = tuple(f"user/brand/posts/{n}.png" for n in range(250))
    for path in (*paths[::60], "user/brand/posts/kept.png"):
        picture.upload(bucket, path)
    bucket.remove(paths)
    assert objects(raw, "user/brand/posts") == ["kept.png"]
    bucket.remove(paths)
    bucket.remove(())
    with pytest.raises(httpx.HTTPStatusError):
        httpx.get(bucket.url_of(paths[0])).raise_for_status()


def test_one_connection_serves_all(server: StorageServer, picture: Picture) -> None:
    with moody_server(server.url) as between, closing(SupabaseBucket(between.url, server.service_key)) as bucket:
        for n in range(5):
            picture.upload(bucket, f"user/brand/posts/{n}.png")
        bucket.remove(("user/brand/posts/0.png",))
        assert between.connections == 1


def test_no_socket_is_left(server: StorageServer, picture: Picture) -> None:
    def upload() -> None:
        with closing(SupabaseBucket(server.url, server.service_key)) as bucket:
            picture.upload(bucket)

    upload()  # the first one opens what the server keeps open
    before = psutil.Process().num_fds()
    for _ in range(3):
        upload()
    eventually(lambda: psutil.Process().num_fds() <= before)


def silent_about_length(response: httpx.Response) -> None:
    """As a cache may be that streams."""
    if response.request.method == "HEAD":
        del response.headers["content-length"]


def test_an_address_that_leaves_out_its_length_is_asked_for_its_first_byte(
    bucket: SupabaseBucket, picture: Picture
) -> None:
    http = bucket._line.http
    http.event_hooks = {**http.event_hooks, "response": [silent_about_length]}
    url = picture.upload(bucket)
    assert httpx.get(url).content == picture.file.read_bytes()
