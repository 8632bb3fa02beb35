"""Where the gateway is, and the key that opens it."""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from maestro_actors.core.fields import shown
from maestro_actors.errors import PassingError, SettingsError
from maestro_actors.kept_secrets import kept_secret

KEY_FILE: Final = "gateway.key"
SOCKET_FILE: Final = "gateway.sock"
MOST_PATH: Final = 100  # bytes of a unix socket's path; systems take 104 to 108
BACKLOG: Final = 128
RETRY_SECONDS: Final = 0.01


@dataclass(frozen=True, slots=True)
class Address:
    """`path` for a unix socket, otherwise `host` and `port`. The key stays out of its repr."""

    key: bytes = field(repr=False)
    path: Path | None = None
    host: str = ""
    port: int = 0

    def __str__(self) -> str:
        if self.path:
            return f"unix:{self.path}"
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def address_of(home: Path, where: str | None, key: str | None) -> Address:
    """The address that is set, or a socket in Maestro's own folder, with its key.

    Raises:
        SettingsError: what is set cannot be used.
        UnusableError: the key cannot be kept in the folder.
    """
    if not where or where.startswith("unix:"):
        path = _socket_of(where) if where else home / SOCKET_FILE
        if len(os.fsencode(path)) > MOST_PATH:
            raise SettingsError(
                f"the gateway's socket {path} has too long a path: set MAESTRO_GATEWAY to unix:/a/shorter/path"
            )
        return Address(_key(home, key), path=path)
    host, port = _host_and_port(where)
    if key is None and not _is_loopback(host):
        raise SettingsError(
            f"MAESTRO_GATEWAY is {where!r}, off this machine: set the same MAESTRO_GATEWAY_KEY wherever it is used"
        )
    return Address(_key(home, key), host=host, port=port)


def _socket_of(where: str) -> Path:
    path = where.removeprefix("unix:").strip()
    if not path:  # which would be the current folder
        raise _no_address(where)
    try:
        return Path(path).expanduser().absolute()
    except RuntimeError:  # nobody here has that name
        raise _no_address(where) from None


def _host_and_port(where: str) -> tuple[str, int]:
    host, _, port = where.removeprefix("tcp:").removeprefix("//").rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isascii() or not port.isdigit() or len(port) > 5 or not 0 < int(port) < 65536:
        raise _no_address(where)
    return host, int(port)


def _no_address(where: str) -> SettingsError:
    return SettingsError(f"MAESTRO_GATEWAY is {shown(where)}: write unix:/path/to/a.sock, or host:port")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _key(home: Path, key: str | None) -> bytes:
    if key is not None:
        if len(key) < 32:
            raise SettingsError("MAESTRO_GATEWAY_KEY is too short to keep anybody out: give 32 characters or more")
        return key.encode()
    return kept_secret(home / KEY_FILE).encode()


def call(address: Address, seconds: float) -> socket.socket:
    """A socket that is connected to it; OSError where nobody listens."""
    if address.path is None:
        return socket.create_connection((address.host, address.port), timeout=seconds)
    deadline = time.monotonic() + seconds
    caller = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        while not _connected(caller, address.path):
            if time.monotonic() > deadline:
                raise TimeoutError("too many call at once")
            time.sleep(RETRY_SECONDS)
    except BaseException:
        caller.close()
        raise
    return caller


def _connected(caller: socket.socket, path: Path) -> bool:
    """False where too many wait to be accepted: of a unix socket the system says so at once."""
    caller.setblocking(False)
    try:
        caller.connect(str(path))
    except BlockingIOError:
        return False
    return True


@contextmanager
def listening(address: Address) -> Iterator[socket.socket]:
    """A socket that listens there; for the owner of the bursts alone, who takes the place of whatever was there.

    Raises:
        PassingError: the port is in use, or the folder cannot be written.
    """
    try:
        listener = _listen(address)
    except OSError as error:
        raise PassingError(
            f"the gateway cannot listen at {address} ({error.strerror}): set MAESTRO_GATEWAY to another place"
        ) from error
    inode = address.path.stat().st_ino if address.path else 0
    try:
        yield listener
    finally:
        listener.close()
        if address.path:
            with suppress(OSError):
                if address.path.stat().st_ino == inode:  # it may be another's by now
                    address.path.unlink()


def _listen(address: Address) -> socket.socket:
    if address.path is None:
        family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
        return socket.create_server((address.host, address.port), family=family, backlog=BACKLOG)
    address.path.parent.mkdir(parents=True, exist_ok=True)
    draft = address.path.with_name(f".{secrets.token_hex(4)}")
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listener.bind(str(draft))
        draft.chmod(0o600)
        listener.listen(BACKLOG)
        draft.replace(address.path)  # at no moment is there a socket that nobody listens at, and only we may use it
    except BaseException:
        listener.close()
        draft.unlink(missing_ok=True)
        raise
    return listener
