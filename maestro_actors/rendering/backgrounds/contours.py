"""Contour lines, as on a map of hills, that thin out toward the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, pi, sin
from random import Random

from PIL import Image, ImageChops

from maestro_actors.rendering.backgrounds.canvas import (
    SMOOTH,
    Scheme,
    Size,
    disc,
    gradient,
    grained,
    large_mask,
)
from maestro_actors.rendering.colour import mix

_LINES = 17


def paint(size: Size, scheme: Scheme, rng: Random) -> Image.Image:
    width, height = size
    first, second, _ = scheme.motif
    image = gradient(size, scheme.deep, scheme.ground)
    x, y = width * rng.uniform(0.3, 0.75), height * rng.uniform(0.14, 0.24)
    waves = [(order, rng.uniform(0.03, 0.2) / order**0.7, rng.uniform(0, 2 * pi)) for order in (1, 2, 3, 4)]
    mask, draw = large_mask(size)
    for line in range(1, _LINES + 1):
        points = list(_outline(x, y, width * 0.062 * line, waves, line * 0.07))
        weight = 9 if line % 4 == 1 else 5
        draw.line([(px * SMOOTH, py * SMOOTH) for px, py in points], fill=255, width=weight, joint="curve")
    fading = ImageChops.invert(Image.linear_gradient("L")).resize(size, Image.Resampling.BILINEAR)
    fading = fading.point([min(255, max(0, (level - 118) * 3)) for level in range(256)])
    image.paste(mix(first, scheme.ground, 0.12), (0, 0), ImageChops.multiply(mask.reduce(SMOOTH), fading))
    disc(image, x, y, width * 0.038, second)
    return grained(image, rng)


def _outline(
    x: float, y: float, radius: float, waves: Sequence[tuple[int, float, float]], turn: float
) -> Iterator[tuple[float, float]]:
    """A ring around (x, y) that waves swell and dent: each an order, a share of the radius, and a phase."""
    for step in range(181):
        angle = 2 * pi * step / 180
        reach = radius * (1 + sum(swing * sin(order * angle + phase + turn) for order, swing, phase in waves))
        yield x + reach * cos(angle) * 1.15, y + reach * sin(angle)
