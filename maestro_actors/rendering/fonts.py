"""Fonts: found in their packages, loaded once per process, and asked which characters they can draw."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # ships no types
from PIL import ImageFont

from maestro_actors.errors import RenderError
from maestro_actors.rendering.typefaces import LAST_RESORTS, TYPEFACES, FontFile, Typeface

REFERENCE = 256  # pixels: the size at which text is measured; widths at other sizes are in proportion
_LIKE = str.maketrans({"‐": "-", "‑": "-", "\u00a0": " ", "✔": "✓", "►": "▶", "❤": "♥"})


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters that one font draws."""

    font: FontFile
    text: str


@dataclass(frozen=True, slots=True)
class Face:
    """A font with the ones that help out where it lacks a glyph."""

    font: FontFile

    @property
    def chain(self) -> tuple[FontFile, ...]:
        return (self.font, *(font for font in LAST_RESORTS if font != self.font))

    def suited(self, text: str) -> Face:
        """The first face of the chain that has all letters of the text, so that no word mixes two designs."""
        letters = frozenset(map(ord, filter(_is_letter, text)))
        return next((Face(font) for font in self.chain if letters <= coverage(font)), self)

    def runs(self, text: str) -> tuple[Run, ...]:
        """The text, each character with the first font of the chain that can draw it."""
        runs: list[Run] = []
        for character in text:
            font = next((font for font in self.chain if ord(character) in coverage(font)), self.font)
            if runs and runs[-1].font == font:
                runs[-1] = Run(font, runs[-1].text + character)
            else:
                runs.append(Run(font, character))
        return tuple(runs)

    def width(self, text: str, size: float) -> float:
        """How far the text advances, in pixels."""
        return _reference_width(self, text) * size / REFERENCE

    def ascent(self, size: float) -> float:
        """From the baseline to the highest accent, in pixels, over all fonts of the chain."""
        return max(_vertical(font)[0] for font in self.chain) * size

    def descent(self, size: float) -> float:
        """From the baseline down to the lowest tail, in pixels, over all fonts of the chain."""
        return max(_vertical(font)[1] for font in self.chain) * size

    def cap_height(self, size: float) -> float:
        return _vertical(self.font)[2] * size


def typeface(name: str) -> Typeface:
    """The typeface of that name, or `RenderError` with the names there are."""
    try:
        return TYPEFACES[name]
    except KeyError:
        known = ", ".join(TYPEFACES)
        raise RenderError(f"There is no typeface {name!r}. Give the brand one of these: {known}.") from None


_APOSTROPHE = re.compile(r"(?<=\w)'")


def normalised(text: str) -> str:
    """Composed, on one line, single-spaced, with curly apostrophes; without controls and variation selectors."""
    kept = "".join(
        " " if character.isspace() or unicodedata.category(character) == "Cc" else character
        for character in unicodedata.normalize("NFC", text).translate(_LIKE)
        if unicodedata.category(character) != "Cf" and not _is_variation_selector(character)
    )
    return _APOSTROPHE.sub("’", " ".join(kept.split()))


def undrawable(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters of normalised texts that none of the fonts can draw, in order, each once.

    The fonts that every typeface shares decide, so that a text is drawable in all of them or in none.
    """
    known = frozenset[int]().union(*(coverage(font) for font in LAST_RESORTS))
    return tuple(dict.fromkeys(character for text in texts for character in text if ord(character) not in known))


@cache
def coverage(font: FontFile) -> frozenset[int]:
    """The code points that the font has a glyph for."""
    with TTFont(located(font), lazy=True) as file:
        return frozenset(file.getBestCmap())


@lru_cache(maxsize=256)
def loaded(font: FontFile, size: int) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels."""
    return ImageFont.truetype(located(font), size, layout_engine=ImageFont.Layout.RAQM)


@cache
def located(font: FontFile) -> Path:
    """Where the font's file lies, without running its package."""
    package = find_spec(font.package)
    for folder in package.submodule_search_locations or () if package else ():
        path = Path(folder, "files", font.name)
        if path.is_file():
            return path
    distribution = font.package.replace("_", "-")
    raise RenderError(f"The font {font.name} is not installed. Run: pip install {distribution}")


@lru_cache(maxsize=4096)
def _reference_width(face: Face, text: str) -> float:
    return sum(loaded(run.font, REFERENCE).getlength(run.text) for run in face.runs(text))


@cache
def _vertical(font: FontFile) -> tuple[float, float, float]:
    with TTFont(located(font), lazy=True) as file:
        em = file["head"].unitsPerEm
        return file["hhea"].ascent / em, -file["hhea"].descent / em, file["OS/2"].sCapHeight / em


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.combining(character) > 0


def _is_variation_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
