"""The shapes of what a day has of each brand's quota."""

from __future__ import annotations

from pydantic import BaseModel, Field

from maestro_actors.gateway.snapshot import KindName


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
