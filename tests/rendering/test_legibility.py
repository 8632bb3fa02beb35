from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from maestro_actors.core.content import Palette
from maestro_actors.errors import RenderError
from maestro_actors.rendering.colour import LEGIBLE, Rgb, contrast, legible, rgb
from maestro_actors.rendering.legibility import Inks, on_picture, on_solid
from maestro_actors.rendering.painter import FAMILIES, SCHEMES, painted
from maestro_actors.rendering.stencils import Box, laid_on
from tests.rendering.samples import BRANDS

ZONE = Box(40, 120, 230, 300)
SIZE = (270, 338)

colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
palettes = st.builds(Palette, colours, colours, colours, colours)


def pixels(picture: Image.Image, zone: Box) -> set[Rgb]:
    part = picture.crop((zone.left, zone.top, zone.right, zone.bottom))
    found = part.getcolors(part.width * part.height)
    assert found is not None
    return {(colour[0], colour[1], colour[2]) for _, colour in found if isinstance(colour, tuple)}


def assert_legible(inks: Inks, grounds: set[Rgb]) -> None:
    assert min(contrast(inks.ink, ground) for ground in grounds) >= LEGIBLE
    assert contrast(inks.on_accent, inks.accent) >= LEGIBLE


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_is_legible_on_every_painted_background(family: str, scheme: str) -> None:
    for brand in BRANDS:
        picture = painted(family, scheme, brand.palette, SIZE, Random(3))  # noqa: S311 - a design, not a secret
        ground = on_picture(picture, ZONE, brand.palette)
        assert_legible(ground.inks, pixels(laid_on(picture, ground.veil), ZONE))


@settings(max_examples=40, deadline=None)
@given(palettes, st.integers(0, 2**32))
def test_text_is_legible_on_noise_in_any_palette(palette: Palette, seed: int) -> None:
    noise = Random(seed).randbytes(27 * 34 * 3)  # noqa: S311 - a design, not a secret
    picture = Image.frombytes("RGB", (27, 34), noise).resize(SIZE, Image.Resampling.NEAREST)

    ground = on_picture(picture, ZONE, palette)

    assert_legible(ground.inks, pixels(laid_on(picture, ground.veil), ZONE))


@settings(max_examples=100, deadline=None)
@given(palettes, colours)
def test_text_is_legible_on_any_even_colour(palette: Palette, ground: str) -> None:
    assert_legible(on_solid(palette, rgb(ground)), {rgb(ground)})


@pytest.mark.parametrize("position", [0, 1, 17, 60])
def test_text_stays_legible_while_the_picture_drifts(position: int) -> None:
    palette = BRANDS[0].palette
    picture = painted("tiles", "paper", palette, (SIZE[0], SIZE[1] + 60), Random(5))  # noqa: S311 - a design, not a secret

    ground = on_picture(picture, ZONE, palette, drift=60)

    page = picture.crop((0, position, SIZE[0], position + SIZE[1]))
    assert_legible(ground.inks, pixels(laid_on(page, ground.veil), ZONE))


def test_a_calm_picture_gets_no_veil() -> None:
    palette = BRANDS[0].palette

    assert on_picture(Image.new("RGB", SIZE, palette.dark), ZONE, palette).veil == ()


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_an_ink_that_is_legible_stays_as_it_is() -> None:
    assert legible((18, 35, 63), [(255, 255, 255)]) == (18, 35, 63)


@pytest.mark.parametrize("wrong", ["red", "#12345", "#gggggg", "1234567", ""])
def test_what_is_no_colour_is_refused(wrong: str) -> None:
    with pytest.raises(RenderError, match="#rrggbb"):
        rgb(wrong)
