"""A server between a client and a good one that passes everything on, or misbehaves, as a test says.

with storage_server(tmp_path) as good, moody_server(good.url) as server:
    ...                        # everything passes
    server.turn(say_nothing)   # connections close, and the new ones meet silence
    server.turn(server.good)
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from tests.support.hostile_server import Behaviour, hostile_server


class MoodyServer:
    """Treats each new connection as its mood is at that moment."""

    def __init__(self, good_url: str) -> None:
        parts = urlsplit(good_url)
        self.url = ""
        self._upstream = (parts.hostname, parts.port)
        self._mood: Behaviour = self.good
        self._open: list[socket.socket] = []
        self.connections = 0

    def __call__(self, connection: socket.socket, closing: threading.Event) -> None:
        self.connections += 1
        self._open.append(connection)
        self._mood(connection, closing)

    def turn(self, behave: Behaviour) -> None:
        """Close the connections there are, and treat the next ones so."""
        self._mood = behave
        while self._open:
            _hang_up(self._open.pop())

    def good(self, connection: socket.socket, _: threading.Event) -> None:
        """Pass everything on, both ways, until either side has ended."""
        with socket.create_connection(self._upstream) as upstream:
            for side in (connection, upstream):
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            back = threading.Thread(target=_pump, args=(upstream, connection))
            back.start()
            _pump(connection, upstream)
            back.join()


@contextmanager
def moody_server(good_url: str) -> Iterator[MoodyServer]:
    """A good server until it is told otherwise."""
    server = MoodyServer(good_url)
    with hostile_server(server) as url:
        server.url = url
        yield server


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(65536):
            sink.sendall(chunk)
    _hang_up(source)
    _hang_up(sink)


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
