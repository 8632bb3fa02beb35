"""A studio whose past has a bit of everything."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from maestro_actors.core.content import Kind, Stage
from maestro_actors.core.events import BurstKind, BurstStarted, CancelRequested, JobCancelled, Replacement, Request
from maestro_actors.examples import COPPER_TERN, EXAMPLE_AGENTS, HEALTHY_COLLEGE, SLOW_TIMETABLE
from maestro_actors.settings import ONE_USER
from tests.cli.inside import Inside
from tests.cli.past import Past, Told, a_proposal, past_of
from tests.journal.scribe import BEN

ZONE = "America/New_York"  # of the user; the bursts are around its midnights, where its dates are not those of UTC
MONDAY = datetime(2026, 3, 2, 14, tzinfo=UTC)
LONG = "Night trains that still run, and what to pack for each of them when the heating fails"


@dataclass(frozen=True)
class Studio:
    """A home with a past, of which these are the bursts."""

    says: Inside
    daily: Told
    cancelled: Told
    regenerated: Told
    open: Told

    def json(self, *arguments: str, **settings: str) -> Any:
        done = self.says("history", *arguments, "--json", **settings)
        assert done.code == 0, done.err
        return json.loads(done.out)


def a_studio(home: Path) -> Studio:
    """A burst that ended, one that was cancelled, one that made a job anew, and one under way."""
    with past_of(home, ZONE) as past:
        daily = a_daily_burst(past)
        cancelled = a_cancelled_burst(past)
        regenerated = a_regenerated_job(past, daily)
        past.burst(MONDAY, {(HEALTHY_COLLEGE, Kind.REEL): ["Of another user"]}, user_id=BEN)
        opened = past.burst(MONDAY + timedelta(days=3), {(COPPER_TERN, Kind.REEL): ["Grind finer"]})
        opened.work("Grind finer", Stage.RENDERING)
    return Studio(Inside(home), daily, cancelled, regenerated, opened)


def a_daily_burst(past: Past) -> Told:
    told = past.burst(
        MONDAY,
        {
            (HEALTHY_COLLEGE, Kind.REEL): ["Sleep first", "Walk to class"],
            (COPPER_TERN, Kind.POST): ["قهوة الصباح 🎉, a; b"],
            (SLOW_TIMETABLE, Kind.CAROUSEL): [LONG],
        },
        BurstKind.DAILY,
    )
    told.scheduled("Sleep first", "قهوة الصباح 🎉, a; b", LONG)
    told.failed("Walk to class", Stage.UPLOADING, "the storage refuses the key\x1b[2J")
    told.end()
    return told


def a_cancelled_burst(past: Past) -> Told:
    """At nine in the evening of Tuesday in New York, which is Wednesday in UTC."""
    told = past.burst(datetime(2026, 3, 4, 2, tzinfo=UTC), {(HEALTHY_COLLEGE, Kind.POST): ["Two exams in a day"]})
    told.tell(
        CancelRequested(told.tick(), "the terminal", "interrupted"),
        JobCancelled(told.tick(), told.id_of("Two exams in a day")),
    )
    told.end()
    return told


def a_regenerated_job(past: Past, daily: Told) -> Told:
    old = daily.id_of(LONG)
    proposal = a_proposal(Request(1, "mira", SLOW_TIMETABLE.slug, Kind.CAROUSEL, 1), LONG)
    start = BurstStarted(
        *(MONDAY + timedelta(hours=1), "burst-anew", ONE_USER, BurstKind.REGENERATE, (SLOW_TIMETABLE,)),
        *(EXAMPLE_AGENTS, (), 1, (Replacement("job-anew", old, "mira", proposal),)),
    )
    told = Told(past.writer, start)
    told.scheduled(LONG, replaces=old)
    told.end()
    return told
