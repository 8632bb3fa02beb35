"""What the lists are made of, and how they are cut into pages."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from maestro_actors.core.calendar import Slot
from maestro_actors.core.content import Kind, Outcome, Proposal, Stage
from maestro_actors.journal.bookings import slot_of
from maestro_actors.journal.codec import Recorded
from maestro_actors.journal.errors import BadCursorError, UnreadableEventError

T = TypeVar("T")

MOST = 200  # rows in one page


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list. `next` is the cursor of the part after it; None where there is none."""

    items: tuple[T, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class BurstRow:
    """A burst in a list. The numbers of its jobs are filled in when it ends."""

    burst_id: str
    user_id: str
    kind: str
    local_date: date | None
    started_at: datetime
    finished_at: datetime | None
    outcome: str | None
    created: int
    scheduled: int
    failed: int
    cancelled: int
    lost: int
    cancel_requested_at: datetime | None
    cancelled_by: str | None
    cancel_reason: str | None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An asset that the bucket has; `path` is its place there."""

    category: str
    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job in a list."""

    job_id: str
    burst_id: str
    user_id: str
    brand: str
    kind: Kind
    agent: str
    title: str
    stage: Stage
    outcome: Outcome | None
    error: str | None
    created_at: datetime
    settled_at: datetime | None
    replaces: str | None
    replaced_by: str | None
    assets: tuple[StoredFile, ...]
    slot: Slot | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event of a burst. One that cannot be read has no `event` but the error."""

    seq: int
    type: str
    version: int
    event: Recorded | None
    error: UnreadableEventError | None = None


@dataclass(frozen=True, slots=True)
class JobHistory:
    """All that is known of one job. `proposal` is None where it cannot be read.

    `events` are those that name the job, and those that befell its whole burst.
    """

    job: JobRow
    proposal: Proposal | None
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class TakenSlot:
    """A slot and the job that holds it. `caption` is None where the proposal cannot be read."""

    slot: Slot
    job_id: str
    title: str
    caption: str | None


def burst_row(row: Any) -> BurstRow:
    return BurstRow(**row._mapping)


def job_row(row: Any) -> JobRow:
    """A row of jobs and, beside it, of slots."""
    return JobRow(
        row.job_id,
        row.burst_id,
        row.user_id,
        row.of_brand,
        Kind(row.of_kind),
        row.agent,
        row.title,
        Stage(row.stage),
        Outcome(row.outcome) if row.outcome else None,
        row.error,
        row.created_at,
        row.settled_at,
        row.replaces,
        row.replaced_by,
        tuple(StoredFile(each["category"], each["path"], each["bytes"], each["sha256"]) for each in row.assets),
        slot_of(row) if row.brand is not None else None,
    )


def cursor_of(*place: datetime | str | int) -> str:
    """An opaque text for a place in a list."""
    plain = [each.isoformat() if isinstance(each, datetime) else each for each in place]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def moment_and_id(cursor: str) -> tuple[datetime, str]:
    """The place that a cursor stands for in a list by time.

    Raises:
        BadCursorError: no list has given out such a cursor.
    """
    try:
        at, id_ = _read(cursor)
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or not isinstance(id_, str) or not id_.isascii() or "\0" in id_:
            raise ValueError(cursor)
        moment = moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise BadCursorError(_BAD) from error
    return moment, id_


def number(cursor: str) -> int:
    """The place that a cursor stands for in a list by number; raises as `moment_and_id`."""
    try:
        (value,) = _read(cursor)
    except (ValueError, TypeError, RecursionError) as error:
        raise BadCursorError(_BAD) from error
    if type(value) is not int or abs(value) > 2**31:
        raise BadCursorError(_BAD)
    return value


_BAD = "the cursor is none that a list has given out: begin again without one"


def _read(cursor: str) -> Any:
    return json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
