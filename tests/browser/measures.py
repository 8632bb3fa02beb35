"""What a browser measures of a page from its beginning: when its largest part is painted, what moves, what lags."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import BrowserContext, Page

from web.routes.observatory import MODULES, SCRIPTS

OBSERVE = """
window.measured = {paint: 0, longest: 0, shifts: []};
const observe = (type, see) => {
  new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({type, buffered: true});
};
observe("largest-contentful-paint", (entry) => { measured.paint = entry.startTime; });
observe("longtask", (entry) => { measured.longest = Math.max(measured.longest, entry.duration); });
observe("layout-shift", (entry) => {
  if (entry.hadRecentInput) return;
  const moved = entry.sources.map(({node}) => node?.outerHTML?.slice(0, 120) ?? "text");
  measured.shifts.push({mode: document.body.dataset.mode, value: entry.value, moved});
});
"""


def observe(context: BrowserContext) -> None:
    """Let every page of the window be measured."""
    context.add_init_script(OBSERVE)


def measured(page: Page) -> dict[str, Any]:
    """`paint` and `longest` in milliseconds; `shifts`, with values as https://web.dev/articles/cls has them."""
    found: dict[str, Any] = page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done(measured)))")
    return found


def script_bytes() -> int:
    """Of the scripts that the Observatory is drawn with, before compression; those of other pages come later."""
    return sum((SCRIPTS / name).stat().st_size for name in MODULES)
