"""People who sign in, through the supabase client or with requests of their own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from supabase import Client, ClientOptions, create_client
from supabase_auth.errors import AuthApiError
from supabase_auth.types import Session

from supabase_local.launch import LocalServer
from supabase_local.rows import timestamp

Json = dict[str, Any]


@contextmanager
def client_for(server: LocalServer) -> Iterator[Client]:
    """A client of its own, with the anon key, as a web server has one for each visitor."""
    with httpx.Client(timeout=20) as http:
        yield create_client(server.url, server.anon_key, ClientOptions(httpx_client=http, auto_refresh_token=False))


def sign_in(client: Client, server: LocalServer) -> Session:
    answer = client.auth.sign_in_with_password({"email": server.user.email, "password": server.user.password})
    assert answer.session is not None
    return answer.session


def refusal(call: Callable[[], object]) -> tuple[int, str]:
    """The status and the code with which the call through the client is refused."""
    with pytest.raises(AuthApiError) as caught:
        call()
    return caught.value.status, str(caught.value.code)


def tokens_of(gateway: httpx.Client, server: LocalServer) -> Json:
    """A new session, as the API answers it."""
    return ask_for_tokens(gateway, "password", email=server.user.email, password=server.user.password)


def refreshed(gateway: httpx.Client, refresh_token: str) -> Json:
    return ask_for_tokens(gateway, "refresh_token", refresh_token=refresh_token)


def ask_for_tokens(gateway: httpx.Client, grant_type: str, **body: str) -> Json:
    answer = gateway.post("token", params={"grant_type": grant_type}, json=body)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert isinstance(found, dict)
    return found


def age(folder: Path, seconds: float) -> None:
    """Let every session have been refreshed so many seconds ago."""
    moment = timestamp(datetime.now(UTC) - timedelta(seconds=seconds))
    with closing(sqlite3.connect(folder / "index.sqlite3")) as connection, connection:
        connection.execute("UPDATE sessions SET refreshed_at = ?", (moment,))


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def assert_refused(answer: httpx.Response, status: int, code: str, message: str) -> None:
    """As the API says it to a client that names no version."""
    assert (answer.status_code, answer.json()) == (status, {"code": status, "error_code": code, "msg": message})
    assert answer.headers["x-sb-error-code"] == code
