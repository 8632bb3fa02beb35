"""Access tokens: JWTs with the folder's secret, which say who is signed in, and for which session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import jwt

from supabase_local import auth_errors
from supabase_local.keys import ALGORITHM
from supabase_local.sessions import Session
from supabase_local.users import APP_METADATA, ROLE, User

LIFETIME_SECONDS: Final = 3600


@dataclass(frozen=True, slots=True)
class Claims:
    """What a valid access token says: the user's id, and the session's, which may be empty."""

    user_id: str
    session_id: str


def issue(user: User, session: Session, issuer: str, now: int, secret: str) -> str:
    """The user's access token, good for an hour from `now` (Unix time)."""
    claims = {
        "iss": issuer,
        "sub": user.id,
        "aud": ROLE,
        "exp": now + LIFETIME_SECONDS,
        "iat": now,
        "email": user.email,
        "phone": "",
        "app_metadata": APP_METADATA,
        "user_metadata": {},
        "role": ROLE,
        "aal": "aal1",
        "amr": [{"method": "password", "timestamp": int(session.signed_in_at.timestamp())}],
        "session_id": session.id,
        "is_anonymous": False,
    }
    return jwt.encode(claims, secret, algorithm=ALGORITHM)


def check(token: str, secret: str) -> Claims:
    """What the token says; bad_jwt for one that is not ours, not valid any more, or no user's."""
    claims = _decode(token, secret)
    user_id, session_id = claims.get("sub"), claims.get("session_id", "")
    if not user_id:
        raise auth_errors.bad_jwt("invalid claim: missing sub claim")
    if not _is_uuid(user_id):
        raise auth_errors.AuthError(400, "bad_jwt", "invalid claim: sub claim must be a UUID")
    if session_id and not _is_uuid(session_id):
        raise auth_errors.bad_jwt("invalid claim: session_id claim must be a UUID")
    return Claims(user_id, session_id)


def _decode(token: str, secret: str) -> Mapping[str, Any]:
    # As there, only signature, exp and nbf count. PyJWT would check the other claims as well.
    options = {f"verify_{claim}": False for claim in ("aud", "iat", "iss", "jti", "sub")}
    try:
        return jwt.decode(token, secret, algorithms=[ALGORITHM], options=options)  # type: ignore[arg-type]  # a TypedDict in some versions
    except jwt.InvalidAlgorithmError as error:
        raise _unreadable("token signature is invalid: signing method is invalid") from error
    except jwt.InvalidSignatureError as error:
        raise _unreadable("token signature is invalid: signature is invalid") from error
    except jwt.ExpiredSignatureError as error:
        raise _unreadable("token has invalid claims: token is expired") from error
    except jwt.ImmatureSignatureError as error:
        raise _unreadable("token has invalid claims: token is not valid yet") from error
    except jwt.InvalidTokenError as error:
        raise _unreadable("token is malformed") from error


def _unreadable(reason: str) -> auth_errors.AuthError:
    return auth_errors.bad_jwt(f"invalid JWT: unable to parse or verify signature, {reason}")


def _is_uuid(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(UUID(value))
    except ValueError:
        return False
