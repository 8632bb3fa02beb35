"""When the daily burst runs: once on every local date, at a wall time in the user's timezone.

A wall time that a clock change skips, or that comes twice, stands for the instant that `core.calendar` says. A date
on which the time does not come at all, because the clock jumps over the rest of the day, has no run.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from maestro_actors.core.calendar import instant

LOOK_AHEAD = 8  # days; no zone has left out so many dates


@dataclass(frozen=True, slots=True)
class Routine:
    """A user's timezone, and when the daily burst runs in it: never without a time, and not while paused.

    Runs before `since` do not count: a time that is set for earlier today begins tomorrow, and resuming makes up
    for nothing. `decided` are the latest local dates that have their daily burst.
    """

    user_id: str
    timezone: str = "UTC"
    daily_time: time | None = None
    since: datetime | None = None
    paused: bool = False
    decided: frozenset[date] = frozenset()


def local_date(now: datetime, timezone: str) -> date:
    """The date in the timezone at an instant."""
    return now.astimezone(ZoneInfo(timezone)).date()


def due(routine: Routine, now: datetime) -> date | None:
    """The local date whose run should have begun by now (aware), and has not; only today can be due."""
    today = local_date(now, routine.timezone)
    at = _run(routine, today)
    return today if at is not None and at <= now else None


def next_run(routine: Routine, now: datetime) -> datetime | None:
    """When the next daily burst begins, in UTC; in the past if it is due already, None if there will be none."""
    today = local_date(now, routine.timezone)
    days = (today + timedelta(days=offset) for offset in range(LOOK_AHEAD))
    return next((at for at in (_run(routine, day) for day in days) if at is not None), None)


def _run(routine: Routine, day: date) -> datetime | None:
    """When the run of a date begins, if it still is to."""
    if routine.paused or routine.daily_time is None or day in routine.decided:
        return None
    at = instant(day, routine.daily_time, routine.timezone)
    if routine.since is not None and at < routine.since:
        return None
    return at if local_date(at, routine.timezone) == day else None
