"""`maestro burst`, `maestro regenerate` and `maestro db`."""

from __future__ import annotations

import sys

import click

from maestro_actors.cli.plain import WholeNumber, plainly, read_settings
from maestro_actors.core.content import PerKind
from maestro_actors.core.events import BurstKind

MOST = 1000  # of one kind in a burst
COUNT = WholeNumber(0, MOST)
SEED = WholeNumber(0, 2**63 - 1)  # what every database and every JSON reader can keep


@click.command(short_help="Run a burst: what today still lacks, or what you ask for.")
@click.option("--daily", is_flag=True, help="The whole quota, as today's daily burst.")
@click.option("--reels", type=COUNT, metavar="N", help="So many reels in all.")
@click.option("--posts", type=COUNT, metavar="N", help="So many posts in all.")
@click.option("--carousels", type=COUNT, metavar="N", help="So many carousels in all.")
@click.option("--brand", "slugs", multiple=True, metavar="SLUG", help="Only this brand; may be given several times.")
@click.option("--seed", type=SEED, default=None, metavar="N", help="The same seed makes the same content.")
@click.option("--json", "as_json", is_flag=True, help="Print the recap as one JSON object; progress goes to stderr.")
def burst(
    daily: bool,
    reels: int | None,
    posts: int | None,
    carousels: int | None,
    slugs: tuple[str, ...],
    seed: int | None,
    as_json: bool,
) -> None:
    """Run a burst for your brands, and watch it until every job has its outcome.

    Without counts it makes what today's quota still lacks. With counts, the totals are dealt to the brands in turn.
    While a worker runs, that one makes it, and this watches. Otherwise it is a worker of its own while it runs: one
    that is interrupted, even by kill -9, is gone on with by the next worker, or by the next `maestro burst`.
    Ctrl-C cancels the burst and waits until nothing of it runs; once more leaves that to the worker, or the next one.

    \b
    Examples:
      maestro burst
      maestro burst --reels 2 --brand copper-tern-coffee
      maestro burst --daily
      maestro burst --json > recap.json

    Exit codes: 0 every job was scheduled, 1 something failed, 2 an option or a setting is wrong, 130 interrupted.
    """
    from maestro_actors.cli import performance, workers

    order = None if (reels, posts, carousels) == (None, None, None) else PerKind(reels or 0, posts or 0, carousels or 0)
    if daily and slugs:
        raise click.UsageError("--daily makes the quota of every brand: leave out --brand, or leave out --daily")
    if order and daily:
        raise click.UsageError("--daily makes the quota: leave out the counts, or leave out --daily")
    if order and not any(count for _, count in order.items()):
        raise click.UsageError("nothing to make: ask for at least one reel, post or carousel")
    kind = BurstKind.DAILY if daily else BurstKind.SMART
    wish = workers.Wish(kind, slugs or None, order, seed)
    sys.exit(plainly(lambda: performance.burst(read_settings(), wish, as_json)))


@click.command(short_help="Make a job anew, in the place of the old one.")
@click.argument("job")
@click.option("--json", "as_json", is_flag=True, help="Print the recap as one JSON object; progress goes to stderr.")
def regenerate(job: str, as_json: bool) -> None:
    """Make a new job of a job's proposal, with new pictures, which takes the old one's place.

    When the new job is scheduled it has the old one's publishing slot, or the next free one if that has passed, and
    the old one's media is removed. If it fails, the old job stays as it is. Job ids are in `maestro history`.

    \b
    Example:
      maestro regenerate 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed

    Exit codes: 0 the new job is scheduled, 1 it failed or cannot be made, 130 interrupted.
    """
    from maestro_actors.cli import performance

    sys.exit(plainly(lambda: performance.regenerate(read_settings(), job, as_json)))


@click.group(short_help="Look after the database.")
def db() -> None:
    """Look after the database: DATABASE_URL, or a SQLite file under MAESTRO_HOME."""


@db.command(short_help="Bring the database to this version of Maestro.")
def upgrade() -> None:
    """Bring the database to this version of Maestro; on one that is there already it does nothing.

    A worker refuses a database of another version. The Procfile's `release` runs this before each deployment.

    \b
    Examples:
      maestro db upgrade
      DATABASE_URL=postgresql://maestro@localhost/maestro maestro db upgrade
    """
    plainly(_upgrade)


def _upgrade() -> None:
    from maestro_actors.cli.database import url_of
    from maestro_actors.journal.database import connect, name_of
    from maestro_actors.journal.database import upgrade as bring_up
    from maestro_actors.journal.tables import VERSION

    url = url_of(read_settings())
    bring_up(url)
    click.echo(f"{name_of(connect(url))} has version {VERSION}")
