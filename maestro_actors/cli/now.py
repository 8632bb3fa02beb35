"""`maestro status` and `maestro cancel`: what goes on in the worker that runs, and an end to it."""

from __future__ import annotations

import sys

import click

from maestro_actors.cli.plain import plainly, read_settings

MOST_REASON = 500  # characters


@click.command(short_help="See what is going on now.")
@click.option("--watch", is_flag=True, help="Follow it until Ctrl-C.")
@click.option("--json", "as_json", is_flag=True, help="Print the snapshot as JSON; with --watch one a line.")
def status(watch: bool, as_json: bool) -> None:
    """See what is going on now: the burst under way with its jobs, or what came of the last one, and the next run.

    The worker that runs says it. --watch goes on while that is away, and says so. The JSON is the same object that
    `GET /api/maestro/status` answers with.

    \b
    Examples:
      maestro status
      maestro status --watch
      maestro status --json | jq .counts
      maestro status --watch --json

    Exit codes: 0 shown, or Ctrl-C ended --watch; 1 no worker can be asked; 2 an option or a setting is wrong.
    """
    from maestro_actors.cli import standing

    look = standing.follow if watch else standing.show
    sys.exit(plainly(lambda: look(read_settings(), as_json)))


@click.command(short_help="Stop a burst that is under way.")
@click.argument("burst")
@click.option("--reason", default="", metavar="TEXT", help="Why, for the record.")
@click.option("--wait/--no-wait", default=True, show_default=True, help="Wait until nothing of it runs.")
def cancel(burst: str, reason: str, wait: bool) -> None:
    """Stop a burst: nothing new of it begins, what renders is killed, and what is scheduled already is kept.

    The beginning of its id is enough, 6 characters or more; `maestro status` and `maestro history` show it. One that
    has ended, or that is stopping already, is left as it is. Ctrl-C ends the waiting alone.

    \b
    Examples:
      maestro cancel 3f2a91c4
      maestro cancel 3f2a91c4 --reason "the wrong brand" --no-wait

    Exit codes: 0 it has ended, or stops; 1 there is no such burst, or no worker can be asked; 2 an option or a
    setting is wrong; 130 interrupted while it waited.
    """
    if len(reason) > MOST_REASON:
        raise click.BadParameter(f"it is longer than {MOST_REASON} characters", param_hint="'--reason'")
    from maestro_actors.cli import cancelling

    sys.exit(plainly(lambda: cancelling.run(read_settings(), burst, reason, wait)))
