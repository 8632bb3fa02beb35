"""A real browser before the real app. Whatever test looks through it fails when a page says that something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.chromium import launch_options
from maestro_actors.gateway.address import address_of
from maestro_actors.gateway.server import serving
from maestro_actors.storage import SupabaseBucket
from tests.browser.place import Gate, NewContext, Place
from tests.gateway.crowd import Crowd
from tests.support.faulty_storage import storage_server
from tests.support.journals import sqlite_engine
from tests.system.conftest import open_system
from tests.system.pictures import small_pictures
from tests.web.browser import served
from tests.web.conftest import EPOCH, SECRET, OpenWeb, an_app, home, open_web, settings
from web.settings import SignIn, Tokens, WebSettings

__all__ = ["home", "open_system", "open_web", "settings"]

PATIENCE_MS = 20_000  # nothing here takes a tenth of it

NO_STORAGE = "http://127.0.0.1:9"

OpenCrowd = Callable[[int], AbstractContextManager[tuple[Place, Crowd]]]
OpenPlace = Callable[..., AbstractContextManager[Place]]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These tests come last: from the first of them on Playwright's loop runs in this thread."""
    here = Path(__file__).parent
    items.sort(key=lambda item: item.path.is_relative_to(here))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | launch_options()


@pytest.fixture(scope="session")
def base_url() -> None:
    """Every place has its own. The plugin's fixture of this name is made in a way that pytest warns of."""


@pytest.fixture(scope="session", autouse=True)
def running_browser(browser: Browser) -> Browser:
    """It begins before any test has a folder of its own for temporary files, which it would lose."""
    expect.set_options(timeout=PATIENCE_MS)
    return browser


@pytest.fixture
def open_place(open_web: OpenWeb, new_context: NewContext, tmp_path: Path) -> OpenPlace:
    """Opens the Observatory; changes are those of the system's parts."""

    @contextmanager
    def opened(**changes: Any) -> Iterator[Place]:
        gate = Gate()
        with (
            storage_server(tmp_path / "storage", gate) as storage,
            closing(SupabaseBucket(storage.url, storage.service_key)) as bucket,
        ):
            bucket.ensure()
            web = {
                "project": storage.url,
                "tokens": Tokens(storage.jwt_secret, None),
                "sign_in": SignIn(storage.url, storage.anon_key),
            }
            parts = {"bucket": bucket, "url_of": bucket.url_of, "plan": small_pictures}
            with (
                open_web(web=web, **(parts | changes)) as behind,
                served(behind.app) as url,
                Place(behind, url, storage.url, storage.jwt_secret, new_context, gate).watched() as place,
            ):
                yield place

    return opened


@pytest.fixture
def place(open_place: OpenPlace) -> Iterator[Place]:
    """The Observatory of somebody who has four brands, and nothing under way."""
    with open_place() as place:
        yield place


@pytest.fixture
def open_crowd(home: Path, settings: WebSettings, new_context: NewContext) -> OpenCrowd:
    """Opens a place with so many jobs, of which nothing is real but how they are told of."""

    @contextmanager
    def opened(jobs: int) -> Iterator[tuple[Place, Crowd]]:
        door = Crowd(jobs)
        with (
            sqlite_engine(home / "maestro.db"),
            an_app(replace(settings, project=NO_STORAGE)) as web,
            serving(door, address_of(settings.maestro.home, None, None), EPOCH),
            served(web.app) as url,
            Place(web, url, NO_STORAGE, SECRET, new_context).watched() as place,
        ):
            yield place, door

    return opened
