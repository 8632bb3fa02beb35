"""How a carousel and a reel end: the brand's colour, its mark, a last word, and the handle to follow."""

from __future__ import annotations

from maestro_actors.core.content import Brand
from maestro_actors.rendering import pages, stencils
from maestro_actors.rendering.colour import mix, rgb
from maestro_actors.rendering.fonts import Face, typeface
from maestro_actors.rendering.layout import Copy, at, drawn_story, monogram, story
from maestro_actors.rendering.legibility import Inks, on_solid
from maestro_actors.rendering.stencils import Box, Stencil
from maestro_actors.rendering.typeset import Sizes, set_paragraph

_MARK, _PILL, _APART = 216, 92, 64  # pixels: the mark's side, the pill's height, the space between the parts


def backdrop(brand: Brand, size: tuple[int, int]) -> tuple[Stencil, ...]:
    """The brand's colour over a whole page of this size, with rings in two of its corners."""
    width, height = size
    inks = on_solid(brand.palette, rgb(brand.palette.primary))
    rings = [
        stencils.disc(x - radius, y - radius, 2 * radius, mix(inks.ground, inks.accent, share))
        for x, y in ((width, 0), (0, height))
        for radius, share in ((330, 0.1), (240, 0.22), (150, 0.45), (64, 1.0))
    ]
    return (stencils.rectangle(Box(0, 0, width, height), inks.ground), *rings)


def farewell(brand: Brand, copy: Copy, size: tuple[int, int], safe: Box) -> tuple[tuple[Stencil, ...], ...]:
    """The mark, the last word and the pill with the handle, each with its stencils, centred in the safe area."""
    inks = on_solid(brand.palette, rgb(brand.palette.primary))
    left, width = size[0] - safe.right, 2 * safe.right - size[0]
    room = safe.height - _MARK - _PILL - 2 * _APART
    told = story(brand, copy, width, room, pages.CLOSING, rule=0, centred=True)
    top = safe.top + (room - told.height) // 2
    below = top + _MARK + _APART
    return (
        monogram(brand, inks, (size[0] - _MARK) // 2, top, _MARK),
        drawn_story(told, inks, left, below),
        _follow(brand, inks, left, below + told.height + _APART, width),
    )


def pill_radius(brand: Brand, most: int) -> int:
    """How round the ends of a pill are: as the brand's typeface looks, `most` pixels at most."""
    return min(most, typeface(brand.typeface).radius * 2)


def _follow(brand: Brand, inks: Inks, left: int, top: int, width: int) -> tuple[Stencil, ...]:
    face = Face(typeface(brand.typeface).strong)
    line = set_paragraph(f"Follow {at(brand)}", face, width - 120, 64, Sizes(20, 38), 1.0)
    wide = round(line.width) + 112
    start = left + (width - wide) // 2
    pill = stencils.rectangle(Box(start, top, start + wide, top + _PILL), inks.accent, pill_radius(brand, _PILL // 2))
    y = top + _PILL / 2 - line.ascent + line.face.cap_height(line.size) / 2
    return (pill, *stencils.text(line, inks.on_accent, start, y, wide, centred=True))
