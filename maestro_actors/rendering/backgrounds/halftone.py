"""Printed dots that swell toward a corner."""

from __future__ import annotations

from math import hypot
from random import Random

from PIL import Image

from maestro_actors.rendering.backgrounds.canvas import (
    SMOOTH,
    Scheme,
    Size,
    disc,
    filled,
    gradient,
    grained,
    large_mask,
)
from maestro_actors.rendering.colour import mix


def paint(size: Size, scheme: Scheme, rng: Random) -> Image.Image:
    width, height = size
    first, second, _ = scheme.motif
    image = gradient(size, scheme.deep, scheme.ground)
    side = rng.choice((0, 1))
    disc(image, width * (0.32 if side else 0.68), height * 0.21, width * rng.uniform(0.2, 0.26), second)
    pitch = rng.choice((30, 36, 42))
    reach = hypot(width, height * 0.42) * rng.uniform(0.82, 0.98)
    mask, draw = large_mask(size)
    for row in range(round(height * 0.62 / (pitch / 2))):
        for column in range(width // pitch + 2):
            x, y = (column + row % 2 / 2) * pitch, row * pitch / 2
            share = max(0.0, 1 - hypot(x - side * width, y * 1.15) / reach)
            radius = pitch * 0.56 * share**0.72 * SMOOTH
            if radius > 0.9 * SMOOTH:
                cx, cy = x * SMOOTH, y * SMOOTH
                draw.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), fill=255)
    filled(image, mask, mix(first, scheme.ground, 0.05))
    return grained(image, rng)
