"""How numbers, lists, spans of time and sizes are put into words."""

from __future__ import annotations

from collections.abc import Iterable

KILOBYTE, MEGABYTE = 1e3, 1e6


def number(count: int, noun: str) -> str:
    """“1 reel”, “2 reels”."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def listing(parts: Iterable[str]) -> str:
    """“a, b and c”."""
    *most, last = list(parts) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def lasting(seconds: float) -> str:
    """How long something took: “4.1 s”, “6 min 52 s”, “2 h 5 min”."""
    if round(seconds, 1) < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min"


def weight(size: int) -> str:
    """How large a file of `size` bytes is: “310 KB”, “1.3 MB”."""
    if size < KILOBYTE:
        return number(size, "byte")
    if round(size / KILOBYTE) < KILOBYTE:
        return f"{size / KILOBYTE:.0f} KB"
    return f"{size / MEGABYTE:.1f} MB"
