from __future__ import annotations

import re
from uuid import uuid4

import httpx
import pytest
from storage3.exceptions import StorageApiError
from supabase import Client

from tests.supabase_local import wire

TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
FIELDS = ["id", "name", "owner", "public", "file_size_limit", "allowed_mime_types", "created_at", "updated_at"]


def new_name() -> str:
    return f"bucket-{uuid4()}"


def test_the_client_creates_reads_changes_and_deletes_a_bucket(supabase: Client) -> None:
    name = new_name()
    options = {"public": True, "file_size_limit": 10, "allowed_mime_types": ["image/*"]}
    assert supabase.storage.create_bucket(name, options=options) == {"name": name}  # type: ignore[arg-type]  # a plain dict
    found = supabase.storage.get_bucket(name)
    assert (found.id, found.public, found.file_size_limit, found.allowed_mime_types) == (name, True, 10, ["image/*"])
    assert supabase.storage.update_bucket(name, {"public": False}) == {"message": "Successfully updated"}
    changed = supabase.storage.get_bucket(name)
    assert (changed.public, changed.file_size_limit) == (False, 10)
    assert changed.updated_at >= changed.created_at
    assert name in [listed.id for listed in supabase.storage.list_buckets()]
    assert supabase.storage.delete_bucket(name) == {"message": "Successfully deleted"}
    with pytest.raises(StorageApiError) as caught:
        supabase.storage.get_bucket(name)
    assert (caught.value.status, caught.value.code) == ("404", "Bucket not found")


def test_a_bucket_has_the_fields_of_the_real_one_in_their_order(raw: httpx.Client, private: str) -> None:
    found = raw.get(f"bucket/{private}").json()
    assert list(found) == FIELDS
    assert found["owner"] == ""
    assert TIMESTAMP.fullmatch(found["created_at"])
    listed = next(bucket for bucket in raw.get("bucket").json() if bucket["id"] == private)
    assert list(listed) == [*FIELDS[:4], "type", *FIELDS[4:]]
    assert listed["type"] == "STANDARD"


def test_a_second_bucket_of_one_name_is_a_duplicate(raw: httpx.Client, private: str) -> None:
    wire.assert_error(raw.post("bucket", json={"name": private}), wire.DUPBUCKET)


def test_the_id_is_the_name_by_default_and_unknown_properties_are_ignored(raw: httpx.Client) -> None:
    name = new_name()
    assert raw.post("bucket", json={"name": name, "colour": "red"}).text == f'{{"name":"{name}"}}'
    assert raw.get(f"bucket/{name}").json()["name"] == name


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "body must have required property 'name'"),
        ({"name": "a", "public": "yes"}, "body/public must be boolean"),
        ({"name": "a", "allowed_mime_types": 7}, "body/allowed_mime_types must be array"),
        ({"name": ["a"]}, "body/name must be string"),
        ([], "body must be object"),
    ],
)
def test_a_body_that_does_not_fit_is_told_so(raw: httpx.Client, sent: object, message: str) -> None:
    wire.assert_error(raw.post("bucket", json=sent), wire.schema(message))


@pytest.mark.parametrize("name", ["", "a/b", "café", " leading", "x" * 101, "a%b", "a\nb", "a~b"])
def test_a_bad_bucket_name_is_refused(raw: httpx.Client, name: str) -> None:
    wire.assert_error(raw.post("bucket", json={"name": name}), wire.BADBUCKET)


def test_every_allowed_character_may_be_in_a_bucket_name(raw: httpx.Client) -> None:
    name = f"A_!.*'() &$=@;:+,?-{uuid4()}"
    assert raw.post("bucket", json={"name": name}).json() == {"name": name}


@pytest.mark.parametrize(("given", "kept"), [("1MB", 1_000_000), ("2kb", 2000), (0, 0), (7, 7), ("7", 7), (None, None)])
def test_a_size_limit_is_a_number_or_has_a_decimal_unit(raw: httpx.Client, given: object, kept: object) -> None:
    name = new_name()
    raw.post("bucket", json={"name": name, "file_size_limit": given}).raise_for_status()
    assert raw.get(f"bucket/{name}").json()["file_size_limit"] == kept


@pytest.mark.parametrize("limit", [-1, "many", [1]])
def test_a_size_limit_that_is_none_is_refused(raw: httpx.Client, limit: object) -> None:
    assert raw.post("bucket", json={"name": new_name(), "file_size_limit": limit}).status_code == 400


def test_a_size_limit_beyond_the_servers_own_is_too_big(raw: httpx.Client) -> None:
    wire.assert_error(raw.post("bucket", json={"name": new_name(), "file_size_limit": "1GB"}), wire.TOOBIG)


def test_null_takes_a_limit_back(raw: httpx.Client, private: str) -> None:
    raw.put(f"bucket/{private}", json={"file_size_limit": 5, "allowed_mime_types": ["image/png"]}).raise_for_status()
    raw.put(f"bucket/{private}", json={"file_size_limit": None, "allowed_mime_types": None}).raise_for_status()
    found = raw.get(f"bucket/{private}").json()
    assert (found["file_size_limit"], found["allowed_mime_types"]) == (None, None)


def test_a_bucket_with_objects_is_deleted_only_once_it_is_emptied(raw: httpx.Client, private: str) -> None:
    raw.post(f"object/{private}/a.txt", content=b"a").raise_for_status()
    wire.assert_error(raw.delete(f"bucket/{private}"), wire.NOTEMPTY)
    assert raw.post(f"bucket/{private}/empty").json() == {"message": "Successfully emptied"}
    assert raw.post(f"object/list/{private}", json={"prefix": ""}).json() == []
    assert raw.delete(f"bucket/{private}").json() == {"message": "Successfully deleted"}


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/empty")])
def test_a_missing_bucket_is_not_found(raw: httpx.Client, method: str, path: str) -> None:
    wire.assert_error(raw.request(method, f"bucket/missing{path}", json={"public": True}), wire.BUCKET404)


def test_without_the_service_role_buckets_are_invisible(anonymous: httpx.Client, public: str) -> None:
    wire.assert_error(anonymous.post("bucket", json={"name": new_name()}), wire.RLS)
    assert anonymous.get("bucket").json() == []
    for method in ("GET", "PUT", "DELETE"):
        wire.assert_error(anonymous.request(method, f"bucket/{public}", json={"public": True}), wire.BUCKET404)
    refused = anonymous.post(f"bucket/{public}/empty")
    assert (refused.status_code, refused.json()["statusCode"]) == (403, "403")
