"""For `maestro doctor`: are the fonts and the codecs there?"""

from __future__ import annotations

from collections.abc import Iterable

import av
from PIL import features

from maestro_actors.core.content import Brand
from maestro_actors.errors import RenderError
from maestro_actors.rendering.fonts import located
from maestro_actors.rendering.typefaces import TYPEFACES


def fonts(brands: Iterable[Brand]) -> str:
    """Find every font of every typeface, and every brand's typeface.

    Raises:
        RenderError: one is missing; says which, and what to do.
    """
    files = {file for face in TYPEFACES.values() for file in (face.display, face.text, face.strong)}
    for file in files:
        located(file)
    for brand in brands:
        if brand.typeface not in TYPEFACES:
            raise RenderError(f"{brand.name} has the typeface {brand.typeface!r}; choose one of {', '.join(TYPEFACES)}")
    shaping = "shaped by raqm" if features.check("raqm") else "without raqm: accents may sit badly"
    return f"{len(files)} fonts of {len(TYPEFACES)} typefaces, {shaping}"


def codecs() -> str:
    """Find the encoder for reels.

    Raises:
        RenderError: PyAV was built without it.
    """
    if "libx264" not in av.codecs_available:
        raise RenderError("PyAV has no H.264 encoder: install it from its wheel, `pip install --force-reinstall av`")
    return f"H.264 through PyAV {av.__version__}"
