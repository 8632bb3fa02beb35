"""The one door: a spec in, its file out."""

from __future__ import annotations

import hashlib
import time
import unicodedata
from collections.abc import Iterable
from typing import assert_never

from maestro_actors.core.content import Brand, Proposal
from maestro_actors.errors import RenderError
from maestro_actors.rendering import carousel, painter, pictures, reel, stills
from maestro_actors.rendering.files import appearing, described
from maestro_actors.rendering.fonts import normalised, undrawable
from maestro_actors.rendering.pages import POST_SIZE, REEL_SIZE
from maestro_actors.rendering.specs import (
    DrawPost,
    DrawSlide,
    DrawThumbnail,
    EncodeReel,
    PaintBackground,
    RenderedFile,
    RenderSpec,
    Report,
    Rest,
)

NOTHING = hashlib.sha256().hexdigest()


def render(spec: RenderSpec, report: Report = lambda share: None) -> RenderedFile:
    """Makes the file at `spec.out`, whole or not at all, and says what it is. A rest makes none. Reports on reels.

    Raises `RenderError` where the text, the background or the disk does not allow it.
    """
    match spec:
        case PaintBackground():
            pictures.write(painter.paint(spec), spec.out)
        case DrawThumbnail():
            _require_drawable(spec.brand, spec.proposal)
            pictures.write(stills.thumbnail(spec, pictures.read(spec.background, REEL_SIZE)), spec.out)
        case DrawPost():
            _require_drawable(spec.brand, spec.proposal)
            pictures.write(stills.post(spec, pictures.read(spec.background, POST_SIZE)), spec.out)
        case DrawSlide():
            _require_drawable(spec.brand, spec.proposal)
            pictures.write(carousel.slide(spec, pictures.read(spec.background, POST_SIZE)), spec.out)
        case EncodeReel():
            _require_drawable(spec.brand, spec.proposal)
            with appearing(spec.out) as part:
                reel.write(spec, part, report)
        case Rest():
            time.sleep(spec.seconds)
            return RenderedFile(spec.out, 0, NOTHING)
        case _:
            assert_never(spec)
    return described(spec.out)


def _require_drawable(brand: Brand, proposal: Proposal) -> None:
    """Raises `RenderError` where a text has characters that no installed font can draw."""
    missing = undrawable(map(normalised, _texts(brand, proposal)))
    if missing:
        named = ", ".join(f"{character} ({_name_of(character)})" for character in missing[:8])
        more = f" and {len(missing) - 8} more" if len(missing) > 8 else ""
        raise RenderError(
            f"{brand.name}, “{normalised(proposal.title)}”: no installed font can draw {named}{more}."
            " Write the text without these characters."
        )


def _texts(brand: Brand, proposal: Proposal) -> Iterable[str]:
    yield from (brand.name, brand.handle, proposal.title, *proposal.lines)
    for slide in proposal.slides:
        yield from (slide.heading, slide.body)


def _name_of(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}")
