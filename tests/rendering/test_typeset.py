from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maestro_actors.core.content import Brand
from maestro_actors.rendering import pages
from maestro_actors.rendering.composition import FOOT, zone_of
from maestro_actors.rendering.fonts import Face, undrawable
from maestro_actors.rendering.layout import Copy, Measures, drawn_items, drawn_title, story
from maestro_actors.rendering.legibility import Inks
from maestro_actors.rendering.stencils import Box, Stencil
from maestro_actors.rendering.typefaces import TYPEFACES
from maestro_actors.rendering.typeset import Sizes, set_column, set_paragraph, wrap
from tests.rendering.samples import BRANDS, CAMPUS

INKS = Inks((0, 0, 0), (0, 0, 0), (255, 255, 255), (255, 255, 255))
FACE = Face(TYPEFACES["grotesk"].display)

letters = st.sampled_from("aijmMWQgÅÉñőğşŁżЖщїΩλ0123456789.,:;!?&@#%–—’“”…€£½°×→·/()")
words = st.text(letters, min_size=1, max_size=24)
texts = st.lists(words, max_size=60).map(" ".join).map(lambda text: text[:500])
pages_of_text = st.sampled_from(
    [
        (pages.REEL_SAFE, pages.COVER),
        (pages.REEL_SAFE, pages.LINES_SCENE),
        (pages.POST_SAFE, pages.POST),
        (pages.POST_CARD_SAFE, pages.SLIDE),
    ]
)


def ink_of(stencils: Iterable[Stencil]) -> list[Box]:
    found = ((stencil, stencil.mask.getbbox()) for stencil in stencils)
    return [
        Box(stencil.left + ink[0], stencil.top + ink[1], stencil.left + ink[2], stencil.top + ink[3])
        for stencil, ink in found
        if ink
    ]


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(BRANDS), texts, st.lists(texts, max_size=10), pages_of_text, st.booleans())
def test_any_text_stays_inside_the_safe_area_and_apart(
    brand: Brand, title: str, items: list[str], page: tuple[Box, Measures], bulleted: bool
) -> None:
    safe, measures = page
    copy = Copy(title, tuple(items), bulleted)

    set_story = story(brand, copy, safe.width, safe.height - FOOT, measures)

    zone = zone_of(set_story, safe)
    heading = ink_of(drawn_title(set_story, INKS, zone.left, zone.top))
    paragraphs = [ink_of(item) for item in drawn_items(set_story, INKS, zone.left, zone.top)]
    allowed = safe.grown(8)  # a letter's curve may reach over its own width
    for box in (*heading, *(box for paragraph in paragraphs for box in paragraph)):
        assert allowed.left <= box.left < box.right <= allowed.right
        assert safe.top <= box.top < box.bottom <= safe.bottom - FOOT + 8
    blocks = [block for block in (heading, *paragraphs) if block]
    for above, below in pairwise(blocks):
        assert max(box.bottom for box in above) <= min(box.top for box in below)


@pytest.mark.parametrize(
    "title", ["A", "x" * 80, "word " * 100, "Donaudampfschifffahrtsgesellschaftskapitän", "…", "1"]
)
@pytest.mark.parametrize("typeface", TYPEFACES)
def test_titles_of_every_length_are_set_within_their_box(title: str, typeface: str) -> None:
    block = set_paragraph(title, Face(TYPEFACES[typeface].display), 800, 500, Sizes(34, 140), 1.1)

    assert block.lines
    assert block.width <= 800
    assert block.height <= 500


def test_nothing_is_set_for_an_empty_text() -> None:
    assert set_paragraph("", FACE, 800, 500, Sizes(34, 140), 1.1).lines == ()


def test_no_title_ends_in_a_lonely_word_where_the_lines_can_be_even() -> None:
    lines = wrap("Breathe in for four and out for six", FACE, 90, 800, broken=True)

    assert len(lines) > 1
    assert " " in lines[-1]


def test_lines_are_even() -> None:
    lines = wrap("Write down what tomorrow wants of you", FACE, 80, 900, broken=True)
    widths = [FACE.width(line, 80) for line in lines]

    assert min(widths) > 0.6 * max(widths)


def test_a_word_wider_than_the_line_is_broken_with_hyphens() -> None:
    lines = wrap("Donaudampfschifffahrtsgesellschaft", FACE, 90, 600, broken=True)

    assert all(line.endswith("-") for line in lines[:-1])
    assert "".join(line.removesuffix("-") for line in lines) == "Donaudampfschifffahrtsgesellschaft"


def test_what_does_not_fit_at_the_least_size_ends_in_an_ellipsis() -> None:
    block = set_paragraph("word " * 400, FACE, 400, 300, Sizes(30, 60), 1.2)

    assert block.size == 30
    assert block.lines[-1].endswith("…")


def test_paragraphs_of_a_column_share_one_size() -> None:
    blocks = set_column(("Short", "A longer one that needs more room " * 3), FACE, 500, 400, Sizes(20, 80), 1.3, 0.4)

    assert len({block.size for block in blocks}) == 1


def test_every_letter_that_the_texts_are_made_of_can_be_drawn() -> None:
    assert not undrawable([CAMPUS.name, "aijmMWQgÅÉñőğşŁżЖщїΩλ0123456789.,:;!?&@#%–—’“”…€£½°×→·/()"])
