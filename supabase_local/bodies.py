"""JSON request bodies, checked and coerced as the real server's schemas do (Ajv, in Fastify's configuration).

Coerced means: storage3 sends `"expiresIn": "60"`, a string, and the server takes it for a number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from flask import Request

from supabase_local import errors

MAX_BODY_BYTES: Final = 1024 * 1024  # Fastify's limit for JSON

_INTEGER = re.compile(r"-?[0-9]{1,15}", re.ASCII)
_BOOLEANS: Final = {"true": True, "false": False}


class Body:
    """The properties of a JSON object. Each reader raises SCHEMA where the property is not what it asks for."""

    def __init__(self, properties: dict[str, Any], path: str = "body") -> None:
        self._properties = properties
        self._path = path

    def __contains__(self, name: str) -> bool:
        return name in self._properties

    def is_null(self, name: str) -> bool:
        return self._properties.get(name) is None

    def require(self, *names: str) -> None:
        for name in names:
            if name not in self._properties:
                raise errors.schema(f"{self._path} must have required property '{name}'")

    def text(self, name: str, default: str = "") -> str:
        value = self._properties.get(name, default)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self._must(name, "be string")
        return str(value)

    def choice(self, name: str, choices: Sequence[str]) -> str:
        """One of the choices, the first by default."""
        value = self.text(name, choices[0])
        if value not in choices:
            raise self._must(name, "be equal to one of the allowed values")
        return value

    def boolean(self, name: str) -> bool:
        value = self._properties.get(name)
        value = _BOOLEANS.get(value, value) if isinstance(value, str) else value
        if not isinstance(value, bool):
            raise self._must(name, "be boolean")
        return value

    def integer(self, name: str, minimum: int, default: int | None = None, maximum: int | None = None) -> int:
        value = self._properties.get(name, default)
        value = int(value) if isinstance(value, str) and _INTEGER.fullmatch(value) else value
        value = int(value) if isinstance(value, float) and value.is_integer() else value
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._must(name, "be integer")
        if value < minimum:
            raise self._must(name, f"be >= {minimum}")
        if maximum is not None and value > maximum:
            raise self._must(name, f"be <= {maximum}")
        return value

    def texts(self, name: str, minimum: int = 0) -> list[str]:
        value = self._properties.get(name)
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list):
            raise self._must(name, "be array")
        if len(values) < minimum:
            raise self._must(name, f"NOT have fewer than {minimum} items")
        for number, item in enumerate(values):
            if not isinstance(item, str):
                raise self._must(f"{name}/{number}", "be string")
        return values

    def inside(self, name: str) -> Body:
        """The object inside this one; an empty one where there is none."""
        value = self._properties.get(name, {})
        if not isinstance(value, dict):
            raise self._must(name, "be object")
        return Body(value, f"{self._path}/{name}")

    def _must(self, name: str, what: str) -> errors.StorageError:
        return errors.schema(f"{self._path}/{name} must {what}")


def read_body(request: Request) -> Body:
    if (request.content_length or 0) > MAX_BODY_BYTES:
        raise errors.too_large()
    try:
        value = json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise errors.schema("Body is not valid JSON but content-type is set to 'application/json'") from error
    if not isinstance(value, dict):
        raise errors.schema("body must be object")
    return Body(value)
