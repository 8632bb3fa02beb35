"""A sun over hills or water: layers of waves, each a little nearer to the ground's colour."""

from __future__ import annotations

from math import pi, sin
from random import Random

from PIL import Image, ImageFilter

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

_LAYERS = 4


def paint(size: Size, scheme: Scheme, rng: Random) -> Image.Image:
    width, height = size
    first, second, third = scheme.motif
    sky = mix(scheme.ground, third if scheme.is_dark else second, 0.42 if scheme.is_dark else 0.22)
    image = gradient(size, mix(scheme.ground, first, 0.3), sky)
    radius = width * rng.uniform(0.13, 0.2)
    disc(image, width * rng.uniform(0.25, 0.75), height * rng.uniform(0.15, 0.22), radius, second)
    for layer in range(_LAYERS):
        share = (layer + 1) / _LAYERS
        top = height * (0.235 + 0.07 * layer + rng.uniform(-0.015, 0.015))
        _wave(image, top, height * 0.036, mix(first, scheme.ground, share**0.8), rng)
    return grained(image, rng)


def _wave(image: Image.Image, top: float, swell: float, colour: tuple[int, int, int], rng: Random) -> None:
    width, height = image.size
    long, short = rng.uniform(0.7, 1.1), rng.uniform(1.4, 2.1)
    phase, other = rng.uniform(0, 2 * pi), rng.uniform(0, 2 * pi)
    ridge = [
        (x, top + swell * (sin(2 * pi * long * x / width + phase) + 0.4 * sin(2 * pi * short * x / width + other)))
        for x in range(-8, width + 16, 8)
    ]
    mask, draw = large_mask(image.size)
    outline = [(-8, height), *ridge, (width + 8, height)]
    draw.polygon([(x * SMOOTH, y * SMOOTH) for x, y in outline], fill=255)
    smooth = mask.reduce(SMOOTH)
    shade = smooth.reduce(4).filter(ImageFilter.GaussianBlur(9)).resize(image.size, Image.Resampling.BILINEAR)
    image.paste(mix(colour, (0, 0, 0), 0.35), (0, -14), shade.point([level * 70 // 255 for level in range(256)]))
    image.paste(colour, (0, 0), smooth)
