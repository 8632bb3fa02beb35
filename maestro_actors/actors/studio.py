"""What bursts and their jobs work with: references, handed down by constructors and never looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from maestro_actors.actors.desk import Backoff
from maestro_actors.actors.messages import Ref
from maestro_actors.core.snapshot import UrlOf
from maestro_actors.providers.text import TextProvider
from maestro_actors.rendering.plan import Planner


@dataclass(frozen=True, slots=True)
class Services:
    """Whom a job asks, and how it plans. `painter` is None where the renderers paint."""

    pool: Ref
    storage: Ref
    journal: Ref
    painter: Ref | None
    plan: Planner
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Studio:
    """What a burst works with: its services, the writer, the limits. `folder` is where jobs make their own."""

    services: Services
    timer: Ref
    writer: TextProvider
    backoff: Backoff
    url_of: UrlOf
    folder: str
    jobs_in_flight: int
