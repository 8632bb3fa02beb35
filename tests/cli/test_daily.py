from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from maestro_actors.cli.daily import said
from maestro_actors.core.daily import Routine
from maestro_actors.journal.database import connect, sqlite_url
from maestro_actors.journal.library import Library
from maestro_actors.settings import ONE_USER
from tests.cli.house import House
from tests.cli.inside import Inside

LISBON = "Europe/Lisbon"
ROUTINE = Routine("ana", LISBON, time(7, 30))
MONDAY = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)  # six in Lisbon too


@pytest.fixture
def maestro(tmp_path: Path) -> Inside:
    return Inside(tmp_path)


def test_the_daily_burst_is_set_paused_resumed_and_turned_off(house: House) -> None:
    assert "Daily burst off" in house.run("daily").said
    assert f"Daily burst 07:30 Timezone {LISBON} Next run to" in house.run("daily", "07:30", "--timezone", LISBON).said
    assert "Daily burst 07:30, paused" in house.run("pause").said
    resumed = house.run("resume")
    assert (resumed.code, resumed.err) == (0, "")
    assert f"Daily burst 07:30 Timezone {LISBON} Next run to" in resumed.said
    assert "What was missed while it was paused is not made up for." in resumed.said
    assert json.loads(house.run("daily", "off", "--json").out) == {
        "daily_time": None,
        "timezone": LISBON,
        "paused": False,
        "next_run_at": None,
    }


@pytest.mark.parametrize("command", ["daily", "history"])
def test_its_timezone_is_said_to_be_that_of_history(maestro: Inside, command: str) -> None:
    other = {"daily": "maestro history", "history": "maestro daily"}[command]
    assert f"`{other}`" in maestro(command, "--help").said


@pytest.mark.parametrize(
    ("routine", "now", "next_run"),
    [
        (ROUTINE, MONDAY, "today at 07:30, in 1 h 30 min"),
        (ROUTINE, MONDAY + timedelta(minutes=89, seconds=30), "today at 07:30, in 1 min"),
        (
            ROUTINE,
            MONDAY + timedelta(minutes=90),
            "due since 07:30: it begins once a worker runs and no other burst does",
        ),
        (replace(ROUTINE, decided=frozenset({date(2026, 3, 2)})), MONDAY, "tomorrow at 07:30, in 1 d 1 h"),
        (replace(ROUTINE, since=MONDAY + timedelta(days=3)), MONDAY, "Thu 05 Mar at 07:30, in 3 d 1 h"),
        (
            replace(ROUTINE, since=MONDAY + timedelta(hours=3)),
            MONDAY + timedelta(hours=3),
            "tomorrow at 07:30, in 22 h 30 min",
        ),
        (replace(ROUTINE, timezone="Pacific/Chatham", since=MONDAY), MONDAY, "tomorrow at 07:30, in 11 h 45 min"),
        (replace(ROUTINE, paused=True), MONDAY, "none until `maestro resume`"),
        (replace(ROUTINE, daily_time=None), MONDAY, "never: `maestro daily 07:30` sets a time"),
        (replace(ROUTINE, daily_time=None, paused=True), MONDAY, "never: `maestro daily 07:30` sets a time"),
    ],
)
def test_the_next_run_is_told_in_local_time(routine: Routine, now: datetime, next_run: str) -> None:
    assert said(routine, now)["Next run"] == next_run


def test_the_night_of_a_clock_change_is_an_hour_shorter() -> None:
    midnight = datetime(2026, 3, 29, 0, 0, tzinfo=ZoneInfo(LISBON))
    assert said(ROUTINE, midnight)["Next run"] == "today at 07:30, in 6 h 30 min"
    skipped = replace(ROUTINE, daily_time=time(1, 30))
    assert said(skipped, midnight)["Next run"] == "today at 02:30, in 1 h 30 min"


def test_json_has_the_next_run_in_utc(maestro: Inside) -> None:
    printed = json.loads(maestro("daily", "7:05", "--timezone", "Asia/Kathmandu", "--json").out)
    assert printed | {"next_run_at": ""} == {
        "daily_time": "07:05",
        "timezone": "Asia/Kathmandu",
        "paused": False,
        "next_run_at": "",
    }
    at = datetime.fromisoformat(printed["next_run_at"])
    assert printed["next_run_at"].endswith("T01:20:00.000Z")
    assert timedelta(minutes=-1) < at - datetime.now(UTC) <= timedelta(days=1)


def test_a_time_keeps_the_timezone_and_a_timezone_keeps_the_time(maestro: Inside) -> None:
    maestro("daily", "07:30", "--timezone", LISBON)
    assert f"08:45 Timezone {LISBON}" in maestro("daily", "08:45").said
    assert "08:45 Timezone Asia/Tokyo" in maestro("daily", "--timezone", "Asia/Tokyo").said
    assert "off Timezone Asia/Tokyo" in maestro("daily", "off").said
    assert "off Timezone Asia/Tokyo" in maestro("daily").said


def test_looking_changes_nothing(maestro: Inside) -> None:
    maestro("daily", "07:30", "--timezone", LISBON)
    set_to = maestro("daily", "--json").out
    assert "07:30" in maestro("daily").out
    assert maestro("daily", "--json").out == set_to


def test_two_who_set_time_and_timezone_at_once_both_have_their_way(maestro: Inside) -> None:
    maestro("daily", "--timezone", "Asia/Tokyo")
    with maestro.overtaken("daily", "--timezone", LISBON):
        maestro("daily", "07:30")
    assert f"07:30 Timezone {LISBON}" in maestro("daily").said


@pytest.mark.parametrize("again", [("07:30",), ("--timezone", LISBON), ("7:30", "--timezone", LISBON)])
def test_setting_the_same_again_leaves_a_run_due(maestro: Inside, again: tuple[str, ...]) -> None:
    maestro("daily", "07:30", "--timezone", LISBON)
    engine = connect(sqlite_url(maestro.home / "maestro.db"))
    set_at = Library(engine).routine(ONE_USER, MONDAY).since
    maestro("daily", *again)
    assert Library(engine).routine(ONE_USER, MONDAY).since == set_at
    engine.dispose()


def test_a_pause_outlives_a_change_of_the_time(maestro: Inside) -> None:
    assert "Daily burst off, paused" in maestro("pause").said
    assert "07:30, paused" in maestro("daily", "07:30").said
    assert "none until `maestro resume`" in maestro("pause").said
    assert "Daily burst 07:30 Timezone" in maestro("resume").said


def test_resuming_what_was_not_paused_says_so(maestro: Inside) -> None:
    done = maestro("resume")
    assert done.code == 0
    assert "It was not paused." in done.said


@pytest.mark.parametrize(
    "at", ["25:00", "24:00", "noon", "07:30:15", "07:30:00", "7", "0730", "07:60", "OFF", "", "\udcff"]
)
def test_what_is_no_time_is_refused(maestro: Inside, at: str) -> None:
    done = maestro("daily", at)
    assert (done.code, done.out) == (2, "")
    assert f"{at!r} is no time of day: write HH:MM without seconds, such as 07:30, or off" in done.err
    assert "Try 'maestro daily --help' for help." in done.err
    assert not (maestro.home / "maestro.db").exists()


@pytest.mark.parametrize(
    ("zone", "message"),
    [
        ("Mars/Base", "--timezone is 'Mars/Base': it must be an IANA timezone, such as Europe/Lisbon"),
        ("lisbon", "--timezone is 'lisbon' (did you mean Europe/Lisbon?)"),
        ("localtime", "--timezone is 'localtime'"),
        ("../../etc/passwd", "--timezone is '../../etc/passwd'"),
        ("", "--timezone is ''"),
    ],
)
def test_an_unknown_timezone_is_refused(maestro: Inside, zone: str, message: str) -> None:
    done = maestro("daily", "07:30", "--timezone", zone)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert not (maestro.home / "maestro.db").exists()


@pytest.mark.parametrize("command", ["daily", "pause", "resume"])
def test_a_wrong_setting_is_said(maestro: Inside, command: str) -> None:
    wrong = maestro(command, MAESTRO_USER="me")
    assert (wrong.code, wrong.err[:34]) == (2, "maestro: MAESTRO_USER is 'me': it ")
    nowhere = maestro(command, DATABASE_URL="sqlite://")
    assert (nowhere.code, nowhere.err[:36]) == (2, "maestro: DATABASE_URL names no file:")
