"""Servers that misbehave below HTTP, where no WSGI application can.

with hostile_server(say_nothing) as url:
    ...
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeAlias

BODY = b'{"Key":"media/one.png","Id":"00000000-0000-4000-8000-000000000000"}'
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)

Behaviour: TypeAlias = Callable[[socket.socket, threading.Event], None]


def say_nothing(connection: socket.socket, closing: threading.Event) -> None:
    """Accept, read what comes, and never answer."""
    _read_request(connection)
    closing.wait()


def trickle(connection: socket.socket, closing: threading.Event) -> None:
    """Read the request; answer with one byte each 0.2 s, so that no read ever times out."""
    _read_request(connection)
    for byte in ANSWER:
        if closing.wait(0.2):
            return
        connection.sendall(bytes([byte]))


def read_slowly(connection: socket.socket, closing: threading.Event) -> None:
    """Read 1 KB of the request each 0.1 s."""
    while not closing.wait(0.1) and connection.recv(1024):
        pass


def close_in_request(connection: socket.socket, closing: threading.Event) -> None:
    """Read the first bytes of the request, and hang up."""
    connection.recv(16)


def close_in_answer(connection: socket.socket, closing: threading.Event) -> None:
    """Read the request, answer with a part of what was promised, and hang up."""
    _read_request(connection)
    connection.sendall(ANSWER[:-10])


@contextmanager
def hostile_server(behave: Behaviour) -> Iterator[str]:
    """The URL of a server that treats every connection so, in a thread of its own each."""
    closing = threading.Event()
    connections: list[socket.socket] = []
    threads: list[threading.Thread] = []
    with socket.socket() as listener:
        # Small, so that a body of some KB is enough to fill it; accepted sockets inherit it.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        def accept() -> None:
            while not closing.is_set():
                with suppress(OSError):
                    connection, _ = listener.accept()
                    connections.append(connection)
                    threads.append(threading.Thread(target=_serve, args=(connection, closing, behave)))
                    threads[-1].start()

        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            closing.set()
            _wake(listener)
            accepting.join()
            for connection in connections:
                _wake(connection)
            for thread in threads:
                thread.join()


@contextmanager
def refusing_port() -> Iterator[str]:
    """A URL where every connection is refused: the port is held, but nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


def _serve(connection: socket.socket, closing: threading.Event, behave: Behaviour) -> None:
    with connection, suppress(OSError):
        behave(connection, closing)


def _wake(blocked: socket.socket) -> None:
    with suppress(OSError):
        blocked.shutdown(socket.SHUT_RDWR)


def _read_request(connection: socket.socket) -> None:
    """Read one request with a Content-Length."""
    head, _, body = _read_until(connection, b"\r\n\r\n").partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    missing = int(lengths[0]) - len(body) if lengths else 0
    while missing > 0:
        chunk = connection.recv(65536)
        missing = missing - len(chunk) if chunk else 0


def _read_until(connection: socket.socket, end: bytes) -> bytes:
    data = b""
    while end not in data:
        chunk = connection.recv(65536)
        if not chunk:
            break
        data += chunk
    return data
