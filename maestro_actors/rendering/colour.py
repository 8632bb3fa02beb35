"""Colours as people see them: luminance and contrast by WCAG 2.2, and mixtures."""

from __future__ import annotations

from collections.abc import Sequence

from maestro_actors.errors import RenderError

Rgb = tuple[int, int, int]

BLACK: Rgb = (0, 0, 0)
WHITE: Rgb = (255, 255, 255)
LEGIBLE = 4.5  # WCAG 2.2, 1.4.3: the contrast of text to what is behind it


def rgb(text: str) -> Rgb:
    """`#rrggbb` as three channels, 0 to 255."""
    try:
        value = int(text.removeprefix("#"), 16)
    except ValueError:
        value = -1
    if len(text) != 7 or not text.startswith("#") or value < 0:
        raise RenderError(f"{text!r} is no colour: write it as #rrggbb, like #1d3557.")
    return (value >> 16, value >> 8 & 255, value & 255)


def mix(a: Rgb, b: Rgb, share: float) -> Rgb:
    """`a` with `share` (0 to 1) of `b` in it."""
    return (
        round(a[0] + (b[0] - a[0]) * share),
        round(a[1] + (b[1] - a[1]) * share),
        round(a[2] + (b[2] - a[2]) * share),
    )


def luminance(colour: Rgb) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (_LINEAR[channel] for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: Rgb, b: Rgb) -> float:
    """1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(a), luminance(b)))
    return (lighter + 0.05) / (darker + 0.05)


def legible(ink: Rgb, on: Sequence[Rgb], ratio: float = LEGIBLE) -> Rgb:
    """The ink itself where it can be read on all of `on`; else moved toward black or white until it can.

    Where neither reaches the ratio, black or white, whichever does better.
    """
    steps = [mix(ink, end, step / 20) for step in range(21) for end in (WHITE, BLACK)]
    worst = [min(contrast(step, ground) for ground in on) for step in steps]
    reached = (step for step, least in zip(steps, worst, strict=True) if least >= ratio)
    return next(reached, steps[worst.index(max(worst))])


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


_LINEAR = tuple(_linear(channel) for channel in range(256))
