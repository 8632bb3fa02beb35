"""Whoever is not signed in comes to the page for it, and from there to the Observatory."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from supabase_local.users import load_or_create_user
from tests.browser.place import Place, in_mode

OTHER = "11111111-1111-4111-8111-111111111111"


def sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_somebody_unknown_signs_in_with_a_password_and_out_again(place: Place, tmp_path: Path) -> None:
    user = load_or_create_user(tmp_path / "storage")
    page = place.visit().new_page()
    page.goto("/")
    expect(page).to_have_url(re.compile("/sign-in"))
    sign_in(page, user.email, user.password)
    in_mode(page, "overview")
    expect(page.get_by_text(user.email)).to_be_visible()
    assert page.evaluate("document.cookie") == "", "a script can read the session"
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    page.goto("/")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_a_wrong_password_is_told_of_and_nobody_is_let_in(place: Place, tmp_path: Path) -> None:
    place.witness.expected = ("401",)
    user = load_or_create_user(tmp_path / "storage")
    page = place.visit().new_page()
    page.goto("/sign-in")
    sign_in(page, user.email, "another password")
    expect(page.get_by_role("alert")).to_have_text("The e-mail or the password is wrong.")
    expect(page.get_by_label("Password")).to_be_focused()


def test_a_tab_goes_on_after_somebody_signed_in_anew_in_another(place: Place) -> None:
    place.witness.expected = ("403",)
    page = place.page_at("overview")
    page.context.clear_cookies()
    place.let_in(page.context, session="another session")
    page.get_by_role("button", name="Start a burst").click()
    in_mode(page, "recap")


def test_a_tab_of_one_writes_nothing_for_another(place: Place) -> None:
    place.witness.expected = ("403",)
    page = place.page_at("overview")
    page.context.clear_cookies()
    place.let_in(page.context, user=OTHER, session="another session")
    page.get_by_role("button", name="Start a burst").click()
    expect(page.get_by_role("alert").filter(has_text="reload")).to_be_visible()
    assert place.web.stage.look(OTHER)["recent_burst"] is None


def test_what_is_typed_outlives_the_session(place: Place) -> None:
    place.witness.expected = ("401",)
    page = place.page("/brands/+")
    page.get_by_label("Name", exact=True).fill("Loaf")
    page.get_by_label("Topics").fill("bread")
    page.context.clear_cookies()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main form").get_by_role("alert")).to_contain_text("You are signed out: sign in in another tab")
    place.let_in(page.context, session="another session")
    place.witness.expected += ("403",)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Loaf was saved.")).to_be_visible()
