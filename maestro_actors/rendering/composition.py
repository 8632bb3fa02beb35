"""A story on a picture: at the foot of the page, before a veil or on a card, with the brand's signature below it."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from maestro_actors.core.content import Brand
from maestro_actors.rendering import pages, stencils
from maestro_actors.rendering.colour import rgb
from maestro_actors.rendering.fonts import typeface
from maestro_actors.rendering.layout import SIGNATURE_HEIGHT, Story, drawn_story, signature
from maestro_actors.rendering.legibility import Inks, on_picture, on_solid
from maestro_actors.rendering.stencils import Box, Stencil
from maestro_actors.rendering.typefaces import Surface

FOOT = SIGNATURE_HEIGHT + 56  # the signature and the space above it


@dataclass(frozen=True, slots=True, eq=False)
class Composition:
    """What lies on a picture, from the back to the front, and where the text is.

    `surface` is the veil or the card, `story` and `foot` what stands on it; `zone` holds all text.
    """

    inks: Inks
    zone: Box
    surface: tuple[Stencil, ...]
    story: tuple[Stencil, ...]
    foot: tuple[Stencil, ...]

    @property
    def stencils(self) -> tuple[Stencil, ...]:
        return (*self.surface, *self.story, *self.foot)


def post_safe(brand: Brand) -> Box:
    """Where text may stand on a post or a slide of this brand."""
    on_card = typeface(brand.typeface).surface is Surface.CARD
    return pages.POST_CARD_SAFE if on_card else pages.POST_SAFE


def composed(set_story: Story, brand: Brand, picture: Image.Image, safe: Box, *, aside: int = 0) -> Composition:
    """The story at the lower edge of the safe area; `aside` keeps that many pixels of the foot's right end free."""
    zone = zone_of(set_story, safe)
    inks, surface = standing(zone, brand, picture)
    row, centred = safe.width - aside, set_story.centred and not aside
    foot = signature(brand, inks, safe.left, safe.bottom - SIGNATURE_HEIGHT, row, centred=centred)
    return Composition(inks, zone, surface, drawn_story(set_story, inks, safe.left, zone.top), foot)


def zone_of(set_story: Story, safe: Box) -> Box:
    """Where the story and the signature below it stand."""
    return Box(safe.left, safe.bottom - FOOT - set_story.height, safe.right, safe.bottom)


def standing(zone: Box, brand: Brand, picture: Image.Image, drift: int = 0) -> tuple[Inks, tuple[Stencil, ...]]:
    """What the text of a zone stands on, a veil or a card with its shadow, and the inks to use there.

    `drift` is how far the picture will move up, in pixels.
    """
    look = typeface(brand.typeface)
    if look.surface is Surface.ARTWORK:
        ground = on_picture(picture, zone.grown(16), brand.palette, drift)
        return ground.inks, ground.veil
    light, card = rgb(brand.palette.light), zone.grown(pages.CARD_PADDING)
    shadow = stencils.shadow(card, look.radius, 0.3, 36)
    return on_solid(brand.palette, light), (shadow, stencils.rectangle(card, light, look.radius))
