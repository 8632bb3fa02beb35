"""The part of an object that a Range header asks for, as supabase/storage reads it: one range, or an error."""

from __future__ import annotations

import re
from dataclasses import dataclass

from supabase_local import errors

_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes `first` to `last`, both included, of `total`."""

    first: int
    last: int
    total: int

    @property
    def size(self) -> int:
        return self.last - self.first + 1

    @property
    def content_range(self) -> str:
        return f"bytes {self.first}-{self.last}/{self.total}"


def parse_range(header: str, total: int) -> Part:
    """The part of an object of `total` bytes; 416 for what is no range, or one that lies outside."""
    match = _RANGE.fullmatch(header)
    if match is None or total == 0 or len(header) > 100:
        raise errors.invalid_range()
    first, last = match.groups()
    part = _suffix(int(last or 0), total) if not first else Part(int(first), int(last or total), total)
    if not part.first <= part.last or part.first >= total:
        raise errors.invalid_range()
    return Part(part.first, min(part.last, total - 1), total)


def _suffix(length: int, total: int) -> Part:
    return Part(max(total - length, 0), total - 1, total)
