"""Which names are allowed, and how media types and sizes are read.

A key never becomes a file name (see `blobs`), so these rules are the API's, not this machine's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from supabase_local import errors

MAX_OBJECT_BYTES: Final = 52428800
MAX_BUCKET_NAME: Final = 100
MAX_SEGMENT: Final = 255  # what the file systems behind the real server allow

_KEY = re.compile(r"[A-Za-z0-9_/!.*'() &$=@;:+,?-]+", re.ASCII)
_BUCKET_NAME = re.compile(r"[A-Za-z0-9_!.*'() &$=@;:+,?-]+", re.ASCII)
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)(gb|mb|kb|b)", re.ASCII | re.IGNORECASE)
_UNITS: Final = {"b": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000}


def check_key(key: str) -> None:
    """Raise InvalidKey for a key outside S3's safe characters, for the empty one and for dot segments."""
    if not _KEY.fullmatch(key) or not {".", ".."}.isdisjoint(key.split("/")):
        raise errors.invalid_key(key)


def check_segments(key: str) -> None:
    """A segment too long for a file name is an internal error there, after the permission check."""
    if any(len(segment) > MAX_SEGMENT for segment in key.split("/")):
        raise errors.internal()


def check_bucket_name(name: str) -> None:
    too_long = len(name) > MAX_BUCKET_NAME
    if too_long or not _BUCKET_NAME.fullmatch(name) or name != name.strip(" "):
        raise errors.invalid_bucket_name()


def check_mime_type(mime_type: str, allowed: Sequence[str] | None) -> None:
    """`allowed` holds types such as `image/png` and `image/*`; None allows everything."""
    if allowed is None:
        return
    family = mime_type.partition("/")[0]
    if "/" not in mime_type or not {mime_type, f"{family}/*"} & set(allowed):
        raise errors.unsupported_mime_type(mime_type)


def parse_size(text: str) -> int:
    """Bytes of a size such as `1MB`; units are decimal."""
    match = _SIZE.fullmatch(text)
    if match is None:
        raise errors.schema("Invalid file size format, hint: use 20GB / 20MB / 30KB / 3B")
    return int(float(match[1]) * _UNITS[match[2].lower()])


def size_limit(bucket_limit: int | None) -> int:
    """The bytes that an object in a bucket with this limit may have."""
    return MAX_OBJECT_BYTES if bucket_limit is None else min(bucket_limit, MAX_OBJECT_BYTES)


def served_type(mime_type: str) -> str:
    """Storage never serves HTML: a public bucket is no place to host pages that could phish."""
    return "text/plain" if "text/html" in mime_type else mime_type
