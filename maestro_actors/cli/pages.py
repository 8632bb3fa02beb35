"""How history looks in a terminal: lists of bursts and jobs, one burst, and its events."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from maestro_actors.cli import dates
from maestro_actors.cli.live import COLOURS, MARKS, STAGES, tally
from maestro_actors.cli.onlooker import Onlooker
from maestro_actors.core.chronicle import Names, sentence
from maestro_actors.core.wording import lasting
from maestro_actors.journal.rows import BurstRow, EventRow, JobRow
from maestro_actors.journal.views import seconds_of

DIM = "bright_black"
UNDER_WAY = "●"
SHORT = 8  # characters of an id that stand for it
INTERRUPTED = "interrupted"
BY_WHOM = "with the next worker, or with `maestro burst`"
GOES_ON, STOPS = f"goes on {BY_WHOM}", f"stops {BY_WHOM}"
BURST_COLOURS = {"finished": "green", "cancelled": DIM, "failed": "red", INTERRUPTED: "yellow"}
BURST_MARKS = {"finished": "✓", "cancelled": "–", "failed": "✗"}
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]+")  # none of them is for a terminal to obey


def page(*parts: RenderableType) -> RenderableType:
    """Parts with room around them."""
    return Group(Text(), *parts, Text())


def bursts(rows: Sequence[BurstRow], onlooker: Onlooker) -> RenderableType:
    """A line a burst."""
    table = grid("when", "kind", "outcome", "jobs", "took", "id")
    for row in rows:
        table.add_row(
            *(dates.moment(onlooker.local(row.started_at), onlooker.local(onlooker.now)), row.kind),
            *(_burst_outcome(row, onlooker), _counts(row), _took(row), Text(row.burst_id[:SHORT], DIM)),
        )
    waits = not onlooker.at_work and any(row.outcome is None for row in rows)
    return page(table, Text(), *([note(f"{INTERRUPTED}: {GOES_ON}")] if waits else ()), _times(onlooker))


def jobs(rows: Sequence[JobRow], onlooker: Onlooker) -> RenderableType:
    """Two lines a job, under the day on which it was accepted."""
    parts: list[RenderableType] = []
    for day, of_day in groupby(rows, lambda row: onlooker.local(row.created_at).date()):
        table = grid("", "", "", "")
        for row in of_day:
            said = Text(f"{onlooker.brand(row.brand)}: ").append(came_to(row, onlooker))
            table.add_row(f"{onlooker.local(row.created_at):%H:%M}", *_job(row, said))
        parts += [heading(dates.day(day)), table, Text()]
    return page(*parts, note(f"times in {onlooker.timezone}, slots in that of their brand"))


def burst(row: BurstRow, of_it: Sequence[JobRow], onlooker: Onlooker, narrowed: bool) -> RenderableType:
    """A burst with these of its jobs, under their brands."""
    parts: list[RenderableType] = [*_burst_heading(row, onlooker), Text()]
    in_order = of_it[::-1]
    for brand in dict.fromkeys(job.brand for job in in_order):
        table = grid("", "", "")
        for job in in_order:
            if job.brand == brand:
                table.add_row(*_job(job, came_to(job, onlooker)))
        parts += [heading(onlooker.brand(brand)), table, Text()]
    if not of_it:
        parts += [Text("  No job of it is like that." if narrowed else "  It has no jobs."), Text()]
    return page(*parts, note(f"What happened: maestro history {row.burst_id[:SHORT]} --events"))


def events(row: BurstRow, told: Sequence[EventRow], names: Names, onlooker: Onlooker) -> RenderableType:
    """A burst with these of its events, as sentences."""
    table = grid("", "")
    for each in told:
        if each.event:
            at = onlooker.local(each.event.at)
            table.add_row(Text(f"{at:%H:%M:%S}", DIM), one_line(sentence(each.event, names)))
        else:
            table.add_row("", Text(f"✗ {one_line(str(each.error))}", "red"))
    return page(*_burst_heading(row, onlooker), Text(), table, Text(), _times(onlooker))


def nothing(noun: str, narrowed: bool) -> RenderableType:
    """What is said in place of an empty list."""
    return page(Text(f"  No {noun} is like that." if narrowed else f"  No {noun}s yet: `maestro burst` runs a burst."))


# What the pages are made of.


def grid(*headings: str, widths: Sequence[int] = ()) -> Table:
    """A table without lines, whose last column takes what room there is; `widths` of its first columns, if they matter.

    Text there is broken and never cut off: it may be read from a pipe.
    """
    table = Table(box=None, padding=(0, 0, 0, 2), header_style=f"not bold {DIM}", show_header=any(headings))
    for name, width in zip_longest(headings[:-1], widths):
        table.add_column(name, no_wrap=True, min_width=width)
    table.add_column(headings[-1], overflow="fold")
    return table


def heading(text: str) -> Text:
    return Text(f"  {one_line(text)}", "bold")


def note(text: str) -> Text:
    return Text(f"  {text}", DIM)


def _times(onlooker: Onlooker) -> Text:
    return note(f"times in {onlooker.timezone}")


def one_line(text: str) -> str:
    """Text as it may stand in a row: line ends and everything that would move a cursor become spaces."""
    return CONTROLS.sub(" ", text)


def came_to(row: JobRow, onlooker: Onlooker) -> Text:
    """What became of the job."""
    colour = COLOURS.get(row.outcome or row.stage, "")
    if row.slot:
        local = dates.of_slot(row.slot)
        return Text(f"{local:%a %d %b}, {dates.clock(local)}", colour)
    if row.outcome is None:
        return Text(f"{row.stage}…", colour) if onlooker.at_work else Text(f"{INTERRUPTED} while {row.stage}", "yellow")
    if row.replaced_by:
        return Text(f"replaced by {row.replaced_by[:SHORT]}", DIM)
    return Text(f"{row.outcome} while {row.stage}: {one_line(row.error)}" if row.error else row.outcome, colour)


def _job(row: JobRow, said: Text) -> Iterator[RenderableType]:
    state = row.outcome or row.stage
    yield Text.assemble((MARKS.get(state, UNDER_WAY), COLOURS.get(state, DIM)), f" {row.kind:<8}")
    yield Text(row.job_id[:SHORT], DIM)
    yield Text(f"“{one_line(row.title)}”\n").append(said)


def _burst_heading(row: BurstRow, onlooker: Onlooker) -> Iterator[Text]:
    began = onlooker.local(row.started_at)
    yield heading(f"{row.kind.capitalize()} burst of {dates.day(began)}, {dates.clock(began)}")
    yield Text("  ").append(_burst_outcome(row, onlooker)).append(_and_then(row, onlooker), DIM)
    if row.created:
        yield Text("  ").append(tally(dict.fromkeys(STAGES, 0) | {name: getattr(row, name) for name in MARKS}))
    if row.cancel_requested_at:
        reason = f": {one_line(row.cancel_reason)}" if row.cancel_reason else ""
        at = onlooker.local(row.cancel_requested_at)
        yield Text(f"  told to stop at {at:%H:%M:%S} by {one_line(row.cancelled_by or 'nobody known')}{reason}")
    yield note(row.burst_id)


def _and_then(row: BurstRow, onlooker: Onlooker) -> str:
    """How long it took, or how it will go on."""
    if row.finished_at:
        return f" in {_took(row)}"
    if onlooker.at_work:
        return ""
    return f": {STOPS if row.cancel_requested_at else GOES_ON}"


def _burst_outcome(row: BurstRow, onlooker: Onlooker) -> Text:
    outcome = row.outcome or ("under way" if onlooker.at_work else INTERRUPTED)
    return Text(f"{BURST_MARKS.get(outcome, UNDER_WAY)} {outcome}", BURST_COLOURS.get(outcome, "cyan"))


def _took(row: BurstRow) -> str:
    seconds = seconds_of(row)
    return "" if seconds is None else lasting(seconds)


def _counts(row: BurstRow) -> Text:
    """How many of each outcome; failures stand apart from what is done."""
    text = Text()
    for mark, colour, count in (
        ("✓", "green", row.scheduled),
        ("✗", "red", row.failed + row.lost),
        ("–", DIM, row.cancelled),
    ):
        if count:
            text.append("  " if text else "").append(f"{count} {mark}", colour)
    return text or Text("none" if row.finished_at else "", DIM)
