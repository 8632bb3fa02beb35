"""What came of a burst, for people and for programs."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from maestro_actors.cli.live import COLOURS, MARKS, tally
from maestro_actors.core import snapshot
from maestro_actors.core.burst import Burst
from maestro_actors.core.snapshot import Json, UrlOf


def as_json(burst: Burst, url_of: UrlOf) -> Json:
    """The recap as one object, with every job and every asset."""
    return snapshot.recap(burst) | {"jobs": snapshot.settled_jobs(burst, url_of)}


def show(console: Console, burst: Burst, url_of: UrlOf, where: str) -> None:
    """Print the recap: one sentence, a row per job, what failed and why, the media, and where to look at it."""
    console.print()
    console.print(Text(f"  {snapshot.recap(burst)['headline']}", "bold"))
    console.print(Text("  ").append(tally(snapshot.counts(burst))), Text(_duration(burst), "bright_black"))
    console.print()
    for brand in burst.started.brands:
        jobs = [job for job in snapshot.settled_jobs(burst, url_of) if job["brand"] == brand.slug]
        if jobs:
            console.print(Text(f"  {brand.name}", "bold"))
            console.print(_jobs(jobs, brand.timezone))
            console.print()
    for reason in burst.failures:
        console.print(Text(f"  ✗ {reason}", "red"))
    for rejection in burst.rejections:
        console.print(Text(f"  – “{rejection.title}” was rejected: {rejection.reason}", "bright_black"))
    console.print(Text(f"  {where}"), soft_wrap=True)
    console.print()


def _duration(burst: Burst) -> str:
    seconds = snapshot.elapsed(burst, burst.started.at)
    return f" in {seconds:.1f} s" if seconds < 60 else f" in {int(seconds // 60)} min {int(seconds % 60)} s"


def _jobs(jobs: list[Json], timezone: str) -> Table:
    rows = Table.grid(padding=(0, 1))
    rows.add_column(width=3, justify="right")
    rows.add_column(width=8)
    rows.add_column(overflow="fold")
    for job in jobs:
        colour = COLOURS[job["outcome"]]
        rows.add_row(Text(MARKS[job["outcome"]], colour), Text(job["kind"]), _said(job, timezone, colour))
        for asset in job["assets"]:
            rows.add_row("", "", Text(asset["url"], f"bright_black link {asset['url']}"))
    return rows


def _said(job: Json, timezone: str, colour: str) -> Text:
    text = Text(f"“{job['title']}”")
    if job["scheduled_for"]:
        local = datetime.fromisoformat(job["scheduled_for"]).astimezone(ZoneInfo(timezone))
        return text.append(f"  {local:%a %d %b, %H:%M} {timezone}", colour)
    reason = f" while {job['stage']}: {job['error']}" if job["error"] else ""
    return text.append(f"  {job['outcome']}{reason}", colour)
