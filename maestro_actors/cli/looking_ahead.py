"""What `maestro calendar` finds, and how it hands that to people, to programs and to other calendars."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

import click
from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from maestro_actors.cli import dates
from maestro_actors.cli.consoles import a_console
from maestro_actors.cli.database import database
from maestro_actors.cli.onlooker import Onlooker, onlooker
from maestro_actors.cli.pages import DIM, grid, heading, note, one_line, page
from maestro_actors.cli.plain import Failed
from maestro_actors.core.content import Kind
from maestro_actors.core.wording import number
from maestro_actors.journal import views
from maestro_actors.journal.history import History
from maestro_actors.journal.rows import TakenSlot
from maestro_actors.settings import Settings


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the calendar: from today on without a `start`, and to its end without `days`."""

    start: date | None
    days: int | None
    brand: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """The slots that are taken from the `start` to the `last` day, in order of day, brand and time."""

    start: date
    last: date | None
    taken: tuple[TakenSlot, ...]


def run(settings: Settings, wanted: Wanted, ics: str | None, as_json: bool) -> int:
    """Find it and hand it over; the exit code."""
    with database(settings) as engine:
        looks = onlooker(engine, settings)
        found = _find(History(engine), settings.user_id, wanted, looks)
    if ics is not None:
        _export(found, looks, ics)
    elif as_json:
        print(json.dumps(_view(found), indent=2), flush=True)  # noqa: T201
    else:
        a_console().print(_agenda(found, looks) if found.taken else _nothing(found))
    return 0


def _find(history: History, user_id: str, wanted: Wanted, looks: Onlooker) -> Found:
    looks.refuse_impossible(wanted.brand)
    start = wanted.start or looks.today
    end = start + timedelta(days=wanted.days) if wanted.days else None
    taken = history.taken_slots(user_id, brand=wanted.brand, since=start, until=end)
    if not taken:
        looks.refuse_unknown(wanted.brand)
    return Found(start, end - timedelta(days=1) if end else None, tuple(sorted(taken, key=_place)))


def _place(taken: TakenSlot) -> tuple[date, str, float]:
    """Where it stands: under the day and brand that it was planned for, in the order in which it will be."""
    return taken.slot.local_date, taken.slot.brand, taken.slot.instant.timestamp()


def _view(found: Found) -> dict[str, object]:
    return {
        "from": found.start.isoformat(),
        "to": found.last.isoformat() if found.last else None,
        "slots": [views.taken_slot_view(each) for each in found.taken],
    }


def _export(found: Found, looks: Onlooker, file: str) -> None:
    from maestro_actors.ical_feed import feed  # what it loads, a table needs none of

    written = feed(found.taken, looks.brands, looks.now)
    if file == "-":
        sys.stdout.buffer.write(written)
        sys.stdout.flush()
        return
    try:
        Path(file).write_bytes(written)
    except OSError as error:
        raise Failed(f"cannot write {file} ({error.strerror}): choose another file") from error
    click.echo(f"{number(len(found.taken), 'slot')} from {dates.day(found.start)} on: {file}")


def _nothing(found: Found) -> RenderableType:
    span = f"to {dates.day(found.last)}" if found.last else "on"
    return page(
        Text(f"  Nothing is planned from {dates.day(found.start)} {span}."),
        note("`maestro burst` fills the calendar: each job that succeeds takes its brand’s next slot."),
    )


def _agenda(found: Found, looks: Onlooker) -> RenderableType:
    parts: list[RenderableType] = []
    widths = [
        max(cell_len(looks.brand(taken.slot.brand)) for taken in found.taken),
        max(len(dates.clock(dates.of_slot(taken.slot))) for taken in found.taken),
        max(len(kind) for kind in Kind),
    ]
    for day, of_day in groupby(found.taken, lambda taken: taken.slot.local_date):
        table = grid("", "", "", "", widths=widths)
        for row in _rows(of_day, looks):
            table.add_row(*row)
        parts += [heading(dates.day(day)), table, Text()]
    return page(*parts, note(f"{number(len(found.taken), 'slot')}, each in its brand’s timezone"))


def _rows(of_day: Iterable[TakenSlot], looks: Onlooker) -> Iterator[tuple[RenderableType, ...]]:
    """A row a slot; the brand is named once."""
    for brand, of_brand in groupby(of_day, lambda taken: taken.slot.brand):
        name = looks.brand(brand)
        for taken in of_brand:
            local = dates.of_slot(taken.slot)
            clock = Text(f"{local:%H:%M}").append(f" {dates.zone_of(local)}", DIM)
            yield name, clock, taken.slot.kind, one_line(taken.title)
            name = ""
