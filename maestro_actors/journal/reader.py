"""What a worker reads when it starts and decides: bursts to resume, the last one, keys, what a day has already.

Blocking, and without a state of its own. Every call raises `PassingError` or `DatabaseError` like `database.reading`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Engine, Text, and_, cast, func, or_, select

from maestro_actors.core.content import Kind, Outcome
from maestro_actors.core.events import BurstKind, BurstStarted, Event
from maestro_actors.journal import codec
from maestro_actors.journal.database import reading
from maestro_actors.journal.entries import RecordedBurst, UnreadableBurst
from maestro_actors.journal.errors import UnreadableEventError
from maestro_actors.journal.keys import burst_of_key
from maestro_actors.journal.tables import bursts, events, jobs, removals

# As text, whatever the database makes of JSON: so a broken event breaks when it is read, and not its neighbours.
EVENTS = select(events.c.seq, events.c.type, events.c.version, cast(events.c.payload, Text).label("text"))


class JournalReader:
    """Reads what a worker needs."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def unfinished(self) -> tuple[RecordedBurst | UnreadableBurst, ...]:
        """Every burst that has not ended, the oldest first, with its events in order."""
        query = (
            select(bursts.c.burst_id, bursts.c.user_id)
            .where(bursts.c.finished_at.is_(None))
            .order_by(bursts.c.started_at, bursts.c.burst_id)
        )
        with reading(self._engine) as connection:
            return tuple(_recorded(connection, *found) for found in connection.execute(query).all())

    def unwanted(self) -> tuple[str, ...]:
        """The objects that nobody wants any more, and that the bucket may still have."""
        with reading(self._engine) as connection:
            return tuple(connection.execute(select(removals.c.path).order_by(removals.c.path)).scalars())

    def last_ended(self, user_id: str) -> RecordedBurst | UnreadableBurst | None:
        """The user's burst that ended last, with its events."""
        query = (
            select(bursts.c.burst_id, bursts.c.user_id)
            .where(bursts.c.user_id == user_id, bursts.c.finished_at.is_not(None))
            .order_by(bursts.c.started_at.desc(), bursts.c.burst_id.desc())
            .limit(1)
        )
        with reading(self._engine) as connection:
            found = connection.execute(query).one_or_none()
            return _recorded(connection, *found) if found else None

    def burst(self, burst_id: str) -> RecordedBurst | UnreadableBurst | None:
        """One burst with its events, whoever's it is."""
        query = select(bursts.c.burst_id, bursts.c.user_id).where(bursts.c.burst_id == burst_id)
        with reading(self._engine) as connection:
            found = connection.execute(query).one_or_none()
            return _recorded(connection, *found) if found else None

    def burst_of_key(self, user_id: str, key: str, request_hash: str) -> str | None:
        """The burst that an idempotency key stands for, if it was used before.

        Raises:
            IdempotencyConflictError: it was, with another request.
        """
        with reading(self._engine) as connection:
            return burst_of_key(connection, user_id, key, request_hash)

    def daily_burst(self, user_id: str, local_date: date) -> str | None:
        """The daily burst that was decided for that date, if any."""
        query = select(bursts.c.burst_id).where(
            bursts.c.user_id == user_id, bursts.c.local_date == local_date, bursts.c.kind == BurstKind.DAILY.value
        )
        with reading(self._engine) as connection:
            return connection.execute(query).scalar()

    def replacement_under_way(self, user_id: str, job_id: str) -> str | None:
        """The open job that was made to replace this one, if any."""
        query = select(jobs.c.job_id).where(
            jobs.c.user_id == user_id, jobs.c.replaces == job_id, jobs.c.outcome.is_(None)
        )
        with reading(self._engine) as connection:
            return connection.execute(query.limit(1)).scalar()

    def made_on(self, user_id: str, local_date: date, timezone: str) -> dict[tuple[str, Kind], int]:
        """How many jobs a local date has for each brand and kind that are scheduled, or may still be.

        They count for the date of their burst. One that replaces a scheduled job adds nothing to what its day has.
        """
        old = jobs.alias("old")
        query = (
            select(jobs.c.brand, jobs.c.kind, func.count())
            .join(bursts, bursts.c.burst_id == jobs.c.burst_id)
            .join(old, old.c.job_id == jobs.c.replaces, isouter=True)
            .where(
                bursts.c.user_id == user_id,
                _counts_for(local_date, timezone),
                or_(jobs.c.outcome.is_(None), jobs.c.outcome == Outcome.SCHEDULED.value),
                or_(old.c.outcome.is_(None), old.c.outcome != Outcome.SCHEDULED.value),
            )
            .group_by(jobs.c.brand, jobs.c.kind)
        )
        with reading(self._engine) as connection:
            return {(brand, Kind(kind)): number for brand, kind, number in connection.execute(query)}


def _counts_for(local_date: date, timezone: str) -> ColumnElement[bool]:
    """Bursts of that date: those that say so, and among those that say nothing the ones that began on it."""
    zone = ZoneInfo(timezone)
    start, end = (
        datetime.combine(local_date + timedelta(days=days), time(), tzinfo=zone).astimezone(UTC) for days in (0, 1)
    )
    began = bursts.c.started_at
    return and_(
        began.between(start - timedelta(days=2), end + timedelta(days=2)),  # any date there is; lets the index help
        or_(
            bursts.c.local_date == local_date,
            and_(bursts.c.local_date.is_(None), began >= start, began < end),
        ),
    )


def _recorded(connection: Connection, burst_id: str, user_id: str) -> RecordedBurst | UnreadableBurst:
    query = EVENTS.where(events.c.burst_id == burst_id).order_by(events.c.seq)
    rows = connection.execute(query).all()
    next_seq = rows[-1].seq + 1 if rows else 0
    try:
        started, told = _read(burst_id, rows)
    except UnreadableEventError as error:
        return UnreadableBurst(burst_id, user_id, next_seq, error)
    return RecordedBurst(burst_id, user_id, next_seq, started, told)


def _read(burst_id: str, rows: Iterable[Any]) -> tuple[BurstStarted, tuple[Event, ...]]:
    read = [codec.decode(burst_id, seq, type_, version, payload) for seq, type_, version, payload in rows]
    first = read[0] if read else None
    if not isinstance(first, BurstStarted):
        raise UnreadableEventError(burst_id, 0, "BurstStarted", 1, "the burst's first event is missing")
    told = [event for event in read[1:] if not isinstance(event, BurstStarted)]
    return first, tuple(told)
