"""Help teaches: what a command is for, its options, examples to copy, and what its exit code means."""

from __future__ import annotations

import pytest

from tests.cli.house import Done, House

OPTIONS = {
    "demo": ["--reels N", "--posts N", "--carousels N", "--brand SLUG", "--seed N", "--json"],
    "storage": ["--folder DIRECTORY", "--port N"],
    "worker": ["--help"],
    "doctor": ["--help"],
    "burst": ["--daily", "--reels N", "--posts N", "--carousels N", "--brand SLUG", "--seed N", "--json"],
    "regenerate": ["JOB", "--json"],
    "status": ["--watch", "--json"],
    "cancel": ["BURST", "--reason TEXT", "--wait / --no-wait"],
    "up": ["--port N"],
    "token": ["--help"],
    "db": ["--help"],
}
SETTINGS = (
    *("MAESTRO_HOME", "MAESTRO_USER", "MAESTRO_RENDERERS", "DATABASE_URL", "SUPABASE_URL", "TMPDIR"),
    *("MAESTRO_GATEWAY", "MAESTRO_GATEWAY_KEY", "MAESTRO_HOST", "PORT"),
)
GROUPS = {"db": ["upgrade"]}  # what they are for is told by their commands


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_shows_where_to_begin_every_command_and_every_setting(house: House, option: str) -> None:
    done = house.run(option)
    assert (done.code, done.err) == (0, "")
    assert "Begin with:" in done.out
    for command in OPTIONS:
        (line,) = [line for line in done.out.splitlines() if line.startswith(f"  {command}  ")]
        assert line.endswith("."), "a summary that is cut off teaches nothing"
        assert not line.endswith("...")
    assert all(setting in done.out for setting in SETTINGS)
    assert str(house.home) in done.out


@pytest.mark.parametrize("command", [command for command in OPTIONS if command not in GROUPS])
def test_help_of_a_command_has_its_options_and_examples(house: House, command: str) -> None:
    done = house.run(command, "--help")
    assert_teaches(done, command)
    assert all(option in done.out for option in OPTIONS[command])


@pytest.mark.parametrize("group", GROUPS)
def test_help_of_a_group_has_its_commands_and_theirs_has_examples(house: House, group: str) -> None:
    done = house.run(group, "--help")
    assert (done.code, done.err) == (0, "")
    for command in GROUPS[group]:
        assert f"\n  {command}  " in done.out
        assert_teaches(house.run(group, command, "--help"), f"{group} {command}")


def assert_teaches(done: Done, command: str) -> None:
    assert (done.code, done.err) == (0, "")
    assert "Example" in done.out
    assert f"  maestro {command}" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_without_a_command_it_shows_the_help(house: House) -> None:
    done = house.run()
    assert done.code == 2
    assert "Begin with:" in done.said


def test_the_version_is_said(house: House) -> None:
    done = house.run("--version")
    assert done.code == 0
    assert done.out.startswith("maestro, version 0.")
