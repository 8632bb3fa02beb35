"""The process: it takes the folder's lock, finds its port, serves, and leaves when it is told to.

It is told by SIGTERM or SIGINT, or by the end of its lifeline: the read end of a pipe whose other end the
process that started it holds. However that one dies, the system closes its end, and this server leaves.
"""

from __future__ import annotations

import errno
import logging
import os
import secrets
import select
import signal
import socket
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from supabase_local import folder as files
from supabase_local.app import create_app, store_of
from supabase_local.http_server import HttpServer
from supabase_local.keys import load_or_create_keys
from supabase_local.users import User, load_or_create_user

# Below the range from which systems take ports for outgoing connections, so that a kept port stays free.
FREE_PORTS: Final = range(15000, 30000)
PORT_ATTEMPTS: Final = 50

log = logging.getLogger("supabase_local")


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says. `lifeline` is a file descriptor, `user` a UUID."""

    folder: Path
    host: str
    port: int | None
    lifeline: int | None
    user: str | None


class StartError(Exception):
    """A reason not to serve that a person can mend. Its text says how."""


def run(options: Options) -> None:
    """Serve the folder until told to leave."""
    _check_lifeline(options.lifeline)
    _make_folder(options.folder)
    with _ending() as (ending, end), files.lock(options.folder):
        user = load_or_create_user(options.folder, options.user)
        app = create_app(options.folder, load_or_create_keys(options.folder), user)
        swept = store_of(app).sweep()
        if swept:
            log.info("removed %d files that a crash had left behind", swept)
        bound = _listen(options)
        server = HttpServer(app, bound, on_end=lambda: _tell(end))
        try:
            address = _address(bound)
            with files.published(options.folder, address):
                _say(sys.stdout.fileno(), f"supabase_local: serving {options.folder} at {address.url}")
                _say_how_to_sign_in(user)
                _wait(ending, options.lifeline)
        finally:
            server.stop()
            store_of(app).close()


def _check_lifeline(lifeline: int | None) -> None:
    if lifeline is None:
        return
    try:
        mode = os.fstat(lifeline).st_mode
    except OSError as error:
        raise StartError(f"--lifeline {lifeline}: no such file descriptor was inherited") from error
    if not stat.S_ISFIFO(mode) and not stat.S_ISSOCK(mode):
        raise StartError(f"--lifeline {lifeline}: that is no pipe; give the read end of one")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise StartError(f"{folder} is a file; give a folder") from error


@contextmanager
def _ending() -> Iterator[tuple[int, int]]:
    """A pipe on which a signal writes.

    The interpreter's C code writes: a handler in Python waits for the next step, and one that comes just before we
    wait for the pipe would wait for as long as we do.
    """
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    try:
        yield reader, writer
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)  # we are leaving already
        signal.set_wakeup_fd(-1)
        os.close(reader)
        os.close(writer)


def _tell(writer: int) -> None:
    try:
        os.write(writer, b".")
    except OSError as error:
        # Full means that somebody has told already; closed, that we have left.
        if error.errno not in (errno.EAGAIN, errno.EBADF):
            raise


def _wait(ending: int, lifeline: int | None) -> None:
    """Return once a signal came or the lifeline ended; what is written on the lifeline is read and ignored."""
    watched = [ending] if lifeline is None else [ending, lifeline]
    while True:
        ready, _, _ = select.select(watched, [], [])
        if ending in ready or not os.read(ready[0], 4096):
            return


def _listen(options: Options) -> socket.socket:
    """A socket on the port that was asked for, on the kept one, or on a free one, which is then kept."""
    kept = files.kept_port(options.folder)
    wanted = options.port or kept
    bound = None if wanted is None else _bind(options.host, wanted)
    if bound is None and options.port is not None:
        raise StartError(
            f"port {options.port} of {options.host} is in use by another program; "
            "give another --port, or none for a free one"
        )
    if bound is None:
        bound = _bind_free(options.host)
        if kept is not None:
            port = bound.getsockname()[1]
            _say(sys.stderr.fileno(), f"supabase_local: port {kept} is taken, serving at {port} from now on")
    files.keep_port(options.folder, bound.getsockname()[1])
    return bound


def _bind_free(host: str) -> socket.socket:
    for _ in range(PORT_ATTEMPTS):
        bound = _bind(host, secrets.choice(FREE_PORTS))
        if bound is not None:
            return bound
    raise StartError(f"found no free port of {host}; give one with --port")


def _bind(host: str, port: int) -> socket.socket | None:
    """A listening socket; None where another program has the port."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return None
        raise StartError(f"cannot listen at {host}, port {port}: {error.strerror}") from error


def _address(bound: socket.socket) -> files.Address:
    """Where this machine reaches the server: a server on every interface is reached by loopback too."""
    host, port = bound.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # compared, not bound
    return files.Address(os.getpid(), port, f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")


def _say_how_to_sign_in(user: User) -> None:
    """Only on a terminal: whatever else stdout is, a log perhaps, keeps what it is told."""
    if os.isatty(sys.stdout.fileno()):
        _say(sys.stdout.fileno(), f"supabase_local: sign in as {user.email} with the password {user.password}")


def _say(descriptor: int, line: str) -> None:
    os.write(descriptor, f"{line}\n".encode())
