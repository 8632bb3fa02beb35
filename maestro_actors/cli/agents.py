"""`maestro agent`: the agents of the user, listed, shown, added, changed and removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, BinaryIO, TypeVar

import click

from maestro_actors.cli.given import (
    AS_JSON,
    FROM_FILE,
    Flags,
    given,
    plain_problems,
    require_change,
)
from maestro_actors.cli.library import found, library, unserved, warn_unserved
from maestro_actors.cli.plain import plainly
from maestro_actors.core.content import Agent, Brand
from maestro_actors.core.usual import Json, merged, usual_agent
from maestro_actors.core.validation import agent_from

Command = TypeVar("Command", bound=Callable[..., Any])

FLAGS = {"slug": "--slug", "name": "--name", "avatar": "--avatar", "voice": "--voice", "brands": "--brand"}
SLUG = click.argument("slug", metavar="SLUG")
# Everything that may be given but the slug.
OPTIONS = (
    click.option("--name", metavar="TEXT", help="What it is called."),
    click.option("--avatar", metavar="EMOJI", help="Its picture among the others."),
    click.option("--voice", metavar="TEXT", help="How it writes, in a few words, such as “warm, wry”."),
    click.option(
        "--brand", "brand", multiple=True, metavar="SLUG", help="A brand it writes for; may be given several times."
    ),
    click.option("--every-brand", is_flag=True, help="Write for every brand, and for those to come."),
    FROM_FILE,
    AS_JSON,
)


def _options(command: Command) -> Command:
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.group("agent", short_help="List, show, add, edit and remove agents.")
def agent() -> None:
    """The AI agents that propose content, each with a voice of its own.

    A worker that is running reads them fresh for every burst.

    \b
    Examples:
      maestro agent list
      maestro agent add --name Pip --avatar 🐦 --voice "bold, playful"
      maestro agent edit pip --brand healthy-college
      maestro agent remove pip

    Exit codes: 0 done, 1 there is no such agent or no database, 2 what was given cannot be used.
    """


@agent.command("list", short_help="All agents.")
@AS_JSON
def list_(as_json: bool) -> None:
    """List all agents, with their voices and the brands they write for.

    \b
    Examples:
      maestro agent list
      maestro agent list --json
    """
    plainly(lambda: _list(as_json))


@agent.command(short_help="One agent, with everything about it.")
@SLUG
@AS_JSON
def show(slug: str, as_json: bool) -> None:
    """Show an agent. What --json prints, `add --file` and `edit --file` read.

    \b
    Examples:
      maestro agent show mira
      maestro agent show mira --json > mira.json
    """
    plainly(lambda: _show(slug, as_json))


@agent.command(short_help="Add an agent.")
@click.option("--slug", metavar="SLUG", help="Its name in commands, for good; made of the name unless given.")
@_options
def add(file: BinaryIO | None, every_brand: bool, as_json: bool, **options: Any) -> None:
    """Add an agent. It needs a name; it writes for every brand unless you name some.

    Its slug is made of the name; of a name without Latin letters none can be, so give --slug.

    \b
    Examples:
      maestro agent add --name Pip --avatar 🐦 --voice "bold, playful"
      maestro agent add --name Pip --brand healthy-college
      maestro agent add --file pip.json
    """
    plainly(lambda: _add(_given(file, options, every_brand), {} if file else FLAGS, as_json))


@agent.command(short_help="Change an agent.")
@SLUG
@_options
def edit(slug: str, file: BinaryIO | None, every_brand: bool, as_json: bool, **options: Any) -> None:
    """Change what is given, and nothing else. Brands that are given take the place of those before.

    \b
    Examples:
      maestro agent edit mira --voice "calm, curious"
      maestro agent edit otto --every-brand
    """
    plainly(lambda: _edit(slug, _given(file, options, every_brand), {} if file else FLAGS, as_json))


@agent.command(short_help="Remove an agent; what it wrote stays.")
@SLUG
def remove(slug: str) -> None:
    """Remove an agent from all bursts to come. What it wrote stays.

    \b
    Example:
      maestro agent remove pip
    """
    plainly(lambda: _remove(slug))


def _given(file: BinaryIO | None, options: dict[str, Any], every_brand: bool) -> Json:
    if every_brand and options["brand"]:
        raise click.UsageError("--every-brand and --brand cannot both be: give one of them")
    return given(file, options, FLAGS) | ({"brands": []} if every_brand else {})


def _list(as_json: bool) -> None:
    from maestro_actors.cli.portraits import agent_list, print_json, say
    from maestro_actors.journal.content_codec import agent_json

    with library() as (shelves, user_id):
        agents, brands = shelves.agents.all(user_id), shelves.brands.all(user_id)
    if as_json:
        print_json([agent_json(each) for each in agents])
    else:
        say(agent_list(agents, brands) if agents else "No agent yet: `maestro agent add --name NAME` adds one.")


def _show(slug: str, as_json: bool) -> None:
    with library() as (shelves, user_id):
        one = found(shelves.agents, user_id, slug, "agent")
        brands = shelves.brands.all(user_id)
    _print(one, brands, as_json)


def _add(wanted: Json, flags: Flags, as_json: bool) -> None:
    with library() as (shelves, user_id):
        brands = shelves.brands.all(user_id)
        with plain_problems(flags):
            new = agent_from(usual_agent(wanted), _slugs(brands))
        shelves.agents.add(user_id, new, datetime.now(UTC))
    _print(new, brands, as_json, "Added")


def _edit(slug: str, wanted: Json, flags: Flags, as_json: bool) -> None:
    from maestro_actors.journal.content_codec import agent_json

    require_change(slug, wanted)
    with library() as (shelves, user_id):
        found(shelves.agents, user_id, slug, "agent")
        brands, staff = shelves.brands.all(user_id), shelves.agents.all(user_id)

        def edited(before: Agent) -> Agent:
            known = dict.fromkeys((*_slugs(brands), *before.brands))  # it may go on naming one that was removed
            return agent_from(merged(agent_json(before), wanted), tuple(known))

        with plain_problems(flags):
            changed = shelves.agents.edit(user_id, slug, edited)
        now = shelves.agents.all(user_id)
    _print(changed, brands, as_json, "Changed")
    _warn(brands, staff, now)


def _remove(slug: str) -> None:
    with library() as (shelves, user_id):
        gone = found(shelves.agents, user_id, slug, "agent")
        brands, staff = shelves.brands.all(user_id), shelves.agents.all(user_id)
        shelves.agents.remove(user_id, slug, datetime.now(UTC))
        now = shelves.agents.all(user_id)
    click.echo(f"Removed {gone.name}. What it wrote stays.")
    _warn(brands, staff, now)


def _print(one: Agent, brands: Sequence[Brand], as_json: bool, done: str = "") -> None:
    from maestro_actors.cli.portraits import agent_portrait, print_json, say
    from maestro_actors.journal.content_codec import agent_json

    if as_json:
        print_json(agent_json(one))
    else:
        say(agent_portrait(one, brands), done=done)


def _warn(brands: Sequence[Brand], before: Sequence[Agent], after: Sequence[Agent]) -> None:
    """Name the brands that have lost their last agent."""
    served = [brand for brand in brands if brand not in unserved(brands, before)]
    for brand in unserved(served, after):
        warn_unserved(brand)


def _slugs(brands: Sequence[Brand]) -> tuple[str, ...]:
    return tuple(brand.slug for brand in brands)
