"""What a browser measures of a page from its beginning: when its largest part is painted, what moves, what lags."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import BrowserContext, Page

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

SCRIPT_BYTES = """() => {
  const scripts = performance.getEntriesByType("resource").filter(({name}) => name.endsWith(".js"));
  const sizes = new Map(scripts.map(({name, decodedBodySize}) => [name, decodedBodySize]));
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}"""


def observe(context: BrowserContext) -> None:
    """Let every page of the window be measured."""
    context.add_init_script(OBSERVE)


def measured(page: Page) -> dict[str, Any]:
    """`paint` and `longest` in milliseconds; `shifts`, with values as https://web.dev/articles/cls has them."""
    found: dict[str, Any] = page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done(measured)))")
    return found


def script_bytes(page: Page) -> int:
    """Of every script that the page has fetched since it was opened, before compression."""
    total: int = page.evaluate(SCRIPT_BYTES)
    return total
