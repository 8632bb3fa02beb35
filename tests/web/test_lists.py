"""Bursts, jobs, events and the calendar: looked up in pages, cut by what is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from benchmarks.empty import USER
from tests.web.conftest import OpenWeb, Web, body

BURSTS, JOBS, CALENDAR = "/api/maestro/bursts", "/api/maestro/jobs", "/api/maestro/calendar"


@pytest.fixture
def web(open_web: OpenWeb) -> Iterator[Web]:
    """Two bursts of three jobs each have ended."""
    with open_web({"project": "https://media.example.org"}) as opened:
        for _ in range(2):
            opened.stage.recap(opened.stage.start(3))
        yield opened


def leafed(web: Web, path: str, noun: str, limit: int) -> list[Any]:
    """Every entry of a list, from page to page."""
    found: list[Any] = []
    cursor = ""
    while True:
        page = body(web.get(f"{path}?limit={limit}{cursor}"))
        found += page[noun]
        if page["next"] is None:
            return found
        assert len(page[noun]) == limit
        cursor = f"&cursor={page['next']}"


@pytest.mark.parametrize("limit", [1, 2, 200])
def test_lists_are_leafed_through_without_gaps(web: Web, limit: int) -> None:
    bursts = leafed(web, BURSTS, "bursts", limit)
    assert len({each["burst_id"] for each in bursts}) == len(bursts) == 2
    assert [each["started_at"] for each in bursts] == sorted((each["started_at"] for each in bursts), reverse=True)
    jobs = leafed(web, JOBS, "jobs", limit)
    assert len({each["job_id"] for each in jobs}) == len(jobs) == 6
    of_one = leafed(web, f"{BURSTS}/{bursts[0]['burst_id']}/jobs", "jobs", limit)
    assert of_one == [each for each in jobs if each["burst_id"] == bursts[0]["burst_id"]]


@pytest.mark.parametrize("limit", [3, 200])
def test_events_are_sentences_in_order(web: Web, limit: int) -> None:
    burst_id = body(web.get(BURSTS))["bursts"][0]["burst_id"]
    events = leafed(web, f"{BURSTS}/{burst_id}/events", "events", limit)
    assert [each["seq"] for each in events] == list(range(len(events)))
    assert events[0]["sentence"] == "A smart burst began, to make 3 posts for Bench 1, Bench 2 and Bench 3"
    assert any(each["sentence"].startswith("“Nothing ") for each in events), "jobs go by their titles"
    assert not [each for each in events if each["error"] or each["at"] is None]


def test_one_burst_is_as_it_is_in_the_list(web: Web) -> None:
    listed = body(web.get(BURSTS))["bursts"][0]
    assert body(web.get(f"{BURSTS}/{listed['burst_id']}")) == listed
    assert body(web.get(f"{BURSTS}/{listed['burst_id'].upper()}")) == listed
    assert (listed["kind"], listed["outcome"], listed["scheduled"]) == ("smart", "finished", 3)


def test_a_job_has_its_media_its_words_and_its_life(web: Web) -> None:
    listed = body(web.get(JOBS))["jobs"][0]
    job = body(web.get(f"{JOBS}/{listed['job_id']}"))
    assert listed.items() <= job.items()
    (asset,) = job["assets"]
    assert asset["url"] == f"https://media.example.org/storage/v1/object/public/media/{asset['path']}"
    assert job["proposal"]["lines"] == ["Nothing"]
    assert job["life"][0]["sentence"] == "Zero proposed it"
    assert job["life"][-1]["sentence"].startswith("Scheduled for ")
    assert job["unreadable"] == []


def test_lists_are_cut_by_what_is_asked_for(web: Web) -> None:
    def jobs(query: str) -> int:
        return len(body(web.get(f"{JOBS}?{query}"))["jobs"])

    assert jobs("outcome=scheduled&kind=post") == 6
    assert jobs("outcome=open") == jobs("kind=reel") == jobs("brand=nobodys") == 0
    brands = {each["brand"] for each in body(web.get(JOBS))["jobs"]}
    assert sum(jobs(f"brand={brand}") for brand in brands) == 6

    def bursts(query: str) -> int:
        return len(body(web.get(f"{BURSTS}?{query}"))["bursts"])

    assert bursts("kind=smart&outcome=finished") == 2
    assert bursts("kind=daily") == bursts("outcome=open") == 0


def test_days_are_those_of_the_users_timezone_and_instants_are_instants(web: Web) -> None:
    first = body(web.get(f"{BURSTS}"))["bursts"][1]
    web.site.library.set_daily(USER, None, "Pacific/Kiritimati", web.site.clock())  # 14 hours ahead of UTC
    here = web.site.clock() + timedelta(hours=14)
    today, tomorrow = here.date(), here.date() + timedelta(days=1)

    def found(query: str) -> int:
        return len(body(web.get(f"{BURSTS}?{query}"))["bursts"])

    assert found(f"since={today}&until={today}") == 2
    assert found(f"since={tomorrow}") == found(f"until={today - timedelta(days=1)}") == 0
    assert found(f"until={first['started_at']}") == 0, "an instant is not in what is before it"
    assert found(f"since={first['started_at']}") == 2
    assert len(body(web.get(f"{JOBS}?since={tomorrow}"))["jobs"]) == 0


def test_the_calendar_shows_what_is_taken(web: Web) -> None:
    told = body(web.get(CALENDAR))
    assert len(told["slots"]) == 6
    assert told["slots"] == sorted(told["slots"], key=lambda each: (each["brand"], each["scheduled_for"]))
    since = web.site.clock().date()
    assert (told["since"], told["until"]) == (f"{since}", f"{since + timedelta(days=60)}")
    brand = told["slots"][0]["brand"]
    of_one = body(web.get(f"{CALENDAR}?brand={brand}&since={since}&until={since + timedelta(days=1)}"))["slots"]
    assert of_one == [each for each in told["slots"] if each["brand"] == brand]
    assert body(web.get(f"{CALENDAR}?until={since + timedelta(days=1)}&since=2000-01-01")).get("status") == 422
    assert body(web.get(f"{CALENDAR}?since=2000-01-01&until=2000-12-31"))["slots"] == []
    assert web.get(f"{CALENDAR}?until=2000-12-31").status_code == 422


@pytest.mark.parametrize(
    ("query", "field"),
    [
        *((f"limit={bad}", "limit") for bad in ("0", "-1", "201", "x", "", "1.5", "9" * 5000)),
        *((f"since={bad}", "since") for bad in ("", "today", "20261123", "2026-02-30", "0001-01-01", "٢٠٢٦-01-01")),
        *((f"until={bad}", "until") for bad in ("1700000000", "2026-11-23T10:00", "2026-11-23T10:00:00+01:00", "%00")),
        *((f"{name}=%00", name) for name in ("kind", "outcome", "brand")),
        ("since=2026-01-02&until=2026-01-01T00:00:00Z", "until"),
        ("since=0001-01-01T00:00:00%2B23:00", "since"),
        ("brand=Red", "brand"),
        ("colour=red", "colour"),
    ],
)
def test_what_cannot_be_asked_for_is_named(quiet_web: Web, query: str, field: str) -> None:
    answer = quiet_web.get(f"{JOBS}?{query}")
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert [each["field"] for each in body(answer)["errors"]] == [field]


@pytest.mark.parametrize("cursor", ["x", "é", "%00", "W10", "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzIzOjAwIiwgIngiXQ"])
def test_a_made_up_cursor_is_refused(quiet_web: Web, cursor: str) -> None:
    for path in (BURSTS, JOBS):
        answer = quiet_web.get(f"{path}?cursor={cursor}")
        assert (answer.status_code, body(answer)["type"]) == (422, "/problems/bad-cursor")
