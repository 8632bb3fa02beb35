"""`maestro calendar`: which part of the publishing calendar is asked for, and in which form."""

from __future__ import annotations

import sys
from datetime import date

import click

from maestro_actors.cli import dates
from maestro_actors.cli.plain import WholeNumber, plainly, read_settings

DAYS = 14  # in a table; a file has everything that is planned


@click.command(short_help="Look ahead: which publishing slots are taken.")
@click.option("--from", "start", metavar="DATE", callback=dates.typed, help="From this day on.  [default: today]")
@click.option(
    "--days",
    type=WholeNumber(1, 366),
    metavar="N",
    help=f"So many days.  [default: {DAYS}; with --ics all that is planned]",
)
@click.option("--brand", metavar="SLUG", help="Only this brand's.")
@click.option("--ics", metavar="FILE", help="Write iCalendar for other calendars to read; - is stdout.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with times in UTC as well.")
def calendar(start: date | None, days: int | None, brand: str | None, ics: str | None, as_json: bool) -> None:
    """Look ahead: the publishing slots that jobs have taken, by day and brand, each in its brand's own timezone.

    A slot keeps its wall time when clocks change. With --ics the calendar goes into a file for other calendars to
    import, with each job as an event of 15 minutes.

    \b
    Examples:
      maestro calendar
      maestro calendar --from 2026-12-01 --days 31 --brand healthy-college
      maestro calendar --ics maestro.ics
      maestro calendar --json

    Exit codes: 0 shown or written, 1 the file cannot be written, 2 an option or a setting is wrong.
    """
    if ics is not None and as_json:
        raise click.UsageError("--ics and --json are two forms of the same: choose one")

    from maestro_actors.cli import looking_ahead

    wanted = looking_ahead.Wanted(start, days or (None if ics else DAYS), brand)
    sys.exit(plainly(lambda: looking_ahead.run(read_settings(), wanted, ics, as_json)))
