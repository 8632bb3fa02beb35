from __future__ import annotations

import time
from email.utils import parsedate_to_datetime

import httpx
import jwt
import pytest
from storage3._sync.file_api import SyncBucketProxy

from supabase_local.keys import Keys
from tests.supabase_local import wire


def put(raw: httpx.Client, bucket: str, key: str = "a/one.png") -> str:
    raw.post(f"object/{bucket}/{key}", content=b"PNG", headers={"Cache-Control": "max-age=60"}).raise_for_status()
    return f"{bucket}/{key}"


def signed_url(raw: httpx.Client, path: str, expires_in: object = 60) -> str:
    answer = raw.post(f"object/sign/{path}", json={"expiresIn": expires_in})
    assert list(answer.json()) == ["signedURL"]
    return str(answer.json()["signedURL"])


def token_for(path: str, secret: str, **claims: object) -> str:
    whole = {"url": path, "scope": "download", "iat": int(time.time()), "exp": int(time.time()) + 60}
    return jwt.encode(whole | claims, secret, algorithm="HS256")


def test_a_signed_url_serves_a_private_object_to_everyone(
    bare: httpx.Client, raw: httpx.Client, private: str, keys: Keys
) -> None:
    path = put(raw, private)
    url = signed_url(raw, path, "60")
    start, _, token = url.partition("?token=")
    assert start == f"/object/sign/{path}"
    claims = jwt.decode(token, keys.jwt_secret, algorithms=["HS256"])
    assert list(claims) == ["url", "scope", "iat", "exp"]
    assert (claims["url"], claims["scope"], claims["exp"] - claims["iat"]) == (path, "download", 60)
    served = bare.get(url.lstrip("/"))
    assert (served.status_code, served.content) == (200, b"PNG")
    assert parsedate_to_datetime(served.headers["expires"]).timestamp() == claims["exp"]
    assert "cache-control" not in served.headers


@pytest.mark.parametrize("key", ["a b+c.png", "why?.png", "(1)&=@;:,$!*'.png"])
def test_the_client_signs_strange_keys(bucket: SyncBucketProxy, key: str) -> None:
    bucket.upload(key.replace("?", "%3F"), b"PNG")
    one = bucket.create_signed_url(key.replace("?", "%3F"), 60)["signedURL"]
    many = bucket.create_signed_urls([key, "missing"], 60)
    assert one is not None
    assert many[0]["signedURL"] is not None
    for url in (one, many[0]["signedURL"]):
        assert httpx.get(url).content == b"PNG"
    assert many[1]["signedURL"] is None


def test_a_batch_names_what_is_missing(raw: httpx.Client, private: str) -> None:
    put(raw, private)
    answer = raw.post(f"object/sign/{private}", json={"expiresIn": 60, "paths": ["a/one.png", "missing"]}).json()
    assert [list(entry) for entry in answer] == [["error", "path", "signedURL"]] * 2
    assert (answer[0]["error"], answer[0]["path"]) == (None, "a/one.png")
    assert answer[0]["signedURL"].startswith(f"/object/sign/{private}/a/one.png?token=")
    assert (answer[1]["path"], answer[1]["signedURL"]) == ("missing", None)
    assert answer[1]["error"] == "Either the object does not exist or you do not have access to it"


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"expiresIn": 0}, "body/expiresIn must be >= 1"),
        ({"expiresIn": "-5"}, "body/expiresIn must be >= 1"),
        ({"expiresIn": "soon"}, "body/expiresIn must be integer"),
        ({"expiresIn": 1.5}, "body/expiresIn must be integer"),
        ({}, "body must have required property 'expiresIn'"),
    ],
)
def test_a_lifetime_must_be_a_positive_number(raw: httpx.Client, private: str, sent: object, message: str) -> None:
    wire.assert_error(raw.post(f"object/sign/{put(raw, private)}", json=sent), wire.schema(message))


def test_what_is_missing_cannot_be_signed(raw: httpx.Client, private: str) -> None:
    for path in (f"{private}/missing", "missing/a/one.png"):
        wire.assert_error(raw.post(f"object/sign/{path}", json={"expiresIn": 60}), wire.KEY404)


def test_bad_tokens_are_told_apart(bare: httpx.Client, raw: httpx.Client, private: str, keys: Keys) -> None:
    path = put(raw, private)

    def ask(token: str) -> httpx.Response:
        return bare.get(f"object/sign/{path}", params={"token": token})

    good = token_for(path, keys.jwt_secret)
    assert ask(good).content == b"PNG"
    wire.assert_error(ask(token_for(path, keys.jwt_secret, exp=1)), wire.signed_jwt_error(wire.EXPIRED))
    wire.assert_error(ask(token_for(path, "another secret" * 4)), wire.signed_jwt_error(wire.BAD_SIGNATURE))
    wire.assert_error(ask("garbage"), wire.signed_jwt_error(wire.NO_JWS))
    wire.assert_error(ask(token_for(f"{private}/two.png", keys.jwt_secret)), wire.OTHERSIGNATURE)
    wire.assert_error(ask(token_for(path, keys.jwt_secret, scope="upload")), wire.OTHERSIGNATURE)
    wire.assert_error(ask(keys.service_key), wire.OTHERSIGNATURE)
    wire.assert_error(bare.get(f"object/sign/{path}"), wire.schema("querystring must have required property 'token'"))


def test_a_signed_url_of_a_removed_object_finds_nothing(bare: httpx.Client, raw: httpx.Client, private: str) -> None:
    url = signed_url(raw, put(raw, private))
    raw.delete(f"object/{private}/a/one.png")
    wire.assert_error(bare.get(url.lstrip("/")), wire.KEY404)


def test_a_signed_token_is_no_api_key(bare: httpx.Client, raw: httpx.Client, private: str) -> None:
    token = signed_url(raw, put(raw, private)).partition("?token=")[2]
    answer = bare.post(f"object/{private}/two.png", content=b"a", headers={"Authorization": f"Bearer {token}"})
    wire.assert_error(answer, wire.RLS)
