"""What `maestro calendar` says of the slots that are taken."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from maestro_actors.core.content import Brand, Kind
from maestro_actors.examples import COPPER_TERN, HEALTHY_COLLEGE, SLOW_TIMETABLE
from maestro_actors.journal.library import Library
from maestro_actors.settings import ONE_USER
from tests.cli.house import House
from tests.cli.inside import Inside
from tests.cli.past import CAPTION, Past, past_of
from tests.journal.scribe import BEN
from tests.support.studio import a_brand

MONDAY = datetime(2026, 11, 23, 5, tzinfo=UTC)  # just after midnight in New York
LONG = "Night trains that still run, and what to pack for each of them when the heating fails"


@pytest.fixture(scope="module")
def says(tmp_path_factory: pytest.TempPathFactory) -> Inside:
    """A studio with slots on Monday and Tuesday."""
    home = tmp_path_factory.mktemp("home")
    with past_of(home) as past:
        scheduled(past, MONDAY, HEALTHY_COLLEGE, Kind.REEL, ["Sleep first", "Walk to class", "Eat", "Rest"])
        scheduled(past, MONDAY, HEALTHY_COLLEGE, Kind.POST, ["Two exams, one day; 🎉"])
        scheduled(past, MONDAY, COPPER_TERN, Kind.POST, ["قهوة الصباح"])
        scheduled(past, MONDAY, SLOW_TIMETABLE, Kind.CAROUSEL, [LONG])
        told = past.burst(MONDAY, {(HEALTHY_COLLEGE, Kind.REEL): ["Of another user"]}, user_id=BEN)
        told.scheduled("Of another user")
    return Inside(home)


def scheduled(past: Past, at: datetime, brand: Brand, kind: Kind, titles: Sequence[str]) -> None:
    told = past.burst(at, {(brand, kind): titles})
    told.scheduled(*titles)
    told.end()


def slots(says: Inside, *arguments: str) -> list[Any]:
    done = says("calendar", *arguments, "--json")
    assert done.code == 0, done.err
    return list(json.loads(done.out)["slots"])


def test_slots_stand_under_their_day_and_brand_in_order_of_time(says: Inside) -> None:
    done = says("calendar", "--from", "2026-11-23", COLUMNS="160")
    assert [" ".join(line.split()) for line in done.out.splitlines() if line.strip()] == [
        "Mon 23 Nov 2026",
        "Copper Tern Coffee 06:45 WET post قهوة الصباح",
        "Healthy College 07:30 EST reel Sleep first",
        "09:00 EST post Two exams, one day; 🎉",
        "12:15 EST reel Walk to class",
        "20:30 EST reel Eat",
        f"The Slow Timetable 19:30 UTC+11 carousel {LONG}",
        "Tue 24 Nov 2026",
        "Healthy College 07:30 EST reel Rest",
        "7 slots, each in its brand’s timezone",
    ]


@pytest.mark.parametrize("columns", [80, 120])
def test_lines_fit_the_terminal_and_nothing_is_cut_off(says: Inside, columns: int) -> None:
    done = says("calendar", "--from", "2026-11-23", COLUMNS=str(columns))
    assert max(map(len, done.out.splitlines())) <= columns
    assert LONG.split()[-1] in done.said
    assert "…" not in done.out


def test_the_days_and_the_brand_can_be_chosen(says: Inside) -> None:
    assert len(slots(says, "--from", "2026-11-23", "--days", "1")) == 6
    assert len(slots(says, "--from", "2026-11-24")) == 1
    assert slots(says, "--from", "2026-11-25") == []
    tern = slots(says, "--from", "2026-11-01", "--days", "30", "--brand", "copper-tern-coffee")
    assert [slot["title"] for slot in tern] == ["قهوة الصباح"]
    assert "Of another user" not in {slot["title"] for slot in slots(says, "--from", "2026-11-01", "--days", "366")}


def test_the_calendar_is_there_for_programs_too(says: Inside) -> None:
    view = json.loads(says("calendar", "--from", "2026-11-24", "--days", "7", "--json").out)
    assert (view["from"], view["to"]) == ("2026-11-24", "2026-11-30")
    (slot,) = view["slots"]
    assert slot["brand"] == "healthy-college"
    assert slot["kind"] == "reel"
    assert slot["caption"] == CAPTION
    assert slot["scheduled_for"] == "2026-11-24T12:30:00.000Z"
    assert slot["slot"]["local_time"] == "2026-11-24T07:30:00-05:00"


# Nights on which clocks change: (the brand's zone, the day, its wall times, and the times that people there see).
NIGHTS = [
    ("Europe/Lisbon", date(2026, 3, 29), ["00:30", "01:30", "02:30"], ["00:30 WET", "02:30 WEST", "02:30 WEST"]),
    ("Europe/Lisbon", date(2026, 10, 25), ["00:30", "01:30", "02:30"], ["00:30 WEST", "01:30 WEST", "02:30 WET"]),
    ("America/New_York", date(2026, 3, 8), ["01:30", "02:30", "04:00"], ["01:30 EST", "03:30 EDT", "04:00 EDT"]),
    ("America/New_York", date(2026, 11, 1), ["00:30", "01:30", "02:30"], ["00:30 EDT", "01:30 EDT", "02:30 EST"]),
    (
        *("Australia/Lord_Howe", date(2026, 4, 5), ["01:15", "01:45", "02:15"]),
        ["01:15 UTC+11", "01:45 UTC+11", "02:15 UTC+10:30"],
    ),
    (
        *("Australia/Lord_Howe", date(2026, 10, 4), ["01:45", "02:15", "02:30"]),
        ["01:45 UTC+10:30", "02:30 UTC+11", "02:45 UTC+11"],
    ),
]


@pytest.mark.parametrize(("zone", "day", "planned", "seen"), NIGHTS)
def test_on_the_night_of_a_clock_change_slots_are_shown_as_clocks_there_show_them(
    tmp_path: Path, zone: str, day: date, planned: list[str], seen: list[str]
) -> None:
    brand = a_brand("night", zone, tuple(map(time.fromisoformat, planned)))
    with past_of(tmp_path) as past:
        evening = datetime.combine(day - timedelta(days=1), time(23), ZoneInfo(zone)).astimezone(UTC)
        scheduled(past, evening, brand, Kind.REEL, [f"Reel {number}" for number in range(len(planned))])
    says = Inside(tmp_path)
    done = says("calendar", "--from", str(day), "--days", "1")
    rows = [line for line in done.out.splitlines() if " reel " in line]
    assert [" ".join(row.partition(" reel ")[0].replace("night", "").split()) for row in rows] == seen
    told = slots(says, "--from", str(day), "--days", "1")
    assert sorted(slot["slot"]["wall_time"] for slot in told) == planned
    assert [slot["scheduled_for"] for slot in told] == sorted(slot["scheduled_for"] for slot in told)
    ics = says("calendar", "--from", str(day), "--ics", "-").out
    starts = [event.decoded("DTSTART") for event in Calendar.from_ical(ics).walk("VEVENT")]
    assert [start.astimezone(ZoneInfo(zone)).strftime("%H:%M") for start in starts] == [at[:5] for at in seen]


# iCalendar.


def test_the_calendar_is_written_for_other_calendars(says: Inside, tmp_path: Path) -> None:
    file = tmp_path / "maestro.ics"
    done = says("calendar", "--from", "2026-11-23", "--ics", str(file))
    assert (done.code, done.out) == (0, f"7 slots from Mon 23 Nov 2026 on: {file}\n")
    events = {str(event["SUMMARY"]): event for event in Calendar.from_ical(file.read_bytes()).walk("VEVENT")}
    assert len(events) == 7
    reel: Any = events["Reel · Healthy College: Sleep first"]
    assert reel["DESCRIPTION"] == CAPTION
    assert reel.decoded("DTSTART") == datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    assert reel.decoded("DTSTAMP") - datetime.now(UTC) < timedelta(minutes=1)
    assert f"Carousel · The Slow Timetable: {LONG}" in events


def test_the_calendar_is_written_to_a_pipe_and_nothing_else_is(says: Inside) -> None:
    done = says("calendar", "--from", "2026-11-23", "--brand", "the-slow-timetable", "--ics", "-")
    assert done.out.startswith("BEGIN:VCALENDAR")
    assert done.out.rstrip().endswith("END:VCALENDAR")
    assert done.out.count("BEGIN:VEVENT") == 1


def test_a_file_has_everything_that_is_planned_unless_days_are_asked_for(tmp_path: Path) -> None:
    with past_of(tmp_path) as past:
        brand = a_brand("slow", reel_times=(time(9),))
        scheduled(past, MONDAY, brand, Kind.REEL, [f"Reel {number}" for number in range(30)])
    says = Inside(tmp_path)
    assert says("calendar", "--from", "2026-11-23", "--ics", "-").out.count("BEGIN:VEVENT") == 30
    assert says("calendar", "--from", "2026-11-23", "--days", "3", "--ics", "-").out.count("BEGIN:VEVENT") == 3
    assert len(slots(says, "--from", "2026-11-23")) == 14


def test_a_file_that_cannot_be_written_is_named(says: Inside, tmp_path: Path) -> None:
    done = says("calendar", "--ics", str(tmp_path / "nowhere" / "maestro.ics"))
    assert done.code == 1
    assert f"cannot write {tmp_path}/nowhere/maestro.ics (No such file or directory): choose another" in done.err
    full = says("calendar", "--from", "2026-11-23", "--ics", "/dev/full")
    assert full.code == 1
    assert "cannot write /dev/full (No space left on device)" in full.err


# Nothing to see.


def test_an_empty_calendar_says_so_and_what_fills_it(house: House) -> None:
    done = house.run("calendar", "--from", "2026-11-23")
    assert (done.code, done.err) == (0, "")
    assert done.said == (
        "Nothing is planned from Mon 23 Nov 2026 to Sun 06 Dec 2026. "
        "`maestro burst` fills the calendar: each job that succeeds takes its brand’s next slot."
    )
    file = house.root / "maestro.ics"
    assert house.run("calendar", "--ics", str(file)).out.startswith("0 slots from ")
    assert b"VEVENT" not in file.read_bytes()


def test_from_today_on_unless_it_says_otherwise(house: House) -> None:
    house.home.mkdir()
    with past_of(house.home) as past:
        now = datetime.now(UTC)
        scheduled(past, now - timedelta(days=3), HEALTHY_COLLEGE, Kind.REEL, ["Of last week", "Of last week as well"])
        scheduled(past, now + timedelta(days=2), HEALTHY_COLLEGE, Kind.REEL, ["Of this week"])
        scheduled(past, now + timedelta(days=20), HEALTHY_COLLEGE, Kind.REEL, ["Of next month"])
    done = house.run("calendar")
    assert (done.code, done.err) == (0, "")
    assert "Of this week" in done.out
    assert "Of last week" not in done.out
    assert "Of next month" not in done.out
    assert "Of next month" in house.run("calendar", "--days", "60").out


def test_a_brand_that_was_removed_keeps_its_slots_and_goes_by_its_slug(tmp_path: Path) -> None:
    with past_of(tmp_path) as past:
        Library(past.engine).brands.add(ONE_USER, COPPER_TERN, MONDAY)
        scheduled(past, MONDAY, COPPER_TERN, Kind.REEL, ["Grind finer"])
        Library(past.engine).brands.remove(ONE_USER, COPPER_TERN.slug, MONDAY)
    says = Inside(tmp_path)
    done = says("calendar", "--from", "2026-11-23", "--brand", "copper-tern-coffee")
    assert "copper-tern-coffee" in done.out
    none = says("calendar", "--from", "2026-12-23", "--brand", "copper-tern-coffee")
    assert none.code == 2
    assert "there is no brand 'copper-tern-coffee'" in none.said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--brand", "nobody"], "there is no brand 'nobody'; there are healthy-college, copper-tern-coffee"),
        (["--brand", "caf\udce9"], "there is no brand 'caf\\udce9'"),
        (["--from", "soon"], "'--from': 'soon' is not a date: write it as 20"),
        (["--days", "0"], "0 is not in the range 1<=x<=366"),
        (["--days", "x"], "'x' is not a valid whole number"),
        (["--ics", "-", "--json"], "--ics and --json are two forms of the same: choose one"),
        (["tomorrow"], "unexpected extra argument (tomorrow)"),
    ],
)
def test_what_is_wrong_is_named_with_what_would_do(says: Inside, arguments: list[str], message: str) -> None:
    done = says("calendar", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.said
    assert "--help" in done.err
