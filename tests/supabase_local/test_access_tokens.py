"""What is asked with an access token, and how whoever has none is refused."""

from __future__ import annotations

from typing import Any

import httpx
import jwt
import pytest

from supabase_local.keys import Keys
from supabase_local.launch import LocalServer
from tests.supabase_local.people import assert_refused, bearer, tokens_of

Json = dict[str, Any]


@pytest.mark.parametrize(("method", "path"), [("GET", "user"), ("POST", "logout")])
@pytest.mark.parametrize("header", [None, "", "Bearer", "Basic abc", "Bearer a b"])
def test_no_access_token_is_told_so(gateway: httpx.Client, method: str, path: str, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = gateway.request(method, path, headers=headers)
    assert_refused(answer, 401, "no_authorization", "This endpoint requires a valid Bearer token")


def test_a_bad_access_token_is_told_what_is_wrong_with_it(
    gateway: httpx.Client, server: LocalServer, keys: Keys
) -> None:
    claims: Json = {"sub": server.user.id, "role": "authenticated"}
    secret = keys.jwt_secret
    wrong = {
        "token is malformed": "garbage",
        "token signature is invalid: signature is invalid": jwt.encode(claims, "another secret" * 4),
        "token has invalid claims: token is expired": jwt.encode(claims | {"exp": 1}, secret),
        "token has invalid claims: token is not valid yet": jwt.encode(claims | {"nbf": 9**10}, secret),
        "token signature is invalid: signing method is invalid": jwt.encode(claims, "", algorithm="none"),
    }
    for reason, token in wrong.items():
        message = f"invalid JWT: unable to parse or verify signature, {reason}"
        assert_refused(gateway.get("user", headers=bearer(token)), 403, "bad_jwt", message)


@pytest.mark.parametrize(
    ("claims", "status", "code"),
    [
        ({}, 403, "bad_jwt"),
        ({"sub": "someone"}, 400, "bad_jwt"),
        ({"sub": 7}, 400, "bad_jwt"),
        ({"sub": "00000000-0000-4000-8000-000000000000"}, 403, "user_not_found"),
        ({"sub": "{user}", "session_id": "first"}, 403, "bad_jwt"),
        ({"sub": "{user}", "session_id": ["first"]}, 403, "bad_jwt"),
        ({"sub": "{user}", "session_id": "00000000-0000-4000-8000-000000000000"}, 403, "session_not_found"),
    ],
)
def test_an_access_token_of_nobody_we_know_is_refused(
    gateway: httpx.Client, server: LocalServer, keys: Keys, claims: Json, status: int, code: str
) -> None:
    if claims.get("sub") == "{user}":
        claims = claims | {"sub": server.user.id}
    answer = gateway.get("user", headers=bearer(jwt.encode(claims, keys.jwt_secret)))
    assert (answer.status_code, answer.json()["error_code"]) == (status, code)


def test_the_keys_are_no_users(gateway: httpx.Client, server: LocalServer) -> None:
    answer = gateway.get("user", headers=bearer(server.service_key))
    assert_refused(answer, 403, "bad_jwt", "invalid claim: missing sub claim")


def test_an_access_token_without_a_session_is_enough_to_be_known(
    gateway: httpx.Client, server: LocalServer, keys: Keys
) -> None:
    token = jwt.encode({"sub": server.user.id}, keys.jwt_secret)
    assert gateway.get("user", headers=bearer(token)).json()["id"] == server.user.id


def test_signing_out_says_nothing_and_an_unknown_scope_signs_nobody_out(
    gateway: httpx.Client, server: LocalServer
) -> None:
    headers = bearer(tokens_of(gateway, server)["access_token"])
    refused = gateway.post("logout?scope=planet", headers=headers)
    assert_refused(refused, 400, "validation_failed", 'Unsupported logout scope "planet"')
    assert gateway.get("user", headers=headers).status_code == 200
    done = gateway.post("logout?scope=local", headers=headers)
    assert (done.status_code, done.content) == (204, b"")
    assert gateway.get("user", headers=headers).status_code == 403
