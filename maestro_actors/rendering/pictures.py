"""Pictures on disk: a background read and cropped to its page, and a PNG written."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps, PngImagePlugin, UnidentifiedImageError

from maestro_actors.errors import RenderError
from maestro_actors.rendering.files import appearing

_COMPRESSION = 3  # of 9: beyond, grain takes three times as long for two per cent


def read(path: str, size: tuple[int, int]) -> Image.Image:
    """The picture as RGB, filling this size; what stands over is cropped evenly. Raises `RenderError`."""
    try:
        with Image.open(path) as file:
            upright = ImageOps.exif_transpose(file).convert("RGB")
    except FileNotFoundError as error:
        raise RenderError(f"The background {path} is gone. Start the job again, to have it painted anew.") from error
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise RenderError(
            f"The background {Path(path).name} cannot be read as an image ({error}). Start the job again, or look at"
            " what the image provider sends."
        ) from error
    if upright.size == size:
        return upright
    return ImageOps.fit(upright, size, Image.Resampling.LANCZOS)


def write(picture: Image.Image, out: str) -> None:
    """The picture as a PNG at `out`, in sRGB. Raises `RenderError`."""
    marks = PngImagePlugin.PngInfo()
    marks.add(b"sRGB", b"\x00")
    with appearing(out) as part:
        picture.save(part, format="PNG", compress_level=_COMPRESSION, pnginfo=marks)
