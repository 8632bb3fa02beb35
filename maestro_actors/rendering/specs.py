"""What can be rendered: specs that are plain data, so that they pickle and travel to any process.

This module is light on purpose: actors import it, and must not pull Pillow or PyAV into their process.
Paths are strings; the file at `out` appears whole or not at all (written beside it, then renamed into place).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from maestro_actors.core.content import Brand, Proposal


@dataclass(frozen=True, slots=True)
class PaintBackground:
    """The offline painter: a designed background in the brand's palette, the same for the same seed. PNG."""

    makes: ClassVar[str] = "background"
    brand: Brand
    prompt: str
    seed: int
    size: tuple[int, int]
    out: str


@dataclass(frozen=True, slots=True)
class DrawThumbnail:
    """A reel's cover, 1080x1920 PNG: its title over the background."""

    makes: ClassVar[str] = "thumbnail"
    brand: Brand
    proposal: Proposal
    background: str
    out: str


@dataclass(frozen=True, slots=True)
class EncodeReel:
    """A reel, 1080x1920 H.264 MP4 with motion: its title, then its lines."""

    makes: ClassVar[str] = "reel"
    brand: Brand
    proposal: Proposal
    background: str
    out: str
    seconds: float = 7.0
    frames_per_second: int = 30


@dataclass(frozen=True, slots=True)
class DrawPost:
    """A post, 1080x1350 PNG: title and lines over the background."""

    makes: ClassVar[str] = "post"
    brand: Brand
    proposal: Proposal
    background: str
    out: str


@dataclass(frozen=True, slots=True)
class DrawSlide:
    """Slide `number` (from 1) of a carousel, 1080x1350 PNG."""

    makes: ClassVar[str] = "slide"
    brand: Brand
    proposal: Proposal
    number: int
    background: str
    out: str


@dataclass(frozen=True, slots=True)
class Rest:
    """Renders nothing, in `seconds`, and says that it left an empty file: what the actors are measured with."""

    makes: ClassVar[str] = "nothing"
    out: str
    seconds: float = 0.0


Report = Callable[[float], None]  # told how much of a long render is done: a share from 0 to 1


RenderSpec = PaintBackground | DrawThumbnail | EncodeReel | DrawPost | DrawSlide | Rest


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """What a render left at its spec's `out`: the size in bytes and the SHA-256, in hexadecimal."""

    path: str
    bytes: int
    sha256: str
