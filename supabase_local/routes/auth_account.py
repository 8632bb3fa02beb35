"""What only the user who is signed in may do: see who that is, and sign out."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, request

from supabase_local import access_tokens, auth_errors
from supabase_local.routes.context import json_response, site, store
from supabase_local.sessions import Session
from supabase_local.users import User

blueprint = Blueprint("account", __name__)

BEARER: Final = re.compile(r"bearer (\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in, and in which session; None where the access token names none."""

    user: User
    session: Session | None


@blueprint.get("/user")
def user() -> Response:
    visitor = _visitor()
    last_sign_in_at = visitor.user.created_at if visitor.session is None else visitor.session.created_at
    return json_response(visitor.user.to_json(last_sign_in_at))


@blueprint.post("/logout")
def sign_out() -> Response:
    visitor = _visitor()
    match request.args.get("scope", ""), visitor.session:
        case ("local", Session() as session):
            store().sessions.close(session)
        case ("others", Session() as session):
            store().sessions.close_others(session)
        case (("" | "global" | "local" | "others"), _):
            store().sessions.close_all(visitor.user.id)
        case scope, _:
            raise auth_errors.validation(f"Unsupported logout scope {json.dumps(scope)}")
    return Response(status=204)


def _visitor() -> Visitor:
    """Who calls, by the access token in the Authorization header."""
    bearer = BEARER.fullmatch(request.headers.get("Authorization", ""))
    if bearer is None:
        raise auth_errors.no_bearer()
    claims = access_tokens.check(bearer[1], site().keys.jwt_secret)
    if claims.user_id != site().user.id:
        raise auth_errors.user_not_found()
    if not claims.session_id:
        return Visitor(site().user, None)
    session = store().sessions.find(claims.session_id)
    if session is None:
        raise auth_errors.session_not_found()
    return Visitor(site().user, session)
