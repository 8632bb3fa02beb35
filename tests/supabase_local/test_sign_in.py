"""Signing in as the world does it: with the supabase client, against a server process."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Literal

import pytest
from storage3.exceptions import StorageApiError
from supabase_auth.errors import AuthApiError

from supabase_local.launch import LocalServer, serve
from tests.supabase_local.people import age, client_for, refusal, sign_in

ANOTHER_ID = "11111111-2222-4333-8444-555555555555"


def test_the_user_signs_in_and_is_who_the_folder_says(server: LocalServer) -> None:
    with client_for(server) as client:
        session = sign_in(client, server)
        found = client.auth.get_user()
    assert (session.token_type, session.expires_in) == ("bearer", 3600)
    assert found is not None
    assert (found.user.id, found.user.email, found.user.role) == (server.user.id, server.user.email, "authenticated")
    assert found.user.app_metadata == {"provider": "email", "providers": ["email"], "role": "admin"}
    assert found.user == session.user


def test_the_client_can_read_its_claims(server: LocalServer) -> None:
    with client_for(server) as client:
        sign_in(client, server)
        answer = client.auth.get_claims()
    assert answer is not None
    assert answer["claims"]["sub"] == server.user.id
    assert answer["claims"]["iss"] == f"{server.url}/auth/v1"


def test_the_address_may_be_written_in_capitals(server: LocalServer) -> None:
    with client_for(server) as client:
        answer = client.auth.sign_in_with_password(
            {"email": server.user.email.upper(), "password": server.user.password}
        )
        assert answer.session is not None


@pytest.mark.parametrize(("email", "password"), [(None, "wrong"), ("someone@else.example", None)])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    server: LocalServer, email: str | None, password: str | None
) -> None:
    with client_for(server) as client, pytest.raises(AuthApiError, match=r"^Invalid login credentials$") as caught:
        client.auth.sign_in_with_password(
            {"email": email or server.user.email, "password": password or server.user.password}
        )
    assert (caught.value.status, caught.value.code) == (400, "invalid_credentials")


def test_a_refresh_gives_two_new_tokens_for_the_same_session(server: LocalServer) -> None:
    with client_for(server) as client:
        first = sign_in(client, server)
        second = client.auth.refresh_session().session
        assert second is not None
        assert second.refresh_token != first.refresh_token
        third = client.auth.refresh_session().session
        assert third is not None
        assert third.refresh_token not in (first.refresh_token, second.refresh_token)
        found = client.auth.get_user()
    assert found is not None
    assert found.user.id == server.user.id


def test_a_refresh_token_that_comes_again_at_once_is_answered_with_the_active_one(server: LocalServer) -> None:
    with client_for(server) as client:
        first = sign_in(client, server)
        client.auth.refresh_session()
        active = client.auth.refresh_session().session
        again = client.auth.refresh_session(first.refresh_token).session
    assert active is not None
    assert again is not None
    assert again.refresh_token == active.refresh_token


def test_a_refresh_token_that_is_replayed_later_is_refused_and_ends_the_session(tmp_path: Path) -> None:
    with serve(tmp_path) as server, client_for(server) as thief, client_for(server) as client:
        stolen = sign_in(client, server).refresh_token
        client.auth.refresh_session()
        client.auth.refresh_session()
        age(tmp_path, seconds=11)
        assert refusal(lambda: thief.auth.refresh_session(stolen)) == (400, "refresh_token_already_used")
        assert refusal(client.auth.refresh_session) == (400, "refresh_token_not_found")


def test_a_client_that_lost_the_last_answer_is_not_signed_out_however_late_it_asks(tmp_path: Path) -> None:
    with serve(tmp_path) as server, client_for(server) as client:
        first = sign_in(client, server)
        lost = client.auth.refresh_session().session
        age(tmp_path, seconds=3600)
        again = client.auth.refresh_session(first.refresh_token).session
    assert lost is not None
    assert again is not None
    assert again.refresh_token == lost.refresh_token


@pytest.mark.parametrize(
    ("scope", "signed_out"), [("global", ["first", "second"]), ("local", ["first"]), ("others", ["second"])], ids=str
)
def test_signing_out_ends_the_sessions_it_is_about(
    tmp_path: Path, scope: Literal["global", "local", "others"], signed_out: list[str]
) -> None:
    with serve(tmp_path) as server, client_for(server) as first, client_for(server) as second:
        sessions = {"first": sign_in(first, server), "second": sign_in(second, server)}
        first.auth.sign_out({"scope": scope})
        with client_for(server) as client:
            for name in signed_out:
                session = sessions.pop(name)
                assert refusal(partial(client.auth.get_user, session.access_token)) == (403, "session_not_found")
                refresh = partial(client.auth.refresh_session, session.refresh_token)
                assert refusal(refresh) == (400, "refresh_token_not_found")
            for session in sessions.values():
                assert client.auth.get_user(session.access_token) is not None
                assert client.auth.refresh_session(session.refresh_token).session is not None


def test_a_restart_of_the_server_keeps_the_session(tmp_path: Path) -> None:
    with serve(tmp_path) as before, client_for(before) as client:
        session = sign_in(client, before)
    with serve(tmp_path) as after, client_for(after) as client:
        found = client.auth.get_user(session.access_token)
        assert found is not None
        assert found.user.id == before.user.id
        assert client.auth.refresh_session(session.refresh_token).session is not None


def test_the_users_id_can_be_another_from_now_on(tmp_path: Path) -> None:
    with serve(tmp_path) as before, client_for(before) as client:
        old = sign_in(client, before)
    with serve(tmp_path, ANOTHER_ID) as server, client_for(server) as client:
        assert server.user.password == before.user.password
        assert sign_in(client, server).user.id == server.user.id == ANOTHER_ID
        assert refusal(lambda: client.auth.get_user(old.access_token)) == (403, "user_not_found")
        assert refusal(lambda: client.auth.refresh_session(old.refresh_token)) == (400, "refresh_token_not_found")
    with serve(tmp_path) as server:
        assert server.user.id == ANOTHER_ID


def test_in_the_storage_the_user_is_no_service(server: LocalServer, private: str, public: str) -> None:
    with client_for(server) as client:
        sign_in(client, server)
        for bucket in (private, public):
            with pytest.raises(StorageApiError, match="row-level security"):
                client.storage.from_(bucket).upload("one.png", b"PNG")
