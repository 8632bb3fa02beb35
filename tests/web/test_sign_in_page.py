"""The page for signing in: what it may load, what it says to whoever cannot see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from tests.web.conftest import Web, an_app
from web.settings import WebSettings


class Page(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture
def web(settings: WebSettings) -> Iterator[Web]:
    with an_app(settings) as web:
        yield web


@pytest.fixture
def page(web: Web) -> Page:
    return Page(web.get("/sign-in", "").get_data(as_text=True))


def test_nothing_inline_and_nothing_of_other_hosts(web: Web, page: Page) -> None:
    policy = web.get("/sign-in", "").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    assert [script["src"] for script in page.all("script")] == ["/static/sign_in.js"]
    assert not page.all("style")
    assert not [name for _, attributes in page.tags for name in attributes if name == "style" or name.startswith("on")]


def test_everything_that_it_loads_is_there(web: Web, page: Page) -> None:
    loaded = [link["href"] for link in page.all("link") if link["rel"] == "stylesheet"]
    for path in [*loaded, *(script["src"] for script in page.all("script"))]:
        assert path
        with web.get(path, "") as answer:
            assert answer.status_code == 200


def test_every_field_has_its_label_and_says_what_goes_there(page: Page) -> None:
    labels = {label["for"] for label in page.all("label")}
    fields = {field["id"]: field for field in page.all("input")}
    assert labels == set(fields) == {"email", "password"}
    assert fields["email"]["autocomplete"] == "username"
    assert (fields["password"]["type"], fields["password"]["autocomplete"]) == ("password", "current-password")


def test_errors_are_read_out(page: Page) -> None:
    assert [each for each in page.all("p") if each.get("role") == "alert"]


def test_without_a_script_the_password_goes_into_no_address(page: Page) -> None:
    (form,) = page.all("form")
    assert form["method"] == "post"


def test_it_has_a_dark_and_a_light_look_and_suits_a_narrow_screen(web: Web, page: Page) -> None:
    styles = [str(link["href"]) for link in page.all("link") if link.get("rel") == "stylesheet"]
    style = ""
    for href in styles:
        with web.get(href, "") as answer:
            style += answer.get_data(as_text=True)
    assert "prefers-color-scheme: dark" in style
    assert not re.search(r"(?<!max-)width: (\d{3,}px|[3-9]\drem)", style), "nothing is wider than the screen"
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.all("meta")


def test_the_front_door_leads_somewhere(web: Web) -> None:
    answer = web.get("/", "")
    assert answer.status_code in (200, 303)
