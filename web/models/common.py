"""What the shapes have in common: how strictly they are read, ids, times and pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Final, Self
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PlainValidator,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from maestro_actors.core.validation import MAX_NAME
from maestro_actors.gateway.messages import Slug
from maestro_actors.journal.rows import MOST
from web import times

Id = Annotated[str, Field(json_schema_extra={"format": "uuid", "example": "3f2a91c4-5d0e-4c7b-9a54-0d6f4f6c1b7e"})]
BrandSlug = Annotated[Slug, Field(json_schema_extra={"example": "healthy-college"})]


def read(parse: Callable[[str], Any]) -> PlainValidator:
    """Read a text by a function whose `ValueError` says what would do."""

    def validate(value: object) -> Any:
        try:
            return parse(value if isinstance(value, str) else "")
        except ValueError as error:
            raise PydanticCustomError("time", "{text}", {"text": str(error)}) from error

    return PlainValidator(validate)


Day = Annotated[date, read(times.day), WithJsonSchema({"type": "string", "format": "date", "example": "2026-11-23"})]
DayOrMoment = Annotated[
    date | datetime,
    read(times.day_or_moment),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}),
]
NewSlug = Annotated[Slug, Field(description="For good; made of the name unless given.")]
SameSlug = Annotated[Slug, Field(description="It never changes: leave it out, or send what it is.")]
Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME, json_schema_extra={"example": "Knead & Spoke"})]
Timezone = Annotated[str, Field(description="An IANA name.", json_schema_extra={"example": "Europe/Lisbon"})]
Since = Annotated[DayOrMoment | None, Field(description="From this day on in your timezone, or from this instant on.")]
Until = Annotated[DayOrMoment | None, Field(description="To the end of this day, or before this instant.")]
Next = Annotated[str | None, Field(description="The cursor of the next page; null where there is none.")]


class Shape(BaseModel):
    """What is sent: of known fields alone, and of the very types."""

    model_config = ConfigDict(extra="forbid", strict=True)


class OrNothing(Shape):
    """What may be left out whole."""

    model_config = ConfigDict(openapi_extra={"required": False})  # type: ignore[typeddict-unknown-key]  # flask-openapi3's

    @model_validator(mode="before")
    @classmethod
    def _or_nothing(cls, given: Any) -> Any:
        return {} if given is None else given


class Nothing(OrNothing):
    """There is nothing to say: no body, or an empty object."""


class Judged(BaseModel):
    """What `core.validation` judges, every problem at once: it is described here, and `given` is what was sent."""

    model_config = ConfigDict(extra="forbid")

    _given: Any = PrivateAttr(None)

    @model_validator(mode="wrap")
    @classmethod
    def _let_through(cls, data: Any, _judge: ModelWrapValidatorHandler[Self]) -> Self:
        unjudged = cls.model_construct()
        unjudged._given = data
        return unjudged

    @property
    def given(self) -> dict[str, Any]:
        """What was sent; nothing, where nothing was."""
        return self._given or {}


LEFT_OUT: Final[Any] = Field(default_factory=object)  # of a judged shape: it may be left out, and null is no value


class Query(BaseModel):
    """What is asked for, of known names alone."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def model_json_schema(cls, *how: Any, **more: Any) -> dict[str, Any]:
        """Made once: flask-openapi3 looks at it at every request, and making it takes a millisecond."""
        return _schema(cls, how, frozenset(more.items()))


@cache
def _schema(query: type[Query], how: tuple[Any, ...], more: frozenset[tuple[str, Any]]) -> dict[str, Any]:
    return super(Query, query).model_json_schema(*how, **dict(more))


class PageQuery(Query):
    """Which part of a list."""

    limit: Annotated[int, Field(ge=1, le=MOST, description="So many at most.")] = 50
    cursor: Annotated[str, Field(min_length=1, max_length=200, description="`next` of the page before.")] | None = None


class SlugPath(BaseModel):
    """Which brand, or agent."""

    slug: Annotated[str, Field(json_schema_extra={"example": "healthy-college"})]


class BurstPath(BaseModel):
    """Which burst."""

    burst_id: UUID


class JobPath(BaseModel):
    """Which job."""

    job_id: UUID
