from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jwt
import pytest

from supabase_local import load_or_create_keys


def test_the_keys_of_a_folder_are_made_once(tmp_path: Path) -> None:
    assert load_or_create_keys(tmp_path) == load_or_create_keys(tmp_path)
    assert load_or_create_keys(tmp_path) != load_or_create_keys(tmp_path / "another")


def test_only_their_owner_may_read_them_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        load_or_create_keys(tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_they_are_tokens_for_their_roles(tmp_path: Path) -> None:
    keys = load_or_create_keys(tmp_path)
    roles = [
        jwt.decode(key, keys.jwt_secret, algorithms=["HS256"])["role"] for key in (keys.service_key, keys.anon_key)
    ]
    assert roles == ["service_role", "anon"]


def test_they_do_not_show(tmp_path: Path) -> None:
    keys = load_or_create_keys(tmp_path)
    assert repr(keys) == "Keys()"


def test_all_who_come_at_once_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(load_or_create_keys, [tmp_path] * 16))
    assert len(found) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"jwt_secret": "a"}'])
def test_a_damaged_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "keys.json").write_text(text)
    with pytest.raises(ValueError, match=r"keys\.json holds no keys"):
        load_or_create_keys(tmp_path)
