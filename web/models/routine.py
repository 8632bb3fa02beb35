"""The shapes of the routine: when the daily burst runs."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from maestro_actors.core.validation import TIME_OF_DAY, time_of_day, timezone_problem
from maestro_actors.gateway.snapshot import Moment
from web.models.common import Shape, Timezone, read

HOURS_AND_MINUTES = "^([01]?[0-9]|2[0-3]):[0-5][0-9]$"


def _existing(timezone: str) -> str:
    problem = timezone_problem(timezone)
    if problem:
        raise PydanticCustomError("timezone", "{text}", {"text": problem})
    return timezone


def _wall_time(text: str) -> time:
    found = time_of_day(text)
    if found is None:
        raise ValueError(f"it must be {TIME_OF_DAY}, or null")
    return found


WallTime = Annotated[
    time, read(_wall_time), WithJsonSchema({"type": "string", "pattern": HOURS_AND_MINUTES, "example": "07:30"})
]


class RoutineView(BaseModel):
    """When the daily burst runs. `next_run_at` has passed if a run is due, and is null if there will be none."""

    daily_time: Annotated[str | None, Field(json_schema_extra={"example": "07:30"})]
    timezone: Timezone
    paused: bool
    next_run_at: Moment | None


class NewRoutine(Shape):
    """When the daily burst is to run; null for never. Without a timezone it stays what it is."""

    daily_time: WallTime | None
    timezone: Annotated[Timezone, AfterValidator(_existing)] | None = None
