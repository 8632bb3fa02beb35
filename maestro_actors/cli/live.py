"""A burst as people see it in a terminal: a live view where there is one, plain lines where there is none.

Both draw the snapshot and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from maestro_actors.cli.consoles import UNBOUNDED
from maestro_actors.core import snapshot as snapshots
from maestro_actors.core.burst import Burst
from maestro_actors.core.snapshot import Json, UrlOf

STAGES = ("queued", "generating", "rendering", "uploading", "scheduling")
COLOURS = {
    "generating": "magenta",
    "rendering": "blue",
    "uploading": "cyan",
    "scheduling": "yellow",
    "scheduled": "green",
    "failed": "red",
    "lost": "red",
    "cancelled": "bright_black",
}
MARKS = {"scheduled": "✓", "failed": "✗", "lost": "✗", "cancelled": "–"}
SETTLED_LINES = 6  # settled jobs that stay in view beside those in flight


class View(Protocol):
    """Something that shows snapshots."""

    def show(self, snapshot: Json) -> None:
        """Show this one in place of the last."""


Draw = Callable[[Json, int], RenderableType]  # a snapshot, for a terminal of so many columns


@contextmanager
def view(console: Console, draw: Draw | None = None) -> Iterator[View]:
    """The view that suits the console; `draw` is what a terminal shows, the whole burst unless given."""
    if not console.is_terminal or console.is_dumb_terminal:
        yield PlainView(console)
        return
    with Live(console=console, auto_refresh=False, transient=True) as live:
        yield LiveView(live, draw or screen)


def ended(burst: Burst, url_of: UrlOf) -> Json:
    """The last view of a burst that has ended: every job with its outcome."""
    return snapshots.live(burst, url_of) | {"elapsed_seconds": snapshots.elapsed(burst, burst.started.at)}


class PlainView:
    """A line for each stage a job comes to, and for each outcome: for logs, pipes and CI."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._headline = ""
        self._said: dict[str, str] = {}

    def show(self, snapshot: Json) -> None:
        if snapshot["current_phase"] and snapshot["headline"] != self._headline:  # the last word is the recap's
            self._headline = snapshot["headline"]
            self._say(snapshot, self._headline)
        for job in reversed(snapshot["jobs"]):
            state = job["outcome"] or job["stage"]
            if self._said.get(job["job_id"]) != state:
                self._said[job["job_id"]] = state
                reason = f": {job['error']}" if job["error"] else ""
                self._say(snapshot, f"{state:<10}  {job['brand']}  {job['kind']}  “{job['title']}”{reason}")

    def _say(self, snapshot: Json, text: str) -> None:
        counts = snapshot["counts"]
        done = sum(counts[outcome] for outcome in MARKS)
        self._console.print(
            f"{snapshot['elapsed_seconds'] or 0:6.1f} s  {done}/{counts['total']}  {text}",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )


class LiveView:
    """The whole picture on one screen, redrawn in place."""

    def __init__(self, live: Live, draw: Draw) -> None:
        self._live = live
        self._draw = draw

    def show(self, snapshot: Json) -> None:
        self._live.update(self._draw(snapshot, self._live.console.width), refresh=True)


def screen(snapshot: Json, width: int) -> RenderableType:
    """The whole live view of one snapshot, for a terminal of so many columns."""
    jobs = [job for job in snapshot["jobs"] if not job["outcome"]]
    settled = [job for job in snapshot["jobs"] if job["outcome"]][:SETTLED_LINES]
    return Group(
        Text(),
        _title(snapshot),
        Text(),
        _bar(snapshot["counts"], width),
        Text(),
        _agents(snapshot["agents"]),
        Text(),
        _jobs([*jobs, *settled], expand=width < UNBOUNDED),
    )


def _title(snapshot: Json) -> Table:
    minutes, seconds = divmod(int(snapshot["elapsed_seconds"] or 0), 60)
    title = Text(snapshot["headline"], "bold").append(f"   {minutes}:{seconds:02}", "not bold bright_black")
    row = Table.grid(padding=(0, 1))
    row.add_row(" ", Text("●", "red" if snapshot["cancelling"] else "green"), title)
    return row


def _bar(counts: Json, width: int) -> Table:
    settled = sum(counts[outcome] for outcome in MARKS)
    bar = ProgressBar(
        total=max(1, counts["total"]),
        completed=settled,
        complete_style="green",
        finished_style="green",
        width=min(40, max(10, width - 40)),
    )
    row = Table.grid(padding=(0, 1))
    row.add_row("  ", bar, Text(f"{settled}/{counts['total']}", "bold"), tally(counts))
    return row


def tally(counts: Json) -> Text:
    """The counts that are not zero, each in its colour; failures stand apart from what is done."""
    text = Text()
    for state in (*MARKS, *STAGES):
        if counts[state]:
            text.append(" · " if text else "", "bright_black")
            text.append(f"{counts[state]} {state}", COLOURS.get(state, "bright_black"))
    return text


def _agents(agents: list[Json]) -> Table:
    rows = Table.grid(padding=(0, 1))
    for agent in agents:
        rows.add_row("  ", agent["avatar"], Text(agent["name"], "bold"), Text(agent["doing"], "bright_black"))
    return rows


def _jobs(jobs: list[Json], expand: bool) -> Table:
    rows = Table.grid(padding=(0, 1), expand=expand)
    widths = ({"width": 2}, {"width": 8}, {"ratio": 3, "no_wrap": True}, {"width": 9}, {"ratio": 3, "no_wrap": True})
    for column in widths:
        rows.add_column(overflow="ellipsis", **column)  # type: ignore[arg-type]
    for job in jobs:
        dim = "bright_black" if job["outcome"] else ""
        rows.add_row(
            Text("  "), Text(job["kind"], dim), Text(job["title"], dim), _steps(job), Text(_doing(job), _colour(job))
        )
    return rows


def _steps(job: Json) -> Text:
    """The stages as steps: those behind, the one it is at, those ahead."""
    if job["outcome"]:
        return Text(f"    {MARKS[job['outcome']]}", _colour(job))
    at = STAGES.index(job["stage"])
    text = Text()
    for index in range(1, len(STAGES)):
        text.append("● " if index <= at else "○ ", _colour(job) if index <= at else "bright_black")
    return text


def _doing(job: Json) -> str:
    if job["outcome"]:
        return str(job["error"] or job["outcome"])
    return f"waiting for {job['waiting_for']}" if job["waiting_for"] else str(job["doing"])


def _colour(job: Json) -> str:
    return COLOURS.get(job["outcome"] or job["stage"], "")
