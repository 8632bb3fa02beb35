"""How a picture is to be changed on its way out: what a URL asks for, and the size that comes of it.

As supabase/storage reads it and imgproxy does it, both read in their sources: what is too large is clamped, no picture
is ever enlarged, and one that is given a width or a height alone keeps its shape, unless it is to be filled.
https://supabase.com/docs/guides/storage/serving/image-transformations
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from supabase_local.bodies import Body

MAX_SIDE: Final = 2500
QUALITY: Final = 80
MIN_QUALITY, MAX_QUALITY = 20, 100
RESIZES: Final = ("cover", "contain", "fill")
FORMATS: Final = ("origin", "avif", "webp")
IMGPROXY_RESIZES: Final = {"cover": "fill", "contain": "fit", "fill": "force"}

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Transformation:
    """Sides are in pixels, 0 for one that nobody asked for; without a `format` it is the best that the client takes."""

    width: int = 0
    height: int = 0
    resize: str = RESIZES[0]
    quality: int | None = None
    format: str | None = None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Transformation:
        """What a URL asks for; SCHEMA for what cannot be."""
        asked = Body(dict(query), "querystring")
        quality = asked.integer("quality", MIN_QUALITY, maximum=MAX_QUALITY) if "quality" in asked else None
        return cls(
            width=min(asked.integer("width", minimum=0, default=0), MAX_SIDE),
            height=min(asked.integer("height", minimum=0, default=0), MAX_SIDE),
            resize=asked.choice("resize", RESIZES),
            quality=quality,
            format=asked.choice("format", FORMATS) if "format" in asked else None,
        )

    def steps(self) -> list[str]:
        """What the real server tells imgproxy, and the client in X-Transformations."""
        told = {
            "height": self.height,
            "width": self.width,
            "resizing_type": IMGPROXY_RESIZES[self.resize] if self.width or self.height else None,
            "quality": self.quality,
            "format": self.format if self.format != "origin" else None,
        }
        return [f"{name}:{value}" for name, value in told.items() if value]

    def scaled(self, source: Size) -> Size:
        """The size to which the whole of the picture is scaled."""
        across, down = self._scales(source)
        largest = max(across, down, 1.0)
        return max(1, round(source[0] * across / largest)), max(1, round(source[1] * down / largest))

    def cropped(self, scaled: Size) -> Size:
        """The size of the part in its middle that is shown."""
        return min(self.width or scaled[0], scaled[0]), min(self.height or scaled[1], scaled[1])

    def _scales(self, source: Size) -> tuple[float, float]:
        across, down = (self.width or source[0]) / source[0], (self.height or source[1]) / source[1]
        if self.resize == "fill" or not (self.width or self.height):
            return across, down
        if self.width and self.height:
            both = max(across, down) if self.resize == "cover" else min(across, down)
        else:
            both = across if self.width else down
        return both, both
