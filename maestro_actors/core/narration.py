"""What the people watching read: the headline, what each agent is doing, the recap, in plain English."""

from __future__ import annotations

from collections.abc import Iterable

from maestro_actors.core.burst import Burst, JobState
from maestro_actors.core.content import Agent, Kind, Outcome, Stage
from maestro_actors.core.events import Request

IDLE = "The studio is quiet"


def headline(burst: Burst) -> str:
    """One sentence for what is happening now."""
    if burst.finished:
        return recap(burst)
    if burst.cancelling:
        return _stopping(burst)
    names = _brand_names(burst)
    if burst.owed:
        return f"AI is thinking up content for {names}…"
    return f"AI is creating content for {names}…"


def agent_doing(burst: Burst, agent: Agent) -> str:
    """What one agent is doing: writing, waiting its turn, watching its jobs, or nothing."""
    owed = [state for state in burst.owed if state.request.agent == agent.slug]
    for state in owed:
        if state.started_at:
            return f"Writing {_asked(burst, state.request)}"
    if owed:
        return f"About to write {_asked(burst, owed[0].request)}"
    making = sum(job.agent == agent.slug for job in burst.in_flight)
    if making:
        return f"Seeing {_number(making, 'idea')} through"
    return "Resting"


def job_doing(job: JobState) -> str:
    """What a job is doing, how much of it is done where that is known, and the how-manieth try it is."""
    if not job.doing:
        return ""
    share = "" if job.share is None else f", {job.share:.0%}"
    attempt = "" if job.attempt == 1 else f", try {job.attempt}"
    return f"{job.doing}{share}{attempt}"


def recap(burst: Burst, today: bool = True) -> str:
    """One sentence for what came of it, failures never hidden among the done; it ended `today`, or earlier."""
    session = "Today's session" if today else "The session"
    if burst.crash:
        return f"{session} broke off: {burst.crash.reason}"
    if nothing_was_missing(burst):
        return "Nothing is missing today" if today else "Nothing was missing"
    if not burst.jobs and not burst.cancel:
        return f"Nothing could be made: {_why_nothing(burst)}"
    tallies = _listing(
        f"{burst.count(outcome)} {outcome.value}"
        for outcome in Outcome
        if burst.count(outcome) or outcome is Outcome.SCHEDULED
    )
    if burst.outcome == "failed":
        return f"{session} failed: {tallies}"
    return f"{session} {'was cancelled' if burst.cancel else 'is complete'}: {tallies}"


def nothing_was_missing(burst: Burst) -> bool:
    """Whether the burst had nothing to do."""
    return not (burst.crash or burst.jobs or burst.started.requests or burst.started.unserved)


def _stopping(burst: Burst) -> str:
    parts = [
        _number(count, noun)
        for stage, noun in ((Stage.GENERATING, "painting"), (Stage.RENDERING, "render"), (Stage.UPLOADING, "upload"))
        if (count := burst.count(stage))
    ]
    return f"Stopping: {', '.join(parts)}" if parts else "Stopping…"


def _why_nothing(burst: Burst) -> str:
    if burst.failures:
        return burst.failures[0]
    if burst.rejections:
        first = burst.rejections[0]
        return f"every proposal was rejected; of “{first.title}”: {first.reason}"
    return "the agents proposed nothing"


def _brand_names(burst: Burst) -> str:
    busy = {state.request.brand for state in burst.owed} or {job.brand for job in burst.open}
    return _listing(brand.name for brand in burst.brands if brand.slug in busy)


def _asked(burst: Burst, request: Request) -> str:
    return f"{_number(request.count, request.kind)} for {burst.brand(request.brand).name}"


def _number(count: int, noun: str | Kind) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _listing(parts: Iterable[str]) -> str:
    *most, last = list(parts) or [""]
    return f"{', '.join(most)} and {last}" if most else last
