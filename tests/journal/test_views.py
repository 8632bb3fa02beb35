"""What people look up, as JSON."""

from __future__ import annotations

import json
from datetime import time
from typing import Any

import pytest

from maestro_actors.core.calendar import Slot
from maestro_actors.core.chronicle import Names
from maestro_actors.core.content import Kind, Stage
from maestro_actors.core.events import (
    AgentStarted,
    BurstCrashed,
    Event,
    JobCancelled,
    JobFailed,
    JobLost,
    JobScheduled,
    StageEntered,
    StepStarted,
)
from maestro_actors.journal.errors import UnreadableEventError
from maestro_actors.journal.rows import EventRow
from maestro_actors.journal.views import event_view
from tests.core.strategies import START

SLOT = Slot("healthy-college", Kind.REEL, START.date(), time(7, 30), "Europe/Lisbon")


def seen(event: Event | None) -> Any:
    """The event as a list has it, after its way through JSON."""
    error = None if event else UnreadableEventError("a-burst", 7, "AnEvent", 1, "of a later time")
    return json.loads(json.dumps(event_view(EventRow(7, "AnEvent", 1, event, error), Names())))


@pytest.mark.parametrize(
    ("event", "job_id", "stage", "outcome"),
    [
        (StageEntered(START, "one", Stage.RENDERING, "Rendering", "a renderer"), "one", "rendering", None),
        (StepStarted(START, "one"), "one", None, None),
        (JobScheduled(START, "one", SLOT), "one", None, "scheduled"),
        (JobFailed(START, "one", "no"), "one", None, "failed"),
        (JobCancelled(START, "one"), "one", None, "cancelled"),
        (JobLost(START, "one", "no"), "one", None, "lost"),
        (AgentStarted(START, 1), None, None, None),
        (BurstCrashed(START, "no"), None, None, None),
        (None, None, None, None),
    ],
)
def test_an_event_says_which_job_came_to_what(
    event: Event | None, job_id: str | None, stage: str | None, outcome: str | None
) -> None:
    view = seen(event)
    assert (view["job_id"], view["stage"], view["outcome"]) == (job_id, stage, outcome)
