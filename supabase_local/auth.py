"""Who calls, and the tokens inside signed URLs: JWTs with the folder's secret.

There are no row-level policies here, so there are two kinds of callers: the service role, which may do
everything, and all others, who see nothing but the public buckets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt

from supabase_local import errors
from supabase_local.keys import ALGORITHM

_BEARER = re.compile(r"^Bearer\s+", re.IGNORECASE)


class BadTokenError(Exception):
    """A token that is not ours or not valid any more. Its text is the real server's."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The role in a valid token."""

    role: str

    @property
    def is_service(self) -> bool:
        return self.role == "service_role"


def authenticate(authorization: str | None, secret: str) -> Caller:
    """The caller of a protected route, by the Authorization header's value."""
    if authorization is None:
        raise errors.no_authorization()
    try:
        claims = _decode(_BEARER.sub("", authorization), secret)
    except BadTokenError as error:
        raise errors.bad_jwt(str(error)) from error
    return Caller(str(claims.get("role", "anon")))


def authenticate_if_possible(authorization: str | None, secret: str) -> Caller | None:
    """The caller of a route that serves public buckets to everyone: a bad token counts as none."""
    try:
        return authenticate(authorization, secret)
    except errors.StorageError:
        return None


def sign_path(path: str, now: int, expires_in: int, secret: str) -> str:
    """The token of a signed URL for `bucket/key`, good for `expires_in` seconds from `now` (Unix time)."""
    claims = {"url": path, "scope": "download", "iat": now, "exp": now + expires_in}
    return jwt.encode(claims, secret, algorithm=ALGORITHM)


def check_signed_path(token: str, path: str, secret: str) -> int:
    """When the token of a signed URL for `bucket/key` expires, as Unix time."""
    try:
        claims = _decode(token, secret)
    except BadTokenError as error:
        raise errors.bad_signed_token(str(error)) from error
    if claims.get("url") != path or claims.get("scope") != "download":
        raise errors.signed_for_another_object()
    return int(claims["exp"])


def _decode(token: str, secret: str) -> Mapping[str, Any]:
    # Only signature, exp and nbf count there; PyJWT would check the other claims' types as well.
    options = {f"verify_{claim}": False for claim in ("aud", "iat", "iss", "jti", "sub")}
    try:
        return jwt.decode(token, secret, algorithms=[ALGORITHM], options=options)  # type: ignore[arg-type]  # a TypedDict in some versions
    except jwt.InvalidAlgorithmError as error:
        raise BadTokenError('"alg" (Algorithm) Header Parameter value not allowed') from error
    except jwt.InvalidSignatureError as error:
        raise BadTokenError("signature verification failed") from error
    except jwt.ExpiredSignatureError as error:
        raise BadTokenError('"exp" claim timestamp check failed') from error
    except jwt.ImmatureSignatureError as error:
        raise BadTokenError('"nbf" claim timestamp check failed') from error
    except jwt.InvalidTokenError as error:
        raise BadTokenError("Invalid Compact JWS") from error
