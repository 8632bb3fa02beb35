"""Pictures as they are asked for: smaller, cropped, in a format that the client takes. And those made last, kept."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import BinaryIO, Final

from PIL import Image, ImageOps

from supabase_local import errors
from supabase_local.transformations import QUALITY, Size, Transformation

MAX_PIXELS: Final = 50_000_000  # https://supabase.com/docs/guides/storage/serving/image-transformations#limits
KEPT_BYTES: Final = 32 * 1024 * 1024
TYPES: Final = {
    "AVIF": "image/avif",
    "GIF": "image/gif",
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
}
OPAQUE: Final = {"JPEG"}
UNREADABLE: Final = (
    *(OSError, ValueError, SyntaxError, EOFError),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture as it was asked for."""

    content: bytes
    mime_type: str


class Renditions:
    """Those asked for last, in so many bytes of memory. Safe for many threads."""

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[Hashable, Rendition] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Hashable) -> Rendition | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: Hashable, rendition: Rendition) -> None:
        if len(rendition.content) > self._most_bytes:
            return
        with self._lock:
            self._forget(key)
            self._kept[key] = rendition
            self._bytes += len(rendition.content)
            while self._bytes > self._most_bytes:
                self._forget(next(iter(self._kept)))

    def _forget(self, key: Hashable) -> None:
        gone = self._kept.pop(key, None)
        self._bytes -= len(gone.content) if gone else 0


def wants_webp(transformation: Transformation, accept: str) -> bool:
    """Whether a picture becomes WebP only because the client takes that."""
    return transformation.format is None and "image/webp" in accept


def render(file: BinaryIO, transformation: Transformation, accept: str) -> Rendition:
    """The picture in `file`, transformed, for a client with this Accept header; 422 for what is none."""
    try:
        with Image.open(file, formats=tuple(TYPES)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise errors.invalid_picture()
            format_ = _format(str(picture.format), transformation, accept)
            shown = _resized(_upright(picture), transformation)
    except UNREADABLE as error:
        raise errors.invalid_picture() from error
    return Rendition(_encoded(shown, format_, transformation.quality or QUALITY), TYPES[format_])


def _format(original: str, transformation: Transformation, accept: str) -> str:
    if transformation.format in ("avif", "webp"):
        return transformation.format.upper()
    return "WEBP" if wants_webp(transformation, accept) else original


def _upright(picture: Image.Image) -> Image.Image:
    turned = ImageOps.exif_transpose(picture)
    return turned.convert("RGBA" if turned.has_transparency_data else "RGB")


def _resized(picture: Image.Image, transformation: Transformation) -> Image.Image:
    size = transformation.scaled(picture.size)
    if size != picture.size:
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return _middle(picture, transformation.cropped(size))


def _middle(picture: Image.Image, size: Size) -> Image.Image:
    if size == picture.size:
        return picture
    left, top = (picture.width - size[0]) // 2, (picture.height - size[1]) // 2
    return picture.crop((left, top, left + size[0], top + size[1]))


def _encoded(picture: Image.Image, format_: str, quality: int) -> bytes:
    if format_ in OPAQUE:
        picture = picture.convert("RGB")
    out = io.BytesIO()
    picture.save(out, format_, quality=quality)
    return out.getvalue()
