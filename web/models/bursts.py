"""The shapes of bursts: what starts one, what ends one, and how they are looked up."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from maestro_actors.gateway.messages import Count, Slug
from maestro_actors.gateway.snapshot import BurstKindName, Moment, OutcomeName, StageName
from web.models.common import Id, Next, OrNothing, PageQuery, Shape, Since, Until

BurstOutcomeName = Literal["finished", "cancelled", "failed"]


class NewBurst(Shape):
    """What to make. Without counts, what the kind of burst makes; with counts, so many in all, dealt to the brands."""

    kind: Literal["daily", "smart"] = "smart"
    brands: Annotated[list[Slug], Field(min_length=1, max_length=100)] | None = None
    reels: Count | None = None
    posts: Count | None = None
    carousels: Count | None = None


class StartedBurst(BaseModel):
    """The burst is on record, and begins. Where nothing lacks it has ended already."""

    burst_id: str
    url: str


class CancelReason(OrNothing):
    """Why, for the record; nothing at all will do."""

    reason: Annotated[str, Field(max_length=500)] = ""


class Cancellation(BaseModel):
    """`cancelled` is false where the burst had ended before; otherwise it stops now, and `cancelling` says so."""

    burst_id: str
    cancelled: bool
    cancelling: bool


class BurstQuery(PageQuery):
    """Which bursts."""

    kind: BurstKindName | None = None
    outcome: Annotated[Literal[BurstOutcomeName, "open"] | None, Field(description="`open` are those under way.")] = (
        None
    )
    since: Since = None
    until: Until = None


class CancelRecord(BaseModel):
    """Who stopped a burst, when and why."""

    at: Moment
    by: str | None
    reason: str | None


class BurstRecord(BaseModel):
    """One burst as it is on record. The numbers of its jobs are filled in when it ends; until then the status has them.

    `local_date` is the date that it counts for.
    """

    burst_id: Id
    kind: BurstKindName
    outcome: BurstOutcomeName | None
    local_date: Annotated[str | None, Field(json_schema_extra={"example": "2026-11-23"})]
    started_at: Moment
    finished_at: Moment | None
    duration_seconds: float | None
    created: int
    scheduled: int
    failed: int
    cancelled: int
    lost: int
    cancel: CancelRecord | None


class BurstPage(BaseModel):
    """Bursts, the latest first."""

    bursts: list[BurstRecord]
    next: Next


class EventRecord(BaseModel):
    """Something that happened to a burst. One that cannot be read has an `error` in place of a sentence and a time.

    `stage` is the one that the job came to, `outcome` how it ended; null where the event says neither.
    """

    seq: int
    type: str
    version: int
    at: Moment | None
    job_id: Id | None
    stage: StageName | None
    outcome: OutcomeName | None
    sentence: Annotated[str | None, Field(json_schema_extra={"example": "“Sleep first” was scheduled for …"})]
    error: str | None


class EventPage(BaseModel):
    """What happened to a burst, in order."""

    events: list[EventRecord]
    next: Next
