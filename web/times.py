"""Dates and instants as a query has them. A date is a day in the user's timezone, and all of it counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, TypeVar

from maestro_actors.core.calendar import instant
from web.problems import unusable

T = TypeVar("T", bound=date)

FIRST, LAST = date(1970, 1, 1), date(2999, 12, 31)

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})", re.IGNORECASE
)


def day(text: str) -> date:
    """The date that is written so.

    Raises:
        ValueError: it is none, or out of reach; the text says what would do.
    """
    try:
        found = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        found = None
    return _within_reach(found, "it must be a date, such as 2026-11-23")


def day_or_moment(text: str) -> date | datetime:
    """The date or the instant (aware, in UTC) that is written so; raises as `day`."""
    if not _MOMENT.fullmatch(text):
        return _within_reach(
            day(text) if _DAY.fullmatch(text) else None,
            "it must be a date, such as 2026-11-23, or an instant as RFC 3339 has it, such as 2026-11-23T18:00:00Z; "
            "in a URL a + is written %2B",
        )
    try:
        found = datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        found = None
    return _within_reach(found, "there is no such instant: look at its date, its time and its offset")


def span(
    since: date | datetime | None, until: date | datetime | None, timezone: Callable[[], str]
) -> tuple[datetime | None, datetime | None]:
    """From which instant on, and before which; the `timezone` is asked for only where a date needs it.

    Raises:
        ProblemError: 422 where nothing can be between them.
    """
    start = _start(since, timezone) if since else None
    end = _start(until, timezone, days=1) if until else None
    if start and end and start > end:
        raise unusable("until", "it must not be before since")
    return start, end


def _within_reach(found: T | None, otherwise: str) -> T:
    if found is None:
        raise ValueError(otherwise)
    if not FIRST <= date(found.year, found.month, found.day) <= LAST:
        raise ValueError(f"it is out of reach: there are days from {FIRST} to {LAST}")
    return found


def _start(when: date | datetime, timezone: Callable[[], str], days: int = 0) -> datetime:
    """The instant, or the beginning of the day that is so many days later."""
    if isinstance(when, datetime):
        return when
    return instant(when + timedelta(days=days), time.min, timezone())
