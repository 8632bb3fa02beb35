"""Whose clock a time is on is said once wherever times are, and in full where two clocks differ."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from benchmarks.empty import USER
from tests.browser.place import Place, in_mode

MOMENT = r"\w{3},? \d+ \w+, \d\d:\d\d"


def first_story(page: Page) -> str:
    """What the dialog about the first piece says of when it is published."""
    page.locator("[data-job] .frame").first.click()
    text = page.get_by_role("dialog").get_by_text(re.compile("To be published|Was due")).inner_text()
    page.keyboard.press("Escape")
    return text


@pytest.mark.parametrize(
    ("zone", "says"),
    [
        ("UTC", rf"{MOMENT} \(UTC\)$"),
        ("America/New_York", rf"{MOMENT} \(America/New York\), which is (\w.*, )?\d\d:\d\d in UTC$"),
    ],
)
def test_every_time_says_whose_clock_it_is_on(place: Place, zone: str, says: str) -> None:
    page = place.page_at("recap", timezone_id=zone)
    name = zone.replace("_", " ")
    expect(page.get_by_text(f"Times in {name}")).to_be_visible()
    burst_id = place.web.stage.look()["recent_burst"]["burst_id"]
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_role("region", name="Coming up").get_by_text(f"times in {name}")).to_be_visible()
    for path in ("/history", "/library", f"/history/{burst_id}"):
        page.goto(path)
        in_mode(page, "page")
        head = f"({name})" if burst_id in path else f"Times in {name}."
        expect(page.locator(".page-head")).to_contain_text(head)
    page.goto("/library")
    card = page.locator("[data-job]").first.locator("p.small")
    expect(card).to_contain_text(re.compile(MOMENT))
    story = first_story(page)
    assert re.search(says, story), story
    assert card.inner_text().splitlines()[-1] in story, "the card and the dialog begin with the same time"


def test_the_daily_time_says_in_which_timezone_it_is(place: Place) -> None:
    page = place.page_at("overview", timezone_id="Asia/Tokyo")
    page.get_by_role("button", name="Set a time").click()
    zone = place.web.site.timezone_of(USER).replace("_", " ")
    expect(page.get_by_label(f"Every day at ({zone})")).to_be_visible()
