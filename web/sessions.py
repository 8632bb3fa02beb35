"""A browser's session: it begins with the auth server's tokens, is refreshed before they end, and can be signed out.

The cookies are all there is of it here, so that any number of processes serve it. An access token that has expired, or
is about to, is refreshed on the way; while the auth server is away, one that is still good goes on.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import Flask, after_this_request, current_app, g, request

from maestro_actors.errors import PassingError
from web import origins
from web.cookies import Cookies, Session, kept_key
from web.problems import ProblemError
from web.settings import WebSettings
from web.sign_in import AuthServer, AwayError, DeniedError, TokenPair
from web.site import site
from web.tokens import BadTokenError, Identity

log = logging.getLogger(__name__)

EXTENSION: Final = "sessions of maestro"
SOON_SECONDS: Final = 30  # before it expires a token is refreshed
CSRF_HEADER: Final = "X-CSRF-Token"


@dataclass(frozen=True, slots=True)
class Sessions:
    """What one application needs for them; without an auth server nobody can sign in with a password."""

    cookies: Cookies
    auth: AuthServer | None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in, and what a page of ours must send along with every write."""

    identity: Identity
    csrf_token: str


def register(app: Flask, settings: WebSettings) -> None:
    """Let the app have sessions.

    Raises:
        SettingsError: the key of the cookies, or that of the auth server, cannot be used.
        UnusableError: a key for the cookies cannot be kept.
    """
    cookies = Cookies(settings.cookie_key or kept_key(settings.maestro.home), settings.secure_cookies)
    app.extensions[EXTENSION] = Sessions(cookies, AuthServer(settings.sign_in) if settings.sign_in else None)


def auth_server() -> AuthServer:
    """Where people sign in.

    Raises:
        ProblemError: 503, nobody said where.
    """
    auth = _here().auth
    if auth is None:
        raise ProblemError(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "no-sign-in",
            "nobody can sign in with a password here: set SUPABASE_URL and SUPABASE_ANON_KEY",
        )
    return auth


def begin(tokens: TokenPair) -> Visitor:
    """Let whoever calls be signed in from now on.

    Raises:
        AwayError: the tokens are none that this app believes.
        ProblemError: they are too large for cookies.
    """
    session, known = Session(secrets.token_urlsafe(16), tokens), _believed(tokens)
    _keep(session)
    return _visitor(session, known)


def visitor() -> Visitor | None:
    """Whose session it is that calls, if there is one; found out once a request.

    Raises:
        PassingError: it needs the auth server, which is away.
    """
    if "visitor" not in g:
        session = _sent()
        g.visitor = session and _recognized(session)
    found: Visitor | None = g.visitor
    return found


def identity() -> Identity | None:
    """Whose session it is that calls, if there is one; raises as `visitor`."""
    found = visitor()
    return found.identity if found else None


def refuse_forged() -> None:
    """See to it that a write comes from a page of ours.

    Raises:
        ProblemError: 403, it does not, or cannot show that it does.
    """
    session = _sent()
    token = request.headers.get(CSRF_HEADER, "")
    expected = _here().cookies.csrf_token(session) if session else ""
    if not expected or not hmac.compare_digest(token.encode(), expected.encode()):
        raise ProblemError(
            HTTPStatus.FORBIDDEN,
            "csrf-token",
            f"this page is of another sign-in: reload it, or send the {CSRF_HEADER} that GET /api/session says",
        )
    origins.refuse_foreign()


def end() -> None:
    """Sign out: here for certain, and at the auth server if it can be reached.

    Raises:
        ProblemError: 403, another site wants it.
    """
    session = _sent()
    if session is not None:
        refuse_forged()
        _revoke(session)
    after_this_request(_here().cookies.clear)


def _recognized(session: Session) -> Visitor | None:
    auth, known = _here().auth, _identity_of(session.tokens)
    if known is not None and (auth is None or known.expires_at > site().clock().timestamp() + SOON_SECONDS):
        return _visitor(session, known)
    try:
        return _refreshed(session, auth)
    except PassingError as error:
        if known is None:
            raise
        log.warning("a session could not be refreshed yet", extra={"user_id": known.user_id, "reason": str(error)})
        return _visitor(session, known)


def _refreshed(session: Session, auth: AuthServer | None) -> Visitor | None:
    """Whose it is, by its next tokens; None where it has ended, which the browser is told."""
    try:
        if auth is None:
            raise DeniedError("there is no auth server that could refresh a session")
        renewed = Session(session.id, auth.refresh(session.tokens.refresh_token))
    except DeniedError:
        after_this_request(_here().cookies.clear)
        return None
    known = _believed(renewed.tokens)
    _keep(renewed)
    return _visitor(renewed, known)


def _revoke(session: Session) -> None:
    auth, tokens = _here().auth, session.tokens
    if auth is None:
        return
    try:
        if _identity_of(tokens) is None:  # the server takes no token that has expired
            tokens = auth.refresh(tokens.refresh_token)
        auth.sign_out(tokens.access_token)
    except DeniedError:
        return  # it had ended before
    except PassingError as error:
        log.warning("a session ended here alone", extra={"reason": str(error)})


def _believed(tokens: TokenPair) -> Identity:
    """Whose new tokens are; the auth server and this app may disagree on how tokens are signed."""
    try:
        return site().verifier.verify(tokens.access_token)
    except BadTokenError as error:
        raise AwayError(f"nobody can sign in: {error}; check SUPABASE_JWT_SECRET or SUPABASE_JWKS_URL") from error


def _identity_of(tokens: TokenPair) -> Identity | None:
    try:
        return site().verifier.verify(tokens.access_token)
    except BadTokenError:
        return None


def _visitor(session: Session, known: Identity) -> Visitor:
    return Visitor(known, _here().cookies.csrf_token(session))


def _keep(session: Session) -> None:
    cookies = _here().cookies
    sealed = cookies.seal(session)
    after_this_request(lambda answer: cookies.write(answer, sealed))


def _sent() -> Session | None:
    return _here().cookies.read(request.cookies)


def _here() -> Sessions:
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, Sessions)
    return found
