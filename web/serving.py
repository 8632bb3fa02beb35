"""gunicorn's configuration: `gunicorn --config python:web.serving 'web:create_app()'`.

One process of many threads. One, because what is counted here is counted in one process: how many watch, and how
often somebody calls. Threads, because everybody who watches keeps one for as long as they do.

gunicorn reads this module when it starts, and so it reads the environment: what is missing or wrong is said in one
line, before anything runs.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import struct
from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import FrameType
from typing import Any, Final

import gunicorn.util

from maestro_actors.gateway.address import address_of
from maestro_actors.journal.database import connect
from maestro_actors.log_lines import to_stderr
from maestro_actors.settings import host_and_port
from web import problems
from web.settings import read
from web.site import EXTENSION, MOST_WATCHERS

OTHERS: Final = 32  # threads for whatever is not a stream; each answer takes milliseconds
STALL_SECONDS: Final = 5  # in which somebody who is asked for bytes sends some, and takes some of those that are sent
ENDING: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
AT_ONCE: Final = frozenset({signal.SIGINT, signal.SIGQUIT})

Handler = Callable[[int, FrameType | None], Any]


def _bind(environment: Mapping[str, str]) -> str:
    host, port = host_and_port(environment)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _check(environment: Mapping[str, str]) -> None:
    """Raise what the app would raise: of what is raised here, gunicorn shows one line, of that a traceback."""
    maestro = read(environment).maestro
    address_of(maestro.home, maestro.gateway, maestro.gateway_key)
    if maestro.database:
        connect(maestro.database).dispose()


_check(os.environ)

bind = _bind(os.environ)  # said in any case: where PORT is set, gunicorn would listen on every interface
workers = 1
worker_class = "gthread"
threads = MOST_WATCHERS + OTHERS
graceful_timeout = 8  # seconds; a process manager gives ten or more
control_socket_disable = True
accesslog = None  # addresses, and the secrets that links carry, are kept nowhere
proc_name = "maestro web"


def when_ready(server: Any) -> None:
    """Let nobody hold a thread who neither sends nor reads: what is accepted here has these limits from the first byte.

    gunicorn waits for the first byte alone; for the rest of a request, and for a stream that nobody reads, it would
    wait for ever. On Linux an accepted socket has its limits from the one that listens.
    """
    limit = struct.pack("ll", STALL_SECONDS, 0)
    for listener in server.LISTENERS:
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            listener.sock.setsockopt(socket.SOL_SOCKET, option, limit)


def post_fork(_server: Any, _worker: Any) -> None:
    """Let what the web logs say what it is about: without a handler Python prints the action, and not its fields."""
    logging.basicConfig(level=logging.WARNING, handlers=[to_stderr()])


def post_worker_init(worker: Any) -> None:
    """Let every signal that ends the process end its streams first: each would hold it up for as long as it is open.

    gunicorn has a hook for SIGINT alone, so its handlers are wrapped; and it has none for what it says by itself.
    """
    gunicorn.util.write_error = _write_problem
    end = worker.wsgi.extensions[EXTENSION].hub.end
    heard: set[int] = set()
    for number in ENDING:
        signal.signal(number, _after(end, signal.getsignal(number), heard))
    signal.siginterrupt(signal.SIGTERM, False)  # as gunicorn has it: an answer under way is not disturbed


def _after(end: Callable[[], None], handler: Any, heard: set[int]) -> Handler:
    def end_first(number: int, frame: FrameType | None) -> None:
        if heard & AT_ONCE:
            return  # terminal and parent both tell us: gunicorn's handler must not wait for a lock that it holds itself
        heard.add(number)
        end()
        handler(number, frame)

    return end_first


def _write_problem(sock: socket.socket, status_int: int, reason: str, mesg: str) -> None:
    """What is no HTTP gets no further than gunicorn, and hears of it as everybody else does."""
    body = problems.encoded(problems.of_status(HTTPStatus(status_int), mesg))
    head = (
        f"HTTP/1.1 {status_int} {reason}\r\nConnection: close\r\n"
        f"Content-Type: {problems.MEDIA_TYPE}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    gunicorn.util.write_nonblock(sock, head.encode() + body)
