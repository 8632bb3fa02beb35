"""The snapshot: one shape from the BurstActor to the screen, and the recap of a burst that has ended.

Plain dicts, lists and strings, built by hand (`dataclasses.asdict` costs twenty times as much) and of bounded size:
a snapshot does not grow with its burst. The bucket's URLs are built here, on reading; what is kept are paths.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import chain, islice
from typing import Any

from maestro_actors.core import narration
from maestro_actors.core.burst import SETTLED_SHOWN, STATES, Burst, JobState
from maestro_actors.core.content import Outcome

UrlOf = Callable[[str], str]
Json = dict[str, Any]


def rfc3339(at: datetime) -> str:
    """`at` (aware) in UTC to the millisecond, as 2026-11-22T13:29:12.988Z."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def live(burst: Burst, url_of: UrlOf) -> Json:
    """The part of a user's snapshot that a burst under way fills in."""
    shown = islice(chain(burst.in_flight, burst.recently_settled), SETTLED_SHOWN)
    return {
        "current_phase": burst.phase,
        "cancelling": burst.cancelling,
        "burst_id": burst.started.burst_id,
        "kind": burst.started.kind.value,
        "burst_started_at": rfc3339(burst.started.at),
        "active_jobs": len(burst.in_flight),
        "headline": narration.headline(burst),
        "counts": counts(burst),
        "agents": [
            {"name": agent.name, "avatar": agent.avatar, "doing": narration.agent_doing(burst, agent)}
            for agent in burst.agents
        ],
        "jobs": [job_view(burst, job, url_of) for job in shown],
    }


def idle() -> Json:
    """The same part while no burst is under way."""
    return {
        "current_phase": None,
        "cancelling": False,
        "burst_id": None,
        "kind": None,
        "burst_started_at": None,
        "active_jobs": 0,
        "headline": narration.IDLE,
        "counts": {"total": 0} | {state.value: 0 for state in STATES},
        "agents": [],
        "jobs": [],
    }


def timing(view: Json, now: datetime) -> Json:
    """What of a view goes on with the clock alone: the seconds since its burst began, reckoned to `now`."""
    if view["burst_started_at"] is None:
        return {"elapsed_seconds": None}
    return {"elapsed_seconds": round((now - datetime.fromisoformat(view["burst_started_at"])).total_seconds(), 3)}


def elapsed(burst: Burst, now: datetime) -> float:
    """Seconds since the burst began; until it ended, where it has."""
    return round(((burst.finished_at or now) - burst.started.at).total_seconds(), 3)


def counts(burst: Burst) -> Json:
    """How many jobs there are, at each stage and with each outcome; they add up to `total`."""
    return {"total": len(burst.jobs)} | {state.value: burst.count(state) for state in STATES}


def job_view(burst: Burst, job: JobState, url_of: UrlOf) -> Json:
    """One job as people see it."""
    return {
        "job_id": job.job_id,
        "brand": job.brand,
        "kind": job.kind.value,
        "title": job.title,
        "agent": burst.agent(job.agent).name,
        "stage": job.stage.value,
        "doing": narration.job_doing(job),
        "waiting_for": job.waiting_for,
        "since": rfc3339(job.since),
        "outcome": job.outcome.value if job.outcome else None,
        "error": job.error,
        "assets": assets(burst, job, url_of) if job.outcome in (None, Outcome.SCHEDULED) else [],
        "scheduled_for": rfc3339(job.slot.instant) if job.slot else None,
    }


def assets(burst: Burst, job: JobState, url_of: UrlOf) -> list[Json]:
    """The job's stored assets; each has a path and the URL that serves it."""
    listed = []
    for stored in job.stored:
        path = stored.asset.path(burst.started.user_id, job.brand)
        listed.append(
            {
                "category": stored.asset.category,
                "path": path,
                "url": url_of(path),
                "bytes": stored.bytes,
                "sha256": stored.sha256,
            }
        )
    return listed


def recap(burst: Burst, most: int | None = SETTLED_SHOWN) -> Json:
    """What came of a burst that has ended. The numbers count everything; the lists hold the first `most` each."""
    assert burst.finished_at is not None, "a recap is of a burst that has ended"
    return {
        "burst_id": burst.started.burst_id,
        "kind": burst.started.kind.value,
        "outcome": burst.outcome,
        "finished_at": rfc3339(burst.finished_at),
        "duration_seconds": elapsed(burst, burst.finished_at),
        "created": len(burst.jobs),
        **{outcome.value: burst.count(outcome) for outcome in Outcome},
        "failures": [
            {"job_id": job.job_id, "stage": job.stage.value, "reason": job.error}
            for job in islice((job for job in burst.jobs.values() if job.error is not None), most)
        ],
        "headline": narration.recap(burst),
        "proposals_failed": burst.failures[:most],
        "proposals_rejected": [{"title": r.title, "reason": r.reason} for r in burst.rejections[:most]],
    }


def settled_jobs(burst: Burst, url_of: UrlOf) -> list[Json]:
    """Every job of a burst that has ended: the recap's long form."""
    return [job_view(burst, job, url_of) for job in burst.jobs.values()]
