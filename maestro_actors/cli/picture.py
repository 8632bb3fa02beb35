"""The snapshot as a calm picture: the burst under way, or what came of the last one, and when the next daily one is."""

from __future__ import annotations

from datetime import datetime

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from maestro_actors.cli import dates, live
from maestro_actors.core.snapshot import Json


def picture(snapshot: Json, width: int) -> RenderableType:
    """For a terminal of so many columns; times are those of this machine."""
    if snapshot["burst_id"]:
        return Group(live.screen(snapshot, width), Text(), _facts({"Burst": snapshot["burst_id"]}), Text())
    facts = {"Last burst": _last_burst(snapshot), "Daily burst": _next_run(snapshot)}
    return Group(Text(), _title(snapshot), Text(), _facts(facts), Text())


def _title(snapshot: Json) -> Table:
    row = Table.grid(padding=(0, 1))
    row.add_row(" ", Text("○", "bright_black"), Text(snapshot["headline"], "bold"))
    return row


def _last_burst(snapshot: Json) -> str:
    recent = snapshot["recent_burst"]
    if recent is None:
        return "none yet: `maestro burst` begins one"
    ended = datetime.fromisoformat(recent["finished_at"]).astimezone()
    now = datetime.fromisoformat(snapshot["server_time"]).astimezone()
    said = "" if recent["headline"] == snapshot["headline"] else f"{recent['headline']}, "
    return f"{said}{dates.moment(ended, now)}, burst {recent['burst_id']}"


def _next_run(snapshot: Json) -> str:
    if snapshot["paused"]:
        return "paused until `maestro resume`"
    if snapshot["next_run_at"] is None:
        return "off: `maestro daily 07:30` sets a time"
    at = datetime.fromisoformat(snapshot["next_run_at"]).astimezone()
    return f"{dates.day(at)}, {dates.clock(at)}"


def _facts(facts: dict[str, str]) -> Table:
    rows = Table.grid(padding=(0, 2))
    for name, text in facts.items():
        rows.add_row(Text(f"    {name}", "bright_black"), Text(text))
    return rows
