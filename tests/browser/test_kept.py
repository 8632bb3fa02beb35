"""What changes on a page takes nothing from whoever is at it: neither the focus nor what was there."""

from __future__ import annotations

from playwright.sync_api import expect

from benchmarks.empty import USER
from tests.browser.conftest import NO_STORAGE, OpenCrowd
from tests.browser.place import Place, in_mode


def test_the_row_of_a_burst_keeps_the_focus_when_it_ends(place: Place) -> None:
    page = place.page_at("live")
    page.goto("/history")
    row = page.locator(".bursts a")
    expect(row).to_contain_text("Under way")
    row.focus()
    place.gate.open()
    expect(row).to_contain_text("Finished")
    expect(row).to_be_focused()


def test_the_row_of_a_job_keeps_the_focus_when_its_burst_ends(place: Place) -> None:
    page = place.page_at("live")
    page.goto(f"/history/{place.web.stage.look()['burst_id']}")
    row = page.locator(".chart button").first
    row.focus()
    about = row.locator(".title").inner_text()
    place.gate.open()
    expect(page.locator(".page-head .chip")).to_have_text("Finished")
    expect(page.locator(".chart button:focus .title")).to_have_text(about)


def test_the_picture_of_a_job_keeps_the_focus_when_its_card_makes_room(open_crowd: OpenCrowd) -> None:
    with open_crowd(3) as (place, door):
        place.witness.expected = ("ERR_CONNECTION_REFUSED", "ERR_UNSAFE_PORT")
        door.pictures = [f"{NO_STORAGE}/storage/v1/object/public/media/a.png"]
        page = place.page()
        cards = page.locator("[data-job]")
        expect(cards).to_have_count(3)
        about = cards.first.get_attribute("data-job")
        cards.first.locator(".frame").focus()
        door.replace_one(USER)
        expect(cards).to_have_count(4)
        expect(cards.last).to_have_attribute("data-job", about or "")
        expect(cards.last.locator(".frame")).to_be_focused()


def test_one_dialog_about_a_job_stays_one(place: Place) -> None:
    page = place.page_at("live")
    page.goto(f"/history/{place.web.stage.look()['burst_id']}")
    page.locator(".chart button").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    place.gate.open()
    expect(page.locator(".page-head .chip")).to_have_text("Finished")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_library_shows_the_new_piece_in_place_of_the_old(place: Place) -> None:
    page = place.page_at("recap")
    page.goto("/library")
    tiles = page.locator("main [data-job]")
    expect(tiles).to_have_count(4)
    old = tiles.first.get_attribute("data-job")
    tiles.first.locator(".frame").click()
    page.get_by_role("button", name="Regenerate").click()
    expect(page.get_by_text("A new one is on its way.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(f"[data-job='{old}']")).to_have_count(0)
    expect(tiles).to_have_count(4)


def test_the_way_home_leads_away_from_a_page_also_without_a_worker(place: Place) -> None:
    place.witness.expected = ("503",)
    place.take_worker_away()
    page = place.page("/brands")
    expect(page.get_by_role("heading", level=1)).to_have_text("Brands")
    page.get_by_role("link", name="Observatory").click()
    expect(page.get_by_role("heading", name="The studio cannot be reached")).to_be_visible()
    expect(page.get_by_role("heading", name="Brands")).to_have_count(0)
    place.bring_worker_back()
    in_mode(page, "overview")
