"""How one job looks in a terminal: what it is, its media, and its life."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.text import Text

from maestro_actors.cli import dates
from maestro_actors.cli.onlooker import Onlooker
from maestro_actors.cli.pages import DIM, GOES_ON, SHORT, came_to, grid, heading, note, one_line, page
from maestro_actors.core.chronicle import Names
from maestro_actors.core.content import Proposal
from maestro_actors.core.life import Moment
from maestro_actors.core.wording import weight
from maestro_actors.journal.rows import JobHistory, JobRow
from maestro_actors.journal.views import kept


def job(found: JobHistory, life: Sequence[Moment], names: Names, onlooker: Onlooker) -> RenderableType:
    """All that is known of one job."""
    row, title, facts = found.job, grid(""), grid("", "")
    title.add_row(Text(f"“{one_line(row.title)}”", "bold"))
    for name, said in _facts(row, onlooker):
        facts.add_row(Text(name, DIM), said)
    return page(
        title,
        Text(f"  {row.kind.capitalize()} for {names.brand(row.brand)}, proposed by {names.agent(row.agent)}"),
        Text(),
        facts,
        Text(),
        *(_proposal(found.proposal) if found.proposal else ()),
        *_media(row, onlooker),
        *_life(found, life, onlooker),
    )


def _facts(row: JobRow, onlooker: Onlooker) -> Iterator[tuple[str, RenderableType]]:
    where = f" ({row.slot.timezone})" if row.slot else ""
    became = came_to(row, onlooker).append(where)
    yield "outcome" if row.outcome else "now", Text("scheduled for ").append(became) if row.slot else became
    if row.outcome is None and not onlooker.at_work:
        yield "", f"it {GOES_ON}"
    if row.replaces:
        yield "replaces", row.replaces[:SHORT]
    if row.replaced_by:
        yield "replaced by", row.replaced_by[:SHORT]
    yield "burst", row.burst_id[:SHORT]
    yield "id", row.job_id


def _proposal(proposal: Proposal) -> Iterator[RenderableType]:
    words = grid("")
    for line in proposal.lines:
        words.add_row(one_line(line))
    for slide in proposal.slides:
        words.add_row(Text(one_line(slide.heading), "bold").append(f" — {one_line(slide.body)}", "not bold"))
    words.add_row("")
    for line in proposal.caption.splitlines():
        words.add_row(Text(one_line(line), "italic"))
    yield words
    yield Text()


def _media(row: JobRow, onlooker: Onlooker) -> Iterator[RenderableType]:
    """Each on one line whatever the width, so that it can be copied."""
    for asset in kept(row):
        url = onlooker.url_of(asset.path)
        style = f"{DIM} link {url}" if url else DIM
        yield Text(f"  {weight(asset.bytes):>7}  ", no_wrap=True, overflow="ignore").append(url or asset.path, style)
    if kept(row):
        yield Text()


def _life(found: JobHistory, life: Sequence[Moment], onlooker: Onlooker) -> Iterator[RenderableType]:
    for day, moments in groupby(life, lambda moment: onlooker.local(moment.at).date()):
        table = grid("", "")
        for moment in moments:
            table.add_row(Text(f"{onlooker.local(moment.at):%H:%M:%S}", DIM), one_line(moment.sentence))
        yield heading(dates.day(day))
        yield table
    for row in found.events:
        if row.error:
            yield Text(f"  ✗ {one_line(str(row.error))}", "red")
    yield Text()
    yield note(f"times in {onlooker.timezone}")
    if found.job.outcome and not found.job.replaced_by:
        yield Text(f"  To make it anew: maestro regenerate {found.job.job_id}", DIM, no_wrap=True, overflow="ignore")
