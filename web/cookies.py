"""The two cookies of a browser's session: an access and a refresh token, encrypted, which no script can read.

Both carry the session's random id, so that neither can be put beside another's. The token against forged writes is an
HMAC of that id: whoever can ask us for it may write, and another site cannot.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from flask import Response, request

from maestro_actors.kept_secrets import kept_secret
from web.problems import ProblemError
from web.sign_in import TokenPair

ACCESS: Final = "maestro_access"
REFRESH: Final = "maestro_refresh"
KEY_FILE: Final = "cookie.key"
LIFETIME_SECONDS: Final = 30 * 86_400  # after the last refresh
MOST_BYTES: Final = 4000  # browsers drop a cookie of more than 4096, with its name and attributes


@dataclass(frozen=True, slots=True)
class Session:
    """A browser's session: its own random id, and the tokens that it lives by now."""

    id: str
    tokens: TokenPair


def kept_key(home: Path) -> bytes:
    """256 bits that are made once and kept in Maestro's own folder.

    Raises:
        UnusableError: none can be kept.
    """
    return hashlib.sha256(kept_secret(home / KEY_FILE).encode()).digest()


class Cookies:
    """Writes and reads the cookies. They are Secure on every request that is, or `always_secure`."""

    def __init__(self, key: bytes, always_secure: bool) -> None:
        self._key = key
        self._fernet = Fernet(base64.urlsafe_b64encode(key))
        self._always_secure = always_secure

    def read(self, sent: Mapping[str, str]) -> Session | None:
        """The session that a browser sends; None where there is none, or one that this key has not made."""
        access, refresh = (self._open(name, sent.get(name, "")) for name in (ACCESS, REFRESH))
        if access is None or refresh is None or access[0] != refresh[0]:
            return None
        return Session(access[0], TokenPair(access[1], refresh[1]))

    def seal(self, session: Session) -> dict[str, str]:
        """The value of each cookie, by its name.

        Raises:
            ProblemError: one is larger than browsers keep.
        """
        tokens = {ACCESS: session.tokens.access_token, REFRESH: session.tokens.refresh_token}
        sealed = {name: self._seal(name, session.id, token) for name, token in tokens.items()}
        if max(map(len, sealed.values())) > MOST_BYTES:
            raise ProblemError(
                HTTPStatus.BAD_GATEWAY, "token-too-large", "the auth server's tokens are larger than a cookie may be"
            )
        return sealed

    def write(self, answer: Response, sealed: Mapping[str, str]) -> Response:
        """Let the browser keep a session."""
        for name, value in sealed.items():
            answer.set_cookie(name, value, max_age=LIFETIME_SECONDS, secure=self._secure, httponly=True, samesite="Lax")
        return answer

    def clear(self, answer: Response) -> Response:
        """Let the browser forget it."""
        for name in (ACCESS, REFRESH):
            answer.delete_cookie(name, secure=self._secure, httponly=True, samesite="Lax")
        return answer

    def csrf_token(self, session: Session) -> str:
        """What a page of ours knows of the session, and no other site's."""
        return hmac.digest(self._key, f"csrf {session.id}".encode(), "sha256").hex()

    def _seal(self, name: str, session_id: str, token: str) -> str:
        return self._fernet.encrypt(json.dumps([name, session_id, token]).encode()).decode()

    def _open(self, name: str, value: str) -> tuple[str, str] | None:
        """The session's id and the token."""
        try:
            sealed_name, session_id, token = json.loads(self._fernet.decrypt(value, ttl=LIFETIME_SECONDS))
        except (InvalidToken, ValueError):
            return None
        return (session_id, token) if sealed_name == name else None

    @property
    def _secure(self) -> bool:
        return self._always_secure or request.is_secure
