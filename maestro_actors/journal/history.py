"""What people look up: bursts, jobs and events in pages, one job's life, the calendar.

A user's own alone: what belongs to another user is not there. Lists have the latest first, events are in order; a
cursor goes with the list and the filters that gave it out. Every call raises `PassingError` or `DatabaseError` like
`database.reading`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Connection, Engine, Select, String, cast, literal, or_, select, tuple_

from maestro_actors.core.content import Kind, Outcome, Proposal
from maestro_actors.core.events import BurstCrashed, BurstResumed, CancelRequested
from maestro_actors.errors import UnknownBurstError
from maestro_actors.journal import codec
from maestro_actors.journal.bookings import slot_of
from maestro_actors.journal.content_codec import read_proposal
from maestro_actors.journal.database import reading
from maestro_actors.journal.errors import UnknownJobError, UnreadableEventError
from maestro_actors.journal.reader import EVENTS
from maestro_actors.journal.rows import (
    MOST,
    BurstRow,
    EventRow,
    JobHistory,
    JobRow,
    Page,
    TakenSlot,
    burst_row,
    cursor_of,
    job_row,
    moment_and_id,
    number,
)
from maestro_actors.journal.tables import Utc, bursts, events, jobs, slots

Open = Literal["open"]

_SLOT: list[Column[Any]] = [slots.c[name] for name in ("brand", "kind", "local_date", "wall_time", "timezone")]
_JOB_COLUMNS: list[Any] = [
    *(column for column in jobs.c if column.name not in ("brand", "kind", "proposal", "seq")),
    jobs.c.brand.label("of_brand"),
    jobs.c.kind.label("of_kind"),
    *_SLOT,
]
_JOBS = select(*_JOB_COLUMNS).join(slots, slots.c.job_id == jobs.c.job_id, isouter=True)


class History:
    """Reads what people look up."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def bursts(
        self,
        user_id: str,
        *,
        kind: str | None = None,
        outcome: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[BurstRow]:
        """The user's bursts that began from `since` on and before `until`. The outcome `open` has none yet.

        Raises:
            BadCursorError: no list has given out the cursor.
        """
        query = select(bursts).where(bursts.c.user_id == user_id)
        query = _filtered(query, {bursts.c.kind: kind}, bursts.c.outcome, outcome)
        query = _within(query, bursts.c.started_at, since, until)
        limit = _bounded(limit)
        query = _latest_first(query, bursts.c.started_at, bursts.c.burst_id, limit, cursor)
        with reading(self._engine) as connection:
            found = [burst_row(row) for row in connection.execute(query)]
        shown = found[:limit]
        more = len(found) > limit
        return Page(tuple(shown), cursor_of(shown[-1].started_at, shown[-1].burst_id) if more else None)

    def burst(self, burst_id: str, user_id: str | None = None) -> BurstRow:
        """One burst; without a user, whoever's it is.

        Raises:
            UnknownBurstError: there is none, or it is another user's.
        """
        with reading(self._engine) as connection:
            return _burst(connection, burst_id, user_id)

    def jobs(
        self,
        user_id: str,
        *,
        burst_id: str | None = None,
        brand: str | None = None,
        kind: Kind | None = None,
        outcome: Outcome | Open | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[JobRow]:
        """The user's jobs that were accepted from `since` on and before `until`.

        Raises:
            BadCursorError: no list has given out the cursor.
        """
        query = _JOBS.where(jobs.c.user_id == user_id if burst_id is None else _belongs_to(burst_id, user_id))
        query = _filtered(query, {jobs.c.brand: brand, jobs.c.kind: kind}, jobs.c.outcome, outcome)
        query = _within(query, jobs.c.created_at, since, until)
        limit = _bounded(limit)
        query = _latest_first(query, jobs.c.created_at, jobs.c.job_id, limit, cursor)
        with reading(self._engine) as connection:
            found = [job_row(row) for row in connection.execute(query)]
        shown = found[:limit]
        more = len(found) > limit
        return Page(tuple(shown), cursor_of(shown[-1].created_at, shown[-1].job_id) if more else None)

    def events(
        self, user_id: str | None, burst_id: str, *, limit: int = 50, cursor: str | None = None
    ) -> Page[EventRow]:
        """A burst's events in order.

        Raises:
            UnknownBurstError: there is no such burst, or it is another user's.
            BadCursorError: no list has given out the cursor.
        """
        query = EVENTS.where(events.c.burst_id == burst_id).order_by(events.c.seq)
        if cursor:
            query = query.where(events.c.seq > number(cursor))
        limit = _bounded(limit)
        with reading(self._engine) as connection:
            _burst(connection, burst_id, user_id)
            found = [_event_row(burst_id, row) for row in connection.execute(query.limit(limit + 1))]
        shown = found[:limit]
        return Page(tuple(shown), cursor_of(shown[-1].seq) if len(found) > limit else None)

    def job(self, user_id: str | None, job_id: str) -> JobHistory:
        """One job with its proposal and everything that happened to it; without a user, whoever's it is.

        Raises:
            UnknownJobError: there is none, or it is another user's.
        """
        with reading(self._engine) as connection:
            row = _job(connection, job_id, user_id)
            told = EVENTS.where(events.c.burst_id == row.burst_id, _tells_of(job_id)).order_by(events.c.seq)
            life = tuple(_event_row(row.burst_id, each) for each in connection.execute(told))
        return JobHistory(job_row(row), _proposal(row), life)

    def job_in_list(self, user_id: str, job_id: str) -> JobRow:
        """One job as lists have it, without what happened to it; raises as `job`."""
        with reading(self._engine) as connection:
            return job_row(_job(connection, job_id, user_id))

    def titles(self, user_id: str, job_ids: Collection[str]) -> dict[str, str]:
        """The titles of those of these jobs that are the user's, by id."""
        query = select(jobs.c.job_id, jobs.c.title).where(jobs.c.job_id.in_(job_ids), jobs.c.user_id == user_id)
        with reading(self._engine) as connection:
            return {row.job_id: row.title for row in connection.execute(query)}

    def ids(self, user_id: str, beginning: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The ids of the user's bursts, and those of the jobs, that begin so: two of each at most."""
        with reading(self._engine) as connection:
            return (
                _ids(connection, bursts.c.burst_id, bursts.c.user_id == user_id, beginning),
                _ids(connection, jobs.c.job_id, jobs.c.user_id == user_id, beginning),
            )

    def taken_slots(
        self,
        user_id: str,
        *,
        brand: str | None = None,
        since: date | None = None,
        until: date | None = None,
        most: int | None = None,
    ) -> tuple[TakenSlot, ...]:
        """The slots that jobs hold, by local date from `since` on and before `until`, in order of brand and time.

        No more than `most`, where that is said.
        """
        query = (
            select(*_SLOT, slots.c.job_id, jobs.c.title, jobs.c.proposal)
            .join(jobs, jobs.c.job_id == slots.c.job_id)
            .where(slots.c.user_id == user_id)
            .order_by(slots.c.brand, slots.c.local_date, slots.c.wall_time, slots.c.kind)
        )
        if brand is not None:
            query = query.where(slots.c.brand == brand)
        query = _within(query, slots.c.local_date, since, until).limit(most)
        with reading(self._engine) as connection:
            return tuple(_taken_slot(row) for row in connection.execute(query))


def _bounded(limit: int) -> int:
    return max(1, min(limit, MOST))


def _filtered(
    query: Select[Any], equal: dict[Column[Any], str | None], outcome: Column[Any], wanted: str | None
) -> Select[Any]:
    for column, value in equal.items():
        if value is not None:
            query = query.where(column == str(value))
    if wanted == "open":
        return query.where(outcome.is_(None))
    return query if wanted is None else query.where(outcome == str(wanted))


def _within(
    query: Select[Any], column: Column[Any], since: datetime | date | None, until: datetime | date | None
) -> Select[Any]:
    if since is not None:
        query = query.where(column >= since)
    return query if until is None else query.where(column < until)


def _latest_first(query: Select[Any], at: Column[Any], id_: Column[Any], limit: int, cursor: str | None) -> Select[Any]:
    """One row more than asked for, which tells whether there is a next page."""
    if cursor:
        moment, last = moment_and_id(cursor)
        query = query.where(tuple_(at, id_) < tuple_(literal(moment, Utc), literal(last)))
    return query.order_by(at.desc(), id_.desc()).limit(limit + 1)


def _burst(connection: Connection, burst_id: str, user_id: str | None) -> BurstRow:
    query = select(bursts).where(bursts.c.burst_id == burst_id)
    if user_id is not None:
        query = query.where(bursts.c.user_id == user_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise UnknownBurstError(f"there is no burst {burst_id}")
    return burst_row(row)


def _job(connection: Connection, job_id: str, user_id: str | None) -> Any:
    query = _JOBS.add_columns(jobs.c.proposal).where(jobs.c.job_id == job_id)
    if user_id is not None:
        query = query.where(jobs.c.user_id == user_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise UnknownJobError(f"there is no job {job_id}")
    return row


def _belongs_to(burst_id: str, user_id: str) -> ColumnElement[bool]:
    """The burst's jobs, if it is the user's. Looked for among the user's, SQLite would read through all of those."""
    mine = select(bursts.c.burst_id).where(bursts.c.burst_id == burst_id, bursts.c.user_id == user_id)
    return jobs.c.burst_id == mine.scalar_subquery()


def _ids(connection: Connection, id_: Column[Any], mine: ColumnElement[bool], beginning: str) -> tuple[str, ...]:
    """The whole id first, where it is one."""
    query = select(id_).where(mine, id_.startswith(beginning, autoescape=True)).order_by(id_ != beginning, id_)
    return tuple(connection.execute(query.limit(2)).scalars())


def _event_row(burst_id: str, row: Any) -> EventRow:
    try:
        event = codec.decode(burst_id, row.seq, row.type, row.version, row.text)
    except UnreadableEventError as error:
        return EventRow(row.seq, row.type, row.version, None, error)
    return EventRow(row.seq, row.type, row.version, event)


def _proposal(row: Any) -> Proposal | None:
    try:
        return read_proposal(row.proposal)
    except (KeyError, TypeError, ValueError):
        return None


def _taken_slot(row: Any) -> TakenSlot:
    proposal = _proposal(row)
    return TakenSlot(slot_of(row), row.job_id, row.title, proposal.caption if proposal else None)


def _tells_of(job_id: str) -> ColumnElement[bool]:
    """The id stands in the JSON of every event of the job, and in no other; some befall a burst with all its jobs."""
    return or_(
        cast(events.c.payload, String).contains(job_id, autoescape=True),
        events.c.type.in_([each.__name__ for each in (BurstResumed, CancelRequested, BurstCrashed)]),
    )
