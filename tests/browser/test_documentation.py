"""The page that describes the API, as a browser shows it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.place import Place


def test_every_call_is_described_to_whoever_opens_it(place: Place) -> None:
    page = place.visit().new_page()
    page.goto("/docs")
    expect(page.get_by_text("/api/maestro/status", exact=True)).to_be_visible()
    expect(page.get_by_text("/api/maestro/admin/bursts/{burst_id}/cancel")).to_be_visible()
    expect(page.locator(".opblock")).not_to_have_count(0)
