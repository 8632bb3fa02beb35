"""What the families paint with: a scheme of colours, smooth shapes, and grain that keeps gradients from banding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageOps

from maestro_actors.core.content import Palette
from maestro_actors.rendering.colour import Rgb, luminance, mix, rgb

SMOOTH = 2  # shapes are drawn this much larger and then reduced, for smooth edges
_GRAIN_TILE = 512  # pixels

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of one picture: an even ground, the colour it deepens to, and the motif's, boldest first."""

    ground: Rgb
    deep: Rgb
    motif: tuple[Rgb, ...]

    @property
    def is_dark(self) -> bool:
        return luminance(self.ground) < 0.18


Painter = Callable[[Size, Scheme, Random], Image.Image]


def paper(palette: Palette) -> Scheme:
    """On the light colour."""
    light, primary, accent = rgb(palette.light), rgb(palette.primary), rgb(palette.accent)
    return Scheme(light, mix(light, primary, 0.16), (primary, accent, mix(primary, rgb(palette.dark), 0.45)))


def tinted(palette: Palette) -> Scheme:
    """On a tint of the primary colour, from which a card in the light colour stands out."""
    light, primary, accent = rgb(palette.light), rgb(palette.primary), rgb(palette.accent)
    ground = mix(light, mix(primary, accent, 0.5), 0.34)
    return Scheme(ground, mix(ground, primary, 0.2), (primary, accent, mix(light, accent, 0.12)))


def night(palette: Palette) -> Scheme:
    """On the dark colour."""
    dark, primary, accent = rgb(palette.dark), rgb(palette.primary), rgb(palette.accent)
    return Scheme(dark, mix(dark, primary, 0.32), (primary, accent, mix(primary, rgb(palette.light), 0.7)))


def flag(palette: Palette) -> Scheme:
    """On the primary colour, deepened until light text reads well on it."""
    primary, dark, light = rgb(palette.primary), rgb(palette.dark), rgb(palette.light)
    ground = next(
        (mix(primary, dark, step / 10) for step in range(10) if luminance(mix(primary, dark, step / 10)) < 0.13),
        dark,
    )
    return Scheme(ground, mix(ground, dark, 0.5), (mix(primary, light, 0.45), rgb(palette.accent), light))


def gradient(size: Size, top: Rgb, bottom: Rgb) -> Image.Image:
    """From the top colour to the bottom colour."""
    ramp = Image.linear_gradient("L").resize(size, Image.Resampling.BILINEAR)
    return ImageOps.colorize(ramp, top, bottom)


def grained(image: Image.Image, rng: Random, strength: int = 3) -> Image.Image:
    """The image with even noise of up to `strength` levels in either direction, the same in all three bands."""
    noise = Image.frombytes("L", (_GRAIN_TILE, _GRAIN_TILE), rng.randbytes(_GRAIN_TILE**2))
    noise = noise.point([level * (2 * strength + 1) // 256 for level in range(256)])
    tiled = Image.new("L", image.size)
    for left in range(0, image.width, _GRAIN_TILE):
        for top in range(0, image.height, _GRAIN_TILE):
            tiled.paste(noise, (left, top))
    return ImageChops.add(image, Image.merge("RGB", (tiled,) * 3), 1, -strength)


def large_mask(size: Size) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty mask at `SMOOTH` times the size, to be drawn on and then given to `filled`."""
    mask = Image.new("L", (size[0] * SMOOTH, size[1] * SMOOTH))
    return mask, ImageDraw.Draw(mask)


def filled(image: Image.Image, mask: Image.Image, colour: Rgb, at: tuple[int, int] = (0, 0)) -> None:
    """Lays a colour on the image through a large mask."""
    image.paste(colour, at, mask.reduce(SMOOTH))


def polygon(image: Image.Image, points: Sequence[tuple[float, float]], colour: Rgb) -> None:
    """A filled polygon, its points in pixels of the image."""
    mask, draw = large_mask(image.size)
    draw.polygon([(x * SMOOTH, y * SMOOTH) for x, y in points], fill=255)
    filled(image, mask, colour)


def disc(image: Image.Image, x: float, y: float, radius: float, colour: Rgb) -> None:
    """A filled disc around (x, y), in pixels of the image."""
    side = int(radius * 2) + 2
    mask, draw = large_mask((side, side))
    draw.ellipse((0, 0, radius * 2 * SMOOTH, radius * 2 * SMOOTH), fill=255)
    filled(image, mask, colour, (round(x - radius), round(y - radius)))
