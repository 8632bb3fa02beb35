"""The shapes of jobs, of what they made, and of the slots that they hold."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from maestro_actors.gateway.snapshot import KindName, Moment, OutcomeName, StageName
from web.models.common import BrandSlug, Day, Id, Next, PageQuery, Query, Since, Until


class BurstJobQuery(PageQuery):
    """Which jobs of a burst."""

    brand: BrandSlug | None = None
    kind: KindName | None = None
    outcome: Annotated[Literal[OutcomeName, "open"] | None, Field(description="`open` are those under way.")] = None


class JobQuery(BurstJobQuery):
    """Which jobs; days and instants are those at which they were accepted."""

    since: Since = None
    until: Until = None


class StoredFile(BaseModel):
    """A file that the bucket has. Its `url` is null where nobody has said where the bucket is."""

    category: Annotated[str, Field(json_schema_extra={"example": "reels"})]
    path: str
    url: str | None
    bytes: int
    sha256: str


class SlotView(BaseModel):
    """A publishing slot: the wall time as it was planned, and `local_time`, which a clock change may move."""

    local_date: Annotated[str, Field(json_schema_extra={"example": "2026-11-23"})]
    wall_time: Annotated[str, Field(json_schema_extra={"example": "07:30"})]
    timezone: Annotated[str, Field(json_schema_extra={"example": "Europe/Lisbon"})]
    local_time: Annotated[str, Field(json_schema_extra={"format": "date-time"})]


class JobRecord(BaseModel):
    """One job as it is on record. `assets` are those that the bucket still has."""

    job_id: Id
    burst_id: Id
    brand: BrandSlug
    kind: KindName
    title: str
    agent: str
    stage: StageName
    outcome: OutcomeName | None
    error: str | None
    created_at: Moment
    settled_at: Moment | None
    replaces: Id | None
    replaced_by: Id | None
    assets: list[StoredFile]
    scheduled_for: Moment | None
    slot: SlotView | None


class JobPage(BaseModel):
    """Jobs, the latest first."""

    jobs: list[JobRecord]
    next: Next


class SlideText(BaseModel):
    """One slide of a carousel."""

    heading: str
    body: str


class ProposalText(BaseModel):
    """What the agent suggested. Reels and posts have `lines`, carousels have `slides`."""

    kind: KindName
    brand: BrandSlug
    title: str
    caption: str
    image_prompt: str
    lines: list[str]
    slides: list[SlideText]


class LifeMoment(BaseModel):
    """Something that happened to a job."""

    at: Moment
    sentence: Annotated[str, Field(json_schema_extra={"example": "Stored the reel (1.3 MB)"})]


class JobStory(JobRecord):
    """One job, with everything about it. `unreadable` says what of its life cannot be read."""

    proposal: ProposalText | None
    life: list[LifeMoment]
    unreadable: list[str]


class RegeneratedJob(BaseModel):
    """The new job is on record; the old one stays as it is until the new one has its slot."""

    job_id: Id
    burst_id: Id
    url: str


class CalendarQuery(Query):
    """Which part of the calendar: of one brand or of all, from today to 60 days later unless other days are given."""

    brand: BrandSlug | None = None
    since: Annotated[Day | None, Field(description="From this day on.")] = None
    until: Annotated[Day | None, Field(description="To the end of this day, 366 days later at most.")] = None


class TakenSlotView(BaseModel):
    """A slot, and what is published there."""

    job_id: Id
    brand: BrandSlug
    kind: KindName
    title: str
    caption: str | None
    scheduled_for: Moment
    slot: SlotView


class CalendarView(BaseModel):
    """The slots that are taken from `since` to `until`, by brand and local date."""

    since: Annotated[str, Field(json_schema_extra={"format": "date"})]
    until: Annotated[str, Field(json_schema_extra={"format": "date"})]
    slots: list[TakenSlotView]
