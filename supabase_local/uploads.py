"""Upload bodies: multipart/form-data as storage3 sends it, or the raw bytes.

What describes the file is read first; its bytes follow as chunks, so that an upload is refused before it is
written and is never held in memory.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder, NeedData

from supabase_local import errors
from supabase_local.rows import Json
from supabase_local.store import Description

CHUNK_BYTES: Final = 64 * 1024
MAX_FIELD_BYTES: Final = 1024 * 1024  # as the real server limits the metadata
MAX_FIELDS: Final = 10
DEFAULT_TYPE: Final = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file on its way in. `declared_size` is known for raw bodies alone."""

    description: Description
    declared_size: int | None
    chunks: Iterator[bytes]


def open_upload(request: Request) -> Upload:
    """Read up to where the file's bytes begin; NOCONTENT for a form without a file."""
    if (request.content_type or "").startswith("multipart/form-data"):
        return _open_form(request)
    return _open_raw(request)


def _open_raw(request: Request) -> Upload:
    description = Description(
        mime_type=_printable("content-type", request.content_type or DEFAULT_TYPE),
        cache_control=_printable("cache-control", request.headers.get("Cache-Control", "no-cache")),
        user_metadata=_metadata_in_header(request.headers.get("X-Metadata", "")),
    )
    chunks = iter(lambda: request.stream.read(CHUNK_BYTES), b"")
    return Upload(description, request.content_length or 0, chunks)


def _open_form(request: Request) -> Upload:
    try:
        events = _events(request)
        fields, file = _fields_before_file(events)
    except (ValueError, RequestEntityTooLarge) as error:
        raise errors.no_content() from error
    mime_type = parse_options_header(file.headers.get("Content-Type", DEFAULT_TYPE))[0]
    seconds = _printable("cacheControl", fields.get("cacheControl", ""))
    description = Description(
        mime_type=_printable("content-type", mime_type),
        cache_control=f"max-age={seconds}" if seconds else "no-cache",
        user_metadata=_parse_metadata(fields.get("metadata", "")),
    )
    return Upload(description, None, _file_chunks(events))


def _events(request: Request) -> Iterator[Event]:
    """The parts of the form, as they come in. A form that ends in the middle is a ValueError."""
    boundary = request.mimetype_params.get("boundary", "")
    if not boundary:
        raise ValueError("a form without a boundary")
    decoder = MultipartDecoder(boundary.encode(), max_parts=MAX_FIELDS + 1)
    while True:
        event = decoder.next_event()
        if isinstance(event, NeedData):
            decoder.receive_data(request.stream.read(CHUNK_BYTES) or None)
            continue
        yield event
        if isinstance(event, Epilogue):
            return


def _fields_before_file(events: Iterator[Event]) -> tuple[dict[str, str], File]:
    fields: dict[str, str] = {}
    for event in events:
        if isinstance(event, File):
            return fields, event
        if isinstance(event, Field):
            fields[event.name] = _field_value(events)
    raise errors.no_content()


def _field_value(events: Iterator[Event]) -> str:
    value = bytearray()
    for chunk in _file_chunks(events):
        value += chunk
        if len(value) > MAX_FIELD_BYTES:
            raise errors.too_large()
    return value.decode("utf-8")


def _file_chunks(events: Iterator[Event]) -> Iterator[bytes]:
    """The bytes of the part that has just begun."""
    try:
        for event in events:
            if isinstance(event, Data):
                yield event.data
                if not event.more_data:
                    return
    except (ValueError, RequestEntityTooLarge) as error:
        raise errors.no_content() from error


def _printable(name: str, value: str) -> str:
    """The value, if it can be sent back as a header: otherwise every download of the object would fail."""
    if not value.isascii() or not value.isprintable():
        raise errors.schema(f"{name} must be printable ASCII")
    return value


def _metadata_in_header(value: str) -> Json:
    try:
        return _parse_metadata(base64.b64decode(value).decode("utf-8"))
    except (binascii.Error, UnicodeDecodeError):
        return {}  # as there: metadata that cannot be read is none


def _parse_metadata(text: str) -> Json:
    try:
        value = json.loads(text)
    except ValueError:
        return {}  # as there: metadata that cannot be read is none
    return value if isinstance(value, dict) else {}
