"""The slides of a carousel: a cover, pages, and a farewell.

Every other slide mirrors the picture, so that its edges meet and the artwork goes on as one panorama.
"""

from __future__ import annotations

from itertools import chain

from PIL import Image, ImageOps

from maestro_actors.core.content import Brand
from maestro_actors.errors import RenderError
from maestro_actors.rendering import pages, stencils
from maestro_actors.rendering.colour import mix
from maestro_actors.rendering.composition import FOOT, Composition, composed, post_safe
from maestro_actors.rendering.farewell import backdrop, farewell, pill_radius
from maestro_actors.rendering.fonts import Face, normalised, typeface
from maestro_actors.rendering.layout import SIGNATURE_HEIGHT, Copy, bar, story, tile
from maestro_actors.rendering.legibility import Inks
from maestro_actors.rendering.specs import DrawSlide
from maestro_actors.rendering.stencils import Box, Stencil
from maestro_actors.rendering.typeset import Sizes, set_paragraph

_NUMERAL = 104  # pixels: the side of the tile with a page's number
_CUE = Box(0, 0, 232, 76)
_DOT, _PITCH, _CURRENT = 12, 22, 34  # pixels: a dot's diameter, from dot to dot, and the current one's width


def slide(spec: DrawSlide, picture: Image.Image) -> Image.Image:
    """Slide `spec.number`, over a picture of its size."""
    slides = len(spec.proposal.slides)
    if not 1 <= spec.number <= slides:
        raise RenderError(f"{spec.proposal.title!r} has {slides} slides: there is no slide {spec.number} to draw.")
    panorama = picture if spec.number % 2 else ImageOps.mirror(picture)
    if spec.number == 1:
        return stencils.laid_on(panorama, _cover(spec, panorama))
    if spec.number == slides:
        last = spec.proposal.slides[-1]
        parts = farewell(spec.brand, Copy(last.heading, (last.body,), bulleted=False), pages.POST_SIZE, pages.POST_SAFE)
        return stencils.laid_on(panorama, chain(backdrop(spec.brand, pages.POST_SIZE), *parts))
    return stencils.laid_on(panorama, _page(spec, panorama))


def _cover(spec: DrawSlide, picture: Image.Image) -> tuple[Stencil, ...]:
    """The carousel's title, what the first slide adds to it, and a cue to swipe."""
    first, safe = spec.proposal.slides[0], post_safe(spec.brand)
    said = () if _repeats(first.heading, spec.proposal.title) else (first.heading,)
    copy = Copy(spec.proposal.title, (*said, first.body), bulleted=False)
    set_story = story(spec.brand, copy, safe.width, safe.height - FOOT, pages.SLIDE_COVER)
    more = len(spec.proposal.slides) > 1
    placed = composed(set_story, spec.brand, picture, safe, aside=_CUE.width + 24 if more else 0)
    opening = bar(set_story, placed.inks, safe.left, placed.zone.top)
    return (*placed.stencils, opening, *(_swipe_cue(spec.brand, placed, safe) if more else ()))


def _page(spec: DrawSlide, picture: Image.Image) -> tuple[Stencil, ...]:
    """A numeral, heading and body, and how far one has come."""
    here, safe = spec.proposal.slides[spec.number - 1], post_safe(spec.brand)
    copy = Copy(here.heading, (here.body,), bulleted=False)
    set_story = story(spec.brand, copy, safe.width, safe.height - FOOT, pages.SLIDE, rule=_NUMERAL + 36)
    slides = len(spec.proposal.slides)
    dots = (slides - 1) * _PITCH + _CURRENT
    placed = composed(set_story, spec.brand, picture, safe, aside=dots + 24)
    left = safe.left + ((safe.width - _NUMERAL) // 2 if set_story.centred else 0)
    numeral = tile(spec.brand, f"{spec.number - 1}", placed.inks, left, placed.zone.top, _NUMERAL)
    return (*placed.stencils, *numeral, *_dots(spec.number, slides, placed.inks, safe, safe.right - dots))


def _swipe_cue(brand: Brand, placed: Composition, safe: Box) -> tuple[Stencil, ...]:
    top = safe.bottom - (SIGNATURE_HEIGHT + _CUE.height) // 2
    left = safe.right - _CUE.width
    face = Face(typeface(brand.typeface).strong)
    word = set_paragraph("Swipe", face, 110, 60, Sizes(20, 32), 1.0)
    y = top + _CUE.height / 2 - word.ascent + word.face.cap_height(word.size) / 2
    return (
        stencils.rectangle(Box(left, top, safe.right, top + _CUE.height), placed.inks.accent, pill_radius(brand, 38)),
        *stencils.text(word, placed.inks.on_accent, left + 38, y, 110, centred=False),
        stencils.arrow(safe.right - 38 - 44, top + _CUE.height // 2 - 11, 44, placed.inks.on_accent),
    )


def _repeats(heading: str, title: str) -> bool:
    """Whether a cover's heading says what its title says already: most of its words."""
    said, there = (set(normalised(text).casefold().split()) for text in (heading, title))
    return len(said & there) * 2 > len(said)


def _dots(number: int, slides: int, inks: Inks, safe: Box, left: int) -> tuple[Stencil, ...]:
    """A dot for each slide; this one is longer and in the accent."""
    top = safe.bottom - (SIGNATURE_HEIGHT + _DOT) // 2
    rest = mix(inks.ground, inks.ink, 0.35)
    dots, x = [], left
    for each in range(1, slides + 1):
        width = _CURRENT if each == number else _DOT
        colour = inks.accent if each == number else rest
        dots.append(stencils.rectangle(Box(x, top, x + width, top + _DOT), colour, _DOT // 2))
        x += width + _PITCH - _DOT
    return tuple(dots)
