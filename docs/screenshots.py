"""`make screenshots`: the README's pictures of the Observatory, each mode in dark, light and on a phone.

They show a real burst with real media, which is held where the pictures are taken. Run from the project's folder.
"""

from __future__ import annotations

import logging
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from time import sleep
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.chromium import launch_options
from maestro_actors.cli.database import database
from maestro_actors.cli.owner import owned
from maestro_actors.core.content import PerKind
from maestro_actors.core.snapshot import Json
from maestro_actors.gateway.address import address_of
from maestro_actors.gateway.server import serving
from maestro_actors.journal.library import Library
from maestro_actors.providers.offline_writer import OfflineWriter
from maestro_actors.settings import Settings, read
from maestro_actors.storage import SupabaseBucket
from maestro_actors.system import Parts, System, running
from supabase_local.keys import load_keys
from supabase_local.launch import serve
from tests.browser.place import Mode, Place, in_mode
from tests.support.patience import eventually
from tests.web.browser import served
from tests.web.conftest import an_app
from web.settings import Tokens, WebSettings

DOCS = Path(__file__).parent
SEED = 11
HALF_WAY = 2  # scheduled jobs, and as many with pictures that are not, at which the burst is held
UPLOAD_SECONDS = 0.7
PATIENCE = 120.0  # seconds
QUALITY = 82
DAILY = time(6, 30)
LOOKS: dict[str, dict[str, Any]] = {
    "dark": {"scheme": "dark", "viewport": {"width": 1280, "height": 960}},
    "light": {"scheme": "light", "viewport": {"width": 1280, "height": 960}},
    "phone": {"scheme": "dark", "phone": True, "device_scale_factor": 2},
}
PICTURES_ARE_THERE = """
async () => {
  const shown = [...document.images].filter((image) => {
    const { top, bottom } = image.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  if (shown.some((image) => !image.complete || !image.naturalWidth)) return false;
  await Promise.all([document.fonts.ready, ...shown.map((image) => image.decode())]);
  return true;
}
"""


class Held:
    """A bucket at a distance, which takes its time for each picture and nothing more while it is held."""

    def __init__(self, bucket: SupabaseBucket) -> None:
        self._bucket = bucket
        self._free = threading.Event()
        self._free.set()
        self.url_of = bucket.url_of
        self.remove = bucket.remove

    def hold(self) -> None:
        self._free.clear()

    def go_on(self) -> None:
        self._free.set()

    def upload(self, path: str, file: str, content_type: str, size: int) -> str:
        sleep(UPLOAD_SECONDS)
        self._free.wait()
        return self._bucket.upload(path, file, content_type, size)


def main() -> None:
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory(prefix="mae-") as home, _studio(read({"MAESTRO_HOME": home})) as studio:
        system, held, place, user = studio
        pages = {look: place.page(user=user, **options) for look, options in LOOKS.items()}
        system.start_burst(user, order=PerKind(3, 3, 3), seed=SEED)
        eventually(lambda: _half_way(system.snapshot(user)), PATIENCE)
        held.hold()
        _take(pages, "live")
        held.go_on()
        eventually(lambda: system.snapshot(user)["recent_burst"], PATIENCE)
        _take(pages, "recap")
        for page in pages.values():
            page.get_by_role("button", name="Dismiss").click()
        _take(pages, "overview")
        for page in pages.values():
            page.goto("/history")
            page.get_by_role("list", name="Bursts").get_by_role("link").first.click()
            page.locator(".chart button").first.wait_for()
        _take(pages, "page", "history")
        for page in pages.values():
            page.goto("/library")
        _take(pages, "page", "library")


def _half_way(snapshot: Json) -> bool:
    under_way = [job for job in snapshot["jobs"] if job["outcome"] is None and job["assets"]]
    return bool(min(len(under_way), snapshot["counts"]["scheduled"]) >= HALF_WAY)


@contextmanager
def _studio(settings: Settings) -> Iterator[tuple[System, Held, Place, str]]:
    """The examples' studio: its system, its bucket, the Observatory before it, and whose it is."""
    folder, user = settings.home / "storage", settings.user_id
    with ExitStack() as stack:
        media = stack.enter_context(serve(folder))
        bucket = stack.enter_context(closing(SupabaseBucket(media.url, media.service_key)))
        bucket.ensure()
        held = Held(bucket)
        engine = stack.enter_context(database(settings))
        Library(engine).set_daily(user, DAILY, "UTC", datetime.now(UTC))
        journal = stack.enter_context(owned(engine))
        parts = Parts(journal, held, held.url_of, OfflineWriter(), settings.renderers, settings.jobs_in_flight)
        system = stack.enter_context(running(parts))
        stack.enter_context(serving(system, address_of(settings.home, None, None), epoch=1))
        secret = load_keys(folder).jwt_secret
        shown = WebSettings(settings, media.url, Tokens(secret, None), None, None, None, renditions=True)
        web = stack.enter_context(an_app(shown))
        url = stack.enter_context(served(web.app))
        browser = stack.enter_context(sync_playwright()).chromium.launch(**launch_options())
        stack.callback(browser.close)
        place = stack.enter_context(Place(web, url, media.url, secret, browser.new_context).watched())
        yield system, held, place, user


def _take(pages: dict[str, Page], mode: Mode, name: str = "") -> None:
    """A picture of each page, once it is in the mode and every picture of its own that can be seen is there."""
    name = name or mode
    for look, page in pages.items():
        in_mode(page, mode)
        if mode != "overview":
            page.wait_for_selector("main img")
        page.wait_for_function(PICTURES_ARE_THERE)
        page.screenshot(
            path=DOCS / f"observatory-{name}-{look}.jpg", type="jpeg", quality=QUALITY, animations="disabled"
        )


if __name__ == "__main__":
    main()
