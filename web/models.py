"""The shapes of requests, and of answers that are not the snapshot's."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from maestro_actors.gateway.messages import Count, Slug
from maestro_actors.gateway.snapshot import KindName

Uuid = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")]


class Shape(BaseModel):
    """What is sent: of known fields alone, and of the very types."""

    model_config = ConfigDict(extra="forbid", strict=True)


class BurstPath(BaseModel):
    """Which burst."""

    burst_id: Uuid


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


class CancelReason(Shape):
    """Why, for the record."""

    reason: Annotated[str, Field(max_length=500)] = ""


class Cancellation(BaseModel):
    """`cancelled` is false where the burst had ended before; otherwise it stops now, and `cancelling` says so."""

    burst_id: str
    cancelled: bool
    cancelling: bool


class KindToday(BaseModel):
    """How many of one kind are scheduled or may still be, of the day's quota."""

    kind: KindName
    made: int
    quota: int


class BrandToday(BaseModel):
    """What the day has for one brand."""

    slug: str
    name: str
    kinds: list[KindToday]


class Today(BaseModel):
    """The user's local day, and what it has of what it should have."""

    date: str = Field(json_schema_extra={"format": "date"})
    timezone: str
    brands: list[BrandToday]
