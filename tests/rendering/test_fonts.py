from __future__ import annotations

import subprocess
import sys

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # ships no types

from maestro_actors.errors import RenderError
from maestro_actors.rendering.fonts import Face, located, normalised, typeface, undrawable
from maestro_actors.rendering.typefaces import LAST_RESORTS, TYPEFACES, FontFile

FONTS = sorted(
    {font for look in TYPEFACES.values() for font in (look.display, look.text, look.strong)} | set(LAST_RESORTS),
    key=lambda font: font.name,
)


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.name)
def test_every_font_is_installed_and_open(font: FontFile) -> None:
    with TTFont(located(font)) as file:
        licence = file["name"].getDebugName(13)

    assert "SIL Open Font License" in licence


def test_a_font_that_is_missing_says_what_to_install() -> None:
    with pytest.raises(RenderError, match="pip install font-nowhere"):
        located(FontFile("font_nowhere", "Nowhere.ttf"))


def test_an_unknown_typeface_names_the_known_ones() -> None:
    with pytest.raises(RenderError, match="grotesk, editorial, poster, friendly"):
        typeface("comic")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("two\nlines\tand  a tab", "two lines and a tab"),
        ("heart ♥\ufe0f", "heart ♥"),
        ("join\u200ded \u2060zero\u200b width", "joined zero width"),
        ("bell\x07 and \x00nul", "bell and nul"),
        ("Cafe\u0301", "Café"),
        ("  space  ", "space"),
        ("18\u00a0°C, non\u2011breaking", "18 °C, non-breaking"),
    ],
)
def test_text_is_normalised(written: str, meant: str) -> None:
    assert normalised(written) == meant


def test_a_symbol_that_the_display_face_lacks_is_borrowed() -> None:
    runs = Face(TYPEFACES["poster"].display).runs("A → B")

    assert [run.text for run in runs] == ["A ", "→", " B"]
    assert len({run.font for run in runs}) == 2


def test_a_letter_that_the_display_face_lacks_takes_its_text_along() -> None:
    face = Face(TYPEFACES["poster"].display)

    assert face.suited("güzel → ok") == face
    assert face.suited("ğüzel").font in LAST_RESORTS


def test_what_no_font_can_draw_is_found() -> None:
    assert undrawable(["Good morning 😀, 東 and a", "😀 again"]) == ("😀", "東")


def test_specs_and_typefaces_load_neither_pillow_nor_pyav() -> None:
    code = (
        "import sys, maestro_actors.rendering.specs, maestro_actors.rendering.typefaces;"
        "print({'PIL', 'av', 'fontTools'} & set(sys.modules))"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert printed.strip() == "set()"
