"""The doctor looks at everything and says what to do about what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.cli.house import House
from tests.support.faulty_storage import StorageServer, storage_server

CHECKS = ("settings", "home", "temporary space", "storage", "fonts", "codecs")


@pytest.fixture
def project(house: House) -> Iterator[StorageServer]:
    with storage_server(house.root / "project") as server:
        yield server


def nobody_listens(_house: House, project: StorageServer) -> dict[str, str]:
    return {"SUPABASE_URL": "http://127.0.0.1:1", "SUPABASE_SERVICE_KEY": project.service_key}


def a_key_that_may_not(_house: House, project: StorageServer) -> dict[str, str]:
    return {"SUPABASE_URL": project.url, "SUPABASE_SERVICE_KEY": project.anon_key}


def a_file_for_temporary_files(house: House, _project: StorageServer) -> dict[str, str]:
    (house.root / "file").touch()
    return {"TMPDIR": str(house.root / "file")}


def a_file_as_home(house: House, project: StorageServer) -> dict[str, str]:
    house.home.touch()
    return {"SUPABASE_URL": project.url, "SUPABASE_SERVICE_KEY": project.service_key}


def test_all_is_well(house: House) -> None:
    done = house.run("doctor")
    assert done.code == 0, done.said
    assert [line for line in CHECKS if f"✓ {line} " in done.said] == list(CHECKS)
    assert "All is well: try `maestro demo`" in done.said
    assert done.err == ""


@pytest.mark.parametrize(
    ("breakage", "check", "remedy"),
    [
        (nobody_listens, "storage", "Check SUPABASE_URL"),
        (a_key_that_may_not, "storage", "SUPABASE_SERVICE_KEY is this project's service key"),
        (a_file_for_temporary_files, "temporary space", "set TMPDIR to a folder that can be written"),
        (a_file_as_home, "home", "set MAESTRO_HOME to a folder that can"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do_and_the_rest_is_still_looked_at(
    house: House,
    project: StorageServer,
    breakage: Callable[[House, StorageServer], dict[str, str]],
    check: str,
    remedy: str,
) -> None:
    done = house.run("doctor", **breakage(house, project))
    assert done.code == 1
    assert f"✗ {check} " in done.said
    assert remedy in done.said
    assert [well for well in CHECKS if f"✓ {well} " in done.said] == [well for well in CHECKS if well != check]
    assert "1 to mend" in done.said
    assert "Traceback" not in done.said, done.said
