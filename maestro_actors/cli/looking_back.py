"""What `maestro history` finds, and how it hands that to people or to programs."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import click
from rich.console import RenderableType
from rich.text import Text
from sqlalchemy import Engine

from maestro_actors.cli import dates, job_page, pages
from maestro_actors.cli.consoles import a_console
from maestro_actors.cli.database import database
from maestro_actors.cli.ids import whole
from maestro_actors.cli.onlooker import onlooker
from maestro_actors.core.chronicle import Names
from maestro_actors.core.content import Kind, Outcome
from maestro_actors.core.life import life
from maestro_actors.core.snapshot import Json
from maestro_actors.journal import views
from maestro_actors.journal.history import History, Open
from maestro_actors.journal.naming import names_then
from maestro_actors.journal.rows import EventRow, JobRow, Page
from maestro_actors.settings import Settings


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked up: an id, or a list and which part of it."""

    id_: str | None
    jobs: bool
    events: bool
    kind: str | None
    outcome: str | None
    brand: str | None
    since: date | None
    until: date | None
    limit: int
    cursor: str | None
    as_json: bool

    @property
    def narrowed(self) -> bool:
        """Whether something may be left out because it was not asked for."""
        return any((self.kind, self.outcome, self.brand, self.since, self.until, self.cursor))

    def command(self, cursor: str) -> str:
        """How to go on at the cursor."""
        flags = (("--jobs", self.jobs), ("--events", self.events), ("--json", self.as_json))
        values = (("--kind", self.kind), ("--outcome", self.outcome), ("--brand", self.brand))
        days = (("--since", self.since), ("--until", self.until))
        return shlex.join(
            [
                *("maestro", "history", *([self.id_] if self.id_ else [])),
                *(flag for flag, given in flags if given),
                *(word for option, value in (*values, *days) if value for word in (option, str(value))),
                *("--limit", str(self.limit), "--cursor", cursor),
            ]
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: for programs, for people, and where it goes on."""

    json: Json
    shown: RenderableType
    next: str | None = None


def run(settings: Settings, wanted: Wanted) -> int:
    """Find it and show it; the exit code."""
    with database(settings) as engine:
        found = Search(engine, settings, wanted).find()
    if wanted.as_json:
        print(json.dumps(found.json, indent=2), flush=True)  # noqa: T201
        return 0
    console = a_console()
    console.print(found.shown, crop=False)
    if found.next:
        console.print(Text(f"  There is more: {wanted.command(found.next)}\n", "bright_black"), soft_wrap=True)
    return 0


class Search:
    """One look into the journal."""

    def __init__(self, engine: Engine, settings: Settings, wanted: Wanted) -> None:
        self._history = History(engine)
        self._user_id = settings.user_id
        self._wanted = wanted
        self._onlooker = onlooker(engine, settings)

    def find(self) -> Found:
        wanted = self._wanted
        if wanted.id_ is None:
            return self._jobs() if wanted.jobs else self._bursts()
        burst_id, job_id = whole(self._history, self._user_id, wanted.id_)
        if burst_id:
            return self._events(burst_id) if wanted.events else self._burst(burst_id)
        return self._job(job_id)

    # Lists.

    def _bursts(self) -> Found:
        wanted = self._wanted
        page = self._history.bursts(
            self._user_id,
            kind=wanted.kind,
            outcome=wanted.outcome,
            since=self._since(),
            until=self._until(),
            limit=wanted.limit,
            cursor=wanted.cursor,
        )
        view = {"bursts": [views.burst_view(row) for row in page.items], "next": page.next}
        shown = pages.bursts(page.items, self._onlooker) if page.items else pages.nothing("burst", wanted.narrowed)
        return Found(view, shown, page.next)

    def _jobs(self) -> Found:
        page = self._page_of_jobs()
        view = {"jobs": self._views(page.items), "next": page.next}
        shown = pages.jobs(page.items, self._onlooker) if page.items else pages.nothing("job", self._wanted.narrowed)
        return Found(view, shown, page.next)

    def _page_of_jobs(self, burst_id: str | None = None) -> Page[JobRow]:
        wanted = self._wanted
        self._onlooker.refuse_impossible(wanted.brand)
        page = self._history.jobs(
            self._user_id,
            burst_id=burst_id,
            brand=wanted.brand,
            kind=Kind(wanted.kind) if wanted.kind else None,
            outcome=_outcome(wanted.outcome),
            since=self._since(),
            until=self._until(),
            limit=wanted.limit,
            cursor=wanted.cursor,
        )
        if not page.items:
            self._onlooker.refuse_unknown(wanted.brand)
        return page

    def _since(self) -> datetime | None:
        return dates.start_of(self._wanted.since, self._onlooker.timezone) if self._wanted.since else None

    def _until(self) -> datetime | None:
        return dates.end_of(self._wanted.until, self._onlooker.timezone) if self._wanted.until else None

    def _views(self, rows: Iterable[JobRow]) -> list[Json]:
        return [views.job_view(row, self._onlooker.url_of) for row in rows]

    # One burst.

    def _burst(self, burst_id: str) -> Found:
        row = self._history.burst(burst_id, self._user_id)
        page = self._page_of_jobs(burst_id)
        view = views.burst_view(row) | {"jobs": self._views(page.items), "next": page.next}
        return Found(view, pages.burst(row, page.items, self._onlooker, self._wanted.narrowed), page.next)

    def _events(self, burst_id: str) -> Found:
        row = self._history.burst(burst_id, self._user_id)
        page = self._history.events(self._user_id, burst_id, limit=self._wanted.limit, cursor=self._wanted.cursor)
        names = self._names(burst_id, page.items)
        told = [views.event_view(each, names) for each in page.items]
        view = views.burst_view(row) | {"events": told, "next": page.next}
        return Found(view, pages.events(row, page.items, names, self._onlooker), page.next)

    def _names(self, burst_id: str, told: Iterable[EventRow]) -> Names:
        return names_then(self._history, self._user_id, burst_id, told, self._onlooker.brands)

    # One job.

    def _job(self, job_id: str) -> Found:
        if self._wanted.narrowed or self._wanted.events:
            raise click.UsageError(f"{job_id} is a job, of which there is no list: leave out the options for lists")
        found = self._history.job(self._user_id, job_id)
        names = self._names(found.job.burst_id, found.events)
        story = life(job_id, (row.event for row in found.events if row.event), names)
        view = views.job_history_view(found, story, self._onlooker.url_of)
        return Found(view, job_page.job(found, story, names, self._onlooker))


def _outcome(wanted: str | None) -> Outcome | Open | None:
    if wanted is None:
        return None
    return "open" if wanted == "open" else Outcome(wanted)
