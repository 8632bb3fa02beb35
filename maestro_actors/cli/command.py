"""The commands. Each reads its options, says plainly what is wrong with them, and hands over to a module beside it."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import click

from maestro_actors.cli import agents, brands, bursts, calendar, daily, history, logs, now, token
from maestro_actors.cli import up as everything
from maestro_actors.cli.bursts import COUNT, SEED
from maestro_actors.cli.plain import Failed, WholeNumber, plainly, read_settings
from maestro_actors.core.content import PerKind

SETTINGS = """
\b
Settings, all of them environment variables:
  MAESTRO_HOME            where Maestro keeps its own (now {home})
  MAESTRO_USER            the Supabase user id that everything belongs to
  DATABASE_URL            your PostgreSQL database; a SQLite file under MAESTRO_HOME unless set
  MAESTRO_RENDERERS       renderer processes; one per core unless set
  MAESTRO_JOBS_IN_FLIGHT  jobs of a burst under way at once
  SUPABASE_URL, SUPABASE_SERVICE_KEY
                          your Supabase project; a local stand-in unless set
  MAESTRO_GATEWAY         where a worker is asked: unix:/path, or host:port; under MAESTRO_HOME unless set
  MAESTRO_GATEWAY_KEY     the secret that opens it; kept under MAESTRO_HOME unless set
  MAESTRO_HOST, PORT      where the web listens; 127.0.0.1 and 8000 unless set
  TMPDIR                  where media lies while it is made
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="maestro-actors", prog_name="maestro")
@click.option("-v", "--verbose", is_flag=True, help="Log what happens inside to stderr.")
def maestro(verbose: bool) -> None:
    """Run a social-media studio as actors.

    AI agents propose reels, posts and carousels for your brands; each accepted proposal becomes a job, which paints,
    renders, uploads to Supabase Storage and claims a publishing slot. A burst ends when every job has its outcome,
    and not before.

    \b
    Begin with:
      maestro doctor     see that everything is in place
      maestro demo       watch a whole burst for three example brands
      maestro storage    look at what it made
      maestro up         let a studio of your own go to work, and watch it in a browser
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # not every terminal knows every character
    logs.configure(verbose)


@maestro.command(short_help="Watch a whole burst for three example brands.")
@click.option("--reels", type=COUNT, default=3, show_default=True, metavar="N", help="Reels in all.")
@click.option("--posts", type=COUNT, default=3, show_default=True, metavar="N", help="Posts in all.")
@click.option("--carousels", type=COUNT, default=3, show_default=True, metavar="N", help="Carousels in all.")
@click.option("--brand", "slugs", multiple=True, metavar="SLUG", help="Only this brand; may be given several times.")
@click.option("--seed", type=SEED, default=None, metavar="N", help="The same seed makes the same content.")
@click.option("--json", "as_json", is_flag=True, help="Print the recap as one JSON object; progress goes to stderr.")
def demo(reels: int, posts: int, carousels: int, slugs: tuple[str, ...], seed: int | None, as_json: bool) -> None:
    """Run a smart burst for three example brands: real pictures and videos, from the first idea to their URLs.

    The totals are dealt to the brands in turn. Everything is made offline, uploaded through the supabase client to a
    storage server of its own (or to your project, if SUPABASE_URL is set), and the recap says what came of it.
    Ctrl-C cancels the burst and waits until nothing of it runs; once more stops at once.

    \b
    Examples:
      maestro demo
      maestro demo --reels 1 --posts 0 --carousels 0 --brand healthy-college
      maestro demo --json > recap.json

    Exit codes: 0 every job was scheduled, 1 something failed, 2 an option or a setting is wrong, 130 interrupted.
    """
    from maestro_actors.cli import demo as demonstration

    brands = _examples(slugs)
    if reels + posts + carousels == 0:
        raise click.UsageError("nothing to make: ask for at least one reel, post or carousel")
    chosen = seed if seed is not None else int.from_bytes(os.urandom(4))
    wish = demonstration.Wish(brands, PerKind(reels, posts, carousels), chosen)
    sys.exit(plainly(lambda: demonstration.run(read_settings(), wish, as_json)))


@maestro.command(short_help="Serve what was made, at the same addresses.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Serve this folder. [default: what `maestro demo` made]",
)
@click.option("--port", type=WholeNumber(1, 65535), metavar="N", help="Listen here, from now on.")
def storage(folder: Path | None, port: int | None) -> None:
    """Serve a folder as Supabase Storage and Auth, at the addresses it had before, until you stop it.

    Without a Supabase project this is where media lives. Give any Supabase client the URL that is printed and the
    service key from the folder's keys.json, and it works as with the real one.

    \b
    Examples:
      maestro storage
      maestro storage --folder ~/.local/share/maestro/storage
      maestro storage --port 54321

    Exit codes: 0 stopped, 1 or 2 it could not serve, 3 the folder has a server already.
    """
    from supabase_local.__main__ import main as serve

    chosen = folder or plainly(read_settings).demo / "storage"
    try:
        chosen.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failed(
            f"cannot serve {chosen} ({error.strerror}): set MAESTRO_HOME, or --folder, to a folder that can be written"
        ) from error
    arguments = ["--folder", str(chosen)] + (["--port", str(port)] if port else [])
    sys.exit(serve(arguments))


@maestro.command(short_help="Run the studio until it is told to stop.")
def worker() -> None:
    """Run the studio until SIGTERM or Ctrl-C: the process that the Procfile calls `worker`.

    It says when it is ready, and is gone within ten seconds of the signal, with every process it started. It goes on
    with every burst that an earlier one left, and begins the daily bursts that `maestro daily` sets. One worker at a
    time has the bursts of a database: a second waits, and takes over when the first is gone. `maestro status`,
    `burst` and `cancel`, and the web, ask it at MAESTRO_GATEWAY.

    \b
    Examples:
      maestro worker
      MAESTRO_RENDERERS=2 maestro worker
    """
    from maestro_actors.cli import worker as working

    sys.exit(plainly(lambda: working.run(read_settings())))


@maestro.command(short_help="Check that everything is in place.")
def doctor() -> None:
    """Check settings, folders, storage, database, fonts and codecs, and say what to do about whatever is wrong.

    \b
    Example:
      maestro doctor && maestro demo

    Exit codes: 0 all is well, 1 something is to mend.
    """
    from maestro_actors.cli import doctor as checking

    sys.exit(plainly(lambda: checking.run(read_settings)))


def _examples(slugs: tuple[str, ...]) -> tuple[str, ...]:
    from maestro_actors.examples import EXAMPLE_BRANDS

    known = [brand.slug for brand in EXAMPLE_BRANDS]
    unknown = [slug for slug in slugs if slug not in known]
    if unknown:
        raise click.BadParameter(
            f"there is no brand {unknown[0]!r}; there are {', '.join(known)}", param_hint="'--brand'"
        )
    return tuple(dict.fromkeys(slugs)) or tuple(known)


for command in (history.history, calendar.calendar, brands.brand, agents.agent, daily.daily, daily.pause, daily.resume):
    maestro.add_command(command)
for command in (bursts.burst, bursts.regenerate, bursts.db, now.status, now.cancel, token.token, everything.up):
    maestro.add_command(command)
maestro.epilog = SETTINGS.format(home=os.environ.get("MAESTRO_HOME") or "~/.local/share/maestro")
