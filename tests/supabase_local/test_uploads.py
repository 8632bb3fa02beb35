from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from storage3._sync.file_api import SyncBucketProxy
from storage3.exceptions import StorageApiError
from supabase import Client

from supabase_local.launch import LocalServer
from supabase_local.naming import MAX_OBJECT_BYTES
from tests.supabase_local import wire
from tests.support.patience import eventually

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


def form(content: bytes, mime_type: str = "image/png", name: str = "one.png") -> dict[str, tuple[str, bytes, str]]:
    return {"file": (name, content, mime_type)}


def test_the_client_uploads_and_downloads(bucket: SyncBucketProxy) -> None:
    answer = bucket.upload("a/one.png", PNG, {"content-type": "image/png"})
    assert (answer.path, answer.full_path) == ("a/one.png", f"{bucket.id}/a/one.png")
    assert bucket.download("a/one.png") == PNG
    assert bucket.exists("a/one.png")
    assert not bucket.exists("a/two.png")


def test_an_upload_answers_key_and_id(raw: httpx.Client, private: str) -> None:
    answer = raw.post(f"object/{private}/a/one.png", files=form(PNG))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json; charset=utf-8")
    assert list(answer.json()) == ["Key", "Id"]
    assert answer.json()["Key"] == f"{private}/a/one.png"
    assert UUID.fullmatch(answer.json()["Id"])


def test_the_client_uploads_open_files_and_paths(bucket: SyncBucketProxy, tmp_path: Path) -> None:
    path = tmp_path / "one.png"
    path.write_bytes(PNG)
    bucket.upload("path.png", path, {"content-type": "image/png"})
    with path.open("rb") as file:
        bucket.upload("file.png", file, {"content-type": "image/png"})
    assert bucket.download("path.png") == bucket.download("file.png") == PNG


def test_what_exists_is_a_duplicate_unless_upsert_is_exactly_true(raw: httpx.Client, private: str) -> None:
    path = f"object/{private}/one.png"
    first = raw.post(path, files=form(b"first"))
    for upsert in (None, "false", "TRUE", "1", ""):
        headers = {} if upsert is None else {"x-upsert": upsert}
        wire.assert_error(raw.post(path, files=form(b"second"), headers=headers), wire.DUPKEY)
    assert raw.get(path).content == b"first"
    second = raw.post(path, files=form(b"second", "image/jpeg"), headers={"x-upsert": "true"})
    assert second.json() == first.json()
    served = raw.get(path)
    assert (served.content, served.headers["content-type"]) == (b"second", "image/jpeg")
    assert served.headers["etag"] == f'"{hashlib.md5(b"second", usedforsecurity=False).hexdigest()}"'


def test_the_client_sees_a_duplicate_as_409_though_http_said_400(bucket: SyncBucketProxy) -> None:
    bucket.upload("one.png", PNG)
    with pytest.raises(StorageApiError) as caught:
        bucket.upload("one.png", PNG)
    assert (caught.value.status, caught.value.code) == ("409", "Duplicate")
    cause = caught.value.__cause__
    assert isinstance(cause, httpx.HTTPStatusError)
    assert cause.response.status_code == 400
    bucket.upload("one.png", b"new", {"upsert": "true"})
    bucket.update("one.png", b"newer")
    assert bucket.download("one.png") == b"newer"


def test_put_creates_what_is_missing_and_replaces_what_is_there(raw: httpx.Client, private: str) -> None:
    first = raw.put(f"object/{private}/one.png", files=form(b"first"))
    assert first.status_code == 200
    assert raw.put(f"object/{private}/one.png", content=b"second").json() == first.json()
    assert raw.get(f"object/{private}/one.png").content == b"second"


def test_an_upsert_keeps_id_and_birth_and_changes_the_version(raw: httpx.Client, private: str) -> None:
    raw.put(f"object/{private}/one.png", content=b"first")
    old = raw.get(f"object/info/{private}/one.png").json()
    raw.put(f"object/{private}/one.png", content=b"second")
    new = raw.get(f"object/info/{private}/one.png").json()
    assert (new["id"], new["created_at"]) == (old["id"], old["created_at"])
    assert new["version"] != old["version"]
    assert new["last_modified"] >= old["last_modified"]


def test_a_missing_bucket_is_not_found(raw: httpx.Client) -> None:
    wire.assert_error(raw.post("object/missing/one.png", files=form(PNG)), wire.BUCKET404)


def test_a_raw_body_keeps_its_type_and_cache_control(raw: httpx.Client, private: str) -> None:
    headers = {"Content-Type": "video/mp4", "Cache-Control": "max-age=7"}
    raw.post(f"object/{private}/a.mp4", content=b"raw", headers=headers).raise_for_status()
    raw.post(f"object/{private}/b.mp4", content=b"raw").raise_for_status()
    first, second = raw.get(f"object/{private}/a.mp4"), raw.get(f"object/{private}/b.mp4")
    assert (first.content, first.headers["content-type"], first.headers["cache-control"]) == (
        b"raw",
        "video/mp4",
        "max-age=7",
    )
    assert (second.headers["content-type"], second.headers["cache-control"]) == ("application/octet-stream", "no-cache")


def test_a_form_keeps_the_parts_type_without_parameters_and_its_cache_seconds(raw: httpx.Client, private: str) -> None:
    raw.post(f"object/{private}/a", files=form(b"a", "text/css; charset=utf-8"), data={"cacheControl": "60"})
    raw.post(f"object/{private}/b", files=form(b"b"))
    first, second = (raw.get(f"object/info/{private}/{name}").json() for name in "ab")
    assert (first["content_type"], first["cache_control"]) == ("text/css", "max-age=60")
    assert second["cache_control"] == "no-cache"


def test_metadata_comes_back_in_info(raw: httpx.Client, bucket: SyncBucketProxy) -> None:
    bucket.upload("form", b"a", {"metadata": {"job": "7"}})
    header = base64.b64encode(json.dumps({"job": "8"}).encode()).decode()
    raw.post(f"object/{bucket.id}/raw", content=b"a", headers={"x-metadata": header})
    raw.post(f"object/{bucket.id}/bad", content=b"a", headers={"x-metadata": "?"})
    metadata = [bucket.info(name)["metadata"] for name in ("form", "raw", "bad")]
    assert metadata == [{"job": "7"}, {"job": "8"}, {}]


def test_an_empty_file_is_an_object_of_size_0(raw: httpx.Client, private: str) -> None:
    assert raw.post(f"object/{private}/form", files=form(b"")).status_code == 200
    assert raw.post(f"object/{private}/raw", content=b"").status_code == 200
    assert raw.get(f"object/info/{private}/form").json()["size"] == 0
    assert raw.get(f"object/{private}/raw").content == b""


def test_a_form_without_a_file_has_no_content(raw: httpx.Client, private: str) -> None:
    only_fields = {"cacheControl": (None, "3600")}
    wire.assert_error(raw.post(f"object/{private}/a", files=only_fields), wire.NOCONTENT)


@pytest.mark.parametrize(
    ("content_type", "content"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"--y\r\n"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\ncut',
        ),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n\r\n--x--"),
    ],
)
def test_a_broken_form_stores_nothing(raw: httpx.Client, private: str, content_type: str, content: bytes) -> None:
    answer = raw.post(f"object/{private}/a", content=content, headers={"Content-Type": content_type})
    wire.assert_error(answer, wire.NOCONTENT)
    wire.assert_error(raw.get(f"object/{private}/a"), wire.KEY404)


def test_a_form_whose_bytes_look_like_its_end_is_stored_whole(raw: httpx.Client, private: str) -> None:
    tricky = b"\r\n--" + b"--x\r\n" * 30000 + b"\r\n-" + b"\r" * 70000 + b"\n--"
    raw.post(f"object/{private}/a", files=form(tricky)).raise_for_status()
    assert raw.get(f"object/{private}/a").content == tricky


@pytest.mark.parametrize("seconds", ["1\r\nSet-Cookie: a=b", "é", "\x0b"])
def test_no_header_can_be_smuggled_into_the_answers(raw: httpx.Client, private: str, seconds: str) -> None:
    answer = raw.post(f"object/{private}/a", files=form(PNG), data={"cacheControl": seconds})
    wire.assert_error(answer, wire.schema("cacheControl must be printable ASCII"))


class TestLimits:
    def test_an_object_of_exactly_the_limit_passes_and_one_byte_more_does_not(
        self, raw: httpx.Client, private: str
    ) -> None:
        raw.put(f"bucket/{private}", json={"file_size_limit": 10}).raise_for_status()
        assert raw.post(f"object/{private}/form", files=form(b"x" * 10)).status_code == 200
        assert raw.post(f"object/{private}/raw", content=b"x" * 10).status_code == 200
        wire.assert_error(raw.post(f"object/{private}/big", files=form(b"x" * 11)), wire.TOOBIG)
        wire.assert_error(raw.post(f"object/{private}/big", content=b"x" * 11), wire.TOOBIG)
        wire.assert_error(raw.get(f"object/{private}/big"), wire.KEY404)

    def test_the_servers_own_limit_holds_and_the_connection_lives_on(self, raw: httpx.Client, private: str) -> None:
        whole = io.BytesIO(bytes(MAX_OBJECT_BYTES))
        raw.post(f"object/{private}/whole", content=whole, headers={"Content-Length": str(MAX_OBJECT_BYTES)})
        assert int(raw.head(f"object/{private}/whole").headers["content-length"]) == MAX_OBJECT_BYTES
        too_big = bytes(MAX_OBJECT_BYTES + 1)
        wire.assert_error(raw.post(f"object/{private}/big", files=form(too_big)), wire.TOOBIG)
        assert raw.get("status").status_code == 200

    def test_a_refused_replacement_leaves_the_old_object(self, raw: httpx.Client, private: str) -> None:
        raw.put(f"bucket/{private}", json={"file_size_limit": 10}).raise_for_status()
        raw.post(f"object/{private}/a", content=b"old").raise_for_status()
        wire.assert_error(raw.put(f"object/{private}/a", files=form(b"x" * 11)), wire.TOOBIG)
        assert raw.get(f"object/{private}/a").content == b"old"

    def test_a_type_that_is_not_allowed_is_refused(self, raw: httpx.Client, private: str) -> None:
        raw.put(f"bucket/{private}", json={"allowed_mime_types": ["image/*", "video/mp4"]}).raise_for_status()
        for allowed in ("image/png", "video/mp4"):
            assert raw.put(f"object/{private}/a", files=form(b"a", allowed)).status_code == 200
        for refused in ("text/plain", "video/webm", "image"):
            wire.assert_error(raw.put(f"object/{private}/a", files=form(b"a", refused)), wire.mime(refused))
        header = {"Content-Type": "text/plain"}
        wire.assert_error(raw.put(f"object/{private}/a", content=b"a", headers=header), wire.mime("text/plain"))


def test_the_checks_come_in_the_real_order(bare: httpx.Client, raw: httpx.Client, private: str) -> None:
    limits = {"file_size_limit": 4, "allowed_mime_types": ["image/png"]}
    raw.put(f"bucket/{private}", json=limits).raise_for_status()
    png, text = {"Content-Type": "image/png"}, {"Content-Type": "text/plain"}
    raw.post(f"object/{private}/a", content=b"a", headers=png).raise_for_status()
    bad_token = {"Authorization": "Bearer garbage"}
    wire.assert_error(bare.post("object/missing/~", content=b"too big"), wire.NOAUTH)
    wire.assert_error(bare.post("object/missing/~", content=b"too big", headers=bad_token), wire.jwt_error(wire.NO_JWS))
    wire.assert_error(raw.post("object/missing/~", content=b"too big", headers=text), wire.BUCKET404)
    wire.assert_error(raw.post(f"object/{private}/~", content=b"too big", headers=text), wire.mime("text/plain"))
    wire.assert_error(raw.post(f"object/{private}/~", content=b"too big", headers=png), wire.TOOBIG)
    wire.assert_error(raw.post(f"object/{private}/~", content=b"a", headers=png), wire.bad_key("~"))
    wire.assert_error(raw.post(f"object/{private}/~", files=form(b"too big")), wire.bad_key("~"))
    wire.assert_error(raw.post(f"object/{private}/a", files=form(b"too big")), wire.DUPKEY)
    wire.assert_error(raw.post(f"object/{private}/b", files=form(b"too big")), wire.TOOBIG)


def test_parallel_upserts_of_one_key_end_in_one_whole_object(
    server: LocalServer, raw: httpx.Client, private: str
) -> None:
    contents = [bytes([number]) * 200_000 for number in range(8)]
    headers = {"Authorization": f"Bearer {server.service_key}", "x-upsert": "true"}

    def upload(content: bytes) -> str:
        with httpx.Client(base_url=f"{server.url}/storage/v1/", headers=headers) as client:
            ids = {str(client.post(f"object/{private}/one", files=form(content)).json()["Id"]) for _ in range(5)}
        assert len(ids) == 1
        return ids.pop()

    with ThreadPoolExecutor(8) as pool:
        uploads = [pool.submit(upload, content) for content in contents]
        while not all(running.done() for running in uploads):
            seen = raw.get(f"object/{private}/one")
            assert seen.status_code == 400 or seen.content in contents
        ids = {running.result() for running in uploads}
    assert ids == {raw.get(f"object/info/{private}/one").json()["id"]}
    served = raw.get(f"object/{private}/one")
    assert served.content in contents
    assert served.headers["etag"] == f'"{hashlib.md5(served.content, usedforsecurity=False).hexdigest()}"'


def test_a_client_that_gave_up_may_have_stored_the_object(server: LocalServer, raw: httpx.Client, private: str) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    key = f"{uuid4()}.png"
    with socket.create_connection((host, int(port))) as connection:
        head = f"POST /storage/v1/object/{private}/{key} HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
        connection.sendall(f"{head}Authorization: Bearer {server.service_key}\r\n\r\nPNG!".encode())
    eventually(lambda: raw.get(f"object/{private}/{key}").content == b"PNG!")


def test_the_last_of_several_clients_wins_through_supabase(supabase: Client, private: str) -> None:
    for number in range(3):
        supabase.storage.from_(private).upload("one", b"%d" % number, {"upsert": "true"})
    assert supabase.storage.from_(private).download("one") == b"2"
