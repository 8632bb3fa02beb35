"""The page stays, whatever happens to the worker: it says so, and goes on by itself when there is one again."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from maestro_actors.gateway.messages import StartBurst
from maestro_actors.settings import ONE_USER, read
from supabase_local.keys import load_keys
from supabase_local.launch import serve
from tests.browser.place import NewContext, Place, in_mode
from tests.cli.conftest import house
from tests.cli.house import House, Running
from tests.support.patience import eventually
from tests.web.browser import served
from tests.web.conftest import an_app
from web.settings import Tokens, WebSettings

__all__ = ["house"]


def is_stale(page: Page, stale: bool) -> None:
    expect(page.locator("body[data-stale]")).to_have_count(int(stale))
    if stale:
        expect(page.locator("#connection")).to_contain_text(re.compile(r"^[A-Z].*[.] This page comes back by itself\."))
    else:
        expect(page.locator("#connection")).to_be_hidden()


def test_a_worker_that_is_away_is_told_of_until_it_is_back(place: Place) -> None:
    place.witness.expected = ("503",)
    page = place.page_at("live")
    place.take_worker_away()
    is_stale(page, True)
    expect(page.locator("[data-job]")).to_have_count(4)
    place.bring_worker_back()
    is_stale(page, False)
    place.gate.open()
    in_mode(page, "recap")


def test_a_page_that_is_opened_without_a_worker_says_so_and_begins_with_it(place: Place) -> None:
    place.witness.expected = ("503",)
    place.take_worker_away()
    page = place.page()
    is_stale(page, True)
    place.bring_worker_back()
    is_stale(page, False)
    in_mode(page, "overview")


@contextmanager
def working(house: House) -> Iterator[Running]:
    with house.started("worker", MAESTRO_RENDERERS="2") as worker:
        eventually(lambda: "maestro worker: ready" in worker.out, 40)
        yield worker
        if worker.process.poll() is None:
            worker.send(signal.SIGTERM)
            worker.wait(20)


@contextmanager
def beside(house: House, new_context: NewContext) -> Iterator[Place]:
    """A web app of the house whose worker is a process of its own."""
    storage = house.home / "storage"
    with serve(storage) as media:
        settings = WebSettings(
            maestro=read({"MAESTRO_HOME": str(house.home)}),
            project=media.url,
            tokens=Tokens(load_keys(storage).jwt_secret, None),
            sign_in=None,
            cookie_key=None,
            metrics_token=None,
        )
        with an_app(settings) as web, served(web.app) as url:
            secret = load_keys(storage).jwt_secret
            with Place(web, url, media.url, secret, new_context).watched() as place:
                yield place


def test_a_worker_that_is_killed_in_a_burst_is_followed_by_one_that_goes_on(
    house: House, new_context: NewContext
) -> None:
    with working(house) as killed, beside(house, new_context) as place:
        place.witness.expected = ("503", "ERR_CONNECTION_REFUSED")
        page = place.page(user=ONE_USER)
        in_mode(page, "overview")
        burst = place.web.site.gateway.start_burst(StartBurst(user_id=ONE_USER, posts=6, reels=0, carousels=0))
        in_mode(page, "live")
        expect(page.locator("[data-job]").first).to_be_visible()
        os.kill(killed.process.pid, signal.SIGKILL)
        is_stale(page, True)
        with working(house):
            is_stale(page, False)
            in_mode(page, "recap")
            recent = place.web.site.gateway.status(ONE_USER).snapshot.recent_burst
            assert recent is not None
            assert (recent.burst_id, recent.created, recent.scheduled) == (burst, 6, 6)
