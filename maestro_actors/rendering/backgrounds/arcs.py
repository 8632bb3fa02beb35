"""Arcs around a rising sun, whole on a horizon or out of a corner."""

from __future__ import annotations

from random import Random

from PIL import Image

from maestro_actors.rendering.backgrounds.canvas import Scheme, Size, disc, gradient, grained
from maestro_actors.rendering.colour import mix


def paint(size: Size, scheme: Scheme, rng: Random) -> Image.Image:
    return grained(rng.choice((_sunrise, _corner))(size, scheme, rng), rng)


def _sunrise(size: Size, scheme: Scheme, rng: Random) -> Image.Image:
    width, height = size
    first, second, _ = scheme.motif
    image = gradient(size, scheme.ground, scheme.deep)
    x, horizon = width * rng.choice((0.32, 0.5, 0.68)), round(height * 0.43)
    rings = rng.randint(4, 5)
    for ring in range(rings):
        share = ring / (rings - 1)
        disc(image, x, horizon, width * (0.6 - 0.105 * ring), mix(mix(scheme.ground, first, 0.22), first, share))
    disc(image, x, horizon, width * 0.13, second)
    image.paste(gradient((width, height - horizon), scheme.ground, scheme.deep), (0, horizon))
    return image


def _corner(size: Size, scheme: Scheme, rng: Random) -> Image.Image:
    width, height = size
    first, second, third = scheme.motif
    image = gradient(size, scheme.deep, scheme.ground)
    x = rng.choice((0.0, float(width)))
    y = height * rng.uniform(-0.02, 0.06)
    bands = (mix(scheme.ground, first, 0.25), first, mix(first, scheme.ground, 0.45), second, scheme.deep, third)
    for number, colour in enumerate(bands):
        disc(image, x, y, width * (0.82 - 0.125 * number), colour)
    return image
