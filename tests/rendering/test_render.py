from __future__ import annotations

import errno
import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from PIL import Image

from maestro_actors.core.content import Brand, Kind
from maestro_actors.errors import RenderError
from maestro_actors.rendering.painter import FAMILIES
from maestro_actors.rendering.render import NOTHING, render
from maestro_actors.rendering.specs import (
    DrawPost,
    DrawSlide,
    DrawThumbnail,
    EncodeReel,
    PaintBackground,
    RenderedFile,
    RenderSpec,
    Rest,
)
from tests.rendering.samples import BRANDS, CAMPUS, CAROUSEL, REEL, opened, painted

POST = replace(REEL, kind=Kind.POST)


def test_a_rest_leaves_no_file(tmp_path: Path) -> None:
    out = tmp_path / "rest"
    assert render(Rest(str(out))) == RenderedFile(str(out), 0, NOTHING)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("brand", BRANDS, ids=lambda brand: brand.slug)
def test_every_still_has_its_size_and_is_described(brand: Brand, tmp_path: Path) -> None:
    tall, post = painted(tmp_path, brand, (1080, 1920)), painted(tmp_path, brand)
    out = str(tmp_path / "still.png")
    stills: list[tuple[RenderSpec, tuple[int, int]]] = [
        (DrawThumbnail(brand, REEL, tall, out), (1080, 1920)),
        (DrawPost(brand, POST, post, out), (1080, 1350)),
        *((DrawSlide(brand, CAROUSEL, number, post, out), (1080, 1350)) for number in (1, 2, 3)),
    ]
    for spec, size in stills:
        file = render(spec)

        assert file is not None
        content = Path(out).read_bytes()
        assert (file.path, file.bytes) == (out, len(content))
        assert file.sha256 == hashlib.sha256(content).hexdigest()
        assert file.bytes < 4_000_000
        picture = opened(out)
        assert (picture.format or "PNG", picture.mode, picture.size) == ("PNG", "RGB", size)
    assert not list(tmp_path.glob("*.part"))


def test_the_same_spec_gives_the_same_bytes(tmp_path: Path) -> None:
    background = painted(tmp_path)
    out = tmp_path / "post.png"
    spec = DrawPost(CAMPUS, POST, background, str(out))

    assert render(spec) == render(spec)
    assert render(PaintBackground(CAMPUS, "a", 7, (540, 675), str(out))) == render(
        PaintBackground(CAMPUS, "a", 7, (540, 675), str(out))
    )


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    here, there = tmp_path / "here.png", tmp_path / "there.png"
    render(PaintBackground(CAMPUS, "bold", 11, (540, 675), str(here)))
    code = (
        "from tests.rendering.samples import *; import sys;"
        "render(PaintBackground(CAMPUS, 'bold', 11, (540, 675), sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", code, str(there)], check=True)

    assert here.read_bytes() == there.read_bytes()


def test_seeds_differ(tmp_path: Path) -> None:
    pictures = {Path(painted(tmp_path, size=(270, 338), seed=seed)).read_bytes() for seed in range(24)}

    assert len(pictures) == 24


def test_a_word_of_the_prompt_makes_its_family_likelier(tmp_path: Path) -> None:
    def all_smooth(prompt: str) -> int:
        return sum(_is_flat(tmp_path, prompt, seed) for seed in range(30))

    assert set(FAMILIES) >= {"tiles"}
    assert all_smooth("bold geometric pattern") > all_smooth("gentle") + 3


def _is_flat(folder: Path, prompt: str, seed: int) -> bool:
    """Tiles alone have no grain, and so few colours."""
    out = str(folder / "hint.png")
    render(PaintBackground(CAMPUS, prompt, seed, (180, 225), out))
    return opened(out).crop((0, 150, 180, 225)).getcolors(3) is not None


def test_slides_show_different_things(tmp_path: Path) -> None:
    background = painted(tmp_path)
    slides = set()
    for number in (1, 2, 3):
        out = tmp_path / f"{number}.png"
        render(DrawSlide(CAMPUS, CAROUSEL, number, background, str(out)))
        slides.add(out.read_bytes())

    assert len(slides) == 3


@pytest.mark.parametrize("number", [0, 4])
def test_a_slide_that_is_not_there_is_refused(number: int, tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="3 slides"):
        render(DrawSlide(CAMPUS, CAROUSEL, number, painted(tmp_path), str(tmp_path / "slide.png")))


@pytest.mark.parametrize("mode", ["RGBA", "L", "P", "CMYK"])
def test_a_provider_may_send_any_size_and_mode(mode: str, tmp_path: Path) -> None:
    background = tmp_path / "sent.tiff"
    Image.new("RGB", (700, 500), "#336699").convert(mode).save(background)

    file = render(DrawPost(CAMPUS, POST, str(background), str(tmp_path / "post.png")))

    assert file is not None
    assert opened(file.path).size == (1080, 1350)


def test_characters_without_a_glyph_are_named(tmp_path: Path) -> None:
    proposal = replace(REEL, title="Good morning 😀", lines=("مرحبا",))

    with pytest.raises(RenderError) as caught:
        render(DrawThumbnail(CAMPUS, proposal, "nowhere", str(tmp_path / "cover.png")))

    message = str(caught.value)
    assert "Campus Calm, “Good morning 😀”" in message
    assert "😀 (GRINNING FACE)" in message
    assert "ARABIC LETTER" in message


def test_a_background_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"gone\.png is gone"):
        render(DrawPost(CAMPUS, POST, str(tmp_path / "gone.png"), str(tmp_path / "post.png")))


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", None])
def test_a_background_that_is_no_picture_is_refused_and_leaves_nothing(content: bytes | None, tmp_path: Path) -> None:
    background = tmp_path / "bad.png"
    whole = Path(painted(tmp_path)).read_bytes()
    background.write_bytes(whole[: len(whole) // 2] if content is None else content)
    before = set(tmp_path.iterdir())

    for spec in (
        DrawPost(CAMPUS, POST, str(background), str(tmp_path / "post.png")),
        EncodeReel(CAMPUS, REEL, str(background), str(tmp_path / "reel.mp4")),
    ):
        with pytest.raises(RenderError, match=r"bad\.png cannot be read"):
            render(spec)
    assert set(tmp_path.iterdir()) == before


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    background = painted(tmp_path)
    for spec in (
        DrawPost(CAMPUS, POST, background, str(tmp_path / "no" / "post.png")),
        EncodeReel(CAMPUS, REEL, background, str(tmp_path / "no" / "reel.mp4"), seconds=0.2),
    ):
        with pytest.raises(RenderError, match=r"folder .*no is gone"):
            render(spec)


def test_a_full_disk_leaves_nothing_and_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    background = painted(tmp_path)
    before = set(tmp_path.iterdir())

    def full(self: Image.Image, path: Path, **options: object) -> NoReturn:
        Path(path).write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", full)
    with pytest.raises(RenderError, match=r"no space left .* TMPDIR"):
        render(DrawPost(CAMPUS, POST, background, str(tmp_path / "post.png")))
    assert set(tmp_path.iterdir()) == before


def test_a_film_that_may_not_grow_fails_and_leaves_nothing(tmp_path: Path) -> None:
    background = painted(tmp_path, size=(1080, 1920))
    before = set(tmp_path.iterdir())
    code = (
        "import resource, sys; from tests.rendering.samples import *; from maestro_actors.errors import RenderError;"
        "from maestro_actors.rendering.specs import EncodeReel;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try: render(EncodeReel(CAMPUS, REEL, sys.argv[1], sys.argv[2], seconds=1.0))\n"
        "except RenderError as error: print(error)"
    )
    command = [sys.executable, "-c", code, background, str(tmp_path / "reel.mp4")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert "may not grow this large" in printed
    assert set(tmp_path.iterdir()) == before
