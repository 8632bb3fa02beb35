"""Dates as people type them, and times as they read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import click

from maestro_actors.core.calendar import Slot, instant

FIRST, LAST = date(1970, 1, 1), date(2999, 12, 31)


def typed(_context: click.Context, _option: click.Parameter, text: str | None) -> date | None:
    """What somebody typed as a date; the callback of an option."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a date: write it as {datetime.now(UTC):%Y-%m-%d}") from None
    if not FIRST <= day <= LAST:
        raise click.BadParameter(f"{text!r} is out of reach: there are days from {FIRST} to {LAST}")
    return day


def start_of(day: date, timezone: str) -> datetime:
    """When the day begins there, in UTC."""
    return instant(day, time.min, timezone)


def end_of(day: date, timezone: str) -> datetime:
    """When the day is over there, in UTC."""
    return start_of(day + timedelta(days=1), timezone)


def of_slot(slot: Slot) -> datetime:
    """When the slot is on its brand's clock; where a clock change moves it, where it is moved to."""
    return slot.instant.astimezone(ZoneInfo(slot.timezone))


def day(local: date) -> str:
    return f"{local:%a %d %b %Y}"


def clock(local: datetime) -> str:
    """The time with its zone: “07:30 EST”, “18:00 UTC+11”."""
    return f"{local:%H:%M} {zone_of(local)}"


def zone_of(local: datetime) -> str:
    """What the zone is called then; many have no name but their distance from UTC."""
    name = local.tzname() or ""
    if name[:1] not in ("+", "-"):
        return name
    return f"UTC{name[:3]}:{name[3:]}" if len(name) > 3 else f"UTC{name}"


def moment(local: datetime, now: datetime) -> str:
    """A time in a list: with the weekday if it is of this year, else with the year."""
    return f"{local:%a %d %b %H:%M}" if local.year == now.year else f"{local:%d %b %Y %H:%M}"
