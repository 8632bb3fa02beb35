"""Whoever is quicker than the server loses nothing: an answer that comes late changes nothing that it should not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from playwright.sync_api import APIResponse, Page, Route, expect

from benchmarks.empty import BRANDS, USER
from tests.browser.conftest import OpenCrowd
from tests.browser.place import Place, in_mode
from tests.support.patience import eventually

ROUTINE, TODAY = "**/api/maestro/routine", "**/api/maestro/today"
NEXT_FRAME = "() => new Promise(requestAnimationFrame)"
HALF_TYPED = "(input) => input.validity.badInput"


@contextmanager
def late(page: Page, url: str, method: str = "GET") -> Iterator[None]:
    """Keep the answer to the next such call back until the block ends; then wait until the page has it."""
    kept: list[tuple[Route, APIResponse]] = []

    def keep(route: Route) -> None:
        if kept or route.request.method != method:
            route.continue_()
        else:
            kept.append((route, route.fetch()))

    def came() -> list[tuple[Route, APIResponse]]:
        page.evaluate(NEXT_FRAME)  # what has been kept is heard of while the page is asked something
        return kept

    page.route(url, keep)
    yield
    [(route, answer)] = eventually(came)
    with page.expect_event("requestfinished", lambda request: request == route.request):
        route.fulfill(response=answer)
    page.unroute(url)
    page.evaluate(NEXT_FRAME)


def calls(page: Page, method: str) -> AbstractContextManager[Any]:
    """See to it that the page makes such a call within the block."""
    return page.expect_request(lambda request: request.method == method)


def edits_a_brand(place: Place) -> Page:
    """The form for a brand."""
    place.call("POST", "/api/brands", name="Loaf", topics=["bread"])
    page = place.page("/brands/loaf")
    expect(page.get_by_label("Handle")).to_be_visible()
    return page


def test_a_time_that_is_typed_before_the_old_one_is_known_stays(place: Place) -> None:
    page = place.page_at("overview")
    with late(page, ROUTINE):
        with calls(page, "GET"):
            page.get_by_role("button", name="Set a time").click()
        page.get_by_label("Every day at").fill("09:30")
    expect(page.get_by_label(re.compile(r"Every day at \("))).to_have_value("09:30")


def test_a_time_that_is_half_typed_stays_so(place: Place) -> None:
    place.call("PUT", "/api/maestro/routine", daily_time="09:30")
    page = place.page_at("overview")
    with late(page, ROUTINE):
        with calls(page, "GET"):
            page.get_by_role("button", name="Change the time").click()
        page.get_by_label("Every day at").press_sequentially("07")
    assert page.get_by_label(re.compile(r"Every day at \(")).evaluate(HALF_TYPED)


def test_nothing_can_be_typed_into_what_is_being_saved(place: Place) -> None:
    page = edits_a_brand(place)
    with late(page, "**/api/brands/loaf", "PUT"):
        page.get_by_label("Handle").fill("another")
        with calls(page, "PUT"):
            page.get_by_label("Handle").press("Enter")
        expect(page.locator("main form")).to_have_js_property("inert", True)
    expect(page.get_by_text("Loaf was saved.")).to_be_focused()


def test_a_form_that_cannot_be_saved_is_as_it_was(place: Place) -> None:
    place.witness.expected = ("503",)
    page = edits_a_brand(place)
    page.route("**/api/brands/*", lambda route: route.fulfill(status=503, json={"detail": "not now"}))
    page.get_by_label("Handle").fill("another")
    page.get_by_label("Handle").press("Enter")
    expect(page.get_by_text("Not now.")).to_be_visible()
    expect(page.locator("main form")).to_have_js_property("inert", False)
    expect(page.get_by_label("Handle")).to_be_focused()
    expect(page.get_by_label("Handle")).to_have_value("another")


def test_what_was_saved_late_leads_nobody_away_from_another_page(place: Place) -> None:
    page = edits_a_brand(place)
    with late(page, "**/api/brands/loaf", "PUT"):
        with calls(page, "PUT"):
            page.get_by_role("button", name="Save").click()
        page.get_by_role("link", name="Agents").click()
        page.get_by_role("link", name="Add an agent").click()
        page.get_by_label("Voice").fill("warm, practical")
    expect(page.get_by_label("Voice")).to_have_value("warm, practical")
    expect(page).to_have_url(re.compile(r"/agents/\+$"))


def test_of_two_answers_about_today_the_older_one_changes_nothing(place: Place) -> None:
    page = place.page_at("overview")
    today = page.get_by_role("region", name="Today")
    place.gate.close()
    with late(page, TODAY):
        with calls(page, "GET"):
            place.start()
        in_mode(page, "live")
        place.gate.open()
        in_mode(page, "recap")
        page.get_by_role("button", name="Dismiss").click()
        expect(today.get_by_text("1 of 1")).to_have_count(len(BRANDS))
    expect(today.get_by_text("1 of 1")).to_have_count(len(BRANDS))


def test_the_question_before_a_cancel_is_about_the_burst_it_was_asked_of(open_crowd: OpenCrowd) -> None:
    with open_crowd(3) as (place, door):
        page = place.page(admin=True)
        page.get_by_role("button", name="Cancel the burst").click()
        door.go_on(USER)
        expect(page.get_by_role("heading", name="Step 2")).to_be_attached()
        expect(page.get_by_role("dialog")).to_be_visible()
        door.burst_id = "88888888-0000-4000-8000-000000000000"
        door.go_on(USER)
        expect(page.get_by_role("dialog")).to_have_count(0)
