"""The library that a command works with: the user's own, in the database that is set.

Nothing heavy is imported before it is opened: `--help` does without a database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import click

from maestro_actors.cli.plain import Failed, read_settings
from maestro_actors.core.content import Agent, Brand
from maestro_actors.core.validation import SLUG

if TYPE_CHECKING:
    from maestro_actors.journal.library import Library, Shelf

T = TypeVar("T", bound=Brand | Agent)


@contextmanager
def library() -> Iterator[tuple[Library, str]]:
    """The library, and whose it is."""
    from maestro_actors.cli.database import database
    from maestro_actors.journal.library import Library

    settings = read_settings()
    with database(settings) as engine:
        yield Library(engine), settings.user_id


def found(shelf: Shelf[T], user_id: str, slug: str, noun: str) -> T:
    """The brand, or the agent, of that slug."""
    from maestro_actors.journal.errors import UnknownSlugError

    where = f"`maestro {noun} list` shows those there are"
    if next(SLUG.findings(slug), None):  # a database may not even be able to look for it
        raise Failed(f"there is no {noun} {slug!r}: {where}")
    try:
        return shelf.get(user_id, slug)
    except UnknownSlugError as error:
        raise Failed(f"{error}: {where}") from error


def unserved(brands: Sequence[Brand], agents: Sequence[Agent]) -> list[Brand]:
    """The brands that no agent writes for."""
    return [brand for brand in brands if not any(agent.writes_for(brand.slug) for agent in agents)]


def warn(text: str) -> None:
    """Say something that is worth knowing, and no failure."""
    click.secho("maestro: ", fg="yellow", nl=False, err=True)
    click.echo(text, err=True)


def warn_unserved(brand: Brand) -> None:
    """Say that nobody writes for a brand."""
    warn(
        f"no agent writes for {brand.name}, so nothing can be made for it: "
        f"`maestro agent add --name NAME --brand {brand.slug}` adds one"
    )
