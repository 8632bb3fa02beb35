from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest
from PIL import Image, ImageChops, ImageStat

from maestro_actors.rendering.motion import Curtain, Filling, Growing, Rising, Still, settling
from maestro_actors.rendering.planes import levels, split
from maestro_actors.rendering.render import render
from maestro_actors.rendering.specs import EncodeReel, RenderedFile
from maestro_actors.rendering.stencils import Box, Stencil, rectangle
from tests.rendering.samples import CAMPUS, PICNIC, REEL, opened, painted

SQUARE = rectangle(Box(10, 100, 110, 200), (255, 0, 0))


@pytest.fixture(scope="module")
def background(tmp_path_factory: pytest.TempPathFactory) -> str:
    return painted(tmp_path_factory.mktemp("background"), size=(1080, 1920))


@pytest.fixture(scope="module")
def reel(background: str) -> RenderedFile:
    out = str(Path(background).with_name("reel.mp4"))
    file = render(EncodeReel(CAMPUS, REEL, background, out))
    assert file is not None
    return file


def frames(path: str) -> list[Image.Image]:
    """The frames' lightness, at a quarter of their size."""
    with av.open(path) as container:
        return [
            Image.frombytes("L", (frame.planes[0].line_size, frame.height), bytes(frame.planes[0])).reduce(4)
            for frame in container.decode(video=0)
        ]


def test_a_reel_is_what_networks_take(reel: RenderedFile) -> None:
    with av.open(reel.path) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        context = video.codec_context

        assert (context.name, context.profile, context.pix_fmt) == ("h264", "High", "yuv420p")
        assert (video.width, video.height, video.frames) == (1080, 1920, 210)
        assert video.average_rate == Fraction(30)
        assert (context.colorspace, context.color_primaries, context.color_trc, context.color_range) == (1, 1, 1, 1)
        assert audio.codec_context.name == "aac"
        assert container.duration == pytest.approx(7_000_000, abs=60_000)
    assert 100_000 < reel.bytes < 6_000_000


def test_a_reel_starts_before_it_is_loaded_whole(reel: RenderedFile) -> None:
    content = Path(reel.path).read_bytes()

    assert content.index(b"moov") < content.index(b"mdat")


def test_a_reel_moves_in_every_frame_until_its_end_card(reel: RenderedFile) -> None:
    shown = frames(reel.path)
    pairs = pairwise(shown[:191])

    assert len(shown) == 210
    assert all(ImageChops.difference(before, after).getbbox() for before, after in pairs)


def test_the_colours_of_a_reel_are_those_of_its_picture(tmp_path: Path) -> None:
    even = tmp_path / "even.png"
    Image.new("RGB", (1080, 1920), CAMPUS.palette.primary).save(even)
    out = str(tmp_path / "reel.mp4")
    render(EncodeReel(CAMPUS, replace(REEL, title="Hi"), str(even), out, seconds=0.4))

    with av.open(out) as container:
        first = next(iter(container.decode(video=0)))
        rgb = first.reformat(format="rgb24", src_colorspace="ITU709", src_color_range="MPEG", dst_color_range="JPEG")
        plane = rgb.planes[0]
        shown = Image.frombytes("RGB", (1080, 1920), bytes(plane), "raw", "RGB", plane.line_size)
    corner = ImageStat.Stat(shown.crop((0, 0, 400, 200))).mean

    assert corner == pytest.approx((0x2F, 0x6F, 0x5E), abs=2.5)


def test_colours_on_the_planes_are_those_of_the_conversion() -> None:
    for colour in ((255, 255, 255), (0, 0, 0), (228, 87, 122), (23, 70, 209), (255, 207, 51)):
        planes = split(Image.new("RGB", (64, 64), colour))
        converted = [plane.getpixel((9, 9)) for plane in (planes.luma, planes.blue, planes.red)]

        assert converted == pytest.approx(levels(colour), abs=1)


def test_the_same_reel_has_the_same_bytes(background: str, tmp_path: Path) -> None:
    spec = EncodeReel(PICNIC, REEL, background, str(tmp_path / "reel.mp4"), seconds=0.5)

    assert render(spec) == render(spec)
    assert [path.name for path in tmp_path.iterdir()] == ["reel.mp4"]


def test_a_reel_does_not_depend_on_what_the_memory_held_before(background: str, tmp_path: Path) -> None:
    code = (
        "import sys; from tests.rendering.samples import *; from maestro_actors.rendering.specs import EncodeReel;"
        "print(render(EncodeReel(PICNIC, REEL, sys.argv[1], sys.argv[2], seconds=0.5)).sha256)"
    )
    command = [sys.executable, "-c", code, background, str(tmp_path / "reel.mp4")]
    printed = {
        subprocess.run(
            command, env={**os.environ, "MALLOC_PERTURB_": filling}, capture_output=True, text=True, check=True
        ).stdout
        for filling in ("1", "170", "254")  # what glibc fills memory with
    }

    assert len(printed) == 1


@pytest.mark.parametrize("lines", [(), tuple(f"Line {number}, and a little more of it" for number in range(10))])
def test_a_reel_may_have_no_lines_or_many(lines: tuple[str, ...], background: str, tmp_path: Path) -> None:
    spec = EncodeReel(PICNIC, replace(REEL, lines=lines), background, str(tmp_path / "reel.mp4"), seconds=0.5)

    file = render(spec)

    assert file is not None
    assert len(frames(file.path)) == 15


def test_a_picture_of_another_shape_fills_the_reel(tmp_path: Path) -> None:
    wide = painted(tmp_path, size=(640, 400))
    file = render(EncodeReel(CAMPUS, REEL, wide, str(tmp_path / "reel.mp4"), seconds=0.2))

    assert file is not None
    assert opened(wide).size == (640, 400)
    assert frames(file.path)[0].height == 480


def test_motion_settles() -> None:
    path = [settling(step / 20) for step in range(21)]

    assert (path[0], path[-1]) == (0, 1)
    assert path == sorted(path)
    assert settling(-1) == 0
    assert settling(2) == 1


def test_a_line_rises_into_its_place_and_fades_away() -> None:
    rising = Rising(SQUARE, comes=1.0, goes=3.0)
    tops = [stencil.top for tick in range(100, 200) for stencil in rising.at(tick / 100)]

    assert rising.at(0.9) == ()
    assert tops == sorted(tops, reverse=True)
    assert rising.at(2.0) == (SQUARE,)
    assert rising.at(3.15)[0].mask.getextrema() == (128, 128)
    assert rising.at(3.4) == ()


def test_a_card_grows_from_its_lower_edge() -> None:
    growing = Growing(SQUARE, before=40, after=0, grows=1.0)

    assert height(growing.at(0.5)) == 60
    assert height(growing.at(5.0)) == 100
    assert growing.at(0.5)[-1].box.bottom == SQUARE.box.bottom


def test_a_bar_fills_over_the_whole_film() -> None:
    filling = Filling(SQUARE, lasts=2.0)

    assert filling.at(0.0) == ()
    assert [filling.at(second)[0].mask.width for second in (0.5, 1.0, 2.0, 3.0)] == [25, 50, 100, 100]


def test_a_curtain_rises_and_stays() -> None:
    curtain = Curtain((SQUARE,), (200, 400), comes=1.0)

    assert curtain.at(0.9) == ()
    assert curtain.at(1.1)[0].top > SQUARE.top
    assert curtain.at(2.0) == (SQUARE,)


def test_what_is_still_is_there_from_its_second_on() -> None:
    assert Still((SQUARE,), comes=1.0).at(0.5) == ()
    assert Still((SQUARE,), comes=1.0).at(1.0) == (SQUARE,)


def height(stencils: tuple[Stencil, ...]) -> int:
    return sum(stencil.mask.height for stencil in stencils)
