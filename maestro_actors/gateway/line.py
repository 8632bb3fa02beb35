"""One line between two processes: `multiprocessing.connection` over a socket, bounded in time and in size.

Only bytes cross it, and nothing is unpickled. `Connection.recv_bytes` waits for ever for a frame that is half sent,
and `close` wakes no reader; so whoever is late is cut off through a duplicate of the socket.
"""

from __future__ import annotations

import math
import os
import socket
import struct
import time
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, answer_challenge, deliver_challenge
from typing import Final

MOST_BYTES: Final = 4 * 1024 * 1024  # of one frame; a snapshot of 60 jobs has about 40,000
STALL_SECONDS: Final = 5.0  # that one read or write of the socket may take

# What a line ends with when the other side vanishes, talks garbage (an assertion in the library) or has another key.
BROKEN: Final = (OSError, EOFError, AuthenticationError, AssertionError, ValueError, struct.error)


class Line:
    """A connected socket as a line. Whoever owns it looks whether it is late, and then cuts it off."""

    def __init__(self, connected: socket.socket) -> None:
        _prepare(connected)
        self._socket = connected
        self._connection: Connection = Connection(os.dup(connected.fileno()))
        self.known = False
        self._due = self._sent_by = math.inf  # two threads may be at it: one that hears, and one that tells

    def fileno(self) -> int:
        """So that it can be waited for."""
        return self._connection.fileno()

    def within(self, seconds: float) -> None:
        """What begins now must be done by then."""
        self._due = time.monotonic() + seconds

    def is_late(self, now: float) -> bool:
        """Whether something should have been done by `now`, on the monotonic clock."""
        return now > min(self._due, self._sent_by)

    def welcome(self, authkey: bytes) -> None:
        """As the side that is called: let the caller prove that it has the key, and prove it oneself.

        Raises one of `BROKEN`.
        """
        deliver_challenge(self._connection, authkey)
        answer_challenge(self._connection, authkey)
        self.known = True

    def introduce(self, authkey: bytes) -> None:
        """As the side that calls: the same, the other way round."""
        answer_challenge(self._connection, authkey)
        deliver_challenge(self._connection, authkey)
        self.known = True

    def poll(self, seconds: float | None) -> bool:
        """Whether something has come, the end of the line too, within these seconds."""
        return self._connection.poll(seconds)

    def receive(self) -> bytes:
        """One frame. Raises one of `BROKEN`; of a frame that is too large, only its length is read."""
        return self._connection.recv_bytes(MOST_BYTES)

    def send(self, frame: bytes) -> None:
        """Send one frame. Raises one of `BROKEN`."""
        if len(frame) > MOST_BYTES:
            raise ValueError(f"a frame of {len(frame)} bytes is too large")
        self._sent_by = time.monotonic() + STALL_SECONDS
        try:
            self._connection.send_bytes(frame)
        except TypeError as error:  # the library's own, where it was closed in the middle
            raise OSError("the line was closed while somebody wrote to it") from error
        self._sent_by = math.inf

    def cut(self) -> None:
        """End it from any thread: whoever reads or writes wakes up."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give back what it holds; for the one thread that uses it."""
        self.cut()
        with suppress(OSError):
            self._connection.close()
        self._socket.close()


def _prepare(connected: socket.socket) -> None:
    connected.setblocking(True)
    stall = struct.pack("ll", int(STALL_SECONDS), 0)
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, stall)
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, stall)
    if connected.family != socket.AF_UNIX:
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # without it an answer takes 44 ms
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in (("TCP_KEEPIDLE", 10), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3)):
            if hasattr(socket, name):
                connected.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
