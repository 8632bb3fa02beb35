"""What every route needs: the store, who calls, and JSON answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

from flask import Response, current_app, request

from supabase_local import auth
from supabase_local.attempts import Attempts
from supabase_local.keys import Keys
from supabase_local.renditions import Renditions
from supabase_local.store import Store
from supabase_local.users import User

EXTENSION: Final = "supabase_local"


@dataclass(frozen=True, slots=True)
class Site:
    """What one application serves, the keys it believes, who may sign in, and pictures that are kept at hand."""

    store: Store
    keys: Keys
    user: User
    attempts: Attempts
    renditions: Renditions = field(default_factory=Renditions)


def site() -> Site:
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, Site)
    return found


def store() -> Store:
    return site().store


def caller() -> auth.Caller:
    """Who calls a protected route; NOAUTH or JWT where nobody we know does."""
    return auth.authenticate(request.headers.get("Authorization"), site().keys.jwt_secret)


def caller_if_any() -> auth.Caller | None:
    return auth.authenticate_if_possible(request.headers.get("Authorization"), site().keys.jwt_secret)


def json_response(value: Any, status: int = 200) -> Response:
    """Compact, with its keys in the order given, as the real server writes it."""
    body = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    # Half a surrogate pair can be in a request's JSON, but not in UTF-8.
    return Response(body.encode("utf-8", "replace"), status, content_type="application/json; charset=utf-8")


def message(text: str) -> Response:
    return json_response({"message": text})
