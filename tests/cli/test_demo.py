"""A demo from its first word to its last, as a program sees it."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import datetime
from typing import Any
from uuid import UUID

import av
import pytest
from PIL import Image

from maestro_actors.settings import ONE_USER
from tests.cli.conftest import FinishedDemo
from tests.cli.house import House

RECAP = {
    "burst_id": str,
    "kind": str,
    "outcome": str,
    "finished_at": str,
    "duration_seconds": float,
    "created": int,
    "scheduled": int,
    "failed": int,
    "cancelled": int,
    "lost": int,
    "failures": list,
    "jobs": list,
}
CATEGORIES = {"reel": {"thumbnails", "reels"}, "post": {"posts"}, "carousel": {"posts"}}
LINE = re.compile(r"^ *\d+\.\d s  (\d+)/(\d+)  \S")


def titles(recap: Any) -> list[tuple[str, str]]:
    return sorted((job["brand"], job["title"]) for job in recap["jobs"])


def digests(recap: Any) -> list[str]:
    return sorted(asset["sha256"] for job in recap["jobs"] for asset in job["assets"])


def ids(recap: Any) -> set[str]:
    return {job["job_id"] for job in recap["jobs"]}


def ports(recap: Any) -> set[str]:
    return {asset["url"].split("/")[2] for job in recap["jobs"] for asset in job["assets"]}


def assets(finished: FinishedDemo, category: str) -> list[bytes]:
    return [
        finished.media[asset["url"]]
        for job in finished.done.recap["jobs"]
        for asset in job["assets"]
        if asset["category"] == category
    ]


def test_stdout_is_the_recap_as_one_json_object(finished: FinishedDemo) -> None:
    recap = finished.done.recap
    assert finished.done.code == 0, finished.done.said
    assert {name: type(recap[name]) for name in RECAP} == RECAP
    assert (recap["kind"], recap["outcome"], recap["failures"]) == ("smart", "finished", [])
    assert [recap[count] for count in ("created", "scheduled", "failed", "cancelled", "lost")] == [3, 3, 0, 0, 0]
    assert UUID(recap["burst_id"]).version == 4
    assert datetime.fromisoformat(recap["finished_at"]).tzinfo is not None
    assert 0 < recap["duration_seconds"] < 60


def test_every_job_has_its_outcome_and_its_assets(finished: FinishedDemo) -> None:
    jobs = finished.done.recap["jobs"]
    assert sorted(job["kind"] for job in jobs) == ["carousel", "post", "reel"]
    for job in jobs:
        assert UUID(job["job_id"]).version == 4
        assert (job["outcome"], job["error"]) == ("scheduled", None)
        assert job["assets"]
        for asset in job["assets"]:
            assert asset.keys() == {"category", "path", "url", "bytes", "sha256"}
            assert asset["category"] in CATEGORIES[job["kind"]]


def test_every_path_is_user_brand_category_and_a_name_of_the_job(finished: FinishedDemo) -> None:
    for job in finished.done.recap["jobs"]:
        for asset in job["assets"]:
            user, brand, category, filename = asset["path"].split("/")
            assert (user, brand, category) == (ONE_USER, job["brand"], asset["category"])
            assert re.fullmatch(rf"{job['job_id']}_(thumbnail\.png|reel\.mp4|background\.png|slide_\d\.png)", filename)
            assert asset["url"].endswith(f"/storage/v1/object/public/media/{asset['path']}")


def test_storage_serves_the_very_bytes_again_at_the_same_urls(finished: FinishedDemo) -> None:
    every = [asset for job in finished.done.recap["jobs"] for asset in job["assets"]]
    assert len(every) == len(finished.media) >= 7
    for asset in every:
        served = finished.media[asset["url"]]
        assert (len(served), hashlib.sha256(served).hexdigest()) == (asset["bytes"], asset["sha256"])
        assert asset["url"].startswith(finished.storage_said.split()[-1])


@pytest.mark.parametrize(("category", "size"), [("thumbnails", (1080, 1920)), ("posts", (1080, 1350))])
def test_the_pictures_have_the_size_that_networks_show(
    finished: FinishedDemo, category: str, size: tuple[int, int]
) -> None:
    pictures = assets(finished, category)
    assert pictures
    for picture in pictures:
        with Image.open(io.BytesIO(picture)) as image:
            image.load()
            assert (image.format, image.size) == ("PNG", size)


def test_the_reel_is_a_video_that_starts_to_play_before_it_is_all_there(finished: FinishedDemo) -> None:
    (reel,) = assets(finished, "reels")
    with av.open(io.BytesIO(reel), mode="r") as container:
        video = container.streams.video[0]
        assert (video.codec_context.name, video.width, video.height) == ("h264", 1080, 1920)
        assert container.duration is not None
        assert 5 <= container.duration / av.time_base <= 10
        assert sum(1 for _ in container.decode(video)) == video.frames
    assert reel.index(b"moov") < reel.index(b"mdat")


def test_without_a_terminal_the_progress_is_plain_lines_on_stderr(finished: FinishedDemo) -> None:
    err = finished.done.err
    assert "\x1b" not in err
    assert "\r" not in err
    lines = [line for line in err.splitlines() if LINE.match(line)]
    assert any("rendering" in line for line in lines)
    for job in finished.done.recap["jobs"]:
        assert any("scheduled" in line and job["title"] in line for line in lines)
    done = [match.groups() for match in map(LINE.match, lines) if match]
    assert done[-1] == ("3", "3")
    assert [int(settled) for settled, _ in done] == sorted(int(settled) for settled, _ in done)


def test_it_says_every_url_on_a_line_of_its_own_and_where_to_look_afterwards(finished: FinishedDemo) -> None:
    lines = [line.strip() for line in finished.done.err.splitlines()]
    assert set(finished.media) <= set(lines)
    assert "maestro storage" in finished.done.err
    assert "Traceback" not in finished.done.err


def test_a_seed_decides_the_content_and_a_second_run_keeps_the_port(house: House) -> None:
    posts = ("demo", "--reels", "0", "--posts", "3", "--carousels", "0", "--json", "--seed")
    first, again, other = (house.run(*posts, seed).recap for seed in ("7", "7", "8"))
    assert titles(first) == titles(again) != titles(other)
    assert digests(first) == digests(again) != digests(other)
    assert not ids(first) & ids(again)
    assert ports(first) == ports(again)
    assert len(ports(first)) == 1
    assert again["duration_seconds"] < 10
    assert len({job["brand"] for job in first["jobs"]}) == 3


def test_counts_are_totals_dealt_to_the_brands_that_were_asked_for(house: House) -> None:
    brands = ("--brand", "the-slow-timetable", "--brand", "healthy-college", "--brand", "the-slow-timetable")
    recap = house.run("demo", "--reels", "0", "--posts", "3", "--carousels", "0", "--json", *brands).recap
    assert sorted(job["brand"] for job in recap["jobs"]) == ["healthy-college", *["the-slow-timetable"] * 2]


def test_the_media_belongs_to_the_user_that_is_set(house: House) -> None:
    user = "0f0e0d0c-0b0a-4908-8706-050403020100"
    recap = house.run("demo", "--reels", "0", "--posts", "1", "--carousels", "0", "--json", MAESTRO_USER=user).recap
    assert {asset["path"].split("/")[0] for job in recap["jobs"] for asset in job["assets"]} == {user}
