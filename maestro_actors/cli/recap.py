"""What came of a burst, for people and for programs."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from maestro_actors.cli.live import COLOURS, MARKS, tally
from maestro_actors.core import narration, snapshot
from maestro_actors.core.burst import Burst
from maestro_actors.core.snapshot import Json, UrlOf

MORE = "`maestro burst --reels 1` makes one more; `maestro burst --daily` makes the whole quota, once a day"


def as_json(burst: Burst, url_of: UrlOf) -> Json:
    """The recap as one object, with every job and every asset."""
    return snapshot.recap(burst, most=None) | {"jobs": snapshot.settled_jobs(burst, url_of)}


def show(console: Console, burst: Burst, url_of: UrlOf, where: str) -> None:
    """Print the recap: each job with its media, what failed and why, and last, where it stays in view, the sum."""
    console.print()
    jobs = snapshot.settled_jobs(burst, url_of)
    for brand in burst.brands:
        its_own = [job for job in jobs if job["brand"] == brand.slug]
        if its_own:
            console.print(Text(f"  {brand.name}", "bold"))
            for job in its_own:
                _show_job(console, job, brand.timezone)
            console.print()
    for reason in dict.fromkeys(burst.failures):
        mark, colour = ("–", "bright_black") if burst.cancel else ("✗", "red")
        console.print(Text(f"  {mark} {reason}", colour), soft_wrap=True)
    for rejection in burst.rejections:
        said = f"  – “{rejection.title}” was rejected: {rejection.reason}"
        console.print(Text(said, "bright_black"), soft_wrap=True)
    console.print(Text(f"  {snapshot.recap(burst)['headline']}", "bold"))
    if narration.nothing_was_missing(burst):
        console.print(Text(f"  {MORE}"), soft_wrap=True)
    if jobs:
        console.print(Text("  ").append(tally(snapshot.counts(burst))).append(_duration(burst), "bright_black"))
    if any(job["assets"] for job in jobs):
        console.print(Text(f"  {where}"), soft_wrap=True)
    console.print()


def _duration(burst: Burst) -> str:
    seconds = snapshot.elapsed(burst, burst.started.at)
    return f"  in {seconds:.1f} s" if seconds < 60 else f"  in {int(seconds // 60)} min {int(seconds % 60)} s"


def _show_job(console: Console, job: Json, timezone: str) -> None:
    colour = COLOURS[job["outcome"]]
    row = Table.grid(padding=(0, 1))
    row.add_column(width=3, justify="right")
    row.add_column(width=8)
    row.add_column(overflow="fold")
    row.add_row(Text(MARKS[job["outcome"]], colour), Text(job["kind"]), _said(job, timezone, colour))
    console.print(row)
    for asset in job["assets"]:  # each on one line whatever the width, so that it can be copied
        console.print(Text("    ").append(asset["url"], f"bright_black link {asset['url']}"), soft_wrap=True)


def _said(job: Json, timezone: str, colour: str) -> Text:
    text = Text(f"“{job['title']}”")
    if job["scheduled_for"]:
        local = datetime.fromisoformat(job["scheduled_for"]).astimezone(ZoneInfo(timezone))
        return text.append(f"  {local:%a %d %b, %H:%M} {timezone}", colour)
    reason = f" while {job['stage']}: {job['error']}" if job["error"] else ""
    return text.append(f"  {job['outcome']}{reason}", colour)
