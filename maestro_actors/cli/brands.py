"""`maestro brand`: the brands of the user, listed, shown, added, changed and removed."""

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
from maestro_actors.cli.library import found, library, unserved, warn, warn_unserved
from maestro_actors.cli.plain import WholeNumber, plainly
from maestro_actors.core.content import Agent, Brand, Kind
from maestro_actors.core.usual import Json, merged, usual_brand
from maestro_actors.core.validation import MAX_QUOTA, PALETTE, brand_from
from maestro_actors.rendering.typefaces import TYPEFACES

Command = TypeVar("Command", bound=Callable[..., Any])

FLAGS = {
    "slug": "--slug",
    "name": "--name",
    "handle": "--handle",
    "palette.dark": "--dark",
    "palette.light": "--light",
    "palette.primary": "--primary",
    "palette.accent": "--accent",
    "typeface": "--typeface",
    "topics": "--topic",
    "timezone": "--timezone",
    "publishing_times.reel": "--reels-at",
    "publishing_times.post": "--posts-at",
    "publishing_times.carousel": "--carousels-at",
    "quota.reel": "--reels",
    "quota.post": "--posts",
    "quota.carousel": "--carousels",
}
FOLLOWS = "it.follows"  # a handle that will do, until there is a slug to make one of
SLUG = click.argument("slug", metavar="SLUG")


def _times(_context: click.Context, _option: click.Parameter, value: str | None) -> list[str] | None:
    return None if value is None else [part.strip() for part in value.split(",") if part.strip()]


# Everything that may be given but the slug.
OPTIONS = (
    click.option("--name", metavar="TEXT", help="What it is called."),
    click.option("--handle", metavar="TEXT", help="Its name on the networks, with or without the @."),
    *(click.option(f"--{part}", metavar="#RRGGBB", help=f"The palette's {part} colour.") for part in PALETTE),
    click.option("--typeface", metavar="NAME", help=f"One of {', '.join(TYPEFACES)}."),
    click.option("--topic", multiple=True, metavar="TEXT", help="What it is about; may be given several times."),
    click.option("--timezone", metavar="ZONE", help="Where its publishing times are, such as Europe/Lisbon."),
    *(
        click.option(
            f"--{kind.plural}-at",
            callback=_times,
            metavar="TIMES",
            help=f"When {kind.plural} are published, such as 07:30,12:15.",
        )
        for kind in Kind
    ),
    *(
        click.option(
            f"--{kind.plural}", type=WholeNumber(0, MAX_QUOTA), metavar="N", help=f"{kind.plural.title()} a day."
        )
        for kind in Kind
    ),
    FROM_FILE,
    AS_JSON,
)


def _options(command: Command) -> Command:
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.group("brand", short_help="List, show, add, edit and remove brands.")
def brand() -> None:
    """The brands that bursts make content for.

    A worker that is running reads them fresh for every burst.

    \b
    Examples:
      maestro brand list
      maestro brand add --name "Knead & Spoke" --topic sourdough --topic bikes
      maestro brand edit knead-spoke --reels-at 07:30,12:15 --reels 2
      maestro brand remove knead-spoke

    Exit codes: 0 done, 1 there is no such brand or no database, 2 what was given cannot be used.
    """


@brand.command("list", short_help="All brands.")
@AS_JSON
def list_(as_json: bool) -> None:
    """List all brands, with their quotas and publishing times.

    \b
    Examples:
      maestro brand list
      maestro brand list --json
    """
    plainly(lambda: _list(as_json))


@brand.command(short_help="One brand, with everything about it.")
@SLUG
@AS_JSON
def show(slug: str, as_json: bool) -> None:
    """Show a brand and the agents who write for it. What --json prints, `add --file` and `edit --file` read.

    \b
    Examples:
      maestro brand show healthy-college
      maestro brand show healthy-college --json > brand.json
    """
    plainly(lambda: _show(slug, as_json))


@brand.command(short_help="Add a brand.")
@click.option("--slug", metavar="SLUG", help="Its name in commands and paths, for good; made of the name unless given.")
@_options
def add(file: BinaryIO | None, as_json: bool, **options: Any) -> None:
    """Add a brand. It needs a name and a topic; the rest is sensible until you say otherwise.

    Its slug is made of the name; of a name without Latin letters none can be, so give --slug. The handle follows from
    the slug.

    \b
    Examples:
      maestro brand add --name "Knead & Spoke" --topic sourdough --topic bikes
      maestro brand add --name Loaf --topic bread --reels-at 07:30,18:00
      maestro brand add --file brand.json
    """
    plainly(lambda: _add(given(file, options, FLAGS), {} if file else FLAGS, as_json))


@brand.command(short_help="Change a brand.")
@SLUG
@_options
def edit(slug: str, file: BinaryIO | None, as_json: bool, **options: Any) -> None:
    """Change what is given, and nothing else. Topics and times that are given take the place of those before.

    Slots that are taken already stay as they are; the slug never changes.

    \b
    Examples:
      maestro brand edit healthy-college --timezone America/Chicago
      maestro brand edit healthy-college --posts 0 --posts-at ""
      maestro brand edit healthy-college --file changes.json
    """
    plainly(lambda: _edit(slug, given(file, options, FLAGS), {} if file else FLAGS, as_json))


@brand.command(short_help="Remove a brand; what it published stays.")
@SLUG
def remove(slug: str) -> None:
    """Remove a brand from all bursts to come. Its history and its published media stay.

    \b
    Example:
      maestro brand remove knead-spoke
    """
    plainly(lambda: _remove(slug))


def _list(as_json: bool) -> None:
    from maestro_actors.cli.portraits import brand_list, print_json, say
    from maestro_actors.journal.content_codec import brand_json

    with library() as (shelves, user_id):
        brands = shelves.brands.all(user_id)
    if as_json:
        print_json([brand_json(each) for each in brands])
    else:
        say(brand_list(brands) if brands else "No brand yet: `maestro brand add --name NAME --topic TEXT` adds one.")


def _show(slug: str, as_json: bool) -> None:
    with library() as (shelves, user_id):
        one = found(shelves.brands, user_id, slug, "brand")
        agents = shelves.agents.all(user_id)
    _print(one, agents, as_json)


def _add(wanted: Json, flags: Flags, as_json: bool) -> None:
    from maestro_actors.cli.database import local_timezone

    usual = usual_brand(wanted, local_timezone())
    with plain_problems(flags):  # without a slug, that alone is missing: the handle follows from it
        new = brand_from(usual if usual.get("slug") else {"handle": FOLLOWS} | usual, TYPEFACES)
    with library() as (shelves, user_id):
        shelves.brands.add(user_id, new, datetime.now(UTC))
        agents = shelves.agents.all(user_id)
    _print(new, agents, as_json, "Added")
    _warn(new, agents)


def _edit(slug: str, wanted: Json, flags: Flags, as_json: bool) -> None:
    from maestro_actors.journal.content_codec import brand_json

    def edited(before: Brand) -> Brand:
        return brand_from(merged(brand_json(before), wanted), TYPEFACES)

    require_change(slug, wanted)
    with library() as (shelves, user_id):
        found(shelves.brands, user_id, slug, "brand")
        with plain_problems(flags):
            changed = shelves.brands.edit(user_id, slug, edited)
        agents = shelves.agents.all(user_id)
    _print(changed, agents, as_json, "Changed")
    _warn(changed, agents)


def _remove(slug: str) -> None:
    with library() as (shelves, user_id):
        gone = found(shelves.brands, user_id, slug, "brand")
        shelves.brands.remove(user_id, slug, datetime.now(UTC))
    click.echo(f"Removed {gone.name}. Its history, its slots and the media it published stay.")


def _print(one: Brand, agents: Sequence[Agent], as_json: bool, done: str = "") -> None:
    from maestro_actors.cli.portraits import brand_portrait, print_json, say
    from maestro_actors.journal.content_codec import brand_json

    if as_json:
        print_json(brand_json(one))
    else:
        say(brand_portrait(one, agents), done=done)


def _warn(one: Brand, agents: Sequence[Agent]) -> None:
    from maestro_actors.providers.topics import usable

    if unserved([one], agents):
        warn_unserved(one)
    if not usable(one.topics):
        warn(f"nothing can be written about the topics of {one.name}: add one in Latin letters, such as “bike repair”")
