"""What people and models write is text: it is shown as it is, it runs nowhere, and it breaks no page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from benchmarks.empty import BRANDS, EmptyWriter
from maestro_actors.core.content import Kind, Proposal
from maestro_actors.providers.text import TextRequest
from tests.browser.conftest import OpenPlace
from tests.browser.place import Place, in_mode

ARABIC = "خمس وجبات رخيصة لأسبوع الامتحانات، ولا واحدة منها معكرونة"
TITLES = (
    "W" * 200,
    "👩‍👩‍👧‍👦🏳️‍🌈🫶🏽" * 15,
    ARABIC,
    "<script>window.hacked = true</script>",
    '<img src="/nothing" onerror="window.hacked = true">',
    "</script><script>window.hacked = true</script><!--<script>",
    "' onmouseover='window.hacked = true' &lt;b&gt;\u2028{{ 7 * 7 }}",
)
BRAND = replace(BRANDS[0], name="<i>Bench</i> & Söhne ‮gnirts")
WIDE = "W" * 80
WIDER_THAN_IT_IS = "(element) => element.scrollWidth - element.clientWidth"
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Scribe(EmptyWriter):
    """Proposes these titles, in their order."""

    def __init__(self, titles: tuple[str, ...]) -> None:
        self._titles = iter(titles)

    def propose(self, request: TextRequest) -> tuple[Proposal, ...]:
        return tuple(
            Proposal(Kind.POST, request.brand.slug, next(self._titles), "Nothing.", "nothing", ("Nothing",))
            for _ in range(request.count)
        )


@pytest.fixture
def hostile(open_place: OpenPlace) -> Iterator[Place]:
    """A burst of such titles, which stays under way until the gate is opened."""
    with open_place(writer=Scribe(TITLES)) as place:
        place.gate.close()
        place.start(posts=len(TITLES), brands=(BRAND,))
        yield place


def is_harmless(page: Page) -> None:
    assert page.evaluate("window.hacked") is None
    assert page.evaluate(TOO_WIDE) <= 0


@pytest.mark.parametrize("phone", [False, True])
def test_titles_are_shown_as_they_are_and_run_nowhere(hostile: Place, phone: bool) -> None:
    page = hostile.page(phone=phone)
    in_mode(page, "live")
    expect(page.locator("[data-job]")).to_have_count(len(TITLES))
    page.reload()
    in_mode(page, "live")
    headings = page.locator("[data-job] h2")
    assert sorted(headings.all_text_contents()) == sorted(TITLES)
    expect(page.get_by_text(BRAND.name).first).to_be_visible()
    assert headings.filter(has_text=ARABIC).evaluate("(title) => getComputedStyle(title).direction") == "rtl"
    is_harmless(page)
    hostile.gate.open()
    in_mode(page, "recap")
    is_harmless(page)
    for path in ("/library", "/brands"):
        page.goto(path)
        in_mode(page, "page")
        expect(page.get_by_role("listitem").filter(has_text=BRAND.name).first).to_be_visible()
        is_harmless(page)


def test_long_names_fit_wherever_they_are(place: Place) -> None:
    burst_id = place.start(posts=1, brands=(replace(BRANDS[0], name=WIDE),))
    place.web.stage.recap(burst_id)
    place.call("POST", "/api/brands", name=WIDE, slug="wide", topics=[WIDE])
    place.call("POST", "/api/agents", name=WIDE, slug="broad", voice=WIDE, brands=["wide"])
    job_id = place.call("GET", "/api/maestro/jobs")["jobs"][0]["job_id"]
    page = place.page()
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/", "/brands", "/brands/wide", "/agents", "/agents/broad", f"/library?job={job_id}"):
        page.goto(path)
        expect(
            page.get_by_text(WIDE).or_(page.locator(f"input[value={WIDE}]")).filter(visible=True).first
        ).to_be_visible()
        assert page.evaluate(TOO_WIDE) <= 0, path
        assert page.get_by_role("navigation").evaluate(WIDER_THAN_IT_IS) <= 0, path
        for dialog in page.get_by_role("dialog").all():
            assert dialog.evaluate(WIDER_THAN_IT_IS) <= 0, path
