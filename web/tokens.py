"""Access tokens of Supabase Auth: whose they are, and whether they are good.

`aud`, `exp`, `sub` and the algorithm are pinned: HS256 with the project's secret, or ES256 and RS256 with its published
keys, never whatever a token says of itself. https://supabase.com/docs/guides/auth/jwts
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import Any, Final, Protocol

import jwt

from maestro_actors.errors import PassingError
from web.settings import Tokens

LEEWAY_SECONDS: Final = 5  # between two machines' clocks
KEYS_SECONDS: Final = 600  # that published keys are kept
FETCH_SECONDS: Final = 3
REFETCH_SECONDS: Final = 10  # between two looks for a key that nobody knows, whoever asks
MOST_BYTES: Final = 8192  # of a token; a header has no more room in many servers
ADMIN: Final = "admin"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose a token is; `expires_at` is Unix time."""

    user_id: str
    email: str
    is_admin: bool
    expires_at: int
    session_id: str


class BadTokenError(Exception):
    """A token that nobody need believe. Its text says why, and may be told."""


class Keys(Protocol):
    """Where the key for a token comes from."""

    @property
    def algorithms(self) -> tuple[str, ...]: ...

    def of(self, token: str) -> Any: ...


class Verifier:
    """Checks tokens."""

    def __init__(self, settings: Tokens) -> None:
        self._audience = settings.audience
        self._keys: Keys = Secret(settings.secret) if settings.secret else PublishedKeys(settings.jwks_url or "")

    def verify(self, token: str) -> Identity:
        """Whose token it is.

        Raises:
            BadTokenError: it is not good.
            PassingError: the keys to check it with cannot be fetched now.
        """
        if len(token) > MOST_BYTES:
            raise BadTokenError("the token is too long")
        try:
            claims = jwt.decode(
                token,
                self._keys.of(token),
                algorithms=list(self._keys.algorithms),
                audience=self._audience,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "sub", "aud"]},
            )
        except jwt.ExpiredSignatureError as error:
            raise BadTokenError("the token has expired: sign in again") from error
        except jwt.InvalidAudienceError as error:
            raise BadTokenError("the token is for another audience") from error
        except jwt.PyJWTError as error:
            raise BadTokenError("the token cannot be verified") from error
        return _identity(claims)


def _identity(claims: dict[str, Any]) -> Identity:
    try:
        user_id = str(uuid.UUID(str(claims["sub"])))
    except ValueError as error:
        raise BadTokenError("the token is nobody's: its sub is no UUID") from error
    metadata = claims.get("app_metadata")
    role = metadata.get("role") if isinstance(metadata, dict) else None
    return Identity(
        user_id, str(claims.get("email") or ""), role == ADMIN, int(claims["exp"]), str(claims.get("session_id") or "")
    )


class Secret:
    """One secret for all, as older projects and `supabase_local` have it."""

    algorithms = ("HS256",)

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def of(self, _token: str) -> str:
        return self._secret


class PublishedKeys:
    """The keys that the project publishes. One that nobody knows is looked for again, but not for every bad token."""

    algorithms = ("ES256", "RS256")

    def __init__(self, url: str) -> None:
        self._client = jwt.PyJWKClient(url, cache_keys=True, lifespan=KEYS_SECONDS, timeout=FETCH_SECONDS)
        self._refetched = 0.0

    def of(self, token: str) -> Any:
        """The key's material. Raises `jwt.PyJWTError`, or `PassingError` where keys cannot be fetched."""
        key_id = jwt.get_unverified_header(token).get("kid")
        if not isinstance(key_id, str):
            raise jwt.InvalidTokenError("it names no key")
        try:
            key = self._client.match_kid(self._client.get_signing_keys(), key_id)
            if key is None and time.monotonic() > self._refetched + REFETCH_SECONDS:
                self._refetched = time.monotonic()
                key = self._client.match_kid(self._client.get_signing_keys(refresh=True), key_id)
        except jwt.PyJWKClientConnectionError as error:
            raise PassingError("the keys that check access tokens cannot be fetched: try again in a while") from error
        if key is None:
            raise jwt.InvalidTokenError("nobody knows its key")
        return key.key
