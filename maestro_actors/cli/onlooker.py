"""Who looks at history or at the calendar: from which timezone, when, and what they call things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import click
from sqlalchemy import Engine

from maestro_actors.core.content import BUCKET
from maestro_actors.core.daily import local_date
from maestro_actors.errors import PassingError
from maestro_actors.journal.errors import DatabaseError
from maestro_actors.journal.holder import holder
from maestro_actors.journal.library import Library
from maestro_actors.journal.views import UrlOf
from maestro_actors.settings import Settings


@dataclass(frozen=True, slots=True)
class Onlooker:
    """The timezone and the moment in which somebody looks, the names of their brands by slug, and where media are.

    `at_work` is whether a process has the bursts: where none has, nothing that is open goes on.
    """

    timezone: str
    now: datetime
    brands: Mapping[str, str]
    url_of: UrlOf
    at_work: bool

    @property
    def today(self) -> date:
        return local_date(self.now, self.timezone)

    def local(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.timezone))

    def brand(self, slug: str) -> str:
        return self.brands.get(slug, slug)

    def refuse_impossible(self, brand: str | None) -> None:
        """Say so if no brand can be called that: not every database could even look for it."""
        if brand is not None and not brand.isascii():
            self.refuse_unknown(brand)

    def refuse_unknown(self, brand: str | None) -> None:
        """Say so if there is no such brand; of one that was removed there may be something to see."""
        if brand is not None and brand not in self.brands:
            known = f"there are {', '.join(self.brands)}" if self.brands else "there are none yet"
            raise click.BadParameter(f"there is no brand {brand!r}; {known}", param_hint="'--brand'")


def onlooker(engine: Engine, settings: Settings) -> Onlooker:
    """Whoever uses the command now."""
    now, library = datetime.now(UTC), Library(engine)
    timezone = library.routine(settings.user_id, now).timezone
    return Onlooker(timezone, now, _brands(library, settings.user_id), _urls(settings), _at_work(engine))


def _at_work(engine: Engine) -> bool:
    try:
        return holder(engine) is not None
    except PassingError:  # it cannot be told; then nothing is said to have been interrupted
        return True


def _brands(library: Library, user_id: str) -> dict[str, str]:
    try:
        return {brand.slug: brand.name for brand in library.brands.all(user_id)}
    except DatabaseError:  # a brand that cannot be read is no reason to see nothing: it has its slug
        return {}


def _urls(settings: Settings) -> UrlOf:
    """Where the world finds an object of the bucket; nowhere, where a server on this machine may not even run."""
    if settings.supabase is None:
        return lambda _: None
    base = f"{settings.supabase.url}/storage/v1/object/public/{BUCKET}"
    return lambda path: f"{base}/{path}"
