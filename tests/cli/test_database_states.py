"""Every state a database may be in: what refuses it, in which words, and what `maestro db upgrade` makes of it."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from maestro_actors.journal.tables import VERSION
from tests.cli.house import Done, House
from tests.cli.inside import Inside
from tests.cli.states import NEWER, OLDER, broken, current, empty, missing, newer, of_version
from tests.gateway.lines import free_port
from tests.support.hostile_server import refusing_port
from tests.support.patience import eventually

COMMANDS = (("burst", "--posts", "1"), ("worker",), ("history",), ("regenerate", "1b9d6bcd"))


def assert_refused(done: Done, *said: str, code: int = 1) -> None:
    """In one line, which has all this."""
    assert (done.code, done.out) == (code, "")
    (line,) = done.err.splitlines()
    assert line.startswith("maestro: ")
    assert all(each in line for each in said), line


# Another version than this Maestro's.


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_an_older_one_is_refused_with_the_command_that_mends_it(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    of_version(tmp_path / "maestro.db", OLDER)
    done = Inside(tmp_path)(*arguments)
    assert_refused(done, f"has version {OLDER}, this Maestro needs {VERSION}: run `maestro db upgrade`")


@pytest.mark.parametrize("arguments", [*COMMANDS, ("db", "upgrade")], ids=lambda arguments: arguments[0])
def test_a_newer_one_is_refused_and_left_alone(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    newer(tmp_path / "maestro.db")
    done = Inside(tmp_path)(*arguments)
    assert_refused(done, f"has version {NEWER}, this Maestro knows {VERSION} at most", "install that one")
    with closing(sqlite3.connect(tmp_path / "maestro.db")) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (NEWER,)


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_an_empty_one_is_refused_with_the_command_that_mends_it(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    empty(tmp_path / "maestro.db")
    assert_refused(Inside(tmp_path)(*arguments), "is empty: run `maestro db upgrade`")


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    broken(tmp_path / "maestro.db")
    assert_refused(Inside(tmp_path)(*arguments), "file is not a database")


# maestro db upgrade.


@pytest.mark.parametrize("state", [missing, empty, current])
def test_an_upgrade_brings_it_to_this_version(tmp_path: Path, state: Callable[[Path], None]) -> None:
    path, maestro = tmp_path / "maestro.db", Inside(tmp_path)
    state(path)
    done = maestro("db", "upgrade")
    assert (done.code, done.out, done.err) == (0, f"sqlite:///{path} has version {VERSION}\n", "")
    assert maestro("history").code == 0


def test_what_a_worker_refuses_an_upgrade_mends(house: House) -> None:
    house.home.mkdir()
    empty(house.home / "maestro.db")
    assert_refused(house.run("worker"), "run `maestro db upgrade`")
    assert house.run("db", "upgrade").code == 0
    assert house.run("history").code == 0


@pytest.mark.parametrize(("state", "said"), [(newer, "made by a newer Maestro"), (broken, "file is not a database")])
def test_an_upgrade_refuses_what_it_cannot_use(tmp_path: Path, state: Callable[[Path], None], said: str) -> None:
    state(tmp_path / "maestro.db")
    before = (tmp_path / "maestro.db").read_bytes()
    assert_refused(Inside(tmp_path)("db", "upgrade"), said)
    assert (tmp_path / "maestro.db").read_bytes() == before


def test_an_upgrade_makes_the_folder_of_the_database_too(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere" / "studio.db"
    done = Inside(tmp_path / "home")("db", "upgrade", DATABASE_URL=f"sqlite:///{path}")
    assert (done.code, done.err) == (0, "")
    assert path.exists()
    assert not (tmp_path / "home").exists()


# DATABASE_URL.


@pytest.mark.parametrize(
    "arguments", [*COMMANDS, ("db", "upgrade"), ("brand", "list"), ("status",), ("up",)], ids=" ".join
)
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "DATABASE_URL cannot be read: write postgresql://user:password@host/name, or unset it"),
        ("mysql://root@127.0.0.1/maestro", "DATABASE_URL begins with mysql, which cannot be used: write postgresql"),
        ("sqlite:////tmp/a.db?timeout=abc", "DATABASE_URL has a setting that cannot be used (could not convert string"),
        ("sqlite://", "DATABASE_URL names no file: write sqlite:////path"),
    ],
)
def test_one_that_cannot_be_used_is_a_wrong_setting(
    tmp_path: Path, arguments: tuple[str, ...], url: str, said: str
) -> None:
    assert_refused(Inside(tmp_path)(*arguments, DATABASE_URL=url, PORT=str(free_port())), said, code=2)


@pytest.mark.parametrize(
    "arguments", [("burst", "--posts", "1"), ("history",), ("db", "upgrade")], ids=lambda arguments: arguments[0]
)
def test_one_that_is_out_of_reach_is_said_in_one_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    with refusing_port() as address:
        done = Inside(tmp_path)(*arguments, DATABASE_URL=url_at(address))
    assert_refused(done, "the database is out of reach", "Connection refused")
    assert "a-secret" not in done.said


def test_a_worker_waits_for_one_that_is_out_of_reach_and_says_so_once(house: House) -> None:
    with refusing_port() as address, house.started("worker", DATABASE_URL=url_at(address)) as worker:
        eventually(lambda: "\n" in worker.out, 30)
        worker.send(signal.SIGTERM)
        done = worker.wait(10)
    assert done.code == 0
    waiting, *rest = done.out.splitlines()
    assert waiting.startswith("maestro worker: waiting: the database is out of reach")
    assert rest == ["maestro worker: stopping on SIGTERM", "maestro worker: stopped"]
    assert done.err == ""


def url_at(address: str) -> str:
    """PostgreSQL there."""
    return f"postgresql://maestro:a-secret@{address.removeprefix('http://')}/maestro"
