"""Signing in with a password, and refreshing a session: both answer with a pair of tokens."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from flask import Blueprint, Response, request

from supabase_local import access_tokens, auth_errors, refresh_tokens
from supabase_local.auth_bodies import AuthBody, read_auth_body
from supabase_local.routes.context import json_response, site, store
from supabase_local.rows import Json
from supabase_local.sessions import Session

blueprint = Blueprint("tokens", __name__)


@blueprint.post("/token")
def token() -> Response:
    match request.args.get("grant_type"):
        case "password":
            session = _sign_in(read_auth_body(request))
        case "refresh_token":
            session = _refresh(read_auth_body(request))
        case _:
            raise auth_errors.unsupported_grant()
    return json_response(_tokens(session))


def _sign_in(body: AuthBody) -> Session:
    email, phone, password = body.text("email"), body.text("phone"), body.text("password")
    if email and phone:
        message = "Only an email address or phone number should be provided on login."
        raise auth_errors.validation(message)
    if phone:
        raise auth_errors.no_phones()
    if not email:
        raise auth_errors.validation("missing email or phone")
    user = site().user
    with site().attempts.attempt(time.monotonic()):
        if not user.accepts(email, password):
            raise auth_errors.wrong_credentials()
    return store().sessions.open(user.id, datetime.now(UTC))


def _refresh(body: AuthBody) -> Session:
    used = refresh_tokens.parse(body.text("refresh_token"), site().keys.jwt_secret)
    return store().sessions.refresh(used, site().user.id, datetime.now(UTC))


def _tokens(session: Session) -> Json:
    user, secret, now = site().user, site().keys.jwt_secret, int(time.time())
    issuer = f"{request.host_url}auth/v1"
    return {
        "access_token": access_tokens.issue(user, session, issuer, now, secret),
        "token_type": "bearer",
        "expires_in": access_tokens.LIFETIME_SECONDS,
        "expires_at": now + access_tokens.LIFETIME_SECONDS,
        "refresh_token": session.refresh_token.encode(secret),
        "user": user.to_json(last_sign_in_at=session.created_at),
    }
