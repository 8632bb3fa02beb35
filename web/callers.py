"""Who calls: by `Authorization: Bearer` with an access token, or by a browser's session. Nothing is open by default."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, g, request

from web import problems, sessions
from web.site import site
from web.tokens import BadTokenError, Identity

API = "/api/"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever calls, and whether it is a browser that sends its cookies along by itself."""

    identity: Identity
    by_session: bool

    @property
    def user_id(self) -> str:
        return self.identity.user_id


def caller() -> Caller:
    """Who calls; asked once a request.

    Raises:
        ProblemError: 401 where nobody we know does, 403 where a browser was led to write by another site.
    """
    found: Caller | None = g.get("caller")
    if found is None:
        found = g.caller = _find()
    return found


def welcomed() -> Caller:
    """Who calls, if the request needs the database: at a first visit the examples are laid out there.

    Raises:
        ProblemError: as `caller`.
        MaestroError: the database cannot be used now.
    """
    found = caller()
    site().visitors.welcome(found.user_id)
    return found


def admin() -> Caller:
    """Who calls, if it is an admin.

    Raises:
        ProblemError: as `caller`, and 403 for anybody else.
    """
    found = caller()
    if not found.identity.is_admin:
        raise problems.forbidden("only an admin may do this: the token's app_metadata.role must be admin")
    return found


def register(app: Flask) -> None:
    """See to it that nobody unknown gets as far as a route of the API, or to what it says of a request."""

    @app.before_request
    def require_caller() -> None:
        if request.url_rule is not None and request.path.startswith(API):
            caller()


def _find() -> Caller:
    authorization = request.headers.get("Authorization")
    if authorization is not None:
        return Caller(_bearer(authorization), by_session=False)
    identity = sessions.identity()
    if identity is None:
        raise problems.unauthorized("sign in, or send Authorization: Bearer with an access token")
    if request.method not in SAFE:
        sessions.refuse_forged()
    return Caller(identity, by_session=True)


def _bearer(authorization: str) -> Identity:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise problems.unauthorized("send Authorization: Bearer with an access token")
    try:
        return site().verifier.verify(token.strip())
    except BadTokenError as error:
        raise problems.unauthorized(str(error)) from error
