"""For other programs: use the server that a folder has, or start one for as long as it is needed.

Standard library only, so that it may be imported anywhere.

    with serve(folder) as server:
        client = supabase.create_client(server.url, server.service_key)
"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final
from urllib.parse import urlsplit

from supabase_local import folder as files
from supabase_local.keys import load_keys
from supabase_local.users import User, load_user

LOG_NAME: Final = "server.log"
MAX_LOG_BYTES: Final = 1_000_000
START_SECONDS: Final = 10.0
STOP_SECONDS: Final = 3.0
ANSWER_SECONDS: Final = 2.0
RETRY_SECONDS: Final = 0.01
ALREADY_SERVED: Final = 3  # the exit code of a server that found another one


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A server that answers: its URL, its keys, and the one user who may sign in.

    The service key may do everything there; the anon key is for clients whose users sign in.
    """

    url: str
    service_key: str = field(repr=False)
    anon_key: str = field(repr=False)
    user: User


class LaunchError(Exception):
    """No server came up. The text ends with what it said on stderr."""


@contextmanager
def serve(folder: Path, user_id: str | None = None) -> Iterator[LocalServer]:
    """The folder's server: the one that runs and is left running, or one of our own that ends with the block.

    `user_id`, a UUID, becomes the id of the user who may sign in. A server that runs keeps the one it has.
    """
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + START_SECONDS
    while (running := find_running(folder)) is None:
        with _started(folder, user_id) as process:
            own = _wait_until_ready(folder, process, deadline)
            if own is not None:
                yield own
                return
    yield running


def find_running(folder: Path) -> LocalServer | None:
    """The server that serves the folder at this moment, if there is one that answers."""
    address = files.read_address(folder)
    if address is None or not files.is_locked(folder) or not _answers(address.url):
        return None
    return _local_server(folder, address.url)


@contextmanager
def _started(folder: Path, user_id: str | None) -> Iterator[subprocess.Popen[bytes]]:
    """A server process that ends with the block, and also when this process ends in any other way."""
    lifeline, our_end = os.pipe()
    try:
        with _open_log(folder) as log:
            process = _spawn(folder, user_id, lifeline, log)
    finally:
        os.close(lifeline)
    try:
        yield process
    finally:
        _stop(process)
        os.close(our_end)


def _spawn(folder: Path, user_id: str | None, lifeline: int, log: IO[bytes]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "supabase_local", "--folder", str(folder), "--lifeline", str(lifeline)]
    command += [] if user_id is None else ["--user", user_id]
    source = str(Path(__file__).parent.parent)  # found wherever this process runs, installed or not
    path = os.pathsep.join(filter(None, (source, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        pass_fds=[lifeline],
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,  # Ctrl-C is for the program that uses it, which still has uploads to end
    )


def _wait_until_ready(folder: Path, process: subprocess.Popen[bytes], deadline: float) -> LocalServer | None:
    """The server once it answers; None if it found that another one was quicker."""
    while time.monotonic() < deadline:
        code = process.poll()
        if code == ALREADY_SERVED:
            time.sleep(RETRY_SECONDS)
            return None
        if code is not None:
            raise LaunchError(f"the server of {folder} ended with code {code}: {_last_words(folder)}")
        address = files.read_address(folder)
        if address is not None and address.pid == process.pid and _answers(address.url):
            return _local_server(folder, address.url)
        time.sleep(RETRY_SECONDS)
    raise LaunchError(f"the server of {folder} did not answer within {START_SECONDS:g} s: {_last_words(folder)}")


def _local_server(folder: Path, url: str) -> LocalServer:
    keys = load_keys(folder)
    return LocalServer(url, keys.service_key, keys.anon_key, load_user(folder))


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/storage/v1/status")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _open_log(folder: Path) -> IO[bytes]:
    path = folder / LOG_NAME
    grown = path.exists() and path.stat().st_size > MAX_LOG_BYTES
    return path.open("wb" if grown else "ab")


def _last_words(folder: Path) -> str:
    lines = (folder / LOG_NAME).read_text("utf-8", errors="replace").splitlines()
    return "\n".join(lines[-5:]) or "it said nothing"
