"""Signing in at the stand-in as its one user: for a link that works once, and for a token."""

from __future__ import annotations

import http.client
import json
from contextlib import closing
from datetime import UTC, datetime
from urllib.parse import urlsplit

from sqlalchemy import Engine

from maestro_actors.errors import PassingError
from maestro_actors.journal.passes import Passes
from supabase_local.launch import LocalServer

SECONDS = 5.0  # that the server has to answer


def sign_in_link(server: LocalServer, engine: Engine, site: str) -> str:
    """Sign in at the stand-in as its one user, and leave the session for whoever opens the link first.

    Raises:
        PassingError: the stand-in, or the database, does not answer as it should.
    """
    token = Passes(engine).leave(json.dumps(session_of(server)), datetime.now(UTC))
    return f"{site}/sign-in#token={token}"


def session_of(server: LocalServer) -> dict[str, str]:
    """An `access_token` and a `refresh_token` of its one user, as Supabase Auth's password grant answers.

    Raises:
        PassingError: the stand-in does not answer as it should.
    """
    address = urlsplit(server.url)
    body = json.dumps({"email": server.user.email, "password": server.user.password})
    headers = {"apikey": server.anon_key, "Content-Type": "application/json"}
    with closing(http.client.HTTPConnection(address.hostname or "", address.port, timeout=SECONDS)) as connection:
        try:
            connection.request("POST", "/auth/v1/token?grant_type=password", body, headers)
            answer = json.loads(connection.getresponse().read())
            return {name: answer[name] for name in ("access_token", "refresh_token")}
        except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
            raise PassingError(f"nobody could be signed in at {server.url}: try again in a while") from error
