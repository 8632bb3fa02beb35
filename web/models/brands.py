"""The shapes of brands. What is answered has been judged already, maybe by older rules, so it promises no limits."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from maestro_actors.core.validation import MAX_HANDLE, MAX_QUOTA, MAX_TIMES, MAX_TOPIC, MAX_TOPICS
from maestro_actors.gateway.messages import Slug
from maestro_actors.rendering.typefaces import TYPEFACES
from web.models.common import LEFT_OUT, Judged, Name, NewSlug, SameSlug, Timezone

Handle = Annotated[str, Field(min_length=1, max_length=MAX_HANDLE + 1, description="With or without the @.")]
Colour = Annotated[str, Field(pattern="^#[0-9A-Fa-f]{6}$", json_schema_extra={"example": "#1d3557"})]
TypefaceName = Annotated[str, Field(json_schema_extra={"enum": [*TYPEFACES]})]
Topics = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=MAX_TOPIC, json_schema_extra={"example": "sourdough"})]],
    Field(min_length=1, max_length=MAX_TOPICS),
]
ClockTime = Annotated[str, Field(description="HH:MM, or with the seconds :00.", json_schema_extra={"example": "07:30"})]
Times = Annotated[list[ClockTime], Field(max_length=MAX_TIMES)]
Quota = Annotated[int, Field(ge=0, le=MAX_QUOTA)]


class PaletteView(BaseModel):
    """A brand's colours: a dark, a light, and two that carry the brand."""

    dark: str
    light: str
    primary: str
    accent: str


class TimesView(BaseModel):
    """Publishing times in the brand's timezone, by kind."""

    reel: list[ClockTime]
    post: list[ClockTime]
    carousel: list[ClockTime]


class QuotaView(BaseModel):
    """How many a day, by kind."""

    reel: int
    post: int
    carousel: int


class BrandView(BaseModel):
    """A brand."""

    slug: Slug
    name: str
    handle: str
    palette: PaletteView
    typeface: str
    topics: list[str]
    timezone: str
    publishing_times: TimesView
    quota: QuotaView


class BrandList(BaseModel):
    """All brands, in the order in which they came."""

    brands: list[BrandView]


class SomePalette(Judged):
    """Colours; those that are left out stay."""

    dark: Colour = LEFT_OUT
    light: Colour = LEFT_OUT
    primary: Colour = LEFT_OUT
    accent: Colour = LEFT_OUT


class SomeTimes(Judged):
    """Publishing times; kinds that are left out keep theirs."""

    reel: Times = LEFT_OUT
    post: Times = LEFT_OUT
    carousel: Times = LEFT_OUT


class SomeQuota(Judged):
    """How many a day; kinds that are left out keep theirs."""

    reel: Quota = LEFT_OUT
    post: Quota = LEFT_OUT
    carousel: Quota = LEFT_OUT


class NewBrand(Judged):
    """A brand to add. It needs a name and a topic; the rest is sensible until you say otherwise."""

    slug: NewSlug = LEFT_OUT
    name: Name
    handle: Handle = LEFT_OUT
    palette: SomePalette = LEFT_OUT
    typeface: TypefaceName = LEFT_OUT
    topics: Topics
    timezone: Timezone = LEFT_OUT
    publishing_times: SomeTimes = LEFT_OUT
    quota: SomeQuota = LEFT_OUT


class WholePalette(Judged):
    """A brand's colours: a dark, a light, and two that carry the brand."""

    dark: Colour
    light: Colour
    primary: Colour
    accent: Colour


class WholeTimes(Judged):
    """Publishing times in the brand's timezone, by kind."""

    reel: Times
    post: Times
    carousel: Times


class WholeQuota(Judged):
    """How many a day, by kind."""

    reel: Quota
    post: Quota
    carousel: Quota


class WholeBrand(Judged):
    """A brand as it is to be."""

    slug: SameSlug = LEFT_OUT
    name: Name
    handle: Handle
    palette: WholePalette
    typeface: TypefaceName
    topics: Topics
    timezone: Timezone
    publishing_times: WholeTimes
    quota: WholeQuota


class BrandPatch(Judged):
    """What is to change about a brand, as a JSON merge patch (RFC 7396)."""

    slug: SameSlug = LEFT_OUT
    name: Name = LEFT_OUT
    handle: Handle = LEFT_OUT
    palette: SomePalette = LEFT_OUT
    typeface: TypefaceName = LEFT_OUT
    topics: Topics = LEFT_OUT
    timezone: Timezone = LEFT_OUT
    publishing_times: SomeTimes = LEFT_OUT
    quota: SomeQuota = LEFT_OUT
