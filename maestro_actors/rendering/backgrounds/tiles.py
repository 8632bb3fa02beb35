"""Bold geometry in the manner of the Bauhaus: tiles of quarter discs, rings, dots and stripes."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageDraw

from maestro_actors.rendering.backgrounds.canvas import SMOOTH, Scheme, Size
from maestro_actors.rendering.colour import Rgb, mix

_COLUMNS = 4


def paint(size: Size, scheme: Scheme, rng: Random) -> Image.Image:
    width, height = size
    cell = -(-width // _COLUMNS) * SMOOTH
    rows = max(1, round(height * 0.41 * SMOOTH / cell))
    band = Image.new("RGB", (cell * _COLUMNS, cell * rows), scheme.ground)
    grounds = (scheme.deep, scheme.ground, mix(scheme.ground, scheme.motif[0], 0.5), scheme.motif[0], scheme.motif[1])
    previous: Rgb = scheme.ground
    for row in range(rows):
        for column in range(_COLUMNS):
            if row == rows - 1 and rng.random() < 0.45:
                continue
            under = rng.choice([colour for colour in grounds if colour != previous])
            over = rng.choice([colour for colour in (*scheme.motif, scheme.ground) if colour != under])
            tile = Image.new("RGB", (cell, cell), under)
            rng.choice(_MOTIFS)(ImageDraw.Draw(tile), cell, over, under)
            band.paste(tile.rotate(90 * rng.randrange(4)), (column * cell, row * cell))
            previous = under
    image = Image.new("RGB", size, scheme.ground)
    image.paste(band.reduce(SMOOTH), (0, 0))
    return image


def _quarter(draw: ImageDraw.ImageDraw, cell: int, over: Rgb, under: Rgb) -> None:
    draw.ellipse((-cell, -cell, cell, cell), fill=over)


def _half(draw: ImageDraw.ImageDraw, cell: int, over: Rgb, under: Rgb) -> None:
    draw.ellipse((-cell // 2, 0, cell // 2, cell), fill=over)


def _rings(draw: ImageDraw.ImageDraw, cell: int, over: Rgb, under: Rgb) -> None:
    for number, colour in enumerate((over, under, over, under)):
        reach = cell * (4 - number) // 4
        draw.ellipse((-reach, -reach, reach, reach), fill=colour)


def _sun(draw: ImageDraw.ImageDraw, cell: int, over: Rgb, under: Rgb) -> None:
    draw.ellipse((cell * 0.2, cell * 0.2, cell * 0.8, cell * 0.8), fill=over)


def _leaf(draw: ImageDraw.ImageDraw, cell: int, over: Rgb, under: Rgb) -> None:
    draw.rectangle((0, 0, cell, cell), fill=over)
    draw.pieslice((-cell, -cell, cell, cell), 0, 90, fill=under)
    draw.rectangle((0, 0, 0, 0), fill=under)
    draw.pieslice((0, 0, 2 * cell, 2 * cell), 180, 270, fill=over)


def _stripes(draw: ImageDraw.ImageDraw, cell: int, over: Rgb, under: Rgb) -> None:
    for number in range(3):
        top = cell * (2 * number + 1) // 7
        draw.rectangle((0, top + cell // 14, cell, top + cell // 14 + cell // 7), fill=over)


def _dots(draw: ImageDraw.ImageDraw, cell: int, over: Rgb, under: Rgb) -> None:
    step, radius = cell / 4, cell / 14
    for row in range(4):
        for column in range(4):
            x, y = (column + 0.5) * step, (row + 0.5) * step
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=over)


_MOTIFS = (_quarter, _quarter, _half, _rings, _sun, _leaf, _stripes, _dots)
