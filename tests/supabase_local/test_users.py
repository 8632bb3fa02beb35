from __future__ import annotations

import json
import os
import pty
import stat
import subprocess
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from supabase_local import load_or_create_keys
from supabase_local.launch import serve
from supabase_local.users import DEFAULT_ID, User, load_or_create_user, load_user
from tests.supabase_local.processes import COMMAND, ready, started

ANOTHER_ID = "11111111-2222-4333-8444-555555555555"


def test_the_user_of_a_folder_is_made_once(tmp_path: Path) -> None:
    user = load_or_create_user(tmp_path)
    assert user.id == DEFAULT_ID
    assert load_or_create_user(tmp_path) == load_user(tmp_path) == user
    assert load_or_create_user(tmp_path / "another").password != user.password


def test_only_its_owner_may_read_the_file_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        load_or_create_user(tmp_path)
        load_or_create_user(tmp_path, ANOTHER_ID)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "user.json").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["user.json"]


def test_all_processes_that_come_at_once_agree(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(load_or_create_user, [tmp_path] * 16))
    assert found == [load_user(tmp_path)] * 16
    assert [path.name for path in tmp_path.iterdir()] == ["user.json"]


def test_the_id_may_be_given_and_is_kept(tmp_path: Path) -> None:
    password = load_or_create_user(tmp_path).password
    changed = load_or_create_user(tmp_path, ANOTHER_ID)
    assert (changed.id, changed.password) == (ANOTHER_ID, password)
    assert load_or_create_user(tmp_path) == changed
    assert load_or_create_user(tmp_path / "new", ANOTHER_ID).id == ANOTHER_ID


def test_the_password_does_not_show(tmp_path: Path) -> None:
    user = load_or_create_user(tmp_path)
    assert user.password not in repr(user)
    assert len(user.password) == 24


def test_a_user_accepts_its_own_address_and_password_alone() -> None:
    user = User(DEFAULT_ID, "a@b.example", "secret", "2026-11-22T13:29:12.988Z")
    assert user.accepts("A@b.example", "secret")
    for email, password in [("a@b.example", ""), ("", "secret"), ("a@b.example", "Secret"), ("é@b.example", "\ud800")]:
        assert not user.accepts(email, password)


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", "7", '{"id": "a", "email": "b", "password": "c", "created_at": "d"}', "null"]
)
def test_a_damaged_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "user.json").write_text(text)
    with pytest.raises(ValueError, match=r"user\.json holds no user"):
        load_or_create_user(tmp_path)


def test_a_folder_from_before_there_were_users_gains_one_and_keeps_its_keys(tmp_path: Path) -> None:
    keys = load_or_create_keys(tmp_path)
    text = (tmp_path / "keys.json").read_text()
    assert set(json.loads(text)) == {"jwt_secret", "service_key", "anon_key"}
    with serve(tmp_path) as server:
        assert (server.service_key, server.anon_key) == (keys.service_key, keys.anon_key)
        assert server.user == load_user(tmp_path)
    assert (tmp_path / "keys.json").read_text() == text


def test_a_server_on_a_terminal_says_how_to_sign_in(tmp_path: Path) -> None:
    terminal, inside = pty.openpty()
    command = [*COMMAND, "--folder", str(tmp_path)]
    with subprocess.Popen(command, stdout=inside, stderr=subprocess.PIPE) as process, os.fdopen(terminal) as screen:
        os.close(inside)
        try:
            lines = [screen.readline().rstrip(), screen.readline().rstrip()]
        finally:
            process.terminate()
    user = load_user(tmp_path)
    assert lines[0].startswith(f"supabase_local: serving {tmp_path} at http://")
    assert lines[1] == f"supabase_local: sign in as {user.email} with the password {user.password}"


def test_the_password_gets_into_no_log(tmp_path: Path) -> None:
    with serve(tmp_path) as server:
        pass
    assert server.user.password not in (tmp_path / "server.log").read_text()
    assert server.user.password not in repr(server)


def test_the_users_id_is_an_option(tmp_path: Path) -> None:
    with ready(tmp_path, "--user", ANOTHER_ID.upper()):
        assert load_user(tmp_path).id == ANOTHER_ID
    with started(tmp_path, "--user", "somebody") as process:
        _, err = process.communicate(timeout=20)
    assert process.returncode == 2
    assert "'somebody' is no UUID" in err
