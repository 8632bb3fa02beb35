"""The typefaces that a brand may name, and the look that comes with each. Loads no font and no Pillow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font inside an installed package: the package's import name and the file below its `files` folder."""

    package: str
    name: str


class Surface(StrEnum):
    """What text stands on: the artwork itself, or a card before it."""

    ARTWORK = "artwork"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Typeface:
    """A display face for titles and a text face for the rest, with the look that suits them.

    `leading` is the distance of a title's baselines in ems; `radius` rounds cards and marks, in pixels.
    """

    display: FontFile
    text: FontFile
    strong: FontFile
    leading: float
    uppercase: bool
    centred: bool
    surface: Surface
    radius: int


def _manrope(weight: str) -> FontFile:
    return FontFile("font_manrope", f"Manrope-{weight}.ttf")


def _serif(weight: str) -> FontFile:
    return FontFile("font_source_serif_pro", f"SourceSerifPro-{weight}.otf")


TYPEFACES: Mapping[str, Typeface] = MappingProxyType(
    {
        "grotesk": Typeface(
            display=_manrope("ExtraBold"),
            text=_manrope("Medium"),
            strong=_manrope("Bold"),
            leading=1.06,
            uppercase=False,
            centred=False,
            surface=Surface.ARTWORK,
            radius=20,
        ),
        "editorial": Typeface(
            display=_serif("Semibold"),
            text=_serif("Regular"),
            strong=_manrope("Bold"),
            leading=1.08,
            uppercase=False,
            centred=False,
            surface=Surface.CARD,
            radius=0,
        ),
        "poster": Typeface(
            display=FontFile("font_fjallaone", "FjallaOne-Regular.ttf"),
            text=_manrope("SemiBold"),
            strong=_manrope("ExtraBold"),
            leading=1.04,
            uppercase=True,
            centred=False,
            surface=Surface.ARTWORK,
            radius=0,
        ),
        "friendly": Typeface(
            display=FontFile("font_fredoka_one", "FredokaOne-Regular.ttf"),
            text=_manrope("SemiBold"),
            strong=_manrope("ExtraBold"),
            leading=1.08,
            uppercase=False,
            centred=True,
            surface=Surface.CARD,
            radius=56,
        ),
    }
)

LAST_RESORTS = (_manrope("ExtraBold"), _serif("Bold"))
