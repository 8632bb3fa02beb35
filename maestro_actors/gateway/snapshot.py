"""The snapshot as a model: the one shape from the BurstActor to the screen, as `core.snapshot` builds it.

It stands here for whoever reads it: for the checks at the gateway, and for the description of the HTTP API.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

KindName = Literal["reel", "post", "carousel"]
StageName = Literal["queued", "generating", "rendering", "uploading", "scheduling"]
OutcomeName = Literal["scheduled", "failed", "cancelled", "lost"]
BurstKindName = Literal["daily", "smart", "regenerate"]
# Kept as it was written: what the page, curl and the command line show is the same to the letter.
Moment = Annotated[
    str,
    Field(
        pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$",
        json_schema_extra={"format": "date-time"},
        description="RFC 3339, in UTC, to the millisecond.",
    ),
]


class Part(BaseModel):
    """A part of the snapshot: frozen, and of known fields alone."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Counts(Part):
    """How many jobs there are, at each stage and with each outcome; they add up to `total`."""

    total: int
    queued: int
    generating: int
    rendering: int
    uploading: int
    scheduling: int
    scheduled: int
    failed: int
    cancelled: int
    lost: int


class AgentDoing(Part):
    """One agent, and what it is doing."""

    name: str
    avatar: str
    doing: str


class Asset(Part):
    """A file that the bucket has."""

    category: str
    path: str
    url: str
    bytes: int
    sha256: str


class JobView(Part):
    """One job as people see it. `since` is when it came to what it is doing."""

    job_id: str
    brand: str
    kind: KindName
    title: str
    agent: str
    stage: StageName
    doing: str
    waiting_for: str | None
    since: Moment
    outcome: OutcomeName | None
    error: str | None
    assets: list[Asset]
    scheduled_for: Moment | None


class Failure(Part):
    """A job that came to nothing: the stage it had reached, and why."""

    job_id: str
    stage: StageName
    reason: str


class RejectedProposal(Part):
    """A proposal that did not become a job, and why."""

    title: str
    reason: str


class Recap(Part):
    """What came of the burst that ended last. The numbers count everything, the lists have 60 entries at most."""

    burst_id: str
    kind: BurstKindName
    outcome: Literal["finished", "cancelled", "failed"]
    finished_at: Moment
    duration_seconds: float
    created: int
    scheduled: int
    failed: int
    cancelled: int
    lost: int
    failures: list[Failure]
    headline: str
    proposals_failed: list[str]
    proposals_rejected: list[RejectedProposal]


class Snapshot(Part):
    """Everything that is going on for one user. `current_phase` is null exactly when no burst is under way."""

    version: int = Field(description="Counts the changes of this user's snapshot, from each start of a worker on.")
    server_time: Moment
    paused: bool
    current_phase: Literal["generating", "processing"] | None
    cancelling: bool
    burst_id: str | None
    kind: BurstKindName | None
    burst_started_at: Moment | None
    elapsed_seconds: float | None
    active_jobs: int
    headline: str
    counts: Counts
    agents: list[AgentDoing]
    jobs: list[JobView]
    recent_burst: Recap | None
    next_run_at: Moment | None
