"""JSON request bodies of the Auth API, which coerces nothing: what is missing or null is an empty text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Request

from supabase_local import auth_errors

MAX_BODY_BYTES: Final = 1024 * 1024  # as there


@dataclass(frozen=True, slots=True)
class AuthBody:
    """The properties of a JSON object."""

    properties: Mapping[str, Any]

    def text(self, name: str) -> str:
        """The property, empty where there is none; bad_json where it is no text."""
        value = self.properties.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise auth_errors.bad_json(f"{name} must be a string")
        return value


def read_auth_body(request: Request) -> AuthBody:
    if (request.content_length or 0) > MAX_BODY_BYTES:
        raise auth_errors.too_large(MAX_BODY_BYTES)
    try:
        value = json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise auth_errors.bad_json("this is no JSON") from error
    if value is None:
        return AuthBody({})
    if not isinstance(value, dict):
        raise auth_errors.bad_json("the body must be an object")
    return AuthBody(value)
