"""Folders that cannot be written, and a temporary folder that is full."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.cli.house import ONE_POST, House
from tests.support.faulty_storage import storage_server

A_SMALL_DISK = ("unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=64k tmpfs "$TMPDIR" && exec "$@"', "sh")
OF_LARGE_PICTURES = ("--brand", "healthy-college", "--seed", "4")  # a megabyte; others may be small enough
SMALL_FILES = ("sh", "-c", 'ulimit -f 700; exec "$@"', "sh")


def cramped(house: House) -> tuple[str, ...]:
    """What runs a command so that no picture fits into its temporary folder: a small disk, where we may mount one."""
    if shutil.which("unshare"):
        tried = subprocess.run([*A_SMALL_DISK, "true"], env=house.environment(), capture_output=True)
        if tried.returncode == 0:
            return A_SMALL_DISK
    return SMALL_FILES


@pytest.mark.parametrize("kind_of_limit", ["disk", "file size"])
def test_a_temporary_folder_that_is_full_fails_the_jobs_and_says_what_to_do(house: House, kind_of_limit: str) -> None:
    house.under = cramped(house) if kind_of_limit == "disk" else SMALL_FILES
    with storage_server(house.root / "project") as storage:
        project = {"SUPABASE_URL": storage.url, "SUPABASE_SERVICE_KEY": storage.service_key}
        done = house.run(*ONE_POST, *OF_LARGE_PICTURES, "--json", **project)
    assert done.code == 1
    (failure,) = done.recap["failures"]
    assert failure["stage"] in ("generating", "rendering")
    assert str(house.tmp) in failure["reason"]
    assert "TMPDIR" in failure["reason"] or "ulimit -f" in failure["reason"]
    assert "Traceback" not in done.err, done.err


@pytest.mark.parametrize("command", [ONE_POST, ("worker",)], ids=["demo", "worker"])
@pytest.mark.parametrize("broken", ["missing", "file"])
def test_a_temporary_folder_that_cannot_be_used_is_named(house: House, command: tuple[str, ...], broken: str) -> None:
    (house.root / "file").touch()
    done = house.run(*command, TMPDIR=str(house.root / broken))
    assert done.code == 1
    assert f"cannot write to the temporary folder {house.root / broken}" in done.said
    assert "set TMPDIR to a folder that can be written" in done.said
    assert "Traceback" not in done.said, done.said


def test_a_temporary_folder_whose_path_is_too_long_for_sockets_is_named(house: House) -> None:
    long = house.root / ("long" * 20)
    long.mkdir()
    done = house.run(*ONE_POST, TMPDIR=str(long))
    assert done.code == 1
    assert f"the path of the temporary folder {long} is too long: set TMPDIR" in done.said


@pytest.mark.parametrize("command", [ONE_POST, ("worker",), ("storage",)], ids=["demo", "worker", "storage"])
def test_a_home_that_cannot_be_written_is_named(house: House, command: tuple[str, ...]) -> None:
    house.home.touch()
    done = house.run(*command)
    assert done.code == 1
    assert str(house.home) in done.said
    assert "MAESTRO_HOME" in done.said
    assert "folder that can be written" in done.said
    assert "Traceback" not in done.said, done.said
