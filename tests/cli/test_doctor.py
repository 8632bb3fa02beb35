"""The doctor looks at everything and says what to do about what is wrong."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator

import pytest

from maestro_actors.journal.tables import VERSION
from supabase_local.launch import serve
from tests.cli.house import House
from tests.cli.inside import Inside
from tests.cli.states import OLDER, broken, of_version
from tests.support.faulty_storage import StorageServer, storage_server
from tests.support.journals import owned, sqlite_engine
from tests.support.patience import eventually

CHECKS = ("settings", "home", "temporary space", "storage", "database", "gateway", "web", "fonts", "codecs")


@pytest.fixture
def project(house: House) -> Iterator[StorageServer]:
    with storage_server(house.root / "project") as server:
        yield server


def nobody_listens(_house: House, project: StorageServer) -> dict[str, str]:
    return working(project) | {"SUPABASE_URL": "http://127.0.0.1:1"}


def a_key_that_may_not(_house: House, project: StorageServer) -> dict[str, str]:
    return working(project) | {"SUPABASE_SERVICE_KEY": project.anon_key}


def no_key_for_browsers(_house: House, project: StorageServer) -> dict[str, str]:
    return working(project) | {"SUPABASE_ANON_KEY": ""}


def a_gateway_nowhere(_house: House, project: StorageServer) -> dict[str, str]:
    return working(project) | {"MAESTRO_GATEWAY": "somewhere"}


def no_port(_house: House, project: StorageServer) -> dict[str, str]:
    return working(project) | {"PORT": "http"}


def a_short_key(_house: House, project: StorageServer) -> dict[str, str]:
    return working(project) | {"MAESTRO_GATEWAY_KEY": "short"}


def a_cookie_key_that_is_none(_house: House, _project: StorageServer) -> dict[str, str]:
    return {"MAESTRO_COOKIE_KEY": "abc"}


def proxies_that_are_no_number(_house: House, _project: StorageServer) -> dict[str, str]:
    return {"MAESTRO_PROXIES": "x"}


def cookies_that_may_be_secure(_house: House, project: StorageServer) -> dict[str, str]:
    return working(project) | {"MAESTRO_SECURE_COOKIES": "maybe"}


def a_file_for_temporary_files(house: House, _project: StorageServer) -> dict[str, str]:
    (house.root / "file").touch()
    return {"TMPDIR": str(house.root / "file")}


def a_file_that_is_no_database(house: House, project: StorageServer) -> dict[str, str]:
    house.home.mkdir()
    broken(house.home / "maestro.db")
    return working(project)


def a_database_of_an_older_version(house: House, project: StorageServer) -> dict[str, str]:
    house.home.mkdir()
    of_version(house.home / "maestro.db", OLDER)
    return working(project)


def a_database_that_is_away(_house: House, project: StorageServer) -> dict[str, str]:
    return working(project) | {"DATABASE_URL": "postgresql://maestro@127.0.0.1:1/maestro"}


def an_address_that_is_none(_house: House, project: StorageServer) -> dict[str, str]:
    return working(project) | {"DATABASE_URL": "nonsense"}


def working(project: StorageServer) -> dict[str, str]:
    keys = {"SUPABASE_SERVICE_KEY": project.service_key, "SUPABASE_ANON_KEY": project.anon_key}
    return {"SUPABASE_URL": project.url} | keys


def a_file_as_home(house: House, project: StorageServer) -> dict[str, str]:
    house.home.touch()
    return working(project)


def test_all_is_well(house: House) -> None:
    done = house.run("doctor")
    assert done.code == 0, done.said
    assert [line for line in CHECKS if f"✓ {line} " in done.said] == list(CHECKS)
    assert "All is well: try `maestro demo`" in done.said
    assert done.err == ""
    assert f"sqlite:///{house.home}/maestro.db is not there yet: the first command that needs it makes it" in done.said
    assert not (house.home / "maestro.db").exists()
    assert "the settings have it listen at 127.0.0.1, port 8000" in done.said


def test_the_storage_is_that_of_worker_and_burst(house: House) -> None:
    with serve(house.home / "storage") as server:
        done = house.run("doctor")
    assert f"✓ storage the bucket answers at {server.url}/" in done.said


def test_a_database_that_is_there_is_named_with_its_version_and_its_owner(house: House, project: StorageServer) -> None:
    maestro = Inside(house.home)
    assert maestro("db", "upgrade").code == 0
    told = f"sqlite:///{house.home}/maestro.db has version {VERSION}"
    assert f"{told}, nobody owns the bursts" in " ".join(maestro("doctor", **working(project)).said.split())
    with sqlite_engine(house.home / "maestro.db") as engine, owned(engine):
        said = " ".join(maestro("doctor", **working(project)).said.split())
    assert f"{told}, process {os.getpid()} on " in said
    assert "owns the bursts" in said


@pytest.mark.parametrize(
    ("breakage", "check", "remedy"),
    [
        (nobody_listens, "storage", "Check SUPABASE_URL"),
        (a_key_that_may_not, "storage", "SUPABASE_SERVICE_KEY is this project's service key"),
        (a_file_for_temporary_files, "temporary space", "set TMPDIR to a folder that can be written"),
        (a_file_that_is_no_database, "database", "maestro.db back, or move it out of the way"),
        (a_database_of_an_older_version, "database", "run `maestro db upgrade`"),
        (a_database_that_is_away, "database", "check DATABASE_URL, and that its server runs"),
        (an_address_that_is_none, "database", "DATABASE_URL cannot be read: write postgresql://user:password@host"),
        (a_file_as_home, "home", "set MAESTRO_HOME to a folder that can"),
        (a_gateway_nowhere, "gateway", "write unix:/path/to/a.sock, or host:port"),
        (no_key_for_browsers, "web", "set SUPABASE_ANON_KEY"),
        (a_short_key, "gateway", "MAESTRO_GATEWAY_KEY is too short to keep anybody out: give 32 characters or more"),
        (a_cookie_key_that_is_none, "web", "MAESTRO_COOKIE_KEY is no key: it must be 32 random bytes"),
        (proxies_that_are_no_number, "web", "MAESTRO_PROXIES is 'x': it must be how many proxies stand in front"),
        (cookies_that_may_be_secure, "web", "MAESTRO_SECURE_COOKIES is 'maybe': it must be 1 or 0"),
        (no_port, "web", "PORT is 'http': it must be a whole number from 1 to 65535"),
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


def test_a_worker_that_has_another_key_is_told_from_none(house: House, project: StorageServer) -> None:
    with house.started("worker", MAESTRO_RENDERERS="1", **working(project)) as worker:
        eventually(lambda: "ready" in worker.out, 30)
        well = house.run("doctor", **working(project))
        ill = house.run("doctor", **working(project), MAESTRO_GATEWAY_KEY="of another installation " * 2)
        worker.send(signal.SIGTERM)
        assert worker.wait(10).code == 0
    assert (well.code, ill.code) == (0, 1)
    assert f"✓ gateway a worker answers at unix:{house.home}/gateway.sock" in well.said
    assert "✗ gateway the worker at" in ill.said
    assert "has another key: give both the same MAESTRO_GATEWAY_KEY" in ill.said
    assert "✓ gateway no worker runs" in house.run("doctor", **working(project)).said
