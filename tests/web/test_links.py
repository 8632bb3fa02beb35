"""A link that was left on this machine signs in once, and nobody from anywhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from tests.web.browser import App, Browser, Studio
from tests.web.conftest import a_token
from web.settings import SignIn
from web.sign_in import AuthServer

LINK = "/api/session/link"


@pytest.fixture
def app(studio: Studio) -> Iterator[App]:
    with studio.app() as app:
        yield app


@pytest.fixture
def browser(app: App) -> Iterator[Browser]:
    with app.browser() as browser:
        yield browser


def leave(app: App, ago: timedelta = timedelta()) -> str:
    """A link's token, as whoever starts the app on this machine leaves it."""
    auth = AuthServer(SignIn(app.server.url, app.server.anon_key))
    tokens = auth.sign_in(app.server.user.email, app.server.user.password)
    session = json.dumps({"access_token": tokens.access_token, "refresh_token": tokens.refresh_token})
    return app.site.passes.leave(session, datetime.now(UTC) - ago)


def test_a_link_signs_in_once(app: App, browser: Browser) -> None:
    token = leave(app)
    answer = browser.follow(token, Origin=app.url)
    assert (answer.status_code, answer.json()["user_id"]) == (200, app.server.user.id)
    assert browser.get("/api/session").json() == answer.json()
    assert browser.post("/api/maestro/calendar/feed").status_code == 201
    with app.browser() as second:
        late = second.follow(token)
        assert (late.status_code, late.json()["status"]) == (401, 401)
        assert "was used already" in late.json()["detail"]
        assert "start `maestro up` again for a new one, or sign in with your password" in late.json()["detail"]
        assert not second.cookies


def test_a_link_is_good_for_ten_minutes(app: App, browser: Browser) -> None:
    assert browser.follow(leave(app, ago=timedelta(minutes=10))).status_code == 401
    assert browser.follow(leave(app, ago=timedelta(minutes=9))).status_code == 200


def test_a_token_that_no_cookie_can_hold_is_said_to_be_too_large(studio: Studio, app: App, browser: Browser) -> None:
    session = {"access_token": a_token(secret=studio.secret, picture="x" * 3000), "refresh_token": "x"}
    answer = browser.follow(app.site.passes.leave(json.dumps(session), datetime.now(UTC)))
    assert (answer.status_code, answer.json()["type"]) == (502, "/problems/token-too-large")
    assert not browser.cookies


@pytest.mark.parametrize("token", ["guess", "x" * 43])
def test_a_token_that_nobody_left_leads_nowhere(browser: Browser, token: str) -> None:
    assert browser.follow(token).status_code == 401


def test_of_two_who_follow_it_at_once_one_is_signed_in(app: App) -> None:
    token, start = leave(app), Barrier(2)

    def follow(_: int) -> int:
        with app.browser() as browser:
            start.wait(10)
            return browser.follow(token).status_code

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(follow, range(2))) == [200, 401]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "10.0.0.1:8000"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
    ids=str,
)
def test_from_elsewhere_it_signs_nobody_in_and_is_not_spent(
    app: App, browser: Browser, headers: dict[str, str]
) -> None:
    token = leave(app)
    assert browser.follow(token, **headers).status_code == 403
    assert browser.follow(token).status_code == 200


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1", "[::1]:8000"])
def test_every_name_of_this_machine_will_do(app: App, browser: Browser, host: str) -> None:
    assert browser.follow(leave(app), Host=host).status_code == 200


@pytest.mark.parametrize("address", ["10.0.0.1", "::ffff:10.0.0.1", "", "unix:"])
def test_another_machine_that_calls_itself_this_one_is_not(app: App, address: str) -> None:
    client = app.flask.test_client()
    answer = client.post(
        LINK,
        json={"token": leave(app)},
        environ_base={"REMOTE_ADDR": address},
    )
    assert answer.status_code == 403


def test_behind_a_proxy_it_signs_nobody_in(studio: Studio) -> None:
    with studio.app(proxies=1) as app, app.browser() as browser:
        assert browser.follow(leave(app), **{"X-Forwarded-For": "127.0.0.1"}).status_code == 403
