"""`/api/session`: sign in, see who is signed in, sign out; and the page for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Response, render_template
from flask_openapi3 import APIBlueprint, Tag

from maestro_actors.core.snapshot import rfc3339
from web import origins, problems, sessions
from web.answers import json_answer
from web.models import Credentials, LinkToken, SignedIn
from web.sessions import Visitor
from web.sign_in import TokenPair
from web.site import site

TAG = Tag(name="session", description="A browser's session, in cookies that no script can read.")
blueprint = APIBlueprint("session", __name__, abp_tags=[TAG])

SPENT = (
    "this link was used already, or is older than ten minutes: "
    "start `maestro up` again for a new one, or sign in with your password"
)
FOREIGN = {"description": "It comes from another site's page."}


@blueprint.post("/api/session", responses={"200": SignedIn, "403": FOREIGN})
def sign_in(body: Credentials) -> Response:
    """Sign in with a password

    Ten attempts a minute, from one address and for one e-mail.
    """
    origins.refuse_foreign()
    return _told(sessions.begin(sessions.auth_server().sign_in(body.email, body.password)))


@blueprint.post("/api/session/link", responses={"200": SignedIn, "403": {"description": "It comes from elsewhere."}})
def follow_link(body: LinkToken) -> Response:
    """Sign in with a link that was left on this machine, once and within ten minutes"""
    origins.refuse_distant()
    origins.refuse_foreign()
    here = site()
    left = here.passes.spend(body.token, here.clock())
    if left is None:
        raise problems.unauthorized(SPENT)
    session = json.loads(left)
    return _told(sessions.begin(TokenPair(session["access_token"], session["refresh_token"])))


@blueprint.get("/api/session", responses={"200": SignedIn})
def get_session() -> Response:
    """Who is signed in"""
    visitor = sessions.visitor()
    if visitor is None:
        raise problems.unauthorized("nobody is signed in")
    return _told(visitor)


@blueprint.delete("/api/session", responses={"204": {"description": "Nobody is signed in."}, "403": FOREIGN})
def sign_out() -> Response:
    """Sign out

    Here for certain; at the auth server too, if it can be reached.
    """
    sessions.end()
    return Response(status=HTTPStatus.NO_CONTENT)


@blueprint.get("/sign-in", doc_ui=False)
def page() -> str:
    """The page for it; a link that signs in once leads here, with its token in the fragment."""
    return render_template("sign_in.html")


def _told(visitor: Visitor) -> Response:
    who = visitor.identity
    return json_answer(
        {
            "user_id": who.user_id,
            "email": who.email,
            "admin": who.is_admin,
            "csrf_token": visitor.csrf_token,
            "expires_at": rfc3339(datetime.fromtimestamp(who.expires_at, UTC)),
        }
    )
