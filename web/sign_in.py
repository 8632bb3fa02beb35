"""Signing in at Supabase Auth: the one place of the web that speaks through the `supabase` client.

Each call has a client of its own, which is thrown away: a client changes its own Authorization when somebody signs in.
It has the anon key, which is public; what the user may do lies in the tokens. What the server says when it refuses, and
what the client raises when nobody answers, was measured with supabase 2.34.1: a refusal has a code, except from the
gateway in front, which answers 401 without one to a key it does not know.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from supabase import AuthError, Client, ClientOptions, create_client

from maestro_actors.errors import MaestroError, PassingError, SettingsError
from web.settings import SignIn

TIMEOUT: Final = 5.0  # seconds for each step of an answer
DENIALS: Final = {400, 401, 403, 422}  # what else there is may pass: 409, 429, every 5xx
WRONG: Final = {None, "invalid_credentials", "validation_failed"}
LONGEST_QUOTE: Final = 200


@dataclass(frozen=True, slots=True)
class TokenPair:
    """What a session lives by: an access token for an hour or so, and a refresh token for the next one."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)


class DeniedError(MaestroError):
    """The auth server lets nobody in with that: a wrong password, or a session that has ended."""

    code = "denied"


class BusyError(PassingError):
    """The auth server has had too many attempts for now."""

    code = "too-many-requests"


class AwayError(PassingError):
    """The auth server is out of reach, or says nothing that helps."""

    code = "sign-in-away"


class AuthServer:
    """A project's Supabase Auth. Every call raises `AwayError`, `BusyError` or, where it is refused, `DeniedError`."""

    def __init__(self, settings: SignIn) -> None:
        if not re.fullmatch("[!-~]+", settings.anon_key):
            raise SettingsError("SUPABASE_ANON_KEY has a space, a line end or a letter no key has: copy it again")
        self._settings = settings
        self._trust = ssl.create_default_context()  # dear to make, and the same for all

    def sign_in(self, email: str, password: str) -> TokenPair:
        """A new session."""
        with self._client() as client:
            return _pair(client.auth.sign_in_with_password({"email": email, "password": password}))

    def refresh(self, refresh_token: str) -> TokenPair:
        """The next tokens of a session."""
        with self._client() as client:
            return _pair(client.auth.refresh_session(refresh_token))

    def sign_out(self, access_token: str) -> None:
        """End the session of this token, and no other of the user's."""
        with self._client() as client:
            client.auth.admin.sign_out(access_token, "local")

    @contextmanager
    def _client(self) -> Iterator[Client]:
        """A fresh client; what goes wrong with it leaves the block in the words of this module."""
        try:
            with httpx.Client(timeout=TIMEOUT, verify=self._trust) as http:
                options = ClientOptions(httpx_client=http, auto_refresh_token=False, persist_session=False)
                yield create_client(self._settings.url, self._settings.anon_key, options)
        except AuthError as error:
            raise self._told(error) from error
        except (httpx.HTTPError, OSError, ValueError) as error:  # ValueError: a 200 that has no session in it
            raise self._away(type(error).__name__) from error

    def _told(self, error: AuthError) -> MaestroError:
        status = getattr(error, "status", 0)
        if status == 429:
            return BusyError("the auth server has had too many attempts: wait a minute, then try again")
        if status == 401 and error.code is None:
            return self._away("it does not know the key: check SUPABASE_ANON_KEY")
        if status not in DENIALS:
            return self._away(_quote(error.message))
        return DeniedError(
            "the e-mail or the password is wrong"
            if error.code in WRONG
            else f"the auth server refuses: {_quote(error.message)}"
        )

    def _away(self, reason: str) -> AwayError:
        return AwayError(f"nobody can sign in now: the auth server at {self._settings.url} is out of reach ({reason})")


def _pair(answer: Any) -> TokenPair:
    if answer.session is None:
        raise ValueError("an answer without a session")
    return TokenPair(answer.session.access_token, answer.session.refresh_token)


def _quote(said: str) -> str:
    """What the server said, on one line of bounded length."""
    return " ".join(said.split())[:LONGEST_QUOTE]
