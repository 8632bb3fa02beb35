"""Which access tokens are good, and which are not, whatever they say of themselves."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from benchmarks.empty import USER
from maestro_actors.errors import PassingError
from tests.web.conftest import OTHER, SECRET, a_token, an_app, body
from web.settings import Tokens, WebSettings
from web.tokens import BadTokenError, Verifier

VERIFIER = Verifier(Tokens(SECRET, None))
ANOTHER = "another secret, that this project does not have"


def unsigned(algorithm: str, claims: dict[str, Any] | None = None) -> str:
    """A token that only says that it is signed."""
    usual = {"sub": USER, "aud": "authenticated", "exp": int(time.time()) + 3600}
    parts = ({"alg": algorithm, "typ": "JWT"}, usual | (claims or {}))
    written = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts]
    return ".".join([*written, ""])


def test_a_good_token_says_who_calls_and_until_when() -> None:
    expires_at = int(time.time()) + 60
    found = VERIFIER.verify(a_token(exp=expires_at, email="a@example.org"))
    assert (found.user_id, found.email, found.is_admin, found.expires_at) == (USER, "a@example.org", False, expires_at)


@pytest.mark.parametrize(
    ("metadata", "is_admin"),
    [({"role": "admin"}, True), ({"role": "Admin"}, False), ({"roles": ["admin"]}, False), ("admin", False)],
)
def test_an_admin_is_who_the_projects_own_metadata_says(metadata: Any, is_admin: bool) -> None:
    assert VERIFIER.verify(a_token(app_metadata=metadata)).is_admin == is_admin
    assert not VERIFIER.verify(a_token(user_metadata={"role": "admin"}, role="admin")).is_admin


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        ("", "cannot be verified"),
        ("nonsense", "cannot be verified"),
        ("a.b.c", "cannot be verified"),
        (a_token(secret=ANOTHER), "cannot be verified"),
        (a_token(secret=2 * SECRET, algorithm="HS512"), "cannot be verified"),
        (unsigned("none"), "cannot be verified"),
        (unsigned("HS256"), "cannot be verified"),
        (a_token(exp=int(time.time()) - 60), "has expired"),
        (a_token(exp=None), "cannot be verified"),
        (a_token(aud="anon"), "another audience"),
        (a_token(aud=None), "cannot be verified"),
        (a_token(sub=None), "cannot be verified"),
        (a_token(sub="admin"), "its sub is no UUID"),
        (a_token(nbf=int(time.time()) + 86_400), "cannot be verified"),
        (a_token(more="x" * 9000), "too long"),
    ],
)
def test_a_token_that_is_not_good_is_told_why(token: str, reason: str) -> None:
    with pytest.raises(BadTokenError, match=reason):
        VERIFIER.verify(token)


def test_an_anon_or_service_key_is_nobodys_token() -> None:
    for role in ("anon", "service_role"):
        key = jwt.encode({"role": role, "iss": "supabase"}, SECRET, algorithm="HS256")
        with pytest.raises(BadTokenError):
            VERIFIER.verify(key)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic dTpw", "bearer x y", f"Token {a_token()}"])
def test_a_header_that_is_no_bearer_token_is_refused(settings: WebSettings, header: str) -> None:
    with an_app(settings) as web:
        answer = web.get("/api/maestro/status", token="", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="maestro"'
    assert body(answer)["type"] == "/problems/unauthorized"


# Published keys.


class Project:
    """Publishes keys, and counts how often they are fetched."""

    def __init__(self) -> None:
        self.keys: dict[str, ec.EllipticCurvePrivateKey] = {}
        self.fetched = 0

    def add(self, key_id: str) -> None:
        self.keys[key_id] = ec.generate_private_key(ec.SECP256R1())

    def published(self) -> bytes:
        self.fetched += 1
        keys = [
            json.loads(jwt.algorithms.ECAlgorithm.to_jwk(key.public_key()))
            | {"kid": key_id, "alg": "ES256", "use": "sig"}
            for key_id, key in self.keys.items()
        ]
        return json.dumps({"keys": keys}).encode()

    def token(self, key_id: str, **claims: Any) -> str:
        usual = {"sub": OTHER, "aud": "authenticated", "exp": int(time.time()) + 3600}
        return jwt.encode(usual | claims, self.keys[key_id], algorithm="ES256", headers={"kid": key_id})


@contextmanager
def publishing(project: Project) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(project.published())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/jwks.json"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_published_keys_are_fetched_once_and_again_for_a_new_one() -> None:
    project = Project()
    project.add("old")
    with publishing(project) as url:
        verifier = Verifier(Tokens(None, url))
        for _ in range(5):
            assert verifier.verify(project.token("old")).user_id == OTHER
        assert project.fetched == 1
        project.add("new")
        assert verifier.verify(project.token("new")).user_id == OTHER
        assert project.fetched == 2


def test_tokens_of_keys_that_nobody_publishes_do_not_fetch_them_time_and_again() -> None:
    project, stranger = Project(), Project()
    project.add("ours")
    stranger.add("theirs")
    with publishing(project) as url:
        verifier = Verifier(Tokens(None, url))
        for _ in range(20):
            with pytest.raises(BadTokenError, match="cannot be verified"):
                verifier.verify(stranger.token("theirs"))
        assert project.fetched <= 2


def test_a_token_signed_with_a_published_key_as_if_it_were_a_secret_is_refused() -> None:
    project = Project()
    project.add("ours")
    with publishing(project) as url:
        (published,) = json.loads(project.published())["keys"]
        claims = {"sub": OTHER, "aud": "authenticated", "exp": int(time.time()) + 60}
        forged = jwt.encode(claims, published["x"], algorithm="HS256", headers={"kid": "ours"})
        with pytest.raises(BadTokenError, match="cannot be verified"):
            Verifier(Tokens(None, url)).verify(forged)


def test_keys_that_cannot_be_fetched_are_a_503_and_no_401(settings: WebSettings) -> None:
    project = Project()
    project.add("ours")
    away = "http://127.0.0.1:1/jwks.json"
    with pytest.raises(PassingError, match="cannot be fetched"):
        Verifier(Tokens(None, away)).verify(project.token("ours"))
    with an_app(replace(settings, tokens=Tokens(None, away))) as web:
        answer = web.get("/api/maestro/status", project.token("ours"))
    assert (answer.status_code, body(answer)["type"]) == (503, "/problems/unavailable")
