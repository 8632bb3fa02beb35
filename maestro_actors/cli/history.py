"""`maestro history`: what can be asked of it, and what cannot."""

from __future__ import annotations

import sys
from datetime import date

import click

from maestro_actors.cli import dates
from maestro_actors.cli.plain import WholeNumber, plainly, read_settings
from maestro_actors.core.content import Kind, Outcome
from maestro_actors.core.events import BurstKind

MOST = 200  # in one list; the journal gives out no more
OPEN = "open"
OF_BURSTS = {"--kind": tuple(BurstKind), "--outcome": ("finished", "cancelled", "failed", OPEN)}
OF_JOBS = {"--kind": tuple(Kind), "--outcome": (*Outcome, OPEN)}


@click.command(short_help="Look back: bursts, jobs, and what happened to them.")
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--jobs", is_flag=True, help="List jobs, of all bursts.")
@click.option("--events", is_flag=True, help="With a burst's id: everything that happened, in order.")
@click.option("--kind", metavar="KIND", help="Bursts: daily, smart, regenerate. Jobs: reel, post, carousel.")
@click.option(
    "--outcome",
    metavar="OUTCOME",
    help="Bursts: finished, cancelled, failed. Jobs: scheduled, failed, cancelled, lost. Both: open.",
)
@click.option("--brand", metavar="SLUG", help="Jobs of this brand.")
@click.option("--since", metavar="DATE", callback=dates.typed, help="From this day on, in your timezone.")
@click.option("--until", metavar="DATE", callback=dates.typed, help="To the end of this day.")
@click.option("--limit", type=WholeNumber(1, MOST), default=50, show_default=True, metavar="N", help="So many at most.")
@click.option("--cursor", metavar="C", help="Go on where a list ended; the list prints the command.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with times in UTC.")
def history(
    id_: str | None,
    jobs: bool,
    events: bool,
    kind: str | None,
    outcome: str | None,
    brand: str | None,
    since: date | None,
    until: date | None,
    limit: int,
    cursor: str | None,
    as_json: bool,
) -> None:
    """Look back: your bursts, the latest first; with the id of a burst, its jobs; with that of a job, its whole life.

    The beginning of an id is enough, 6 characters or more. Times are those of your timezone, which is that of
    `maestro daily`, slots those of their brand's. A job's media are shown as paths in the bucket; as URLs where
    SUPABASE_URL is set.

    \b
    Examples:
      maestro history
      maestro history --kind daily --outcome failed --since 2026-11-01
      maestro history 3f2a91c4
      maestro history 3f2a91c4 --events
      maestro history --jobs --brand healthy-college --outcome failed
      maestro history --json --limit 200

    Exit codes: 0 shown, 1 there is nothing of that id, 2 an option or a setting is wrong.
    """
    if id_ is None:
        _refuse_without_id(jobs, events, brand)
    else:
        _refuse_with_id(jobs, events, since or until, kind or outcome or brand)
    for option, value in (("--kind", kind), ("--outcome", outcome)):
        _check(option, value, of_jobs=jobs or id_ is not None)
    if since and until and since > until:
        raise click.UsageError(f"there is no day from {since} to {until}: --since must not be after --until")

    from maestro_actors.cli import looking_back

    wanted = looking_back.Wanted(id_, jobs, events, kind, outcome, brand, since, until, limit, cursor, as_json)
    sys.exit(plainly(lambda: looking_back.run(read_settings(), wanted)))


def _refuse_without_id(jobs: bool, events: bool, brand: str | None) -> None:
    if events:
        raise click.UsageError("--events needs the id of a burst: `maestro history` lists them")
    if brand and not jobs:
        raise click.UsageError("--brand is for jobs: add --jobs, or the id of a burst")


def _refuse_with_id(jobs: bool, events: bool, dated: object, filtered: object) -> None:
    if jobs:
        raise click.UsageError("--jobs lists the jobs of all bursts: leave out either that or the id")
    if dated:
        raise click.UsageError("--since and --until are for lists of bursts, and for --jobs: leave them out")
    if events and filtered:
        raise click.UsageError("--events shows every event: leave out --kind, --outcome and --brand")


def _check(option: str, value: str | None, of_jobs: bool) -> None:
    """A kind or an outcome may be one that the other sort of thing has; then it says so."""
    known, others = (OF_JOBS, OF_BURSTS) if of_jobs else (OF_BURSTS, OF_JOBS)
    if value is None or value in known[option]:
        return
    *most, last = known[option]
    hint = ", or add --jobs to list jobs" if not of_jobs and value in others[option] else ""
    raise click.BadParameter(
        f"no {'job' if of_jobs else 'burst'} has {value!r}: choose {', '.join(most)} or {last}{hint}",
        param_hint=f"'{option}'",
    )
