"""What somebody notices who looks at the Observatory: how soon it is there, whether it halts, and whether it jumps."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.chromium import launch_options
from benchmarks.measures import measured, observe, script_bytes
from benchmarks.report import Line, figure
from benchmarks.serving import Studio, studio
from benchmarks.waiting import until

OPENED = 5  # times, each with an empty cache
CARDS, WATCHED_SECONDS = 60, 15  # a snapshot has no more cards, however large its burst
SETTLED_MS = 1000  # after which nothing more is painted or fetched
SCREEN = {"width": 1440, "height": 900}
PATHS = ("/", "/history", "/history/{burst_id}", "/library", "/brands", "/brands/+", "/agents", "/agents/+")


def measure() -> list[Line]:
    with studio(MAESTRO_JOBS_IN_FLIGHT=str(CARDS)) as here, sync_playwright() as playwright:
        visitor = _Visitor(playwright.chromium.launch(**launch_options()), here)
        overview = [visitor.paint("overview") for _ in range(OPENED)]
        burst_id = here.start(posts=5 * CARDS)
        until(lambda: len(here.status()["jobs"]) >= CARDS, pause=0.1)
        live = [visitor.paint("live") for _ in range(OPENED)]
        watched = visitor.watch()
        here.cancel(burst_id)
        until(lambda: here.status()["current_phase"] is None, pause=0.1)
        scripts = [visitor.scripts(path.format(burst_id=burst_id)) for path in PATHS]
        visitor.browser.close()
    shift = sum(each["value"] for each in watched["shifts"] if each["mode"] == "live")
    return [
        figure("largest contentful paint, OVERVIEW, median", statistics.median(overview), "ms", at_most=1000),
        figure(f"… LIVE with {CARDS} cards, while every core renders", statistics.median(live), "ms"),
        figure(f"longest task in {WATCHED_SECONDS} s of LIVE with {CARDS} cards", watched["longest"], "ms"),
        figure("… layout shift meanwhile", shift, "", at_most=0.02),
        figure("script that the Observatory begins with", scripts[0] / 1000, "KB", at_most=60),
        figure("… and the page that has most", max(scripts) / 1000, "KB", at_most=60),
    ]


class _Visitor:
    """The one user, signed in; each look is with a window of its own, whose cache is empty."""

    def __init__(self, browser: Browser, here: Studio) -> None:
        self.browser = browser
        self._url = here.url
        with closing(browser.new_context(base_url=here.url)) as context:
            page = context.new_page()
            page.goto("/sign-in")
            page.get_by_label("E-mail").fill(here.user.email)
            page.get_by_label("Password").fill(here.user.password)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url("/")
            self._session = context.storage_state()

    def paint(self, mode: str) -> float:
        """Milliseconds until the largest part was painted."""
        with self._page("/") as page:
            page.locator(f"body[data-mode={mode}]").wait_for()
            page.wait_for_timeout(SETTLED_MS)
            return float(measured(page)["paint"])

    def watch(self) -> dict[str, Any]:
        """What was measured while the cards of LIVE went on."""
        with self._page("/") as page:
            page.locator("[data-job]").nth(CARDS - 1).wait_for()
            page.evaluate("measured.longest = 0; measured.shifts = []")
            page.wait_for_timeout(1000 * WATCHED_SECONDS)
            return measured(page)

    def scripts(self, path: str) -> int:
        """Bytes of script that somebody fetches who comes in there."""
        with self._page(path) as page:
            page.wait_for_timeout(SETTLED_MS)
            return script_bytes(page)

    @contextmanager
    def _page(self, path: str) -> Iterator[Page]:
        options: dict[str, Any] = {"base_url": self._url, "viewport": SCREEN, "storage_state": self._session}
        with closing(self.browser.new_context(**options)) as context:
            observe(context)
            page = context.new_page()
            page.goto(path)
            yield page
