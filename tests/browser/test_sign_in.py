"""Whoever is not signed in comes to the page for it, and from there to the Observatory."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from supabase_local.users import load_or_create_user
from tests.browser.place import Place, in_mode


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
