"""A storage that fails now and then, always, or from the start."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from supabase_local.keys import load_or_create_keys
from tests.cli.house import ONE_POST, House
from tests.support.faulty_storage import INTERNAL_ERROR, LOGIN_PAGE, Fault, StorageServer, storage_server
from tests.support.hostile_server import refusing_port

TWO_POSTS = ("demo", "--reels", "0", "--posts", "2", "--carousels", "0", "--json")


@pytest.fixture
def storage(house: House) -> Iterator[StorageServer]:
    with storage_server(house.root / "project") as server:
        yield server


def settings(storage: StorageServer, key: str | None = None) -> dict[str, str]:
    return {"SUPABASE_URL": storage.url, "SUPABASE_SERVICE_KEY": key or storage.service_key}


def make_bucket(storage: StorageServer, *, public: bool) -> None:
    headers = {"Authorization": f"Bearer {storage.service_key}"}
    bucket = {"name": "media", "public": public}
    httpx.post(f"{storage.url}/storage/v1/bucket", json=bucket, headers=headers).raise_for_status()


def test_uploads_that_fail_now_and_then_are_tried_again(house: House, storage: StorageServer) -> None:
    storage.faults = lambda nth, path: INTERNAL_ERROR if nth % 3 == 0 else None
    done = house.run(*TWO_POSTS, **settings(storage))
    assert done.code == 0, done.said
    assert done.recap["scheduled"] == 2
    assert storage.uploads > 4
    for job in done.recap["jobs"]:
        for asset in job["assets"]:
            assert len(httpx.get(asset["url"]).raise_for_status().content) == asset["bytes"]


def test_a_job_whose_upload_fails_for_good_has_failed_and_the_others_go_on(
    house: House, storage: StorageServer
) -> None:
    good: list[str] = []

    def one_job_is_lucky(_nth: int, path: str) -> Fault | None:
        job = path.rsplit("/", 1)[1].partition("_")[0]
        if not good:
            good.append(job)
        return None if job in good else LOGIN_PAGE

    storage.faults = one_job_is_lucky
    done = house.run(*TWO_POSTS, **settings(storage))
    recap = done.recap
    assert done.code == 1
    assert (recap["outcome"], recap["scheduled"], recap["failed"]) == ("finished", 1, 1)
    (failure,) = recap["failures"]
    assert failure["job_id"] not in good
    assert failure["stage"] == "uploading"
    assert "401" in failure["reason"]
    assert "Traceback" not in done.err, done.err
    assert failure["reason"] in done.err


def test_where_every_upload_fails_every_job_has_failed_with_the_reason(house: House, storage: StorageServer) -> None:
    storage.faults = lambda nth, path: INTERNAL_ERROR
    done = house.run(*TWO_POSTS, **settings(storage))
    recap = done.recap
    assert done.code == 1
    assert [job["outcome"] for job in recap["jobs"]] == ["failed", "failed"]
    assert [failure["stage"] for failure in recap["failures"]] == ["uploading", "uploading"]
    assert all(storage.url in failure["reason"] for failure in recap["failures"])
    assert not any(job["assets"] for job in recap["jobs"])
    assert "Traceback" not in done.err, done.err


def test_a_storage_that_is_down_is_named_with_what_to_do(house: House) -> None:
    with refusing_port() as url:
        done = house.run(*ONE_POST, SUPABASE_URL=url, SUPABASE_SERVICE_KEY=load_or_create_keys(house.root).service_key)
    assert done.code == 1
    assert f"storage at {url} did not answer" in done.said
    assert "Check SUPABASE_URL" in done.said
    assert "Traceback" not in done.said, done.said


@pytest.mark.parametrize("key", ["of another project", "no.key.at.all", "eyJhbGciOiJIUzI1NiJ9.e30.c2ln"])
def test_a_wrong_key_is_named(house: House, storage: StorageServer, key: str) -> None:
    wrong = load_or_create_keys(house.root).service_key if "another" in key else key
    done = house.run(*ONE_POST, **settings(storage, wrong))
    assert done.code == 1
    assert "SUPABASE_SERVICE_KEY" in done.said
    assert "Traceback" not in done.said, done.said
    assert done.out == ""


def test_a_private_bucket_is_refused_since_nobody_could_fetch_from_it(house: House, storage: StorageServer) -> None:
    make_bucket(storage, public=False)
    done = house.run(*ONE_POST, **settings(storage))
    assert done.code == 1
    assert f"the bucket media at {storage.url} is private" in done.said
    assert "make it public" in done.said
    assert storage.uploads == 0


@pytest.mark.parametrize("bucket_is_there", [False, True])
def test_a_key_that_may_not_write_is_named(house: House, storage: StorageServer, bucket_is_there: bool) -> None:
    if bucket_is_there:
        make_bucket(storage, public=True)
    done = house.run(*ONE_POST, **settings(storage, storage.anon_key))
    assert done.code == 1
    assert "403" in done.said
    assert "SUPABASE_SERVICE_KEY" in done.said
    assert "Traceback" not in done.said, done.said
