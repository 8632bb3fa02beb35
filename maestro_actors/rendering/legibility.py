"""Inks that can be read where they stand, on whatever picture lies behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter, ImageStat

from maestro_actors.core.content import Palette
from maestro_actors.rendering import stencils
from maestro_actors.rendering.colour import LEGIBLE, Rgb, contrast, legible, luminance, mix, rgb
from maestro_actors.rendering.stencils import Box, Stencil

_MARGIN = 1.04  # rounding to whole levels and to video's chroma takes a little contrast away
_STEPS = 50
_CALM = 9  # levels, of 255: shapes fainter than this do not disturb the text before them
_FADE = 260  # pixels over which a veil ends
_APART = 3.0  # WCAG 2.2, 1.4.11: the contrast of what is no text, like marks and buttons


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours of text and marks on one ground: for text, for what stands out, and for text on the latter."""

    ink: Rgb
    accent: Rgb
    on_accent: Rgb
    ground: Rgb


@dataclass(frozen=True, slots=True)
class Ground:
    """Inks, and the veil that the picture needs behind the text, if any."""

    inks: Inks
    veil: tuple[Stencil, ...]


def on_solid(palette: Palette, ground: Rgb) -> Inks:
    """The inks on an even colour."""
    dark, light = rgb(palette.dark), rgb(palette.light)
    ink = max((dark, light), key=lambda colour: contrast(colour, ground))
    return _inks(legible(ink, [ground], LEGIBLE * _MARGIN), palette, ground)


def on_picture(picture: Image.Image, zone: Box, palette: Palette, drift: int = 0) -> Ground:
    """The inks over the zone of an RGB picture: light or dark, whichever changes the picture least.

    A picture that is `drift` pixels higher than its page moves up behind the zone by so much.
    """
    page = (picture.width, picture.height - drift)
    zone = zone.within(*page)
    behind = picture.crop((zone.left, zone.top, zone.right, zone.bottom + drift))
    lightest, darkest = _extremes(behind)
    ways = tuple(_ways(lightest, darkest, _typical(behind), palette))
    calm = 1 - _CALM / max(_CALM, _detail(behind))
    ink, colour, share = min(ways, key=lambda way: max(way[2], calm) * _distance(_typical(behind), way[1]))
    share = max(share, calm)
    left = [mix(shade, colour, share) for shade in (_typical(behind), lightest, darkest)]
    inks = _inks(legible(ink, left[1:], LEGIBLE), palette, left[0])
    if not share:
        return Ground(inks, ())
    return Ground(inks, (stencils.veil(*page, zone, colour, share, _FADE),))


def _ways(lightest: Rgb, darkest: Rgb, typical: Rgb, palette: Palette) -> Iterator[tuple[Rgb, Rgb, float]]:
    """Inks, each with a veil to lay behind it and the least share (0 to 1) of that veil.

    A veil in the colour that is there anyway shows least, where it lets the ink be read.
    """
    dark, light = rgb(palette.dark), rgb(palette.light)
    for ink, veil in ((light, dark), (dark, light)):
        readable = legible(ink, [veil], LEGIBLE * _MARGIN)
        yield readable, veil, _veil_share(readable, veil, lightest, darkest)
        if contrast(ink, typical) >= LEGIBLE * _MARGIN:
            yield ink, typical, _veil_share(ink, typical, lightest, darkest)


def _inks(ink: Rgb, palette: Palette, ground: Rgb) -> Inks:
    accent = _apart((rgb(palette.accent), rgb(palette.primary)), ink, ground)
    on_accent = max((rgb(palette.dark), rgb(palette.light)), key=lambda colour: contrast(colour, accent))
    return Inks(ink, accent, legible(on_accent, [accent]), ground)


def _apart(colours: tuple[Rgb, ...], ink: Rgb, ground: Rgb) -> Rgb:
    """The first of the colours that stands apart from the ground, with as little of the ink as that takes."""
    steps = (mix(colour, ink, step / 20) for step in range(21) for colour in colours)
    return next((step for step in steps if contrast(step, ground) >= _APART), ink)


def _typical(part: Image.Image) -> Rgb:
    """The median of each band."""
    red, green, blue = ImageStat.Stat(part).median
    return red, green, blue


def _distance(a: Rgb, b: Rgb) -> float:
    return sum(abs(one - other) for one, other in zip(a, b, strict=True)) + 40.0


def _detail(part: Image.Image) -> int:
    """How much the picture's shapes, larger than grain, stand out from their surroundings: 0 to 255."""
    small = part.convert("L").reduce(4)
    apart = ImageChops.difference(small, small.filter(ImageFilter.GaussianBlur(14)))
    levels = apart.histogram()
    most = sum(levels) * 0.04
    return next((level for level in range(255, 0, -1) if sum(levels[level:]) > most), 0)


def _extremes(part: Image.Image) -> tuple[Rgb, Rgb]:
    """A colour at least as light, and one at least as dark, as every pixel."""
    (r, red), (g, green), (b, blue) = (_levels(band) for band in part.split())
    return (red, green, blue), (r, g, b)


def _levels(band: Image.Image) -> tuple[int, int]:
    histogram = band.histogram()
    used = [level for level, count in enumerate(histogram) if count]
    return used[0], used[-1]


def _veil_share(ink: Rgb, veil: Rgb, lightest: Rgb, darkest: Rgb) -> float:
    """How much of the veil's colour over a picture makes the ink legible, 0 to 1."""
    lighter = luminance(ink) > luminance(veil)
    worst = lightest if lighter else darkest
    for step in range(_STEPS + 1):
        behind = mix(worst, veil, step / _STEPS)
        right_side = (luminance(behind) < luminance(ink)) == lighter
        if right_side and contrast(ink, behind) >= LEGIBLE * _MARGIN:
            return step / _STEPS
    return 1.0
