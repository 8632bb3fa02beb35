"""A mesh of soft lights that melt into one another, with fine grain."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageDraw, ImageFilter

from maestro_actors.rendering.backgrounds.canvas import Scheme, Size, grained
from maestro_actors.rendering.colour import mix

_REDUCED = 8  # lights are painted this much smaller: they hold no detail


def paint(size: Size, scheme: Scheme, rng: Random) -> Image.Image:
    width, height = size[0] // _REDUCED, size[1] // _REDUCED
    image = Image.new("RGB", (width, height), scheme.ground)
    draw = ImageDraw.Draw(image)
    first, second, third = scheme.motif
    lights = [scheme.deep, mix(scheme.ground, first, 0.75), first, second, mix(scheme.ground, third, 0.6), first]
    side = rng.choice((-1, 1))
    for number, colour in enumerate(lights):
        x = width * (0.5 + side * (0.55 - 0.22 * number) + rng.uniform(-0.12, 0.12))
        y = height * (rng.uniform(-0.08, 0.12) + 0.075 * (number % 4))
        radius = width * rng.uniform(0.3, 0.44) * (0.85 if colour == second else 1)
        if colour == second:  # a pale rim: two strong colours that meet would mix to grey
            rim = radius * 1.3
            draw.ellipse((x - rim * 1.25, y - rim, x + rim * 1.25, y + rim), fill=mix(scheme.ground, third, 0.6))
        draw.ellipse((x - radius * 1.25, y - radius, x + radius * 1.25, y + radius), fill=colour)
    glow = rng.uniform(0.1, 0.9) * width
    draw.ellipse((glow - width * 0.5, height * 0.9, glow + width * 0.5, height * 1.2), fill=scheme.deep)
    soft = image.filter(ImageFilter.GaussianBlur(width * 0.13))
    return grained(soft.resize(size, Image.Resampling.BICUBIC), rng, 4)
