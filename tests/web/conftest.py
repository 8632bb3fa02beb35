"""The app as a browser or a script meets it, before a whole system behind a real gateway."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import jwt
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from benchmarks.empty import AGENT, BRANDS, USER
from maestro_actors.gateway.address import address_of
from maestro_actors.gateway.server import serving
from maestro_actors.settings import Settings
from tests.support.journals import sqlite_engine, stock
from tests.system.conftest import Open, open_system
from web import create_app
from web.settings import Tokens, WebSettings
from web.site import EXTENSION, Site

__all__ = ["open_system"]

SECRET = "a secret that only tests know, of a good length"  # noqa: S105 - as it says
OTHER = "11111111-0000-4000-8000-000000000000"
EPOCH = 3


def a_token(user: str = USER, secret: str = SECRET, algorithm: str = "HS256", **claims: Any) -> str:
    """An access token as Supabase Auth makes them; a claim given as None is left out."""
    usual = {
        "sub": user,
        "aud": "authenticated",
        "role": "authenticated",
        "email": f"{user[:8]}@example.org",
        "exp": int(time.time()) + 3600,
        "app_metadata": {"provider": "email"},
    }
    wanted = {name: value for name, value in (usual | claims).items() if value is not None}
    return jwt.encode(wanted, secret, algorithm=algorithm)


def an_admin_token(user: str = OTHER) -> str:
    return a_token(user, app_metadata={"role": "admin"})


@dataclass
class Web:
    """The app; `stage` is the system behind it, and `worker` what lets it be asked."""

    app: Flask
    worker: ExitStack = field(default_factory=ExitStack)
    stage: Any = None

    def call(self, method: str, path: str, token: str | None = None, **options: Any) -> TestResponse:
        """Call with an access token, by default that of a user with brands; with `token=""` as nobody."""
        headers = dict(options.pop("headers", {}))
        if token != "":
            headers.setdefault("Authorization", f"Bearer {token or a_token()}")
        with self.app.test_client() as client:
            return client.open(path, method=method, headers=headers, **options)

    def get(self, path: str, token: str | None = None, **options: Any) -> TestResponse:
        return self.call("GET", path, token, **options)

    def post(self, path: str, json: Any = None, token: str | None = None, **options: Any) -> TestResponse:
        return self.call("POST", path, token, json=json, **options)

    @property
    def site(self) -> Site:
        found = self.app.extensions[EXTENSION]
        assert isinstance(found, Site)
        return found


def body(answer: TestResponse) -> Any:
    """What the answer says, as JSON."""
    return answer.json


@contextmanager
def an_app(settings: WebSettings) -> Iterator[Web]:
    web = Web(create_app(settings))
    try:
        yield web
    finally:
        web.site.close()


@pytest.fixture
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mae-") as folder:  # of a short name: a socket lies in it
        yield Path(folder)


@pytest.fixture
def settings(home: Path) -> WebSettings:
    """Of an app whose worker and database are not there; tokens are good."""
    return WebSettings(
        maestro=Settings(home, USER, None, None, 1, 8),
        project=None,
        tokens=Tokens(SECRET, None),
        sign_in=None,
        cookie_key=None,
        metrics_token=None,
    )


@pytest.fixture
def quiet_web(home: Path, settings: WebSettings) -> Iterator[Web]:
    """An app with a database, and without a worker."""
    with sqlite_engine(home / "maestro.db"), an_app(settings) as web:
        yield web


OpenWeb = Callable[..., Any]


@pytest.fixture
def open_web(open_system: Open, home: Path, settings: WebSettings) -> OpenWeb:
    """Opens an app before a system; changes are those of the system's parts, `web` those of the app's settings."""

    @contextmanager
    def opened(web: dict[str, Any] | None = None, **changes: Any) -> Iterator[Web]:
        with open_system(database=home / "maestro.db", **changes) as stage:
            stock(stage.engine, USER, BRANDS, (AGENT,))
            maestro = settings.maestro
            address = address_of(maestro.home, maestro.gateway, maestro.gateway_key)
            with ExitStack() as worker, an_app(replace(settings, **(web or {}))) as app:
                worker.enter_context(serving(stage.system, address, EPOCH))
                app.stage, app.worker = stage, worker
                yield app

    return opened
