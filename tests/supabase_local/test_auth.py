"""The table of the contract: who may do what, and which error everybody else sees."""

from __future__ import annotations

import time

import httpx
import jwt
import pytest

from supabase_local.keys import Keys
from tests.supabase_local import wire

PROTECTED = [
    ("POST", "bucket"),
    ("GET", "bucket"),
    ("GET", "bucket/{bucket}"),
    ("PUT", "bucket/{bucket}"),
    ("DELETE", "bucket/{bucket}"),
    ("POST", "bucket/{bucket}/empty"),
    ("POST", "object/{bucket}/one.png"),
    ("PUT", "object/{bucket}/one.png"),
    ("DELETE", "object/{bucket}/one.png"),
    ("DELETE", "object/{bucket}"),
    ("GET", "object/authenticated/{bucket}/one.png"),
    ("POST", "object/sign/{bucket}/one.png"),
    ("POST", "object/sign/{bucket}"),
    ("POST", "object/list/{bucket}"),
    ("POST", "object/move"),
    ("POST", "object/copy"),
]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def bad_tokens(keys: Keys) -> dict[str, tuple[str, str]]:
    """Tokens that claim the service role, and why none of them is believed."""
    claims = {"role": "service_role"}
    expired = claims | {"exp": int(time.time()) - 1}
    return {
        "garbage": ("garbage", wire.NO_JWS),
        "three parts of garbage": ("a.b.c", wire.NO_JWS),
        "another secret": (jwt.encode(claims, "another secret" * 4), wire.BAD_SIGNATURE),
        "tampered": (keys.anon_key.rpartition(".")[0] + "." + keys.service_key.rpartition(".")[2], wire.BAD_SIGNATURE),
        "expired": (jwt.encode(expired, keys.jwt_secret), wire.EXPIRED),
        "no algorithm": (jwt.encode(claims, "", algorithm="none"), wire.BAD_ALGORITHM),
        "another algorithm": (jwt.encode(claims, keys.jwt_secret, algorithm="HS512"), wire.BAD_ALGORITHM),
    }


BAD_TOKENS = list(bad_tokens(Keys("0" * 64, "a.b.c", "a.b.d")))


@pytest.mark.parametrize(("method", "path"), PROTECTED)
def test_a_protected_route_needs_authorization(bare: httpx.Client, private: str, method: str, path: str) -> None:
    url = path.format(bucket=private)
    wire.assert_error(bare.request(method, url, json={}), wire.NOAUTH)
    wire.assert_error(bare.request(method, url, json={}, headers={"apikey": "anything"}), wire.NOAUTH)
    wire.assert_error(bare.request(method, url, json={}, headers=bearer("garbage")), wire.jwt_error(wire.NO_JWS))


@pytest.mark.parametrize("kind", BAD_TOKENS)
def test_a_bad_token_is_told_what_is_wrong_with_it(bare: httpx.Client, private: str, keys: Keys, kind: str) -> None:
    token, message = bad_tokens(keys)[kind]
    wire.assert_error(bare.get(f"bucket/{private}", headers=bearer(token)), wire.jwt_error(message))


@pytest.mark.parametrize("kind", BAD_TOKENS)
def test_a_bad_token_counts_as_none_where_public_buckets_are_served(
    bare: httpx.Client, raw: httpx.Client, public: str, private: str, keys: Keys, kind: str
) -> None:
    headers = bearer(bad_tokens(keys)[kind][0])
    for bucket in (public, private):
        raw.post(f"object/{bucket}/one.png", content=b"PNG").raise_for_status()
    assert bare.get(f"object/{public}/one.png", headers=headers).content == b"PNG"
    assert bare.head(f"object/{public}/one.png", headers=headers).status_code == 200
    wire.assert_error(bare.get(f"object/{private}/one.png", headers=headers), wire.BUCKET404)


def test_without_a_token_only_public_buckets_are_served(
    bare: httpx.Client, raw: httpx.Client, public: str, private: str
) -> None:
    for bucket in (public, private):
        raw.post(f"object/{bucket}/one.png", content=b"PNG").raise_for_status()
    assert bare.get(f"object/{public}/one.png").content == b"PNG"
    wire.assert_error(bare.get(f"object/{private}/one.png"), wire.BUCKET404)
    wire.assert_error(bare.get("object/missing/one.png"), wire.BUCKET404)


def test_without_a_policy_nothing_of_a_private_bucket_is_seen(
    anonymous: httpx.Client, raw: httpx.Client, private: str
) -> None:
    raw.post(f"object/{private}/one.png", content=b"PNG").raise_for_status()
    path = f"{private}/one.png"
    two = {"bucketId": private, "sourceKey": "one.png", "destinationKey": "two.png"}
    for method in ("POST", "PUT"):
        wire.assert_error(anonymous.request(method, f"object/{path}", content=b"a"), wire.RLS)
    for route in ("object", "object/authenticated", "object/info"):
        wire.assert_error(anonymous.get(f"{route}/{path}"), wire.KEY404)
    wire.assert_error(anonymous.post(f"object/sign/{path}", json={"expiresIn": 60}), wire.KEY404)
    wire.assert_error(anonymous.delete(f"object/{path}"), wire.KEY404)
    for verb in ("move", "copy"):
        wire.assert_error(anonymous.post(f"object/{verb}", json=two), wire.KEY404)
    assert anonymous.post(f"object/list/{private}", json={"prefix": ""}).json() == []
    assert anonymous.request("DELETE", f"object/{private}", json={"prefixes": ["one.png"]}).json() == []
    batch = anonymous.post(f"object/sign/{private}", json={"expiresIn": 60, "paths": ["one.png"]}).json()
    assert batch[0]["signedURL"] is None
    assert raw.get(f"object/{path}").content == b"PNG"


def test_a_public_bucket_is_read_by_everyone_and_written_by_nobody_else(
    anonymous: httpx.Client, raw: httpx.Client, public: str
) -> None:
    raw.post(f"object/{public}/one.png", content=b"PNG").raise_for_status()
    for route in ("object", "object/authenticated", "object/public"):
        assert anonymous.get(f"{route}/{public}/one.png").content == b"PNG"
    assert anonymous.get(f"object/info/{public}/one.png").status_code == 200
    wire.assert_error(anonymous.post(f"object/{public}/two.png", content=b"a"), wire.RLS)
    wire.assert_error(anonymous.post("object/missing/two.png", content=b"a"), wire.BUCKET404)


@pytest.mark.parametrize("claims", [{}, {"role": "authenticated", "sub": 7, "aud": "authenticated"}, {"role": None}])
def test_every_other_role_is_like_anon(bare: httpx.Client, private: str, keys: Keys, claims: dict[str, object]) -> None:
    token = jwt.encode(claims | {"iat": int(time.time()) + 3600}, keys.jwt_secret, algorithm="HS256")
    wire.assert_error(bare.post(f"object/{private}/one.png", content=b"a", headers=bearer(token)), wire.RLS)


@pytest.mark.parametrize("scheme", ["Bearer ", "bearer ", "BEARER  ", ""])
def test_the_scheme_may_be_written_in_any_way(bare: httpx.Client, private: str, keys: Keys, scheme: str) -> None:
    headers = {"Authorization": f"{scheme}{keys.service_key}"}
    assert bare.get(f"bucket/{private}", headers=headers).status_code == 200
