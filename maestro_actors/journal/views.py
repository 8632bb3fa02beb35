"""What people look up as plain JSON: what `--json` prints, in the words and forms of `core.snapshot`.

Times are UTC. The journal keeps paths; whoever knows the bucket's address gives `url_of`, and else a URL is null.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from maestro_actors.core.calendar import Slot
from maestro_actors.core.chronicle import Names, sentence
from maestro_actors.core.content import Outcome, Stage
from maestro_actors.core.daily import Routine, next_run
from maestro_actors.core.events import JobCancelled, JobFailed, JobLost, JobScheduled, StageEntered
from maestro_actors.core.life import Moment
from maestro_actors.core.snapshot import Json, rfc3339
from maestro_actors.journal.codec import Recorded
from maestro_actors.journal.content_codec import proposal_json
from maestro_actors.journal.rows import BurstRow, EventRow, JobHistory, JobRow, StoredFile, TakenSlot

UrlOf = Callable[[str], str | None]


def burst_view(row: BurstRow) -> Json:
    """One burst of a list."""
    return {
        "burst_id": row.burst_id,
        "kind": row.kind,
        "outcome": row.outcome,
        "local_date": row.local_date.isoformat() if row.local_date else None,
        "started_at": rfc3339(row.started_at),
        "finished_at": rfc3339(row.finished_at) if row.finished_at else None,
        "duration_seconds": seconds_of(row),
        "created": row.created,
        **{outcome.value: getattr(row, outcome.value) for outcome in Outcome},
        "cancel": _cancel(row),
    }


def seconds_of(row: BurstRow) -> float | None:
    """How long the burst took, if it has ended."""
    return round((row.finished_at - row.started_at).total_seconds(), 3) if row.finished_at else None


def job_view(row: JobRow, url_of: UrlOf) -> Json:
    """One job of a list."""
    return {
        "job_id": row.job_id,
        "burst_id": row.burst_id,
        "brand": row.brand,
        "kind": row.kind.value,
        "title": row.title,
        "agent": row.agent,
        "stage": row.stage.value,
        "outcome": row.outcome.value if row.outcome else None,
        "error": row.error,
        "created_at": rfc3339(row.created_at),
        "settled_at": rfc3339(row.settled_at) if row.settled_at else None,
        "replaces": row.replaces,
        "replaced_by": row.replaced_by,
        "assets": [
            {"category": each.category, "path": each.path, "url": url_of(each.path), "bytes": each.bytes}
            | {"sha256": each.sha256}
            for each in kept(row)
        ],
        "scheduled_for": rfc3339(row.slot.instant) if row.slot else None,
        "slot": _slot(row.slot) if row.slot else None,
    }


def kept(row: JobRow) -> tuple[StoredFile, ...]:
    """The job's assets that the bucket still has: those of a job that came to nothing, or was replaced, are removed."""
    return row.assets if row.outcome in (None, Outcome.SCHEDULED) and row.replaced_by is None else ()


def job_history_view(history: JobHistory, life: tuple[Moment, ...], url_of: UrlOf) -> Json:
    """One job with its proposal and its life; events that cannot be read say so apart."""
    return job_view(history.job, url_of) | {
        "proposal": proposal_json(history.proposal) if history.proposal else None,
        "life": [{"at": rfc3339(moment.at), "sentence": moment.sentence} for moment in life],
        "unreadable": [str(row.error) for row in history.events if row.error],
    }


def event_view(row: EventRow, names: Names) -> Json:
    """One event of a burst. `stage` is the one that a job came to, `outcome` how it ended; null in any other event."""
    stage, outcome = _reached(row.event)
    return {
        "seq": row.seq,
        "type": row.type,
        "version": row.version,
        "at": rfc3339(row.event.at) if row.event else None,
        "job_id": getattr(row.event, "job_id", None),
        "stage": stage,
        "outcome": outcome,
        "sentence": sentence(row.event, names) if row.event else None,
        "error": str(row.error) if row.error else None,
    }


def _reached(event: Recorded | None) -> tuple[Stage | None, Outcome | None]:
    """The stage or the outcome that the event says a job has come to."""
    match event:
        case StageEntered(stage=stage):
            return stage, None
        case JobScheduled():
            return None, Outcome.SCHEDULED
        case JobFailed():
            return None, Outcome.FAILED
        case JobCancelled():
            return None, Outcome.CANCELLED
        case JobLost():
            return None, Outcome.LOST
        case _:
            return None, None


def taken_slot_view(taken: TakenSlot) -> Json:
    """One slot of the calendar, and what is published there."""
    return {
        "job_id": taken.job_id,
        "brand": taken.slot.brand,
        "kind": taken.slot.kind.value,
        "title": taken.title,
        "caption": taken.caption,
        "scheduled_for": rfc3339(taken.slot.instant),
        "slot": _slot(taken.slot),
    }


def routine_view(routine: Routine, now: datetime) -> Json:
    """When the daily burst runs; `next_run_at` has passed if a run is due, and is null if there will be none."""
    at = next_run(routine, now)
    return {
        "daily_time": f"{routine.daily_time:%H:%M}" if routine.daily_time else None,
        "timezone": routine.timezone,
        "paused": routine.paused,
        "next_run_at": rfc3339(at) if at else None,
    }


def _slot(slot: Slot) -> Json:
    """The wall time as it was planned, and the time on the clock there, which a clock change may move."""
    return {
        "local_date": slot.local_date.isoformat(),
        "wall_time": slot.wall_time.isoformat("minutes"),
        "timezone": slot.timezone,
        "local_time": slot.instant.astimezone(ZoneInfo(slot.timezone)).isoformat(),
    }


def _cancel(row: BurstRow) -> Json | None:
    if row.cancel_requested_at is None:
        return None
    return {"at": rfc3339(row.cancel_requested_at), "by": row.cancelled_by, "reason": row.cancel_reason}
