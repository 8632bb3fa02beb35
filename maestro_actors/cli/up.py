"""`maestro up`: everything on one machine, with one command."""

from __future__ import annotations

import sys

import click

from maestro_actors.cli.plain import WholeNumber, plainly, read_settings


@click.command(short_help="Run the Observatory and the worker, until you stop them.")
@click.option("--port", type=WholeNumber(1, 65535), metavar="N", help="Serve the web here. [default: PORT, or 8000]")
def up(port: int | None) -> None:
    """Run everything: the web and the worker of the Procfile, and a stand-in for Supabase unless SUPABASE_URL is set.

    It brings the database to this version first, and says where the Observatory is once it can be opened. Ctrl-C or
    SIGTERM stops all; when one of them ends by itself the others are stopped, too. Bursts that are under way are gone
    on with the next time.

    \b
    Examples:
      maestro up
      maestro up --port 8080
      MAESTRO_HOME=~/studio maestro up

    Exit codes: 0 stopped, 1 one of them ended by itself or could not start, 2 an option or a setting is wrong.
    """
    from maestro_actors.cli import up_studio

    sys.exit(plainly(lambda: up_studio.run(read_settings(), port)))
