"""Whatever stdout is: a pipe whose reader leaves, a full disk, an old encoding."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.house import MAESTRO, ONE_POST, House
from tests.cli.workshop import BRAND

A_BURST = ("burst", "--posts", "1", "--brand", BRAND)


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["text", "json"])
def test_a_reader_that_leaves_early_ends_it_quietly(house: House, options: tuple[str, ...]) -> None:
    with subprocess.Popen(
        [MAESTRO, *ONE_POST, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=house.environment(),
        start_new_session=True,
    ) as demo:
        assert demo.stdout is not None
        demo.stdout.close()
        _, err = demo.communicate(timeout=20)
    assert demo.returncode == 1
    assert b"Traceback" not in err


@pytest.mark.parametrize("command", [ONE_POST, (*ONE_POST, "--json"), ("doctor",)], ids=["text", "json", "doctor"])
def test_a_full_disk_under_the_output_is_said(house: House, command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [MAESTRO, *command], stdout=full, stderr=subprocess.PIPE, env=house.environment(), timeout=20
        )
    assert done.returncode == 1
    assert b"maestro: no space left to write the output" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", [ONE_POST, ("doctor",)], ids=["demo", "doctor"])
def test_an_encoding_without_the_characters_is_no_obstacle(house: House, command: tuple[str, ...]) -> None:
    done = house.run(*command, PYTHONIOENCODING="ascii")
    assert done.code == 0, done.said
    assert "Traceback" not in done.said, done.said
    assert ("complete" in done.out) or ("All is well" in done.out)


def test_in_a_pipe_no_line_is_broken_or_ends_with_blanks(house: House) -> None:
    burst, brands, checked = house.run(*A_BURST), house.run("brand", "list"), house.run("doctor")
    for done in (burst, brands, checked):
        assert (done.code, done.err) == (0, "")
        assert not [line for line in done.out.splitlines() if line != line.rstrip()]
    (post,) = [line for line in burst.out.splitlines() if line.startswith("  ✓ post")]
    assert post.endswith("America/New_York"), "the time and its zone are on the line of the title"
    assert max(map(len, checked.out.splitlines())) > 80


def test_who_sets_a_width_has_it_in_a_pipe(house: House) -> None:
    done = house.run("doctor", COLUMNS="60")
    assert done.code == 0
    assert max(map(len, done.out.splitlines())) <= 60
    assert not [line for line in done.out.splitlines() if line != line.rstrip()]
