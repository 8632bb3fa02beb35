"""How often one may ask, and how much one may send."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.browser import App, Browser, Studio


@pytest.fixture
def app(studio: Studio) -> Iterator[App]:
    with studio.app(proxies=1) as app:
        yield app


@pytest.fixture
def browser(app: App) -> Iterator[Browser]:
    with app.browser() as browser:
        yield browser


def attempt(browser: Browser, email: str, address: str) -> int:
    """Try to sign in from an address, in a way that the auth server never hears of."""
    body = {"email": email, "password": ""}
    return browser.post("/api/session", json=body, headers={"X-Forwarded-For": address}).status_code


def test_an_address_may_try_to_sign_in_ten_times_a_minute(browser: Browser) -> None:
    assert [attempt(browser, f"{number}@b.c", "10.0.0.1") for number in range(11)] == [422] * 10 + [429]
    assert attempt(browser, "a@b.c", "10.0.0.2") == 422, "others may"


def test_an_email_may_be_tried_thirty_times_a_minute_from_wherever(browser: Browser) -> None:
    """More than one address can: nobody keeps another out from one alone."""
    spellings = ("Ana@b.c", "ana@b.c", " ANA@B.C ")
    tried = [attempt(browser, spellings[number % 3], f"10.0.0.{number}") for number in range(31)]
    assert tried == [422] * 30 + [429]
    assert attempt(browser, "ben@b.c", "10.0.1.1") == 422, "others may"


def test_too_many_is_a_problem_that_says_when(browser: Browser) -> None:
    for number in range(30):
        attempt(browser, "a@b.c", f"10.0.0.{number}")
    answer = browser.sign_in("a@b.c", "secret")
    assert (answer.status_code, answer.headers["Content-Type"]) == (429, "application/problem+json")
    assert 1 <= int(answer.headers["Retry-After"]) <= 61
    assert answer.json()["type"] == "/problems/too-many-requests"
    assert f"try again in {answer.headers['Retry-After']} s" in answer.json()["detail"]


def test_a_link_may_be_tried_twenty_times_a_minute(browser: Browser) -> None:
    assert [browser.follow("guess").status_code for _ in range(21)] == [401] * 20 + [429]


def test_a_feed_may_be_read_a_hundred_and_twenty_times_a_minute(browser: Browser) -> None:
    answers = [browser.get("/calendar/guess.ics").status_code for _ in range(121)]
    assert answers == [404] * 120 + [429]


def test_a_body_may_have_64_kb(browser: Browser) -> None:
    answer = browser.sign_in(password="x" * 70_000)
    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "application/problem+json")
