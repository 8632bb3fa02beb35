"""Pictures as video keeps them: a plane of lightness and two, half as wide and high, of colour (4:2:0, BT.709).

Whatever moves is laid on the planes themselves, so that no frame is ever converted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import av
from av.video.plane import VideoPlane
from av.video.reformatter import ColorRange, Colorspace
from PIL import Image

from maestro_actors.rendering.colour import Rgb
from maestro_actors.rendering.stencils import Stencil


@dataclass(frozen=True, slots=True)
class Planes:
    """The three planes, each an image of mode L."""

    luma: Image.Image
    blue: Image.Image
    red: Image.Image

    def lay(self, stencils: Iterable[Stencil]) -> None:
        """Lays stencils on the planes, in their order."""
        for stencil in stencils:
            luma, blue, red = levels(stencil.colour)
            self.luma.paste(luma, (stencil.left, stencil.top), stencil.mask)
            half = _half(stencil)
            at = (stencil.left // 2, stencil.top // 2)
            self.blue.paste(blue, at, half)
            self.red.paste(red, at, half)


class Drifting:
    """A picture higher than its page, that moves up behind it by whole pixels.

    The colour planes are kept twice, for even and odd positions, so that they move as evenly as the lightness.
    """

    def __init__(self, picture: Image.Image, height: int) -> None:
        self._height = height
        self._even = split(picture)
        self._odd = split(picture.crop((0, 1, picture.width, picture.height + 1)))

    def at(self, position: int) -> Planes:
        """Planes of the page's height, to be drawn on, that begin `position` pixels below the picture's top."""
        phase, first = (self._odd, position - 1) if position % 2 else (self._even, position)
        return Planes(
            _rows(phase.luma, first, self._height),
            _rows(phase.blue, first // 2, self._height // 2),
            _rows(phase.red, first // 2, self._height // 2),
        )


def split(picture: Image.Image) -> Planes:
    """An RGB picture as planes. Width and height are even; planes may be wider, by what the encoder pads."""
    frame = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call] # left untyped there
    frame = frame.reformat(
        format="yuv420p",
        src_colorspace=Colorspace.ITU709,
        dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
    )
    return Planes(*map(_plane, frame.planes))


def levels(colour: Rgb) -> tuple[int, int, int]:
    """A colour as its levels of lightness, blue and red: BT.709 in limited range."""
    red, green, blue = (channel / 255 for channel in colour)
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (
        round(16 + 219 * light),
        round(128 + 224 * (blue - light) / 1.8556),
        round(128 + 224 * (red - light) / 1.5748),
    )


def frame_of(planes: Planes, width: int, height: int) -> av.VideoFrame:
    """The planes as a frame of this size."""
    frame = av.VideoFrame(width, height, "yuv420p")
    for plane, image in zip(frame.planes, (planes.luma, planes.blue, planes.red), strict=True):
        if image.width != plane.line_size:
            image = image.crop((0, 0, plane.line_size, plane.height))
        plane.update(image.tobytes())
    return frame


def _plane(plane: VideoPlane) -> Image.Image:
    """The plane as an image as wide as its lines are long.

    What pads the lines holds whatever the memory held, and x264's choices depend on it: the last column goes there.
    """
    image = Image.frombytes("L", (plane.line_size, plane.height), bytes(plane))
    edge = image.crop((plane.width - 1, 0, plane.width, plane.height))
    for column in range(plane.width, plane.line_size):
        image.paste(edge, (column, 0))
    return image


def _rows(plane: Image.Image, first: int, count: int) -> Image.Image:
    return plane.crop((0, first, plane.width, first + count))


@lru_cache(maxsize=48)
def _half(stencil: Stencil) -> Image.Image:
    """The mask for the colour planes, half as large, aligned to even pixels."""
    left, top = stencil.left % 2, stencil.top % 2
    if not left and not top:
        return stencil.mask.reduce(2)
    aligned = Image.new("L", (stencil.mask.width + left, stencil.mask.height + top))
    aligned.paste(stencil.mask, (left, top))
    return aligned.reduce(2)
