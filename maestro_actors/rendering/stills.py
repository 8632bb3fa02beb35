"""Pictures that stand alone: a reel's cover and a post."""

from __future__ import annotations

from PIL import Image

from maestro_actors.rendering import pages, stencils
from maestro_actors.rendering.composition import FOOT, Composition, composed, post_safe
from maestro_actors.rendering.layout import Copy, Story, bar, story
from maestro_actors.rendering.specs import DrawPost, DrawThumbnail
from maestro_actors.rendering.stencils import Stencil

_BUTTON = 116
_BUTTON_SPACE = _BUTTON + 44


def thumbnail(spec: DrawThumbnail, picture: Image.Image) -> Image.Image:
    """The cover of a reel, over a picture of its size."""
    safe = pages.REEL_SAFE
    copy = Copy(spec.proposal.title)
    set_story = story(spec.brand, copy, safe.width, safe.height - FOOT, pages.COVER, rule=_BUTTON_SPACE)
    placed = composed(set_story, spec.brand, picture, safe)
    return stencils.laid_on(picture, (*placed.stencils, *_play_button(set_story, placed)))


def post(spec: DrawPost, picture: Image.Image) -> Image.Image:
    """Title and lines, over a picture of a post's size."""
    safe = post_safe(spec.brand)
    copy = Copy(spec.proposal.title, spec.proposal.lines)
    measures = pages.POST if copy.items else pages.COVER
    set_story = story(spec.brand, copy, safe.width, safe.height - FOOT, measures)
    placed = composed(set_story, spec.brand, picture, safe)
    opening = bar(set_story, placed.inks, safe.left, placed.zone.top)
    return stencils.laid_on(picture, (*placed.stencils, opening))


def _play_button(set_story: Story, placed: Composition) -> tuple[Stencil, ...]:
    """A cover is for a film: a disc with a triangle, at the head of the story."""
    left = placed.zone.left + ((set_story.width - _BUTTON) // 2 if set_story.centred else 0)
    top, side = placed.zone.top, 40
    middle = (_BUTTON - side) // 2
    return (
        stencils.disc(left, top, _BUTTON, placed.inks.accent),
        stencils.triangle(left + middle + 5, top + middle, side, placed.inks.on_accent),
    )
