"""A user's brands and agents, and when the daily burst runs: what the command line and the web write.

Short transactions, each whole in itself; a worker reads them fresh. A slug never changes, and removing archives,
since history, slots and objects in the bucket name it. Every call raises `PassingError` or `DatabaseError` like
`database.writing`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, Engine, Table, case, literal, literal_column, select, update

from maestro_actors.core.content import Agent, Brand
from maestro_actors.core.daily import Routine
from maestro_actors.journal import content_codec
from maestro_actors.journal.bulk import insert_new
from maestro_actors.journal.database import reading, writing
from maestro_actors.journal.errors import DatabaseError, SlugTakenError, UnknownSlugError
from maestro_actors.journal.tables import Utc, agents, brands, bursts, studios

log = logging.getLogger(__name__)

T = TypeVar("T", bound=Brand | Agent)

DAYS_BACK = 2  # an instant has at most three dates around the world


class Shelf(Generic[T]):
    """A user's brands, or agents."""

    def __init__(
        self,
        engine: Engine,
        table: Table,
        noun: str,
        version: int,
        write: Callable[[T], dict[str, Any]],
        read: Callable[[dict[str, Any]], T],
    ) -> None:
        self._engine = engine
        self._table = table
        self._noun = noun
        self._version = version
        self._write = write
        self._read = read

    def all(self, user_id: str) -> tuple[T, ...]:
        """Those that were not removed, in the order in which they came."""
        query = (
            select(self._table)
            .where(self._table.c.user_id == user_id, self._table.c.archived_at.is_(None))
            .order_by(self._table.c.created_at, self._table.c.slug)
        )
        with reading(self._engine) as connection:
            return tuple(self._item(row) for row in connection.execute(query))

    def get(self, user_id: str, slug: str) -> T:
        """One of them.

        Raises:
            UnknownSlugError: there is none, or it was removed.
        """
        with reading(self._engine) as connection:
            row = connection.execute(select(self._table).where(*self._is(user_id, slug))).one_or_none()
        if row is None or row.archived_at is not None:
            raise self._unknown(slug)
        return self._item(row)

    def add(self, user_id: str, item: T, now: datetime) -> None:
        """Add one. Under the slug of one that was removed it takes that one's place.

        Raises:
            SlugTakenError: there is one of that slug.
        """
        with writing(self._engine) as connection:
            self.put(connection, user_id, item, now)

    def put(self, connection: Connection, user_id: str, item: T, now: datetime) -> None:
        """`add`, in a transaction that is under way."""
        values = {"version": self._version, "payload": self._write(item), "created_at": now, "archived_at": None}
        revived = (
            update(self._table)
            .where(*self._is(user_id, item.slug), self._table.c.archived_at.is_not(None))
            .values(values)
        )
        if connection.execute(revived).rowcount:
            return
        new = insert_new(connection.dialect, self._table).values({"user_id": user_id, "slug": item.slug} | values)
        if connection.execute(new.returning(self._table.c.slug)).first() is None:
            raise SlugTakenError(
                f"there is already {self._noun} {item.slug!r}: change that one, or choose another slug"
            )

    def change(self, user_id: str, item: T) -> None:
        """Let the one of this slug be so from now on.

        Raises:
            UnknownSlugError: there is none, or it was removed.
        """
        self._update(user_id, item.slug, {"version": self._version, "payload": self._write(item)})

    def edit(self, user_id: str, slug: str, edited: Callable[[T], T]) -> T:
        """Let the one of this slug be what `edited` makes of it; nobody else changes it in between. Answers with that.

        Raises:
            UnknownSlugError: there is none, or it was removed. What `edited` raises leaves it as it was.
        """
        mine = self._is(user_id, slug)
        query = select(self._table).where(*mine, self._table.c.archived_at.is_(None)).with_for_update()
        with writing(self._engine) as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                raise self._unknown(slug)
            item = edited(self._item(row))
            values = {"version": self._version, "payload": self._write(item)}
            connection.execute(update(self._table).where(*mine).values(values))
        return item

    def remove(self, user_id: str, slug: str, now: datetime) -> None:
        """Archive one.

        Raises:
            UnknownSlugError: there is none, or it was removed.
        """
        self._update(user_id, slug, {"archived_at": now})

    def _update(self, user_id: str, slug: str, values: dict[str, Any]) -> None:
        change = update(self._table).where(*self._is(user_id, slug), self._table.c.archived_at.is_(None)).values(values)
        with writing(self._engine) as connection:
            changed = connection.execute(change).rowcount
        if not changed:
            raise self._unknown(slug)

    def _is(self, user_id: str, slug: str) -> tuple[Any, ...]:
        return self._table.c.user_id == user_id, self._table.c.slug == slug

    def _item(self, row: Any) -> T:
        try:
            if row.version > self._version:
                raise ValueError(f"it has version {row.version}, this Maestro knows {self._version} at most")
            return self._read(row.payload)
        except (KeyError, TypeError, ValueError) as error:
            raise DatabaseError(f"{self._noun} {row.slug!r} cannot be read from the database: {error}") from error

    def _unknown(self, slug: str) -> UnknownSlugError:
        return UnknownSlugError(f"there is no {self._noun.split()[-1]} {slug!r}")


class Library:
    """What a user has set up. `brands` and `agents` are shelves."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.brands: Shelf[Brand] = Shelf(
            *(engine, brands, "a brand", content_codec.BRAND_VERSION),
            content_codec.brand_json,
            content_codec.read_brand,
        )
        self.agents: Shelf[Agent] = Shelf(
            *(engine, agents, "an agent", content_codec.AGENT_VERSION),
            content_codec.agent_json,
            content_codec.read_agent,
        )

    def welcome(
        self, user_id: str, brands: Sequence[Brand], agents: Sequence[Agent], now: datetime, timezone: str = "UTC"
    ) -> bool:
        """Give a user who has never been here these examples and this timezone; answers whether that was so.

        Whoever has brands or agents already keeps them as they are, and gets no examples.
        """
        with writing(self._engine) as connection:
            _ensure_studio(connection, user_id)
            first = (
                update(studios)
                .where(studios.c.user_id == user_id, studios.c.welcomed_at.is_(None))
                .values(welcomed_at=now)
            )
            if not connection.execute(first).rowcount or _has_something(connection, user_id):
                return False
            untouched = update(studios).where(studios.c.user_id == user_id, studios.c.daily_since.is_(None))
            connection.execute(untouched.values(timezone=timezone))
            for place, brand in enumerate(brands):  # they are listed in the order in which they came
                self.brands.put(connection, user_id, brand, now + timedelta(microseconds=place))
            for place, agent in enumerate(agents):
                self.agents.put(connection, user_id, agent, now + timedelta(microseconds=place))
            return True

    def routine(self, user_id: str, now: datetime) -> Routine:
        """When the user's daily burst runs."""
        with reading(self._engine) as connection:
            row = connection.execute(select(studios).where(studios.c.user_id == user_id)).one_or_none()
            decided = _decided(connection, now)
        return _routine(row, decided) if row else Routine(user_id)

    def routines(self, now: datetime) -> tuple[Routine, ...]:
        """Every user's that has been here, paused ones and those without a daily time too."""
        query = select(studios).order_by(studios.c.user_id)
        with reading(self._engine) as connection:
            decided = _decided(connection, now)
            return tuple(_routine(row, decided) for row in connection.execute(query))

    def set_daily(self, user_id: str, daily_time: time | None, timezone: str | None, now: datetime) -> None:
        """Run the daily burst at this wall time from now on; None: never. Without a timezone it stays what it is."""

        def edited(before: Routine) -> Routine:
            return replace(before, daily_time=daily_time, timezone=timezone or before.timezone)

        self.edit_daily(user_id, edited, now)

    def edit_daily(self, user_id: str, edited: Callable[[Routine], Routine], now: datetime) -> None:
        """Let daily time and timezone be what `edited` makes of them; nobody else changes them in between.

        Where they were set to that before, nothing changes: a run that is due stays due.
        """
        mine = studios.c.user_id == user_id
        with writing(self._engine) as connection:
            _ensure_studio(connection, user_id)
            before = _routine(connection.execute(select(studios).where(mine).with_for_update()).one(), {})
            after = edited(before)
            if before.since is None or after != before:
                values = {"daily_time": after.daily_time, "timezone": after.timezone, "daily_since": now}
                connection.execute(update(studios).where(mine).values(values))

    def pause(self, user_id: str) -> None:
        """Let no daily burst begin until it is resumed."""
        with writing(self._engine) as connection:
            _ensure_studio(connection, user_id)
            connection.execute(update(studios).where(studios.c.user_id == user_id).values(paused=True))

    def resume(self, user_id: str, now: datetime) -> None:
        """Let daily bursts begin again, from the next on; one that is not paused stays as it is."""
        paused = update(studios).where(studios.c.user_id == user_id, studios.c.paused)
        since = case((studios.c.daily_time.is_not(None), literal(now, Utc)), else_=studios.c.daily_since)
        with writing(self._engine) as connection:
            connection.execute(paused.values(paused=False, daily_since=since))


def _routine(row: Any, decided: dict[str, set[date]]) -> Routine:
    dates = frozenset(decided.get(row.user_id, ()))
    if not _exists(row.timezone):  # one user's trouble is not everybody's
        log.error("a timezone does not exist: no daily runs", extra={"user_id": row.user_id, "timezone": row.timezone})
        return Routine(row.user_id, paused=row.paused, decided=dates)
    return Routine(row.user_id, row.timezone, row.daily_time, row.daily_since, row.paused, dates)


def _exists(timezone: str) -> bool:
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _decided(connection: Connection, now: datetime) -> dict[str, set[date]]:
    """The local dates around now that have their daily burst, by user."""
    query = select(bursts.c.user_id, bursts.c.local_date).where(
        bursts.c.kind == literal_column("'daily'"), bursts.c.local_date >= now.date() - timedelta(days=DAYS_BACK)
    )
    found: dict[str, set[date]] = {}
    for user_id, local_date in connection.execute(query):
        found.setdefault(user_id, set()).add(local_date)
    return found


def _ensure_studio(connection: Connection, user_id: str) -> None:
    connection.execute(insert_new(connection.dialect, studios).values(user_id=user_id, paused=False))


def _has_something(connection: Connection, user_id: str) -> bool:
    return any(
        connection.execute(select(table.c.slug).where(table.c.user_id == user_id).limit(1)).first()
        for table in (brands, agents)
    )
