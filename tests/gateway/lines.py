"""Raw sockets to a gateway, for callers who do not keep to the rules."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from maestro_actors.gateway.address import Address, call
from maestro_actors.gateway.line import Line


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def called(address: Address) -> Iterator[socket.socket]:
    """A socket that is connected, and has said nothing."""
    with call(address, 2) as caller:
        caller.settimeout(10)
        yield caller


@contextmanager
def introduced(address: Address) -> Iterator[Line]:
    """A line that has shown that it has the key."""
    line = Line(call(address, 2))
    try:
        line.introduce(address.key)
        yield line
    finally:
        line.close()


def ends(caller: socket.socket) -> bool:
    """Whether the other side hangs up, whatever it says before."""
    try:
        while caller.recv(4096):
            pass
    except ConnectionError:
        return True
    return True
