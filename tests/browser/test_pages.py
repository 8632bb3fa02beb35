"""The pages beside the Observatory: a burst opened, and addresses that lead nowhere."""

from __future__ import annotations

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.place import Place, in_mode
from tests.browser.test_accessible import is_accessible


def test_a_click_on_a_bar_of_the_chart_opens_its_job(place: Place) -> None:
    page = place.page_at("recap")
    page.goto(f"/history/{place.web.stage.look()['recent_burst']['burst_id']}")
    row = page.locator(".chart li").first
    expect(row).to_have_attribute("title", re.compile("Painting .*; scheduled"))  # what no bar says by itself
    bar = page.locator(".chart rect").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_role("dialog")).to_contain_text(row.locator(".title").inner_text())


def test_a_burst_that_was_cancelled_is_called_so(place: Place) -> None:
    page = place.page_at("live", admin=True)
    page.get_by_role("button", name="Cancel the burst").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel the burst").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    place.gate.open()
    in_mode(page, "recap")
    page.goto("/history")
    expect(page.locator(".bursts .chip")).to_have_text("Cancelled")
    page.locator(".bursts a").click()
    expect(page.locator(".notice")).to_contain_text("Cancelled by")


@pytest.mark.parametrize("burst_id", ["xyz", str(uuid.UUID(int=0))])
def test_a_burst_that_there_is_not_is_said_to_be_none(place: Place, burst_id: str) -> None:
    place.witness.expected = ("404",)
    page = place.page(f"/history/{burst_id}")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such burst")
    page.get_by_role("link", name="All bursts").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("History")


@pytest.mark.parametrize("known", [True, False])
def test_an_address_that_leads_nowhere_leads_home(place: Place, known: bool) -> None:
    place.witness.expected = ("404",)
    page = (place.signed_in() if known else place.visit()).new_page()
    answer = page.goto("/nope")
    assert answer
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    is_accessible(page)
    page.get_by_role("link", name="To the Observatory").click()
    expect(page).to_have_url(f"{place.url}/" if known else f"{place.url}/sign-in?next=/")


def test_a_wish_for_nothing_is_refused_in_a_sentence(place: Place) -> None:
    place.witness.expected = ("422",)
    page = place.page_at("overview")
    page.get_by_label("As many as I say").check()
    expect(page.get_by_text("Dealt out to these brands, one after the other:")).to_be_visible()
    for kind in ("Reels", "Posts", "Carousels"):
        page.get_by_label(kind).fill("0")
    page.get_by_role("button", name="Start a burst").click()
    said = page.get_by_role("region", name="Start a burst").get_by_role("alert")
    expect(said).to_have_text("There is nothing to make: ask for at least one reel, post or carousel.")
