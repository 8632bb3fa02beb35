"""What somebody notices who looks at the Observatory: how soon it is there, whether it halts, and whether it jumps."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from benchmarks.chromium import launch_options
from benchmarks.measures import measured, observe, script_bytes
from benchmarks.report import Line, figure
from benchmarks.serving import Studio, studio

OPENED = 5  # times, each with an empty cache
CARDS, WATCHED_SECONDS = 200, 15
SCREEN: ViewportSize = {"width": 1440, "height": 900}
PATHS = ("/", "/history", "/history/{burst_id}", "/library", "/brands", "/brands/+", "/agents", "/agents/+")


def measure() -> list[Line]:
    with studio() as here, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        overview = [_paint(browser, here, "overview") for _ in range(OPENED)]
        burst_id = here.start(posts=CARDS)
        _until(lambda: here.status()["jobs"])
        live = [_paint(browser, here, "live") for _ in range(OPENED)]
        watched = _watch(browser, here)
        here.cancel(burst_id)
        _until(lambda: here.status()["current_phase"] is None)
        scripts = [_scripts(browser, here, path.format(burst_id=burst_id)) for path in PATHS]
        browser.close()
    shift = sum(each["value"] for each in watched["shifts"] if each["mode"] == "live")
    return [
        figure("largest contentful paint, OVERVIEW, median", statistics.median(overview), "ms", at_most=1000),
        figure(f"… LIVE with {CARDS} cards, while every core renders", statistics.median(live), "ms"),
        figure(f"longest task in {WATCHED_SECONDS} s of LIVE with {CARDS} cards", watched["longest"], "ms"),
        figure("… layout shift meanwhile", shift, "", at_most=0.02),
        figure("script, Observatory", scripts[0] / 1000, "KB", at_most=60),
        figure("… of the page that has most", max(scripts) / 1000, "KB", at_most=60),
    ]


@contextmanager
def _opened(browser: Browser, here: Studio) -> Iterator[tuple[BrowserContext, Page]]:
    """A window with nothing in its cache, in which the one user is signed in."""
    context = browser.new_context(base_url=here.url, viewport=SCREEN, extra_http_headers=here.headers)
    try:
        yield context, context.new_page()
    finally:
        context.close()


def _paint(browser: Browser, here: Studio, mode: str) -> float:
    """Milliseconds until the largest part was painted."""
    with _opened(browser, here) as (context, page):
        observe(context)
        page.goto("/")
        page.locator(f"body[data-mode={mode}]").wait_for()
        page.wait_for_load_state("networkidle") if mode == "overview" else page.wait_for_timeout(1000)
        return float(measured(page)["paint"])


def _watch(browser: Browser, here: Studio) -> dict[str, Any]:
    with _opened(browser, here) as (context, page):
        observe(context)
        page.goto("/")
        page.locator("[data-job]").nth(CARDS - 1).wait_for()
        page.evaluate("measured.longest = 0; measured.shifts = []")
        page.wait_for_timeout(1000 * WATCHED_SECONDS)
        return measured(page)


def _scripts(browser: Browser, here: Studio, path: str) -> int:
    with _opened(browser, here) as (_context, page):
        page.goto(path)
        page.locator("main h2, main form, main .card").first.wait_for()
        page.wait_for_timeout(500)
        return script_bytes(page)


def _until(seen: Callable[[], object], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not seen():
        if time.monotonic() > deadline:
            raise TimeoutError("the studio did not come to where it is measured")
        time.sleep(0.1)
