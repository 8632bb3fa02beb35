"""Refresh tokens: which session, and how often it had been refreshed by then, signed with the folder's secret.

So are the newest ones of the real server (internal/crypto/refresh_tokens.go). The index needs to hold neither
a token nor its hash, and can nevertheless hand out the active one again.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import struct
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from supabase_local import auth_errors

VERSION: Final = 0
SIGNATURE_BYTES: Final = 16
_PAYLOAD: Final = struct.Struct(">B16sQ")  # version, session, counter


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """The token that a session hands out after `counter` refreshes."""

    session_id: str
    counter: int

    def encode(self, secret: str) -> str:
        payload = _PAYLOAD.pack(VERSION, UUID(self.session_id).bytes, self.counter)
        return base64.urlsafe_b64encode(payload + _signature(payload, secret)).decode().rstrip("=")


def parse(token: str, secret: str) -> RefreshToken:
    """The token; validation_failed for what never was one, refresh_token_not_found for what is not ours."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise _no_token() from error
    payload, signature = raw[: _PAYLOAD.size], raw[_PAYLOAD.size :]
    if len(signature) != SIGNATURE_BYTES or payload[0] != VERSION:
        raise _no_token()
    if not hmac.compare_digest(signature, _signature(payload, secret)):
        raise auth_errors.refresh_token_not_found()
    _, session_id, counter = _PAYLOAD.unpack(payload)
    return RefreshToken(str(UUID(bytes=session_id)), counter)


def _no_token() -> auth_errors.AuthError:
    return auth_errors.validation("Refresh token is not valid")


def _signature(payload: bytes, secret: str) -> bytes:
    # The secret signs JWTs too; those begin with a letter, never with a version of 0.
    return hmac.digest(secret.encode(), payload, "sha256")[:SIGNATURE_BYTES]
