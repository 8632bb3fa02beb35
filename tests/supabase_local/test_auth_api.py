"""The Auth API as it is on the wire: its shapes, and what it says to whoever sends it nonsense."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import jwt
import pytest

from supabase_local import create_app, load_or_create_keys
from supabase_local.app import store_of
from supabase_local.keys import Keys
from supabase_local.launch import LocalServer, serve
from supabase_local.refresh_tokens import RefreshToken
from tests.supabase_local.people import assert_refused, bearer, refreshed, tokens_of

NO_KEY = {
    "message": "No API key found in request",
    "hint": "No `apikey` request header or url param was found.",
}
UNKNOWN_KEY = {
    "message": "Invalid API key",
    "hint": "Double check your Supabase `anon` or `service_role` API key.",
}
PROTECTED = [("POST", "token"), ("POST", "logout"), ("GET", "user"), ("GET", "health"), ("GET", "nothing")]
USER_KEYS = [
    *("id", "aud", "role", "email", "email_confirmed_at", "phone", "confirmed_at", "last_sign_in_at"),
    *("app_metadata", "user_metadata", "identities", "created_at", "updated_at", "is_anonymous"),
]


class TestGateway:
    @pytest.mark.parametrize(("method", "path"), PROTECTED)
    def test_every_route_needs_a_key(self, server: LocalServer, method: str, path: str) -> None:
        url = f"{server.url}/auth/v1/{path}"
        missing = httpx.request(method, url, headers=bearer(server.service_key))
        assert (missing.status_code, missing.json()) == (401, NO_KEY)
        for key in (b"wrong", server.anon_key[:-1].encode(), b"\xe9"):
            wrong = httpx.request(method, url, headers={b"apikey": key})
            assert (wrong.status_code, wrong.json()) == (401, UNKNOWN_KEY)

    def test_both_keys_open_it_also_in_the_url(self, server: LocalServer) -> None:
        url = f"{server.url}/auth/v1/health"
        for key in (server.anon_key, server.service_key):
            assert httpx.get(url, headers={"apikey": key}).json()["name"] == "GoTrue"
            assert httpx.get(url, params={"apikey": key}).status_code == 200

    def test_the_key_set_is_empty_and_open(self, server: LocalServer) -> None:
        answer = httpx.get(f"{server.url}/auth/v1/.well-known/jwks.json")
        assert (answer.status_code, answer.json()) == (200, {"keys": []})

    @pytest.mark.parametrize(
        ("method", "path"),
        [("GET", ""), ("GET", "nothing"), ("GET", "token"), ("PUT", "user"), ("POST", "signup"), ("OPTIONS", "user")],
    )
    def test_every_other_route_is_unknown(self, gateway: httpx.Client, method: str, path: str) -> None:
        answer = gateway.request(method, path)
        assert (answer.status_code, answer.text) == (404, "404 page not found\n")


class TestTokens:
    def test_a_session_has_the_real_shape(self, gateway: httpx.Client, server: LocalServer, keys: Keys) -> None:
        before = int(time.time())
        answer = tokens_of(gateway, server)
        expected = ["access_token", "token_type", "expires_in", "expires_at", "refresh_token", "user"]
        assert list(answer) == expected
        assert before + 3600 <= answer["expires_at"] <= time.time() + 3600
        assert list(answer["user"]) == USER_KEYS
        assert answer["user"]["identities"][0]["user_id"] == server.user.id
        claims = jwt.decode(answer["access_token"], keys.jwt_secret, algorithms=["HS256"], audience="authenticated")
        times, session_id = claims.pop("amr"), claims.pop("session_id")
        assert session_id
        assert [entry["method"] for entry in times] == ["password"]
        assert claims == {
            "iss": f"{server.url}/auth/v1",
            "sub": server.user.id,
            "aud": "authenticated",
            "exp": answer["expires_at"],
            "iat": answer["expires_at"] - 3600,
            "email": server.user.email,
            "phone": "",
            "app_metadata": {"provider": "email", "providers": ["email"], "role": "admin"},
            "user_metadata": {},
            "role": "authenticated",
            "aal": "aal1",
            "is_anonymous": False,
        }

    def test_the_password_is_in_no_answer(self, gateway: httpx.Client, server: LocalServer) -> None:
        assert server.user.password not in str(tokens_of(gateway, server))

    def test_a_client_that_names_a_version_gets_errors_in_its_shape(self, gateway: httpx.Client) -> None:
        for version, versioned in (("2024-01-01", True), ("2030-12-31", True), ("2023-01-01", False), ("zzz", False)):
            answer = gateway.post("token", headers={"X-Supabase-Api-Version": version})
            shape = {"code", "message"} if versioned else {"code", "error_code", "msg"}
            assert set(answer.json()) == shape
            assert answer.headers.get("x-supabase-api-version") == ("2024-01-01" if versioned else None)

    @pytest.mark.parametrize("query", ["", "?grant_type=", "?grant_type=pkce"])
    def test_other_grants_are_unsupported(self, gateway: httpx.Client, query: str) -> None:
        assert_refused(gateway.post(f"token{query}", json={}), 400, "invalid_credentials", "unsupported_grant_type")

    @pytest.mark.parametrize(
        ("content", "status", "code", "message"),
        [
            (b"{}", 400, "validation_failed", "missing email or phone"),
            (b"null", 400, "validation_failed", "missing email or phone"),
            (b'{"email": null, "password": "a"}', 400, "validation_failed", "missing email or phone"),
            (b'{"phone": "1", "password": "a"}', 422, "phone_provider_disabled", "Phone logins are disabled"),
        ],
    )
    def test_without_an_address_nobody_signs_in(
        self, gateway: httpx.Client, content: bytes, status: int, code: str, message: str
    ) -> None:
        assert_refused(gateway.post("token?grant_type=password", content=content), status, code, message)

    @pytest.mark.parametrize("grant", ["password", "refresh_token"])
    @pytest.mark.parametrize(
        "content",
        [b"", b"{", b"\xff", b"[" * 100_000, b"[]", b'"a"', b"7", b'{"email": 7, "refresh_token": {}}'],
        ids=["empty", "open", "no text", "deep", "array", "string", "number", "wrong types"],
    )
    def test_a_body_that_cannot_be_read_is_told_so(self, gateway: httpx.Client, grant: str, content: bytes) -> None:
        answer = gateway.post(f"token?grant_type={grant}", content=content)
        assert (answer.status_code, answer.json()["error_code"]) == (400, "bad_json")
        assert answer.json()["msg"].startswith("Could not parse request body as JSON: ")

    def test_a_body_beyond_all_measure_is_refused(self, gateway: httpx.Client) -> None:
        message = "Request body too large (max 1048576 bytes)"
        answer = gateway.post("token?grant_type=password", json={"email": "x" * 2_000_000})
        assert_refused(answer, 413, "request_entity_too_large", message)

    def test_half_a_character_is_a_wrong_password_like_any_other(
        self, gateway: httpx.Client, server: LocalServer
    ) -> None:
        content = b'{"email": "%s", "password": "\\ud800"}' % server.user.email.encode()
        answer = gateway.post("token?grant_type=password", content=content)
        assert_refused(answer, 400, "invalid_credentials", "Invalid login credentials")


class TestRefreshTokens:
    @pytest.mark.parametrize("token", ["", "unknown", "x" * 54, "é" * 55, "~" * 55, "A" * 10_000])
    def test_what_never_was_one_is_not_valid(self, gateway: httpx.Client, token: str) -> None:
        answer = gateway.post("token?grant_type=refresh_token", json={"refresh_token": token})
        assert_refused(answer, 400, "validation_failed", "Refresh token is not valid")

    def test_one_that_others_signed_or_that_is_ahead_is_not_found(
        self, gateway: httpx.Client, server: LocalServer, keys: Keys
    ) -> None:
        answer = tokens_of(gateway, server)
        claims = jwt.decode(answer["access_token"], options={"verify_signature": False})
        ours = RefreshToken(claims["session_id"], 0)
        assert ours.encode(keys.jwt_secret) == answer["refresh_token"]
        unknown = RefreshToken("00000000-0000-4000-8000-000000000000", 0)
        ahead = RefreshToken(ours.session_id, 1)
        for token in (ours.encode("another secret"), unknown.encode(keys.jwt_secret), ahead.encode(keys.jwt_secret)):
            refused = gateway.post("token?grant_type=refresh_token", json={"refresh_token": token})
            assert_refused(refused, 400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")
        assert refreshed(gateway, answer["refresh_token"])["user"] == answer["user"]

    def test_all_who_refresh_at_once_get_the_same_one(self, gateway: httpx.Client, server: LocalServer) -> None:
        first = tokens_of(gateway, server)["refresh_token"]
        with ThreadPoolExecutor(8) as pool:
            answers = [pool.submit(refreshed, gateway, first) for _ in range(16)]
        tokens = {answer.result()["refresh_token"] for answer in answers}
        assert len(tokens) == 1
        assert tokens != {first}

    def test_the_index_holds_none(self, tmp_path: Path) -> None:
        with serve(tmp_path) as server:
            headers = {"apikey": server.anon_key}
            with httpx.Client(base_url=f"{server.url}/auth/v1/", headers=headers) as gateway:
                token = tokens_of(gateway, server)["refresh_token"]
        kept = b"".join(path.read_bytes() for path in tmp_path.glob("index.sqlite3*"))
        assert token.encode() not in kept
        assert server.user.password.encode() not in kept


def test_after_ten_failures_nobody_is_let_in_for_a_while(tmp_path: Path) -> None:
    with serve(tmp_path) as server:
        headers = {"apikey": server.anon_key}
        with httpx.Client(base_url=f"{server.url}/auth/v1/", headers=headers) as gateway:
            session = tokens_of(gateway, server)

            def sign_in(password: str) -> httpx.Response:
                body = {"email": server.user.email, "password": password}
                return gateway.post("token?grant_type=password", json=body)

            with ThreadPoolExecutor(4) as pool:
                statuses = sorted(answer.status_code for answer in pool.map(sign_in, ["wrong"] * 20))
            assert statuses == [400] * 10 + [429] * 10
            refused = sign_in(server.user.password)
            assert_refused(refused, 429, "over_request_rate_limit", "Request rate limit reached")
            assert refreshed(gateway, session["refresh_token"])["user"]["id"] == server.user.id


def test_what_nobody_foresaw_is_a_500_in_the_apis_shape_and_is_logged_without_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    keys = load_or_create_keys(tmp_path)
    app = create_app(tmp_path, keys)
    store = store_of(app)

    def fail(session_id: str) -> None:
        raise RuntimeError("the roof fell in")

    monkeypatch.setattr(store.sessions, "find", fail)
    claims = {"sub": "6d616573-7472-4f6f-8000-000000000001", "session_id": "00000000-0000-4000-8000-000000000000"}
    token = jwt.encode(claims, keys.jwt_secret)
    answer = app.test_client().get("/auth/v1/user", headers={"apikey": keys.anon_key, **bearer(token)})
    message = "Unexpected failure, please check server logs for more information"
    assert (answer.status_code, answer.get_json()) == (
        500,
        {"code": 500, "error_code": "unexpected_failure", "msg": message},
    )
    assert "the roof fell in" in caplog.text
    assert token not in caplog.text
    store.close()
