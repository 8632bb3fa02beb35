"""Stencils: what pictures are put together from. One colour through one mask, at one place.

Stills lay them on an image, reels on every frame; so both draw the same design.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw, ImageFilter

from maestro_actors.rendering.colour import BLACK, Rgb
from maestro_actors.rendering.fonts import loaded
from maestro_actors.rendering.typeset import Block

_SMOOTH = 4  # shapes are drawn this much larger and then reduced, for smooth edges


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; right and bottom are outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def grown(self, by: int) -> Box:
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def within(self, width: int, height: int) -> Box:
        """The part of it that lies on a picture of this size."""
        return Box(max(self.left, 0), max(self.top, 0), min(self.right, width), min(self.bottom, height))


@dataclass(frozen=True, slots=True, eq=False)
class Stencil:
    """A colour through a mask (mode L, 0 to 255), whose top left corner lies at (left, top)."""

    colour: Rgb
    mask: Image.Image
    left: int
    top: int

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.left + self.mask.width, self.top + self.mask.height)

    def moved(self, right: int, down: int) -> Stencil:
        return replace(self, left=self.left + right, top=self.top + down)


def laid_on(image: Image.Image, stencils: Iterable[Stencil]) -> Image.Image:
    """The same RGB image, with the stencils on it in their order."""
    for stencil in stencils:
        image.paste(stencil.colour, (stencil.left, stencil.top), stencil.mask)
    return image


def text(block: Block, colour: Rgb, left: float, top: float, width: float, *, centred: bool) -> tuple[Stencil, ...]:
    """One stencil for each line of the block, in a column that begins at (left, top) and is `width` wide."""
    return tuple(
        _line(line, block, colour, left, top + number * block.leading, width, centred=centred)
        for number, line in enumerate(block.lines)
    )


def _line(line: str, block: Block, colour: Rgb, left: float, top: float, width: float, *, centred: bool) -> Stencil:
    advance = block.face.width(line, block.size)
    margin = block.size // 6
    mask = Image.new("L", (int(advance) + 2 * margin + 1, _one(block)))
    draw = ImageDraw.Draw(mask)
    x, baseline = float(margin), round(block.ascent)
    for run in block.face.runs(line):
        font = loaded(run.font, block.size)
        draw.text((x, baseline), run.text, font=font, fill=255, anchor="ls")
        x += font.getlength(run.text)
    ink = mask.getbbox()
    overhang = max(0, margin - ink[0]) if ink else 0  # of a letter like j, that begins before its place
    start = left + (width - advance) / 2 if centred else left + overhang
    return Stencil(colour, mask, round(start) - margin, round(top))


def _one(block: Block) -> int:
    return int(block.ascent + block.face.descent(block.size)) + 1


def rectangle(box: Box, colour: Rgb, radius: int = 0) -> Stencil:
    """A filled rectangle, its corners rounded by `radius` pixels."""
    if not radius:
        return Stencil(colour, Image.new("L", (box.width, box.height), 255), box.left, box.top)
    large = Image.new("L", (box.width * _SMOOTH, box.height * _SMOOTH))
    corner = min(radius, box.width // 2, box.height // 2) * _SMOOTH
    ImageDraw.Draw(large).rounded_rectangle((0, 0, large.width - 1, large.height - 1), corner, fill=255)
    return Stencil(colour, large.reduce(_SMOOTH), box.left, box.top)


def shadow(box: Box, radius: int, share: float, blur: int) -> Stencil:
    """The soft shadow of a rectangle: `share` (0 to 1) of black, `blur` pixels wide at its edges."""
    around = box.grown(2 * blur)
    small = Image.new("L", (around.width // _SMOOTH, around.height // _SMOOTH))
    edge, corner = 2 * blur // _SMOOTH, radius // _SMOOTH
    core = (edge, edge, small.width - edge, small.height - edge)
    ImageDraw.Draw(small).rounded_rectangle(core, corner, fill=round(255 * share))
    soft = small.filter(ImageFilter.GaussianBlur(blur / _SMOOTH))
    mask = soft.resize((around.width, around.height), Image.Resampling.BICUBIC)
    return Stencil(BLACK, mask, around.left, around.top + blur // 3)


def disc(left: int, top: int, diameter: int, colour: Rgb) -> Stencil:
    return rectangle(Box(left, top, left + diameter, top + diameter), colour, diameter // 2)


def triangle(left: int, top: int, side: int, colour: Rgb) -> Stencil:
    """A triangle that points to the right, as on a play button."""
    large = Image.new("L", (side * _SMOOTH, side * _SMOOTH))
    reach = side * _SMOOTH - 1
    ImageDraw.Draw(large).polygon(((0, 0), (reach, reach / 2), (0, reach)), fill=255)
    return Stencil(colour, large.reduce(_SMOOTH), left, top)


def arrow(left: int, top: int, width: int, colour: Rgb, weight: int = 4) -> Stencil:
    """An arrow that points to the right."""
    s, height = _SMOOTH, width // 2
    large = Image.new("L", (width * s, height * s))
    draw = ImageDraw.Draw(large)
    middle, tip, stroke = height * s / 2, (width - weight) * s, weight * s
    draw.line(((0, middle), (tip, middle)), fill=255, width=stroke)
    points = ((tip - middle + stroke, stroke / 2), (tip, middle), (tip - middle + stroke, height * s - stroke / 2))
    draw.line(points, fill=255, width=stroke, joint="curve")
    return Stencil(colour, large.reduce(s), left, top)


def veil(width: int, height: int, zone: Box, colour: Rgb, share: float, fade: int) -> Stencil:
    """A colour over the whole width: `share` (0 to 1) of it behind the zone, fading out above and below."""
    column = Image.new("L", (1, height))
    column.putdata([round(255 * share * _nearness(y, zone, fade)) for y in range(height)])
    _, top, _, bottom = column.getbbox() or (0, 0, 1, 1)
    return Stencil(colour, column.crop((0, top, 1, bottom)).resize((width, bottom - top)), 0, top)


def _nearness(y: int, zone: Box, fade: int) -> float:
    away = max(zone.top - y, y - zone.bottom + 1, 0)
    left = max(0.0, 1 - away / fade)
    return left * left * (3 - 2 * left)
