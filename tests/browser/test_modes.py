"""Each mode is reached by a real burst, and left as it should be."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from benchmarks.empty import USER
from tests.browser.place import Place, in_mode
from tests.support.faulty_storage import JSON, Fault, Reply
from tests.support.patience import eventually

REFUSED = Reply(
    "400 Bad Request",
    JSON,
    b'{"statusCode":"415","error":"invalid_mime_type","message":"The picture was refused","code":"InvalidMimeType"}',
)

EVERY_PICTURE_IS_THERE = """
() => [...document.images].length > 0 && [...document.images].every((image) => image.complete && image.naturalWidth > 0)
"""


def headline(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_a_burst_begins_with_a_button_and_becomes_a_recap_that_goes_away_by_itself(place: Place) -> None:
    context = place.signed_in()
    page = context.new_page()
    page.clock.install()
    page.goto("/")
    in_mode(page, "overview")
    page.get_by_role("button", name="Start a burst").click()
    in_mode(page, "live")
    in_mode(page, "recap")
    page.mouse.move(0, 0)
    page.clock.run_for(32_000)
    in_mode(page, "overview")


def test_live_shows_each_job_and_its_pictures(place: Place) -> None:
    page = place.page_at("live")
    expect(page.locator("[data-job]")).to_have_count(4)
    assert headline(page) == place.web.stage.look()["headline"]
    place.gate.open()
    in_mode(page, "recap")
    page.wait_for_function(EVERY_PICTURE_IS_THERE)


def test_a_recap_that_was_dismissed_does_not_come_back(place: Place) -> None:
    page = place.page_at("recap")
    page.get_by_role("button", name="Dismiss").click()
    in_mode(page, "overview")
    page.reload()
    in_mode(page, "overview")


def test_a_picture_of_a_recap_opens_and_holds_it_until_it_is_closed(place: Place) -> None:
    page = place.signed_in().new_page()
    page.clock.install()
    page.goto("/")
    in_mode(page, "overview")
    place.start()
    in_mode(page, "recap")
    picture = page.locator("[data-job] .frame").first
    picture.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("img")).to_have_js_property("complete", True)
    expect(dialog).to_contain_text("1 of ")
    page.keyboard.press("ArrowRight")
    expect(dialog).to_contain_text("2 of ")
    page.clock.run_for(60_000)
    in_mode(page, "recap")
    page.keyboard.press("Escape")
    expect(picture).to_be_focused()


def test_an_admin_cancels_and_it_is_on_record(place: Place) -> None:
    page = place.page_at("live", admin=True)
    page.get_by_role("button", name="Cancel the burst").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("The brief was withdrawn")
    dialog.get_by_role("button", name="Cancel the burst").click()
    expect(dialog).to_be_hidden()
    place.gate.open()
    in_mode(page, "recap")
    recent = place.web.stage.look()["recent_burst"]
    assert (recent["outcome"], recent["cancelled"] > 0) == ("cancelled", True)
    events = place.web.site.history.events(USER, recent["burst_id"]).items
    assert any("The brief was withdrawn" in str(row.event) for row in events)


def test_nobody_else_is_offered_to_cancel(place: Place) -> None:
    page = place.page_at("live")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Cancel"))).to_have_count(0)


def test_two_tabs_see_the_same_and_each_dismisses_for_itself(place: Place) -> None:
    context = place.signed_in()
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        page.goto("/")
        in_mode(page, "overview")
    place.start()
    for page in (first, second):
        in_mode(page, "recap")
    assert headline(first) == headline(second)
    first.get_by_role("button", name="Dismiss").click()
    in_mode(first, "overview")
    in_mode(second, "recap")


def test_the_daily_runs_are_set_paused_and_resumed(place: Place) -> None:
    page = place.page_at("overview")
    page.get_by_role("button", name="Set a time").click()
    page.get_by_label("Every day at").fill("09:30")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    assert place.web.stage.look()["paused"]
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert place.web.stage.look()["next_run_at"]


def test_a_failure_stays_until_it_is_made_anew(place: Place) -> None:
    doomed: list[str] = []

    def fault(_nth: int, path: str) -> Fault | None:
        doomed.append(path.rpartition("/")[2].partition("_")[0])
        return REFUSED if doomed[-1] == doomed[0] else None

    place.gate.fault = fault
    page = place.page_at("recap")
    failure = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="Regenerate"))
    expect(failure).to_have_count(1)
    expect(failure).to_contain_text("The picture was refused")
    doomed[0] = "nobody"
    failure.get_by_role("button", name="Regenerate").click()
    eventually(lambda: place.web.stage.look()["recent_burst"]["kind"] == "regenerate", 20)
    in_mode(page, "recap")
    expect(page.get_by_role("button", name="Regenerate")).to_have_count(0)
    assert place.web.stage.look()["recent_burst"]["scheduled"] == 1
