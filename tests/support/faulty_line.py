"""A line to a server on a unix socket, which a test may cut, or let hang.

with faulty_line(server.socket) as line:
    ...                      # 127.0.0.1:line.port passes everything on
    line.cut()               # connections break, and nobody answers new ones
    line.mend()
    line.hang(answers=True)  # what is asked arrives, what is answered does not, and nobody is told
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from tests.support.hostile_server import hostile_server

LOOK = 0.01  # seconds between two looks at whether a line that hangs goes on


class FaultyLine:
    """Treats each connection, the open ones too, as it is treated at that moment."""

    def __init__(self, path: Path) -> None:
        self.port = 0
        self._path = path
        self._open: list[socket.socket] = []
        self._broken = threading.Event()
        self._asking = threading.Event()
        self._answering = threading.Event()
        self.mend()

    def __call__(self, connection: socket.socket, closing: threading.Event) -> None:
        if self._broken.is_set():
            return
        with socket.socket(socket.AF_UNIX) as upstream:
            upstream.connect(str(self._path))
            self._open += [connection, upstream]
            if self._broken.is_set():  # in between
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            back = threading.Thread(target=_pump, args=(upstream, connection, self._answering, closing))
            back.start()
            _pump(connection, upstream, self._asking, closing)
            back.join()

    def cut(self) -> None:
        """Break every connection, and each new one at once."""
        self._broken.set()
        while self._open:
            _hang_up(self._open.pop())

    def hang(self, *, answers: bool = False) -> None:
        """Let nothing through, or let questions through alone; what comes is kept until the line is mended."""
        self._answering.clear()
        if not answers:
            self._asking.clear()

    def mend(self) -> None:
        """Let everything through."""
        self._broken.clear()
        self._asking.set()
        self._answering.set()


@contextmanager
def faulty_line(path: Path) -> Iterator[FaultyLine]:
    """A good line until it is told otherwise."""
    line = FaultyLine(path)
    with hostile_server(line) as url:
        line.port = urlsplit(url).port or 0
        try:
            yield line
        finally:
            line.cut()


def _pump(source: socket.socket, sink: socket.socket, flowing: threading.Event, closing: threading.Event) -> None:
    with suppress(OSError):
        while chunk := source.recv(65536):
            while not flowing.wait(LOOK):
                if closing.is_set() or sink.fileno() < 0:
                    return
            sink.sendall(chunk)
    _hang_up(source)
    _hang_up(sink)


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
