"""The calendar's feed: whoever knows its address reads the slots, until its owner takes it away."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import icalendar
import pytest

from maestro_actors.core.content import Kind
from maestro_actors.examples import HEALTHY_COLLEGE
from maestro_actors.settings import ONE_USER
from tests.cli.past import past_of
from tests.support.journals import stock
from tests.web.browser import App, Browser, Studio
from tests.web.conftest import OTHER, a_token

FEED = "/api/maestro/calendar/feed"


@pytest.fixture
def app(studio: Studio) -> Iterator[App]:
    with studio.app() as app:
        yield app


@pytest.fixture
def owner(app: App, studio: Studio) -> Iterator[Browser]:
    """Whose calendar it is, with a token of their own."""
    with app.browser() as browser:
        browser.headers["Authorization"] = f"Bearer {a_token(ONE_USER, studio.secret)}"
        yield browser


@pytest.fixture
def calendar(app: App) -> Iterator[Browser]:
    """A program that knows an address, and nothing else."""
    with app.browser() as browser:
        yield browser


def plan(app: App, *titles: str) -> None:
    stock(app.site.engine, ONE_USER, [HEALTHY_COLLEGE], [])
    with past_of(app.site.settings.maestro.home) as past:
        told = past.burst(datetime.now(UTC), {(HEALTHY_COLLEGE, Kind.REEL): list(titles)})
        told.scheduled(*titles)
        told.end()


def titles_of(ics: bytes) -> list[str]:
    return [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(ics).walk("VEVENT")]


def test_the_feed_shows_the_slots_that_are_taken(app: App, owner: Browser, calendar: Browser) -> None:
    plan(app, "Sleep first", "Walk to class")
    url = owner.post(FEED).json()["url"]
    assert url.startswith(f"{app.url}/calendar/")
    answer = calendar.get(url)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    assert titles_of(answer.content) == [
        "Reel · Healthy College: Sleep first",
        "Reel · Healthy College: Walk to class",
    ]
    assert calendar.head(url).status_code == 200


def test_what_has_not_changed_is_not_sent_again(app: App, owner: Browser, calendar: Browser) -> None:
    url = owner.post(FEED).json()["url"]
    tag = calendar.get(url).headers["ETag"]
    again = calendar.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    plan(app, "Sleep first")
    assert len(titles_of(calendar.get(url, headers={"If-None-Match": tag}).content)) == 1


def test_a_brand_that_is_gone_has_its_slug(app: App, owner: Browser, calendar: Browser) -> None:
    plan(app, "Sleep first")
    stock(app.site.engine, ONE_USER, [], [])
    url = owner.post(FEED).json()["url"]
    assert titles_of(calendar.get(url).content) == ["Reel · healthy-college: Sleep first"]


def test_the_address_is_told_once(owner: Browser) -> None:
    assert owner.get(FEED).status_code == 404
    made = owner.post(FEED)
    assert made.status_code == 201
    assert owner.get(FEED).json() == {"created_at": made.json()["created_at"], "url": None}


def test_a_new_address_takes_the_place_of_the_old_one(owner: Browser, calendar: Browser) -> None:
    old, new = owner.post(FEED).json()["url"], owner.post(FEED).json()["url"]
    assert calendar.get(old).status_code == 404
    assert calendar.get(new).status_code == 200


def test_a_feed_that_was_taken_away_leads_nowhere(owner: Browser, calendar: Browser) -> None:
    url = owner.post(FEED).json()["url"]
    assert (owner.delete(FEED).status_code, owner.delete(FEED).status_code) == (204, 204)
    gone = calendar.get(url)
    assert (gone.status_code, gone.headers["Content-Type"]) == (404, "application/problem+json")
    assert owner.get(FEED).status_code == 404


@pytest.mark.parametrize("secret", ["x", "x" * 43, "%00", "%ED%A0%80"])
def test_an_address_that_nobody_was_told_leads_nowhere(owner: Browser, calendar: Browser, secret: str) -> None:
    owner.post(FEED)
    assert calendar.get(f"/calendar/{secret}.ics").status_code == 404


def test_everybody_has_their_own(app: App, studio: Studio, owner: Browser, calendar: Browser) -> None:
    plan(app, "Sleep first")
    mine = owner.post(FEED).json()["url"]
    owner.headers["Authorization"] = f"Bearer {a_token(OTHER, studio.secret)}"
    assert owner.get(FEED).status_code == 404
    assert titles_of(calendar.get(owner.post(FEED).json()["url"]).content) == []
    owner.delete(FEED)
    assert len(titles_of(calendar.get(mine).content)) == 1


def test_the_address_stands_in_no_log(
    app: App, owner: Browser, calendar: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    url = owner.post(FEED).json()["url"]
    secret = url.rpartition("/")[2].removesuffix(".ics")
    calendar.get(url)
    calendar.get(f"{url}?a=b")
    app.site.engine.dispose()
    (app.site.settings.maestro.home / "maestro.db").write_bytes(b"no database any more" * 500)
    assert calendar.get(url).status_code == 503
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert any("GET /calendar/… HTTP" in record.getMessage() for record in ours), "the server's own log of requests"
    assert any(vars(record).get("path") == "/calendar/…" for record in ours), "our own log of trouble"
    assert secret not in "".join(record.getMessage() + repr(vars(record)) for record in ours)
