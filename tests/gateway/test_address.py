"""Where a gateway can be, and which keys will do."""

from __future__ import annotations

from pathlib import Path

import pytest

from maestro_actors.errors import SettingsError, UnusableError
from maestro_actors.gateway.address import address_of

LONG = "k" * 32


def test_without_a_setting_it_is_a_socket_in_maestros_own_folder(home: Path) -> None:
    address = address_of(home, None, None)
    assert str(address) == f"unix:{home}/gateway.sock"
    assert len(address.key) >= 64
    assert address.key.decode() not in repr(address)
    assert address_of(home, None, None) == address, "the key is made once"


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ("unix:/tmp/a.sock", "unix:/tmp/a.sock"),
        ("127.0.0.1:9000", "127.0.0.1:9000"),
        ("localhost:1", "localhost:1"),
        ("[::1]:65535", "[::1]:65535"),
        ("tcp://127.0.0.1:9000", "127.0.0.1:9000"),
    ],
)
def test_an_address_may_be_a_socket_or_a_port(home: Path, where: str, shown: str) -> None:
    assert str(address_of(home, where, None)) == shown


@pytest.mark.parametrize(
    "where",
    [
        "unix:",
        "unix: ",
        "unix:~nobody-of-that-name/a.sock",
        "9000",
        "host",
        "host:",
        ":9000",
        "host:0",
        "host:65536",
        "host:x",
        "host:٣",
        f"host:{'9' * 5000}",
    ],
)
def test_what_is_no_address_is_named(home: Path, where: str) -> None:
    with pytest.raises(SettingsError, match=r"MAESTRO_GATEWAY is .*: write unix:/path"):
        address_of(home, where, LONG)


def test_off_this_machine_the_key_must_be_given(home: Path) -> None:
    with pytest.raises(SettingsError, match="set the same MAESTRO_GATEWAY_KEY"):
        address_of(home, "10.0.0.1:9000", None)
    assert address_of(home, "10.0.0.1:9000", LONG).key == LONG.encode()


def test_a_key_that_is_too_short_is_refused(home: Path) -> None:
    with pytest.raises(SettingsError, match="too short"):
        address_of(home, None, "secret")


def test_a_path_that_no_system_takes_is_refused_in_time(home: Path) -> None:
    with pytest.raises(SettingsError, match="too long a path: set MAESTRO_GATEWAY"):
        address_of(home / ("x" * 100), None, LONG)


def test_a_folder_that_cannot_be_written_is_named(home: Path) -> None:
    (home / "file").touch()
    with pytest.raises(UnusableError, match=r"cannot be kept .*set MAESTRO_HOME"):
        address_of(home / "file", None, None)
