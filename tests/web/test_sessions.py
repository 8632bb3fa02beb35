"""Signing in with a password, in a real browser's stead: cookies over real HTTP, before a real auth server."""

from __future__ import annotations

import logging
import secrets
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from maestro_actors.errors import SettingsError
from tests.support.hostile_server import close_in_answer, hostile_server, refusing_port, say_nothing
from tests.web.browser import App, Browser, Studio, a_studio
from tests.web.conftest import OTHER, SECRET, a_token
from web import sign_in
from web.app import create_app
from web.cookies import ACCESS, REFRESH
from web.settings import SignIn, Tokens, read
from web.sign_in import AuthServer, BusyError

FEED = "/api/maestro/calendar/feed"


@pytest.fixture
def app(studio: Studio) -> Iterator[App]:
    with studio.app() as app:
        yield app


@pytest.fixture
def browser(app: App) -> Iterator[Browser]:
    with app.browser() as browser:
        yield browser


def test_who_signs_in_is_who_the_auth_server_says(studio: Studio, browser: Browser) -> None:
    assert browser.get("/api/session").status_code == 401
    answer = browser.sign_in()
    assert answer.status_code == 200
    told = answer.json()
    assert (told["user_id"], told["email"], told["admin"]) == (studio.server.user.id, studio.server.user.email, True)
    assert told["expires_at"].endswith("Z")
    assert browser.get("/api/session").json() == told


def test_a_session_is_a_caller_as_a_token_is(app: App, browser: Browser) -> None:
    assert browser.post(FEED).status_code == 401
    browser.sign_in()
    assert browser.post(FEED).status_code == 201
    assert browser.get(FEED).status_code == 200
    with app.browser() as other:
        other.headers["Authorization"] = f"Bearer {app.session_of(browser).tokens.access_token}"
        assert other.get(FEED).json() == browser.get(FEED).json()


@pytest.mark.parametrize(("email", "password"), [(None, "wrong"), ("someone@else.example", None)])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    browser: Browser, email: str | None, password: str | None
) -> None:
    answer = browser.sign_in(email, password)
    assert (answer.status_code, answer.json()["detail"]) == (401, "the e-mail or the password is wrong")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "WWW-Authenticate" in answer.headers
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "body", [{}, {"email": "a@b.c"}, {"email": "", "password": ""}, {"email": 1, "password": 2}, [], "x"], ids=str
)
def test_what_is_no_sign_in_is_unprocessable(browser: Browser, body: object) -> None:
    assert browser.post("/api/session", json=body).status_code == 422


def test_half_a_letter_is_no_password(browser: Browser) -> None:
    headers = {"Content-Type": "application/json"}
    answer = browser.post("/api/session", content=b'{"email": "a@b.c", "password": "\\ud800"}', headers=headers)
    assert answer.status_code in (401, 422)


def test_a_form_signs_nobody_in(studio: Studio, browser: Browser) -> None:
    user = studio.server.user
    assert browser.post("/api/session", data={"email": user.email, "password": user.password}).status_code == 415


def test_the_password_and_the_tokens_stay_out_of_the_logs(
    studio: Studio, app: App, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    browser.sign_in()
    tokens = app.session_of(browser).tokens
    browser.sign_in(password="a wrong pass phrase")  # noqa: S106 - as it says
    said = (
        caplog.text + repr(tokens) + "".join(repr(vars(record)) for record in caplog.records if record.name != "hpack")
    )
    for secret in (studio.server.user.password, "a wrong pass phrase", tokens.access_token, tokens.refresh_token):
        assert secret not in said


# The cookies.


def test_no_script_can_read_the_cookies_and_no_other_site_sends_them(browser: Browser) -> None:
    cookies = browser.sign_in().headers.get_list("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == [ACCESS, REFRESH]
    for cookie in cookies:
        flags = set(cookie.split("; ")[1:])
        assert flags >= {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"}
        assert not flags & {"Secure"}, "plain HTTP on loopback"


@pytest.mark.parametrize(
    ("changes", "headers"), [({"secure_cookies": True}, {}), ({"proxies": 1}, {"X-Forwarded-Proto": "https"})], ids=str
)
def test_over_https_cookies_are_secure(studio: Studio, changes: dict[str, Any], headers: dict[str, str]) -> None:
    with studio.app(**changes) as app, app.browser() as browser:
        cookies = browser.sign_in(**headers).headers.get_list("Set-Cookie")
        assert len(cookies) == 2
        assert all("; Secure" in cookie for cookie in cookies)


def test_the_cookies_show_nothing(app: App, browser: Browser) -> None:
    browser.sign_in()
    tokens = app.session_of(browser).tokens
    for name, token in ((ACCESS, tokens.access_token), (REFRESH, tokens.refresh_token)):
        value = browser.cookies[name]
        assert token not in value
        assert b64encode(token.encode()).decode()[:20] not in value


def test_each_sign_in_is_a_session_of_its_own(app: App, browser: Browser) -> None:
    browser.sign_in()
    first, token = app.session_of(browser).id, browser.csrf_token
    browser.sign_in()
    assert app.session_of(browser).id != first
    assert browser.csrf_token != token


@pytest.mark.parametrize("tampered", ["", "x", "é".encode().decode("latin-1"), "gAAAA", None])
def test_cookies_that_were_tampered_with_are_nobodys(browser: Browser, tampered: str | None) -> None:
    browser.sign_in()
    value = browser.cookies[ACCESS]
    forged = value[:-6] + ("A" if value[-6] != "A" else "B") + value[-5:] if tampered is None else tampered
    cookie = f"{ACCESS}={forged}; {REFRESH}={browser.cookies[REFRESH]}".encode("latin-1")
    browser.cookies.clear()
    assert browser.get("/api/session", headers={b"Cookie": cookie}).status_code == 401


def test_the_cookies_of_two_sessions_do_not_mix(app: App, browser: Browser) -> None:
    browser.sign_in()
    with app.browser() as other:
        other.sign_in()
        mixed = f"{ACCESS}={browser.cookies[ACCESS]}; {REFRESH}={other.cookies[REFRESH]}"
        swapped = f"{ACCESS}={browser.cookies[REFRESH]}; {REFRESH}={browser.cookies[ACCESS]}"
    with app.browser() as nobody:
        for cookie in (mixed, swapped, f"{ACCESS}={browser.cookies[ACCESS]}"):
            assert nobody.get("/api/session", headers={"Cookie": cookie}).status_code == 401


def test_cookies_are_good_wherever_the_key_is_the_same(studio: Studio, app: App, browser: Browser) -> None:
    browser.sign_in()
    home = app.site.settings.maestro.home
    cookie = f"{ACCESS}={browser.cookies[ACCESS]}; {REFRESH}={browser.cookies[REFRESH]}"
    with studio.app(home) as beside, beside.browser() as same:
        assert same.get("/api/session", headers={"Cookie": cookie}).status_code == 200
    with studio.app(cookie_key=secrets.token_bytes(32)) as elsewhere, elsewhere.browser() as other:
        assert other.get("/api/session", headers={"Cookie": cookie}).status_code == 401
        assert other.sign_in().status_code == 200


def test_the_key_is_made_once_and_nobody_else_may_read_it(studio: Studio, tmp_path: Path) -> None:
    with studio.app(tmp_path):
        assert (tmp_path / "cookie.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("key", ["short", "x" * 44, "é" * 44, "A" * 42 + "=="])
def test_a_key_that_is_none_is_named_and_not_shown(key: str) -> None:
    with pytest.raises(SettingsError, match="MAESTRO_COOKIE_KEY is no key") as caught:
        read({"SUPABASE_JWT_SECRET": SECRET, "MAESTRO_COOKIE_KEY": key})
    assert key not in str(caught.value)


# Writes that a page of ours did not send.


@pytest.mark.parametrize(
    "headers",
    [
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": "0" * 64},
        {"X-CSRF-Token": "é".encode().decode("latin-1")},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
@pytest.mark.parametrize(("method", "path"), [("POST", FEED), ("DELETE", "/api/session")])
def test_a_forged_write_is_refused(browser: Browser, method: str, path: str, headers: dict[str, str]) -> None:
    browser.sign_in()
    sent = {name: value.encode("latin-1") for name, value in headers.items()}
    answer = browser.request(method, path, headers=sent)
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
    assert browser.get("/api/session").status_code == 200, "reading needs no such token, and nobody was signed out"
    assert browser.get(FEED).status_code == 404


def test_the_token_of_another_session_is_refused(app: App, browser: Browser) -> None:
    browser.sign_in()
    with app.browser() as other:
        other.sign_in()
        answer = browser.post(FEED, headers={"X-CSRF-Token": other.csrf_token})
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/csrf-token")


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_page_of_ours_may_write(app: App, browser: Browser, site: str) -> None:
    browser.sign_in()
    assert browser.post(FEED, headers={"Origin": app.url, "Sec-Fetch-Site": site}).status_code == 201


def test_another_port_is_another_site(app: App, browser: Browser) -> None:
    browser.sign_in()
    answer = browser.post(FEED, headers={"Origin": "http://127.0.0.1"})
    assert answer.status_code == 403
    assert "set MAESTRO_PROXIES" in answer.json()["detail"]


def test_another_site_signs_nobody_in(browser: Browser) -> None:
    assert browser.sign_in(Origin="https://evil.example").status_code == 403
    assert not browser.cookies


def test_who_sends_a_token_of_their_own_needs_no_other(app: App, studio: Studio) -> None:
    with app.browser() as script:
        script.headers["Authorization"] = f"Bearer {a_token(OTHER, studio.secret)}"
        assert script.post(FEED, headers={"Origin": "https://evil.example"}).status_code == 201


# The auth server.


def test_an_auth_server_that_is_away_is_said_to_be(studio: Studio) -> None:
    with refusing_port() as url, studio.app(sign_in=SignIn(url, "key")) as app, app.browser() as browser:
        answer = browser.sign_in()
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/sign-in-away")
        assert f"the auth server at {url} is out of reach" in answer.json()["detail"]
        assert answer.headers["Retry-After"] == "2"


@pytest.mark.parametrize("behave", [say_nothing, close_in_answer])
def test_an_auth_server_that_hangs_or_hangs_up_is_away(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, behave: object
) -> None:
    monkeypatch.setattr(sign_in, "TIMEOUT", 0.2)
    with hostile_server(behave) as url, studio.app(sign_in=SignIn(url, "key")) as app, app.browser() as browser:  # type: ignore[arg-type]  # a Behaviour
        assert browser.sign_in().json()["type"] == "/problems/sign-in-away"


def test_a_key_that_the_auth_server_does_not_know_is_nobodys_wrong_password(studio: Studio) -> None:
    with studio.app(sign_in=SignIn(studio.server.url, "another")) as app, app.browser() as browser:
        answer = browser.sign_in()
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/sign-in-away")
        assert "check SUPABASE_ANON_KEY" in answer.json()["detail"]


def test_tokens_that_this_app_does_not_believe_sign_nobody_in(studio: Studio) -> None:
    with studio.app(tokens=Tokens("another secret, of a good length too", None)) as app, app.browser() as browser:
        answer = browser.sign_in()
        assert answer.status_code == 503
        assert "check SUPABASE_JWT_SECRET" in answer.json()["detail"]
        assert not browser.cookies


def test_without_an_auth_server_it_says_what_to_set(studio: Studio) -> None:
    with studio.app(sign_in=None) as app, app.browser() as browser:
        answer = browser.sign_in()
        assert answer.status_code == 503
        assert "set SUPABASE_URL and SUPABASE_ANON_KEY" in answer.json()["detail"]


def test_a_key_that_no_header_can_carry_is_named_at_the_start(studio: Studio, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="SUPABASE_ANON_KEY has a space"):
        create_app(studio.settings(tmp_path, sign_in=SignIn(studio.server.url, "a key")))


def test_too_many_attempts_for_the_auth_server_are_too_many_here(tmp_path: Path) -> None:
    with a_studio(tmp_path) as own:  # its attempts are used up after this
        auth = AuthServer(SignIn(own.server.url, own.server.anon_key))
        for _ in range(10):
            with pytest.raises(sign_in.DeniedError):
                auth.sign_in(own.server.user.email, "wrong")
        with pytest.raises(BusyError):
            auth.sign_in(own.server.user.email, "wrong")
        with own.app() as app, app.browser() as browser:
            answer = browser.sign_in()
    assert (answer.status_code, answer.json()["type"]) == (429, "/problems/too-many-requests")
    assert answer.headers["Retry-After"] == "60"
