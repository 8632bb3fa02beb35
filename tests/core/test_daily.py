"""The daily run under clocks that skip, repeat and jump, and a worker that looks at it now and then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from maestro_actors.core.daily import LOOK_AHEAD, Routine, due, local_date, next_run
from tests.core.clocks import (
    APIA,
    CAIRO,
    CHATHAM,
    EVERYWHERE,
    HAVANA,
    KIRITIMATI,
    LISBON,
    LORD_HOWE,
    NEW_YORK,
    NUUK,
    ST_JOHNS,
    TROLL,
    TWICE,
    UTMOST_WEST,
    hard_times,
    instants_around,
    is_shown,
    places,
    reckoned,
    shown,
    wall_times,
)
from tests.core.strategies import patient

DAY, QUARTER = timedelta(days=1), timedelta(minutes=15)

daily_times = st.one_of(wall_times, hard_times)
waits = st.one_of(  # between two looks: a worker that is up, that was down for a night, that was away for days
    st.integers(1, 90 * 60).map(lambda seconds: timedelta(seconds=seconds)),
    st.integers(1, 30 * 60).map(lambda minutes: timedelta(minutes=minutes)),
    st.integers(1, 5).map(lambda days: timedelta(days=days)),
)


def at(text: str) -> datetime:
    """An instant in UTC, as 2026-03-08T07:30."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def daily(zone: str, wall: time, *decided: date) -> Routine:
    return Routine("ana", zone, wall, decided=frozenset(decided))


def runs_of(routine: Routine, day: date) -> datetime | None:
    """When the run of a date is, reckoned without the code that is tested: None where the time does not come then."""
    if routine.daily_time is None:
        return None
    run = reckoned(day, routine.daily_time, routine.timezone)
    return run if shown(run, routine.timezone).date() == day else None


@dataclass(frozen=True, slots=True)
class Look:
    """A worker looked whether something is due; `routine` is as it was then."""

    at: datetime
    routine: Routine

    @property
    def day(self) -> date:
        return shown(self.at, self.routine.timezone).date()

    @property
    def should_run(self) -> bool:
        """Whether today's run has come, for a routine that is not paused and was in force by then."""
        run, since = runs_of(self.routine, self.day), self.routine.since
        return run is not None and not self.routine.paused and run <= self.at and (since is None or run >= since)


class Studio:
    """A routine as its user changes it, and the worker that runs what is due."""

    def __init__(self, routine: Routine, now: datetime) -> None:
        self.routine = routine
        self.now = now
        self.looks: list[Look] = []
        self.runs: list[tuple[date, datetime]] = []

    def look(self) -> None:
        self.looks.append(Look(self.now, self.routine))
        day = due(self.routine, self.now)
        if day is not None:
            self.runs.append((day, self.now))
            self.routine = replace(self.routine, decided=self.routine.decided | {day})

    def change(self, routine: Routine) -> None:
        """Another time or zone, or resumed: what should have been before does not count."""
        self.routine = replace(routine, since=self.now)

    @property
    def expected(self) -> list[tuple[date, datetime]]:
        """Each date at the first look at which its run had come."""
        first: dict[date, datetime] = {}
        for look in self.looks:
            if look.should_run:
                first.setdefault(look.day, look.at)
        return list(first.items())


# A worker's life.


@patient
@given(places, daily_times, st.lists(waits, max_size=40))
@example((NEW_YORK, at("2026-11-01T05:29")), time(1, 30), [timedelta(minutes=1), timedelta(hours=1)] * 3)
@example((APIA, at("2011-12-29T09:59")), time(0), [timedelta(minutes=1)] * 3)
@example((ST_JOHNS, at("2010-11-07T02:20")), time(23, 45), [timedelta(minutes=7)] * 20)
def test_each_date_runs_once_when_its_time_has_come_and_somebody_is_there(
    place: tuple[str, datetime], wall: time, pauses: list[timedelta]
) -> None:
    zone, begin = place
    studio = Studio(daily(zone, wall), begin)
    for wait in pauses:
        studio.look()
        studio.now += wait
    assert studio.runs == studio.expected
    assert len({day for day, _ in studio.runs}) == len(studio.runs), "never two for one date"
    for day, when in studio.runs:
        run = runs_of(studio.routine, day)
        assert run is not None
        assert run <= when, "never early"
        assert shown(when, zone).date() == day, "a date that is over is over"


@patient
@given(st.data(), places, daily_times)
def test_pausing_and_setting_another_time_or_zone_never_doubles_a_date_nor_makes_up_for_one(
    data: st.DataObject, place: tuple[str, datetime], wall: time
) -> None:
    zone, begin = place
    studio = Studio(daily(zone, wall), begin)
    wishes = st.sampled_from(["nothing", "nothing", "nothing", "pause", "resume", "time", "zone", "never"])
    for wait in data.draw(st.lists(waits, max_size=25)):
        studio.now += wait
        match data.draw(wishes):
            case "pause":
                studio.routine = replace(studio.routine, paused=True)
            case "resume" if studio.routine.paused:
                studio.change(replace(studio.routine, paused=False))
            case "time":
                studio.change(replace(studio.routine, daily_time=data.draw(daily_times)))
            case "zone":
                studio.change(replace(studio.routine, timezone=data.draw(st.sampled_from(EVERYWHERE))))
            case "never":
                studio.change(replace(studio.routine, daily_time=None))
        studio.look()
    assert studio.runs == studio.expected
    assert len({day for day, _ in studio.runs}) == len(studio.runs)


@settings(patient, max_examples=40)
@given(st.one_of(places, st.tuples(st.just(ST_JOHNS), instants_around(TWICE[1]))), daily_times)
def test_a_worker_that_looks_every_quarter_of_an_hour_misses_no_date(place: tuple[str, datetime], wall: time) -> None:
    zone, begin = place
    studio = Studio(daily(zone, wall), begin)
    for _ in range(6 * DAY // QUARTER):
        studio.look()
        studio.now += QUARTER
    dates = {look.day for look in studio.looks}
    whole = dates - {min(dates), max(dates)}
    runs = {day: run for day in whole if (run := runs_of(studio.routine, day))}
    in_time = {day for day, run in runs.items() if shown(run + QUARTER, zone).date() == day}  # else the date was over
    ran = {day for day, _ in studio.runs}
    assert in_time <= ran <= dates


# The next run.


@st.composite
def routines(draw: st.DrawFn) -> tuple[Routine, datetime]:
    """A routine in force, and an instant at which somebody looks at it."""
    zone, now = draw(places)
    today = shown(now, zone).date()
    decided = draw(st.frozensets(st.integers(-2, 2).map(lambda days: today + timedelta(days=days)), max_size=4))
    since = draw(st.one_of(st.none(), waits.map(lambda wait: now - wait)))
    wall = draw(st.one_of(st.none(), daily_times, daily_times, daily_times))
    return Routine("ana", zone, wall, since, draw(st.sampled_from([False, False, False, True])), decided), now


def coming(routine: Routine, now: datetime) -> datetime | None:
    """The next run, found by looking at every date to come."""
    if routine.paused:
        return None
    today = shown(now, routine.timezone).date()
    days = (today + timedelta(days=n) for n in range(LOOK_AHEAD))
    runs = (runs_of(routine, day) for day in days if day not in routine.decided)
    return next((run for run in runs if run and (routine.since is None or run >= routine.since)), None)


@patient
@given(routines())
def test_the_next_run_is_that_of_the_first_date_that_still_has_one(look: tuple[Routine, datetime]) -> None:
    routine, now = look
    begins = next_run(routine, now)
    assert begins == coming(routine, now)
    assert (begins is None) == (routine.paused or routine.daily_time is None)


@patient
@given(routines())
def test_what_is_due_and_what_is_next_agree(look: tuple[Routine, datetime]) -> None:
    routine, now = look
    begins, today = next_run(routine, now), due(routine, now)
    if begins is None:
        assert today is None
    elif today is not None:
        assert begins <= now
        assert local_date(begins, routine.timezone) == today == local_date(now, routine.timezone)
    else:
        assert begins > now
        assert due(routine, begins) == local_date(begins, routine.timezone), "at that very instant it is"
        assert due(routine, begins - timedelta(microseconds=1)) is None, "and just before it is not"


@patient
@given(routines(), st.floats(0, 1))
def test_until_the_next_run_nothing_is_due(look: tuple[Routine, datetime], share: float) -> None:
    routine, now = look
    begins = next_run(routine, now)
    if begins is not None and begins > now:
        between = now + (begins - now) * share
        if between < begins:
            assert due(routine, between) is None
            assert next_run(routine, between) == begins


@patient
@given(routines(), waits)
def test_the_next_run_never_goes_back(look: tuple[Routine, datetime], wait: timedelta) -> None:
    routine, now = look
    begins, later = next_run(routine, now), next_run(routine, now + wait)
    assert (begins is None) == (later is None)
    if begins is not None and later is not None:
        assert begins <= later
        assert later >= (routine.since or later)


@patient
@given(routines())
def test_the_clock_on_the_wall_shows_the_daily_time_unless_it_skips_it(look: tuple[Routine, datetime]) -> None:
    routine, now = look
    begins = next_run(routine, now)
    if begins is not None and routine.daily_time is not None:
        wall = shown(begins, routine.timezone)
        if is_shown(wall.date(), routine.daily_time, routine.timezone):
            assert wall.time() == routine.daily_time
        else:
            assert wall.time() > routine.daily_time, "as much later as the clock was put forward"


@patient
@given(routines(), st.sampled_from(EVERYWHERE))
def test_it_makes_no_difference_in_whose_time_now_is_told(look: tuple[Routine, datetime], zone: str) -> None:
    routine, now = look
    there = now.astimezone(ZoneInfo(zone))
    assert due(routine, there) == due(routine, now)
    assert next_run(routine, there) == next_run(routine, now)


# One by one.


@pytest.mark.parametrize(
    ("zone", "wall", "day", "run"),
    [
        (LISBON, time(7, 30), date(2026, 3, 28), "2026-03-28T07:30"),
        (LISBON, time(7, 30), date(2026, 3, 29), "2026-03-29T06:30"),
        (LISBON, time(9), date(2028, 2, 29), "2028-02-29T09:00"),
        (NEW_YORK, time(2, 30), date(2026, 3, 8), "2026-03-08T07:30"),  # skipped: shown as 03:30
        (NEW_YORK, time(1, 30), date(2026, 11, 1), "2026-11-01T05:30"),  # twice: the first
        (LORD_HOWE, time(2, 15), date(2026, 10, 4), "2026-10-03T15:45"),  # skipped by half an hour: shown as 02:45
        (LORD_HOWE, time(1, 45), date(2026, 4, 5), "2026-04-04T14:45"),  # twice: the first
        (CHATHAM, time(3), date(2026, 9, 27), "2026-09-26T14:15"),  # skipped: shown as 04:00
        (CHATHAM, time(3), date(2026, 4, 5), "2026-04-04T13:15"),  # twice: the first
        (TROLL, time(2), date(2026, 3, 29), "2026-03-29T02:00"),  # skipped by two hours: shown as 04:00
        (HAVANA, time(0), date(2026, 3, 8), "2026-03-08T05:00"),  # skipped: the date begins at 01:00
        (CAIRO, time(23, 30), date(2026, 10, 29), "2026-10-29T20:30"),  # twice: the first
        (NUUK, time(22, 59), date(2026, 3, 28), "2026-03-29T00:59"),
        (APIA, time(9), date(2011, 12, 29), "2011-12-29T19:00"),
        (APIA, time(9), date(2011, 12, 31), "2011-12-30T19:00"),
        (KIRITIMATI, time(0), date(2026, 1, 1), "2025-12-31T10:00"),
        (UTMOST_WEST, time(23, 59), date(2026, 1, 1), "2026-01-02T11:59"),
    ],
)
def test_a_run_is_due_from_its_instant_on(zone: str, wall: time, day: date, run: str) -> None:
    routine = daily(zone, wall, day - DAY)
    begins = at(run)
    assert due(routine, begins - timedelta(seconds=1)) is None
    assert next_run(routine, begins - timedelta(seconds=1)) == begins
    assert due(routine, begins) == day
    assert next_run(routine, begins) == begins
    assert next_run(daily(zone, wall, day), begins) == reckoned(day + DAY, wall, zone)


def test_a_time_that_comes_twice_runs_once() -> None:
    routine, today = daily(NEW_YORK, time(1, 30)), date(2026, 11, 1)
    assert due(routine, at("2026-11-01T05:30")) == today
    assert due(daily(NEW_YORK, time(1, 30), today), at("2026-11-01T06:30")) is None
    assert due(routine, at("2026-11-01T06:29")) == today, "made up for, since nobody was there the first time"


def test_a_day_that_ends_before_its_time_has_no_run() -> None:
    """On the last Saturday of March the clocks of Nuuk go from 23:00 to midnight."""
    late = daily(NUUK, time(23, 30), date(2026, 3, 27))
    assert next_run(late, at("2026-03-28T12:00")) == at("2026-03-30T00:30")
    assert due(late, at("2026-03-29T00:59:59")) is None
    assert due(late, at("2026-03-29T01:00")) is None


def test_a_date_that_never_came_has_no_run() -> None:
    """Samoa went from the 29th of December 2011 to the 31st."""
    routine = daily(APIA, time(12), date(2011, 12, 29))
    assert next_run(routine, at("2011-12-29T23:00")) == at("2011-12-30T22:00")
    studio = Studio(routine, at("2011-12-29T23:00"))
    for _ in range(60):
        studio.look()
        studio.now += timedelta(hours=1)
    assert [day for day, _ in studio.runs] == [date(2011, 12, 31), date(2012, 1, 1)]


def test_a_date_that_came_twice_runs_once() -> None:
    """A minute after midnight the clocks of St. John's went back to 23:01."""
    studio = Studio(daily(ST_JOHNS, time(23, 30), date(2010, 11, 5)), at("2010-11-07T02:00"))
    for _ in range(200):
        studio.look()
        studio.now += timedelta(minutes=1)
    assert studio.runs == [(date(2010, 11, 6), at("2010-11-07T02:00"))]


def test_a_time_that_is_set_for_earlier_today_begins_tomorrow() -> None:
    noon = at("2026-03-01T12:00")
    begun = Routine("ana", "UTC", time(9), since=noon)
    assert due(begun, noon) is None
    assert next_run(begun, noon) == at("2026-03-02T09:00")
    assert due(replace(begun, daily_time=time(12)), noon) == date(2026, 3, 1), "this very minute still counts"


def test_resuming_makes_up_for_nothing() -> None:
    paused = Routine("ana", "UTC", time(9), at("2026-02-01T00:00"), paused=True)
    assert (due(paused, at("2026-03-01T10:00")), next_run(paused, at("2026-03-01T10:00"))) == (None, None)
    resumed = replace(paused, paused=False, since=at("2026-03-01T10:00"))
    assert due(resumed, at("2026-03-01T10:00")) is None
    assert next_run(resumed, at("2026-03-01T10:00")) == at("2026-03-02T09:00")


def test_without_a_time_nothing_runs() -> None:
    assert due(Routine("ana"), at("2026-03-01T10:00")) is None
    assert next_run(Routine("ana"), at("2026-03-01T10:00")) is None


def test_a_traveller_has_one_run_for_each_date() -> None:
    """From Kiritimati to the other side of the date line, where the date that has had its run is still to come."""
    studio = Studio(daily(KIRITIMATI, time(6)), at("2026-03-01T16:00"))
    studio.look()
    studio.change(replace(studio.routine, timezone=UTMOST_WEST))
    for _ in range(60):
        studio.look()
        studio.now += timedelta(hours=1)
    assert [day for day, _ in studio.runs] == [date(2026, 3, 2), date(2026, 3, 1), date(2026, 3, 3)]


def test_the_local_date_is_that_of_the_zone() -> None:
    now = at("2026-01-15T11:30")
    zones = {KIRITIMATI: date(2026, 1, 16), "UTC": date(2026, 1, 15), UTMOST_WEST: date(2026, 1, 14)}
    assert {zone: local_date(now, zone) for zone in zones} == zones
