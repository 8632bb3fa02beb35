"""The offline painter: a background for any prompt, chosen by the seed and coloured by the palette."""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

from PIL import Image

from maestro_actors.core.content import Palette
from maestro_actors.rendering.backgrounds import arcs, contours, halftone, mesh, tiles, waves
from maestro_actors.rendering.backgrounds.canvas import Painter, flag, night, paper, tinted
from maestro_actors.rendering.fonts import typeface
from maestro_actors.rendering.specs import PaintBackground
from maestro_actors.rendering.typefaces import Surface

FAMILIES: Mapping[str, Painter] = {
    "mesh": mesh.paint,
    "waves": waves.paint,
    "tiles": tiles.paint,
    "arcs": arcs.paint,
    "contours": contours.paint,
    "halftone": halftone.paint,
}
SCHEMES = {"paper": paper, "tinted": tinted, "night": night, "flag": flag}
_BEHIND = {Surface.ARTWORK: ("paper", "night", "flag"), Surface.CARD: ("tinted", "night", "flag")}

# Words of a prompt that make a family or a scheme likelier.
_HINTS: Mapping[str, tuple[str, ...]] = {
    "mesh": ("calm", "soft", "gentle", "minimal", "abstract", "dreamy", "sleep"),
    "waves": ("sea", "ocean", "water", "hills", "nature", "travel", "river"),
    "tiles": ("bold", "geometric", "modern", "graphic", "playful", "pattern"),
    "arcs": ("sunrise", "morning", "sun", "warm", "energy", "rainbow"),
    "contours": ("map", "mountain", "trail", "path", "topographic", "outdoors"),
    "halftone": ("retro", "vintage", "pop", "print", "comic", "dots"),
    "paper": ("bright", "light", "airy", "clean", "daylight", "white"),
    "tinted": ("bright", "light", "airy", "clean", "daylight", "soft", "pastel"),
    "night": ("dark", "night", "moody", "evening", "dramatic", "midnight"),
    "flag": ("vivid", "colourful", "colorful", "saturated", "vibrant"),
}


def paint(spec: PaintBackground) -> Image.Image:
    """An RGB image of the spec's size."""
    rng = Random(spec.seed)  # noqa: S311 - a design, not a secret
    words = frozenset(re.findall(r"\w+", spec.prompt.lower()))
    family = _chosen(tuple(FAMILIES), words, rng)
    scheme = _chosen(_BEHIND[typeface(spec.brand.typeface).surface], words, rng)
    return painted(family, scheme, spec.brand.palette, spec.size, rng)


def painted(family: str, scheme: str, palette: Palette, size: tuple[int, int], rng: Random) -> Image.Image:
    """One family in one scheme."""
    return FAMILIES[family](size, SCHEMES[scheme](palette), rng)


def _chosen(names: tuple[str, ...], words: frozenset[str], rng: Random) -> str:
    """Any of the names; those that the prompt hints at are four times as likely."""
    weights = [4 if words.intersection(_HINTS[name]) else 1 for name in names]
    return rng.choices(names, weights)[0]
