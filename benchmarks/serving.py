"""A whole studio on this machine: storage, worker and web, as `maestro up` runs them, with a home of its own."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt

from benchmarks.commands import MAESTRO, environment
from maestro_actors.settings import ONE_USER
from supabase_local.keys import load_keys
from supabase_local.launch import serve
from supabase_local.users import User

GUNICORN = str(Path(sys.executable).with_name("gunicorn"))
START_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Studio:
    """Where it is, its one user, and a token of theirs."""

    port: int
    user: User
    token: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """What the API answers, as JSON."""
        data = None if body is None else json.dumps(body).encode()
        headers = self.headers | {"Content-Type": "application/json"}
        url = f"http://127.0.0.1:{self.port}{path}"
        with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=10) as answer:
            return json.load(answer)

    def start(self, *, reels: int = 0, posts: int = 0) -> str:
        """Begin a burst that keeps every core busy."""
        order = {"reels": reels, "posts": posts, "carousels": 0}
        started: dict[str, str] = self.call("POST", "/api/maestro/bursts", order)
        return started["burst_id"]

    def cancel(self, burst_id: str) -> None:
        """Cancel it; answered before all of it has ended."""
        self.call("POST", f"/api/maestro/admin/bursts/{burst_id}/cancel", {"reason": "the benchmark is over"})

    def status(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.call("GET", "/api/maestro/status")
        return answer


@contextmanager
def studio(**settings: str) -> Iterator[Studio]:
    """It runs while the block does, and answers; with settings of its worker."""
    with tempfile.TemporaryDirectory(prefix="mae-", ignore_cleanup_errors=True) as home, ExitStack() as stack:
        storage = stack.enter_context(serve(Path(home) / "storage", ONE_USER))
        keys = load_keys(Path(home) / "storage")
        subprocess.run([MAESTRO, "db", "upgrade"], env=environment(home), check=True, stdout=subprocess.DEVNULL)
        ours = environment(home) | {"PORT": str(_free_port()), "SUPABASE_URL": storage.url}
        stack.enter_context(
            _process([MAESTRO, "worker"], ours | settings | {"SUPABASE_SERVICE_KEY": storage.service_key})
        )
        of_web = {
            "SUPABASE_JWT_SECRET": keys.jwt_secret,
            "SUPABASE_ANON_KEY": storage.anon_key,
            "MAESTRO_RENDITIONS": "1",
        }
        web = [GUNICORN, "--config", "python:web.serving", "web:create_app()"]
        stack.enter_context(_process(web, ours | of_web))
        found = Studio(int(ours["PORT"]), storage.user, _token(keys.jwt_secret))
        _wait_until_ready(found)
        yield found


def _token(secret: str) -> str:
    claims = {
        "sub": ONE_USER,
        "aud": "authenticated",
        "exp": int(time.time()) + 3600,
        "app_metadata": {"role": "admin"},
    }
    return jwt.encode(claims, secret, algorithm="HS256")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _process(command: list[str], env: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _wait_until_ready(found: Studio) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            found.status()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
