"""axe-core finds nothing to object to: in any mode, light or dark, on a phone, with a dialog open."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.place import Mode, Place, Scheme, in_mode

SCHEMES: tuple[Scheme, ...] = ("dark", "light")


def violations(page: Page) -> list[str]:
    """Each rule that is broken, with where it is."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [f"{each['id']}: {[node['html'][:160] for node in each['nodes'][:3]]}" for each in found]


def is_accessible(page: Page) -> None:
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(page) == [], scheme


@pytest.mark.parametrize("mode", ["live", "recap", "overview"])
def test_every_mode_is_accessible(place: Place, mode: Mode) -> None:
    is_accessible(place.page_at(mode, admin=True))


def test_every_page_beside_it_is_accessible(place: Place) -> None:
    page = place.page_at("recap")
    for path in ("/history", "/library", "/brands", "/brands/+", "/agents", "/agents/+"):
        page.goto(path)
        in_mode(page, "page")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
        is_accessible(page)


def test_a_phone_is_accessible(place: Place) -> None:
    is_accessible(place.page_at("live", phone=True))


def test_the_question_before_a_cancel_is_accessible_and_can_be_left(place: Place) -> None:
    page = place.page_at("live", admin=True)
    button = page.get_by_role("button", name="Cancel the burst")
    button.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    is_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()


def test_the_page_to_sign_in_is_accessible(place: Place) -> None:
    page = place.visit().new_page()
    page.goto("/sign-in")
    is_accessible(page)
