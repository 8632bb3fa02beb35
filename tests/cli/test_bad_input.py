"""What a person types or sets wrong: one message that names it and says what would do."""

from __future__ import annotations

import pytest

from tests.cli.house import ONE_POST, House


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["demo", "--brand", "nobody"],
            "there is no brand 'nobody'; there are healthy-college, copper-tern-coffee, the-slow-timetable",
        ),
        (["demo", "--reels", "-1"], "'--reels': -1 is not in the range 0<=x<=1000"),
        (["demo", "--posts", "1000000"], "'--posts': 1000000 is not in the range 0<=x<=1000"),
        (["demo", "--carousels", "x"], "'--carousels': 'x' is not a valid whole number"),
        (["demo", "--reels", "0", "--posts", "0", "--carousels", "0"], "ask for at least one reel, post or carousel"),
        (["demo", "--seed", "-1"], f"'--seed': -1 is not in the range 0<=x<={2**63 - 1}"),
        (["demo", "--seed", str(2**63)], f"is not in the range 0<=x<={2**63 - 1}"),
        (["demo", "--colour"], "No such option"),
        (["storage", "--port", "0"], "'--port': 0 is not in the range 1<=x<=65535"),
        (["worker", "now"], "unexpected extra argument (now)"),
        (["dance"], "No such command 'dance'"),
    ],
)
def test_a_wrong_option_is_named_with_what_would_do(house: House, arguments: list[str], message: str) -> None:
    done = house.run(*arguments)
    assert done.code == 2
    assert message in done.said
    assert "--help" in done.err
    assert done.out == ""
    assert not house.home.exists()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("MAESTRO_USER", "me", "MAESTRO_USER is 'me': it must be a UUID"),
        ("MAESTRO_RENDERERS", "many", "MAESTRO_RENDERERS is 'many': it must be a whole number from 1 to 256"),
        ("MAESTRO_RENDERERS", "0", "MAESTRO_RENDERERS is '0': it must be a whole number from 1 to 256"),
        ("MAESTRO_JOBS_IN_FLIGHT", "-3", "MAESTRO_JOBS_IN_FLIGHT is '-3': it must be a whole number"),
        (
            "SUPABASE_URL",
            "http://127.0.0.1:1",
            "SUPABASE_URL is set without SUPABASE_SERVICE_KEY: set both, or neither",
        ),
        ("SUPABASE_SERVICE_KEY", "a key", "SUPABASE_SERVICE_KEY is set without SUPABASE_URL: set both, or neither"),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_do(house: House, name: str, value: str, message: str) -> None:
    done = house.run(*ONE_POST, **{name: value})
    assert done.code == 2
    assert done.err.startswith(f"maestro: {message}")
    assert "Traceback" not in done.err, done.err
    assert done.out == ""


@pytest.mark.parametrize(
    ("command", "name", "value", "message"),
    [
        ("brand list", "MAESTRO_HOME", "/tmp/\udcff", "MAESTRO_HOME is '/tmp/\\udcff', whose name is not UTF-8"),  # noqa: S108
        ("up", "MAESTRO_HOST", "\udcff", "MAESTRO_HOST has bytes that are not UTF-8"),
        ("up", "PORT", "8" * 5000, "PORT is '888"),
        ("worker", "MAESTRO_RENDERERS", "8" * 5000, "MAESTRO_RENDERERS is '888"),
        ("status", "MAESTRO_GATEWAY", "unix:", "MAESTRO_GATEWAY is 'unix:': write unix:/path/to/a.sock, or host:port"),
        ("worker", "MAESTRO_GATEWAY", "unix:", "MAESTRO_GATEWAY is 'unix:': write unix:/path/to/a.sock, or host:port"),
        ("status", "MAESTRO_GATEWAY", f"127.0.0.1:{'8' * 5000}", "MAESTRO_GATEWAY is '127.0.0.1:888"),
    ],
)
def test_what_no_system_would_take_is_said_as_plainly(
    house: House, command: str, name: str, value: str, message: str
) -> None:
    done = house.run(*command.split(), **{name: value})
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert line.startswith(f"maestro: {message}")
    assert len(line) < 200


def test_the_doctor_says_it_too(house: House) -> None:
    done = house.run("doctor", DATABASE_URL=f"sqlite:///{house.root}/a.db?timeout=abc", PORT="8" * 5000)
    assert (done.code, done.err) == (1, "")
    assert "✗ database DATABASE_URL has a setting that cannot be used (could not convert" in done.said
    assert "✗ web PORT is '888" in done.said


@pytest.mark.parametrize("command", ["worker", "storage"])
def test_every_command_minds_the_settings(house: House, command: str) -> None:
    done = house.run(command, MAESTRO_USER="me")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("maestro: MAESTRO_USER is 'me'")


def test_the_doctor_names_a_wrong_setting_and_checks_what_else_there_is(house: House) -> None:
    done = house.run("doctor", MAESTRO_USER="me")
    assert done.code == 1
    assert "✗  settings         MAESTRO_USER is 'me'" in done.out
    assert "✓  codecs" in done.out


def test_an_address_of_storage_that_is_none_is_named(house: House) -> None:
    done = house.run(*ONE_POST, SUPABASE_URL="my project", SUPABASE_SERVICE_KEY="a key")
    assert done.code == 2
    assert "SUPABASE_URL is 'my project': it must look like https://yourproject.supabase.co" in done.said
