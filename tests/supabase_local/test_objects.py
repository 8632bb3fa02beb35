from __future__ import annotations

import httpx
import pytest
from storage3._sync.file_api import SyncBucketProxy

from tests.supabase_local import wire

COLUMNS = ["name", "id", "updated_at", "created_at", "last_accessed_at", "metadata"]


def put(raw: httpx.Client, bucket: str, *keys: str) -> None:
    for key in keys:
        raw.post(f"object/{bucket}/{key}", content=key.encode(), headers={"Content-Type": "image/png"})


def names(raw: httpx.Client, bucket: str, **body: object) -> list[str]:
    answer = raw.post(f"object/list/{bucket}", json={"prefix": ""} | body)
    return [entry["name"] for entry in answer.raise_for_status().json()]


class TestList:
    def test_a_file_has_its_metadata_and_a_folder_nothing(self, raw: httpx.Client, private: str) -> None:
        put(raw, private, "one.png", "d/two.png")
        folder, file = raw.post(f"object/list/{private}", json={"prefix": ""}).json()
        assert list(file) == list(folder) == COLUMNS
        assert folder == dict.fromkeys(COLUMNS) | {"name": "d"}
        assert file["metadata"] == {
            "eTag": raw.get(f"object/{private}/one.png").headers["etag"],
            "size": 7,
            "mimetype": "image/png",
            "cacheControl": "no-cache",
            "lastModified": file["updated_at"],
            "contentLength": 7,
            "httpStatusCode": 200,
        }

    @pytest.mark.parametrize("prefix", ["d", "d/"])
    def test_a_prefix_is_a_folder(self, raw: httpx.Client, private: str, prefix: str) -> None:
        put(raw, private, "d/a.png", "d/e/b.png", "d/e/c.png", "dd/d.png", "d.png")
        assert names(raw, private, prefix=prefix) == ["e", "a.png"]

    def test_pages_follow_each_other(self, raw: httpx.Client, private: str) -> None:
        put(raw, private, *(f"{letter}.png" for letter in "abcde"))
        assert names(raw, private, limit=2) == ["a.png", "b.png"]
        assert names(raw, private, limit=2, offset=4) == ["e.png"]

    def test_the_order_may_be_turned_and_be_by_time(self, raw: httpx.Client, private: str) -> None:
        put(raw, private, "b.png", "a.png")
        assert names(raw, private, sortBy={"column": "name", "order": "desc"}) == ["b.png", "a.png"]
        assert sorted(names(raw, private, sortBy={"column": "created_at"})) == ["a.png", "b.png"]
        assert sorted(names(raw, private, sortBy={"column": "last_accessed_at"})) == ["a.png", "b.png"]

    def test_search_is_the_beginning_of_a_name_in_any_case(self, raw: httpx.Client, private: str) -> None:
        put(raw, private, "d/Reel.png", "d/post.png", "d/re%25el", "d/_reel")
        assert names(raw, private, prefix="d", search="REE") == ["Reel.png"]

    def test_a_missing_bucket_or_folder_is_empty(self, raw: httpx.Client, private: str) -> None:
        assert names(raw, "missing") == []
        assert names(raw, private, prefix="missing") == []

    def test_the_client_lists(self, raw: httpx.Client, bucket: SyncBucketProxy) -> None:
        put(raw, bucket.id, "d/a.png")
        assert [entry["name"] for entry in bucket.list("d", {"limit": 10})] == ["a.png"]

    @pytest.mark.parametrize(
        ("sent", "message"),
        [
            ({}, "body must have required property 'prefix'"),
            ({"prefix": "", "limit": 0}, "body/limit must be >= 1"),
            ({"prefix": "", "offset": -1}, "body/offset must be >= 0"),
            ({"prefix": "", "sortBy": 1}, "body/sortBy must be object"),
            (
                {"prefix": "", "sortBy": {"column": "id; DROP TABLE objects"}},
                "body/sortBy/column must be equal to one of the allowed values",
            ),
        ],
    )
    def test_a_question_that_does_not_fit_is_told_so(
        self, raw: httpx.Client, private: str, sent: object, message: str
    ) -> None:
        wire.assert_error(raw.post(f"object/list/{private}", json=sent), wire.schema(message))


class TestRemove:
    def test_many_answers_the_rows_that_were_there(self, raw: httpx.Client, bucket: SyncBucketProxy) -> None:
        put(raw, bucket.id, "a.png", "b.png", "c.png")
        gone = bucket.remove(["a.png", "missing", "b.png", "a.png"])
        assert [(row["name"], row["bucket_id"]) for row in gone] == [("a.png", bucket.id), ("b.png", bucket.id)]
        assert gone[0]["metadata"]["size"] == 5
        assert names(raw, bucket.id) == ["c.png"]

    def test_many_of_a_missing_bucket_are_none(self, raw: httpx.Client) -> None:
        assert raw.request("DELETE", "object/missing", json={"prefixes": ["a"]}).json() == []

    @pytest.mark.parametrize(
        ("sent", "message"),
        [
            ({}, "body must have required property 'prefixes'"),
            ({"prefixes": []}, "body/prefixes must NOT have fewer than 1 items"),
            ({"prefixes": [{}]}, "body/prefixes/0 must be string"),
        ],
    )
    def test_many_needs_keys(self, raw: httpx.Client, private: str, sent: object, message: str) -> None:
        wire.assert_error(raw.request("DELETE", f"object/{private}", json=sent), wire.schema(message))

    def test_one_is_removed_or_missing(self, raw: httpx.Client, private: str) -> None:
        put(raw, private, "a.png")
        assert raw.delete(f"object/{private}/a.png").json() == {"message": "Successfully deleted"}
        wire.assert_error(raw.delete(f"object/{private}/a.png"), wire.KEY404)
        wire.assert_error(raw.get(f"object/{private}/a.png"), wire.KEY404)


class TestMove:
    def test_an_object_moves_with_its_id(self, raw: httpx.Client, bucket: SyncBucketProxy) -> None:
        put(raw, bucket.id, "a.png")
        old = bucket.info("a.png")
        assert bucket.move("a.png", "d/b.png") == {"message": "Successfully moved"}
        assert bucket.download("d/b.png") == b"a.png"
        assert bucket.info("d/b.png")["id"] == old["id"]
        assert not bucket.exists("a.png")

    def test_nothing_is_moved_over_another_object(self, raw: httpx.Client, private: str) -> None:
        put(raw, private, "a.png", "b.png")
        body = {"bucketId": private, "sourceKey": "a.png", "destinationKey": "b.png"}
        wire.assert_error(raw.post("object/move", json=body), wire.DUPKEY)
        assert raw.get(f"object/{private}/b.png").content == b"b.png"

    def test_onto_itself_is_fine(self, raw: httpx.Client, private: str) -> None:
        put(raw, private, "a.png")
        body = {"bucketId": private, "sourceKey": "a.png", "destinationKey": "a.png"}
        assert raw.post("object/move", json=body).status_code == 200
        assert raw.get(f"object/{private}/a.png").content == b"a.png"

    def test_into_another_bucket(self, raw: httpx.Client, private: str, public: str) -> None:
        put(raw, private, "a.png")
        body = {"bucketId": private, "sourceKey": "a.png", "destinationBucket": public, "destinationKey": "b.png"}
        assert raw.post("object/move", json=body).status_code == 200
        assert raw.get(f"object/public/{public}/b.png").content == b"a.png"
        body |= {"bucketId": public, "sourceKey": "b.png", "destinationBucket": "missing"}
        wire.assert_error(raw.post("object/move", json=body), wire.BUCKET404)


class TestCopy:
    def test_a_copy_is_an_object_of_its_own(self, raw: httpx.Client, bucket: SyncBucketProxy) -> None:
        put(raw, bucket.id, "a.png")
        answer = bucket.copy("a.png", "b.png")
        assert list(answer)[:2] == ["Key", "Id"]
        assert answer["Key"] == f"{bucket.id}/b.png"
        assert answer["Id"] == bucket.info("b.png")["id"] != bucket.info("a.png")["id"]
        raw.delete(f"object/{bucket.id}/a.png").raise_for_status()
        assert bucket.download("b.png") == b"a.png"
        assert bucket.info("b.png")["content_type"] == "image/png"

    def test_over_another_object_only_with_upsert(self, raw: httpx.Client, private: str) -> None:
        put(raw, private, "a.png", "b.png")
        body = {"bucketId": private, "sourceKey": "a.png", "destinationKey": "b.png"}
        wire.assert_error(raw.post("object/copy", json=body), wire.DUPKEY)
        assert raw.post("object/copy", json=body, headers={"x-upsert": "true"}).status_code == 200
        assert raw.get(f"object/{private}/b.png").content == b"a.png"

    def test_onto_itself_changes_nothing(self, raw: httpx.Client, private: str) -> None:
        put(raw, private, "a.png")
        body = {"bucketId": private, "sourceKey": "a.png", "destinationKey": "a.png"}
        assert raw.post("object/copy", json=body).json()["Key"] == f"{private}/a.png"
        assert raw.get(f"object/{private}/a.png").content == b"a.png"


def test_half_a_surrogate_pair_is_no_key(raw: httpx.Client, private: str) -> None:
    content = f'{{"bucketId": "{private}", "sourceKey": "a", "destinationKey": "\\ud800"}}'
    wire.assert_error(raw.post("object/move", content=content), wire.bad_key("?"))


@pytest.mark.parametrize("verb", ["move", "copy"])
def test_move_and_copy_check_source_and_destination(raw: httpx.Client, private: str, verb: str) -> None:
    put(raw, private, "a.png")
    whole = {"bucketId": private, "sourceKey": "a.png", "destinationKey": "b.png"}
    for change, expected in (
        ({"sourceKey": "missing"}, wire.KEY404),
        ({"bucketId": "missing"}, wire.KEY404),
        ({"destinationKey": "../b"}, wire.bad_key("../b")),
        ({"destinationKey": ""}, wire.bad_key("")),
    ):
        wire.assert_error(raw.post(f"object/{verb}", json=whole | change), expected)
    wire.assert_error(raw.post(f"object/{verb}", json={}), wire.schema("body must have required property 'bucketId'"))
