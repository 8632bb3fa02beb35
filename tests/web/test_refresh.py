"""A session goes on while its refresh token is good, and ends where the auth server says so or the user does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.hostile_server import refusing_port
from tests.web.browser import App, Browser, Studio
from tests.web.conftest import a_token
from web import sessions
from web.cookies import ACCESS, REFRESH, Session
from web.settings import SignIn
from web.sign_in import AuthServer, DeniedError

SESSION = "/api/session"


@pytest.fixture
def app(studio: Studio) -> Iterator[App]:
    with studio.app() as app:
        yield app


@pytest.fixture
def browser(app: App) -> Iterator[Browser]:
    with app.browser() as browser:
        browser.sign_in()
        yield browser


def expire(studio: Studio, app: App, browser: Browser, ago: int = 60) -> None:
    """Let the browser's access token have expired so many seconds ago."""
    session = app.session_of(browser)
    expired = a_token(studio.server.user.id, studio.secret, exp=int(time.time()) - ago)
    app.let_keep(browser, session.id, expired, session.tokens.refresh_token)


def has_ended(studio: Studio, session: Session) -> bool:
    """Whether the auth server refreshes the session no more."""
    auth = AuthServer(SignIn(studio.server.url, studio.server.anon_key))
    with pytest.raises(DeniedError):
        auth.refresh(session.tokens.refresh_token)
    return True


def cleared(browser: Browser) -> bool:
    return ACCESS not in browser.cookies and REFRESH not in browser.cookies


def test_a_token_that_has_expired_is_refreshed_on_the_way(studio: Studio, app: App, browser: Browser) -> None:
    expire(studio, app, browser)
    before = app.session_of(browser)
    answer = browser.get(SESSION)
    after = app.session_of(browser)
    assert answer.status_code == 200
    assert after.id == before.id
    assert after.tokens.refresh_token != before.tokens.refresh_token
    assert answer.json()["csrf_token"] == browser.csrf_token, "a page that is open can go on writing"
    assert "Set-Cookie" not in browser.get(SESSION).headers, "now it is good again"


def test_one_that_is_about_to_expire_is_refreshed_too(
    app: App, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = app.session_of(browser)
    assert "Set-Cookie" not in browser.get(SESSION).headers
    monkeypatch.setattr(sessions, "SOON_SECONDS", 4000)
    assert browser.get(SESSION).status_code == 200
    assert app.session_of(browser).tokens.refresh_token != before.tokens.refresh_token


def test_a_write_is_refreshed_as_well(studio: Studio, app: App, browser: Browser) -> None:
    expire(studio, app, browser)
    assert browser.post("/api/maestro/calendar/feed").status_code == 201
    assert browser.get(SESSION).status_code == 200


def test_a_refresh_that_is_refused_signs_out(studio: Studio, app: App, browser: Browser) -> None:
    expire(studio, app, browser)
    session = app.session_of(browser)
    app.let_keep(browser, session.id, session.tokens.access_token, "a token that nobody knows")
    answer = browser.get(SESSION)
    assert answer.status_code == 401
    assert cleared(browser)


def test_a_session_that_was_ended_elsewhere_is_over_at_the_next_refresh(
    studio: Studio, app: App, browser: Browser
) -> None:
    with app.browser() as other:
        session = app.session_of(browser)
        app.let_keep(other, session.id, session.tokens.access_token, session.tokens.refresh_token)
        other.csrf_token = browser.csrf_token
        assert other.delete(SESSION).status_code == 204
    assert browser.get(SESSION).status_code == 200, "an access token is good until it expires"
    expire(studio, app, browser)
    assert browser.get(SESSION).status_code == 401
    assert cleared(browser)


def test_while_the_auth_server_is_away_a_token_that_is_good_goes_on(
    studio: Studio, tmp_path: Path, app: App, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "SOON_SECONDS", 4000)
    session = app.session_of(browser)
    with refusing_port() as url, studio.app(sign_in=SignIn(url, "key")) as lonely, lonely.browser() as same:
        lonely.let_keep(same, session.id, session.tokens.access_token, session.tokens.refresh_token)
        assert same.get(SESSION).status_code == 200
        expire(studio, lonely, same)
        answer = same.get(SESSION)
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/sign-in-away")
        assert not cleared(same), "nobody is signed out for that"


def test_where_nothing_can_refresh_it_a_session_ends_with_its_token(studio: Studio, app: App, browser: Browser) -> None:
    session = app.session_of(browser)
    with studio.app(sign_in=None) as alone, alone.browser() as same:
        alone.let_keep(same, session.id, session.tokens.access_token, session.tokens.refresh_token)
        assert same.get(SESSION).status_code == 200
        expire(studio, alone, same)
        assert same.get(SESSION).status_code == 401
        assert cleared(same)


# Signing out.


def test_signing_out_ends_the_session_at_the_auth_server_and_here(studio: Studio, app: App, browser: Browser) -> None:
    session = app.session_of(browser)
    answer = browser.delete(SESSION)
    assert (answer.status_code, answer.content) == (204, b"")
    assert cleared(browser)
    assert browser.get(SESSION).status_code == 401
    assert has_ended(studio, session)


def test_signing_out_leaves_the_users_other_sessions_alone(studio: Studio, app: App, browser: Browser) -> None:
    with app.browser() as other:
        other.sign_in()
        browser.delete(SESSION)
        expire(studio, app, other)
        assert other.get(SESSION).status_code == 200


def test_signing_out_with_a_token_that_has_expired_ends_the_session_too(
    studio: Studio, app: App, browser: Browser
) -> None:
    expire(studio, app, browser)
    session = app.session_of(browser)
    assert browser.delete(SESSION).status_code == 204
    assert cleared(browser)
    assert has_ended(studio, session)


def test_who_is_not_signed_in_may_sign_out(app: App) -> None:
    with app.browser() as nobody:
        assert nobody.delete(SESSION).status_code == 204


def test_one_can_sign_out_while_the_auth_server_is_away(studio: Studio, tmp_path: Path) -> None:
    with studio.app(tmp_path) as app, app.browser() as browser:
        browser.sign_in()
        session = app.session_of(browser)
    with refusing_port() as url, studio.app(tmp_path, sign_in=SignIn(url, "key")) as lonely, lonely.browser() as same:
        lonely.let_keep(same, session.id, session.tokens.access_token, session.tokens.refresh_token)
        same.csrf_token = browser.csrf_token
        assert same.delete(SESSION).status_code == 204
        assert cleared(same)


def test_many_requests_at_once_refresh_a_session_and_none_is_signed_out(
    studio: Studio, app: App, browser: Browser
) -> None:
    expire(studio, app, browser)
    cookie = {"Cookie": f"{ACCESS}={browser.cookies[ACCESS]}; {REFRESH}={browser.cookies[REFRESH]}"}

    def look(_: int) -> int:
        with app.browser() as same:
            return same.get(SESSION, headers=cookie).status_code

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(look, range(8))) == [200] * 8
