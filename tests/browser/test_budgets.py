"""What the page may cost: bytes of script, time until it is seen, things that jump, moments in which nothing answers.

The bounds here are wide, for machines that do other things too; `make bench` has the figures.
"""

from __future__ import annotations

from playwright.sync_api import expect

from benchmarks.empty import USER
from benchmarks.measures import measured, observe, script_bytes
from tests.browser.conftest import OpenCrowd
from tests.browser.place import Place, in_mode

CARDS, SNAPSHOTS = 200, 50
PAGES = {  # each with what shows that all of it is there
    "/history": "a[href^='/history/']",
    "/history/{burst_id}": ".chart button",
    "/library": "main img",
    "/brands": "a[href^='/brands/']",
    "/brands/+": "main form",
    "/agents": "a[href^='/agents/']",
    "/agents/+": "main form",
}
NEXT_FRAME = "() => new Promise(requestAnimationFrame)"


def test_no_page_has_more_than_sixty_kilobytes_of_script(place: Place) -> None:
    """Wherever somebody comes in; what another page needs is fetched when they go there."""
    page = place.page_at("recap")
    burst_id = place.web.stage.look()["recent_burst"]["burst_id"]
    assert 0 < script_bytes(page) < 60_000
    for path, seen in PAGES.items():
        page = place.page(path.format(burst_id=burst_id))
        expect(page.locator(seen).first).to_be_visible()
        assert 0 < script_bytes(page) < 60_000, path


def test_it_is_seen_soon(place: Place) -> None:
    context = place.signed_in()
    observe(context)
    page = context.new_page()
    page.goto("/")
    in_mode(page, "overview")
    assert 0 < measured(page)["paint"] < 2500


def test_nothing_jumps_while_cards_go_on(place: Place) -> None:
    context = place.signed_in(reduced_motion="no-preference")
    observe(context)
    page = context.new_page()
    page.goto("/")
    place.gate.close()
    place.start(posts=6)
    in_mode(page, "live")
    expect(page.locator("[data-job]")).to_have_count(6)
    page.evaluate("measured.shifts = []")
    place.gate.open()
    in_mode(page, "recap")
    shifts = [shift for shift in measured(page)["shifts"] if shift["mode"] == "live"]
    assert sum(shift["value"] for shift in shifts) < 0.02, shifts


def test_two_hundred_cards_go_on_without_a_long_halt(open_crowd: OpenCrowd) -> None:
    with open_crowd(CARDS) as (place, door):
        context = place.signed_in()
        observe(context)
        page = context.new_page()
        page.goto("/")
        expect(page.locator("[data-job]")).to_have_count(CARDS)
        page.evaluate("measured.longest = 0")
        for _ in range(SNAPSHOTS):
            version = door.go_on(USER)
            page.evaluate(NEXT_FRAME)
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Step {version}")
        assert measured(page)["longest"] < 1000
