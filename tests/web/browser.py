"""A browser's part: the app behind a real port, a jar that keeps its cookies, and the auth server that lets people in.

with a_studio(folder) as studio, studio.app() as app, app.browser() as browser:
    browser.sign_in()
    browser.post("/api/maestro/calendar/feed")
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
from flask import Flask
from werkzeug.serving import make_server

from maestro_actors.settings import ONE_USER, Settings
from supabase_local.keys import load_keys
from supabase_local.launch import LocalServer, serve
from tests.support.journals import sqlite_engine
from web import sessions
from web.app import create_app
from web.cookies import Cookies, Session
from web.settings import SignIn, Tokens, WebSettings
from web.sign_in import TokenPair
from web.site import EXTENSION, Site


class Browser(httpx.Client):
    """Keeps cookies, and sends what a page of ours would with every write."""

    csrf_token = ""

    def __init__(self, url: str, server: LocalServer) -> None:
        super().__init__(base_url=url, timeout=20)
        self.url = url
        self._server = server

    def request(self, method: str, url: Any, **options: Any) -> httpx.Response:
        headers = dict(options.pop("headers", None) or {})
        if self.csrf_token:
            headers.setdefault("X-CSRF-Token", self.csrf_token)
        return super().request(method, url, headers=headers, **options)

    def sign_in(self, email: str | None = None, password: str | None = None, **headers: str) -> httpx.Response:
        """With the studio's own e-mail and password, unless others are given."""
        user = self._server.user
        body = {"email": email or user.email, "password": password or user.password}
        return self._signed_in(self.post("/api/session", json=body, headers=headers))

    def follow(self, token: str, **headers: str) -> httpx.Response:
        """A link that signs in once."""
        return self._signed_in(self.post("/api/session/link", json={"token": token}, headers=headers))

    def _signed_in(self, answer: httpx.Response) -> httpx.Response:
        if answer.status_code == 200:
            self.csrf_token = answer.json()["csrf_token"]
        return answer


@dataclass(frozen=True)
class App:
    """An app that is served at `url`."""

    flask: Flask
    url: str
    server: LocalServer

    @property
    def site(self) -> Site:
        found = self.flask.extensions[EXTENSION]
        assert isinstance(found, Site)
        return found

    @property
    def cookies(self) -> Cookies:
        found = self.flask.extensions[sessions.EXTENSION]
        assert isinstance(found, sessions.Sessions)
        return found.cookies

    def browser(self) -> Browser:
        return Browser(self.url, self.server)

    def session_of(self, browser: Browser) -> Session:
        """What the browser's cookies hold, which it cannot read itself."""
        found = self.cookies.read(dict(browser.cookies))
        assert found is not None
        return found

    def let_keep(self, browser: Browser, session_id: str, access_token: str, refresh_token: str) -> None:
        """Let the browser have a session of these tokens."""
        sealed = self.cookies.seal(Session(session_id, TokenPair(access_token, refresh_token)))
        for name, value in sealed.items():
            browser.cookies.set(name, value, domain="127.0.0.1", path="/")


@dataclass(frozen=True)
class Studio:
    """An auth server with its one user, and the secret that it signs tokens with."""

    server: LocalServer
    secret: str

    def settings(self, home: Path, **changes: Any) -> WebSettings:
        usual = WebSettings(
            maestro=Settings(home, ONE_USER, None, None, 1, 8),
            project=self.server.url,
            tokens=Tokens(self.secret, None),
            sign_in=SignIn(self.server.url, self.server.anon_key),
            cookie_key=None,
            metrics_token=None,
        )
        return replace(usual, **changes)

    @contextmanager
    def app(self, home: Path | None = None, **changes: Any) -> Iterator[App]:
        """The app, with a database of its own; `changes` are those of its settings."""
        with tempfile.TemporaryDirectory(prefix="mae-") as folder:
            place = home or Path(folder)
            flask = create_app(self.settings(place, **changes))
            with sqlite_engine(place / "maestro.db"), served(flask) as url:
                app = App(flask, url, self.server)
                try:
                    yield app
                finally:
                    app.site.close()


@contextmanager
def a_studio(folder: Path) -> Iterator[Studio]:
    with serve(folder) as server:
        yield Studio(server, load_keys(folder).jwt_secret)


@contextmanager
def served(flask: Flask) -> Iterator[str]:
    """The URL of the app, until the block ends."""
    server = make_server("127.0.0.1", 0, flask, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
