"""`maestro daily`, `pause` and `resume`: when the daily burst runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from maestro_actors.cli.given import AS_JSON
from maestro_actors.cli.library import library
from maestro_actors.cli.plain import plainly, read_settings
from maestro_actors.core.daily import Routine, local_date, next_run
from maestro_actors.core.validation import TIME_OF_DAY, time_of_day, timezone_problem

if TYPE_CHECKING:
    from maestro_actors.journal.library import Library

OFF = "off"


@click.command(short_help="Show or set when the daily burst runs.")
@click.argument("at", required=False, metavar="[HH:MM|off]")
@click.option("--timezone", metavar="ZONE", help="Where that time is, such as Europe/Lisbon. [default: as it is]")
@AS_JSON
def daily(at: str | None, timezone: str | None, as_json: bool) -> None:
    """Show when the daily burst runs, or set the time, or turn it off.

    A worker that is running begins a burst at that time on every day, of each brand's whole quota. A time that is
    set for earlier today begins tomorrow. Its timezone is yours: `maestro history` shows times in it.

    \b
    Examples:
      maestro daily
      maestro daily 07:30 --timezone Europe/Lisbon
      maestro daily off

    Exit codes: 0 done, 1 the database is out of reach, 2 there is no such time or timezone.
    """
    wanted = None if at is None or at == OFF else _time(at)
    if timezone is not None and (problem := timezone_problem(timezone)):
        raise click.UsageError(f"--timezone {problem}")

    def edited(before: Routine) -> Routine:
        daily_time = before.daily_time if at is None else wanted
        return replace(before, daily_time=daily_time, timezone=timezone or before.timezone)

    def change(shelves: Library, user_id: str, now: datetime) -> None:
        if at is not None or timezone is not None:
            shelves.edit_daily(user_id, edited, now)

    plainly(lambda: _after(change, as_json))


@click.command(short_help="Let no daily burst begin until `resume`.")
def pause() -> None:
    """Let no daily burst begin until `maestro resume`. One that is under way goes on.

    \b
    Example:
      maestro pause
    """
    plainly(lambda: _after(lambda shelves, user_id, _: shelves.pause(user_id)))


@click.command(short_help="Let daily bursts begin again.")
def resume() -> None:
    """Let daily bursts begin again, from the next on: what was missed meanwhile is not made up for.

    \b
    Example:
      maestro resume
    """
    plainly(lambda: _after(_resume))


def said(routine: Routine, now: datetime) -> dict[str, str]:
    """The routine in words, by what they are about."""
    at = f"{routine.daily_time:%H:%M}" if routine.daily_time else OFF
    return {
        "Daily burst": f"{at}, paused" if routine.paused else at,
        "Timezone": routine.timezone,
        "Next run": _next(routine, now),
    }


def _next(routine: Routine, now: datetime) -> str:
    if routine.daily_time is None:
        return "never: `maestro daily 07:30` sets a time"
    if routine.paused:
        return "none until `maestro resume`"
    at = next_run(routine, now)
    if at is None:
        return "none in the days to come"
    local = at.astimezone(ZoneInfo(routine.timezone))
    if at <= now:
        return f"due since {local:%H:%M}: it begins once a worker runs and no other burst does"
    days = (local.date() - local_date(now, routine.timezone)).days
    day = ("today", "tomorrow")[days] if days < 2 else f"{local:%a %d %b}"
    return f"{day} at {local:%H:%M}, in {_duration(at - now)}"


def _duration(left: timedelta) -> str:
    minutes = -(-left // timedelta(minutes=1))  # rounded up: a countdown says 1 until it is over
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [f"{count} {unit}" for count, unit in ((days, "d"), (hours, "h"), (minutes, "min")) if count]
    return " ".join(parts[:2])


def _resume(shelves: Library, user_id: str, now: datetime) -> str:
    paused = shelves.routine(user_id, now).paused
    shelves.resume(user_id, now)
    return "What was missed while it was paused is not made up for." if paused else "It was not paused."


def _time(text: str) -> time:
    at = time_of_day(text)
    if at is None:
        raise click.BadParameter(f"{text!r} is no time of day: write {TIME_OF_DAY}, or off", param_hint="'HH:MM'")
    return at


def _after(change: Callable[[Library, str, datetime], str | None], as_json: bool = False) -> None:
    """Change the routine, let a worker know, and say how it is then, with what the change has to say."""
    from maestro_actors.cli.calling import look_again
    from maestro_actors.cli.portraits import facts, print_json, say
    from maestro_actors.journal.views import routine_view

    now = datetime.now(UTC)
    with library() as (shelves, user_id):
        note = change(shelves, user_id, now) or ""
        routine = shelves.routine(user_id, now)
    look_again(read_settings())
    if as_json:
        print_json(routine_view(routine, now))
    else:
        say(facts(said(routine, now)), note=note)
