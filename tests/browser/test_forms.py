"""What is typed is what is saved, and what cannot be is said at its field."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.place import Place, in_mode


@pytest.mark.parametrize("typed", ["", "1e", "2.9", "-1"])
def test_a_quota_that_is_no_number_is_said_so_at_its_field(place: Place, typed: str) -> None:
    place.witness.expected = ("422",)
    place.call("POST", "/api/brands", name="Loaf", topics=["bread"])
    page = place.page("/brands/loaf")
    field = page.get_by_label("Reels a day")
    field.fill("")
    field.press_sequentially(typed)
    page.get_by_role("button", name="Save").click()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    said = "Reels a day .*a whole number from 0 to 100"
    expect(page.locator("#field-quota\\.reel-error")).to_have_text(re.compile(said))


def test_half_a_time_does_not_end_the_daily_burst(place: Place) -> None:
    place.witness.expected = ("422",)
    place.call("PUT", "/api/maestro/routine", daily_time="09:30")
    page = place.page("/brands")
    field = page.get_by_label("Every day at")
    expect(field).to_have_value("09:30")
    field.focus()
    page.keyboard.press("Backspace")
    page.get_by_role("button", name="Save").click()
    expect(field).to_have_attribute("aria-invalid", "true")
    assert place.call("GET", "/api/maestro/routine")["daily_time"] == "09:30"


def test_a_brand_that_is_added_is_there_at_once(place: Place) -> None:
    page = place.page_at("overview")
    page.get_by_role("link", name="Brands").click()
    page.get_by_role("link", name="Add a brand").click()
    page.get_by_label("Name", exact=True).fill("Loaf")
    page.get_by_label("Topics").fill("bread")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Loaf was saved.")).to_be_visible()
    page.get_by_role("link", name="Observatory").click()
    in_mode(page, "overview")
    expect(page.get_by_role("region", name="Today").get_by_text("Loaf")).to_be_visible()
