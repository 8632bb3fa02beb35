"""Every event to plain JSON and back, by hand: explicit, and of a version per type.

An event's JSON changes only together with its version, and what an earlier version wrote stays readable: a reader of
the old version stands in `_READERS` beside that of the new one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from maestro_actors.core.content import Kind, Stage
from maestro_actors.core.events import (
    AcceptedProposal,
    AgentStarted,
    AssetStored,
    BurstCrashed,
    BurstKind,
    BurstResumed,
    BurstStarted,
    CancelRequested,
    Event,
    JobAdded,
    JobCancelled,
    JobFailed,
    JobLost,
    JobScheduled,
    ProposalsFailed,
    ProposalsReviewed,
    Rejection,
    Replacement,
    Request,
    StageEntered,
    StepDelayed,
    StepProgressed,
    StepQueued,
    StepStarted,
)
from maestro_actors.journal.content_codec import (
    Json,
    a_number,
    a_share,
    a_text,
    agent_json,
    brand_json,
    proposal_json,
    read_agent,
    read_brand,
    read_proposal,
    read_slot,
    read_stored,
    several,
    slot_json,
    stored_json,
    texts,
)
from maestro_actors.journal.errors import UnreadableEventError

Recorded = BurstStarted | Event


@dataclass(frozen=True, slots=True)
class Encoded:
    """An event as the journal keeps it."""

    type: str
    version: int
    payload: Json


def encode(event: Recorded) -> Encoded:
    """The event as plain JSON."""
    type_ = type(event)
    version, write = _WRITERS[type_]
    payload = write(event)
    payload["at"] = event.at.isoformat()
    return Encoded(type_.__name__, version, payload)


def decode(burst_id: str, seq: int, type_: str, version: int, payload: str) -> Recorded:
    """The event back, from the text of its JSON.

    Raises:
        UnreadableEventError: its type or version is unknown here, or its JSON is not what that version wrote.
    """
    read = _READERS.get((type_, version))
    if read is None:
        raise UnreadableEventError(burst_id, seq, type_, version, "this Maestro knows no such type and version")
    try:
        data = json.loads(payload)
        return read(_moment(data), data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = f"there is no {error}" if isinstance(error, KeyError) else str(error)
        raise UnreadableEventError(burst_id, seq, type_, version, reason) from error


def _moment(data: Json) -> datetime:
    at = datetime.fromisoformat(data["at"])
    if at.tzinfo is None:
        raise ValueError(f"at is {data['at']!r}, which has no timezone")
    return at


def _started(event: BurstStarted) -> Json:
    return {
        "burst_id": event.burst_id,
        "user_id": event.user_id,
        "kind": event.kind.value,
        "brands": [brand_json(brand) for brand in event.brands],
        "agents": [agent_json(agent) for agent in event.agents],
        "requests": [
            {
                "request_id": each.request_id,
                "agent": each.agent,
                "brand": each.brand,
                "kind": each.kind.value,
                "count": each.count,
            }
            for each in event.requests
        ],
        "seed": event.seed,
        "replacements": [_replacement(each) for each in event.replacements],
        "unserved": list(event.unserved),
    }


def _read_started(at: datetime, data: Json) -> BurstStarted:
    return BurstStarted(
        at,
        a_text(data, "burst_id"),
        a_text(data, "user_id"),
        BurstKind(data["kind"]),
        several(data, "brands", read_brand),
        several(data, "agents", read_agent),
        several(data, "requests", _read_request),
        a_number(data, "seed"),
        several(data, "replacements", _read_replacement),
        texts(data, "unserved"),
    )


def _replacement(replacement: Replacement) -> Json:
    return {
        "job_id": replacement.job_id,
        "replaces": replacement.replaces,
        "agent": replacement.agent,
        "proposal": proposal_json(replacement.proposal),
    }


def _read_replacement(data: Json) -> Replacement:
    return Replacement(
        a_text(data, "job_id"), a_text(data, "replaces"), a_text(data, "agent"), read_proposal(data["proposal"])
    )


def _added(event: JobAdded) -> Json:
    return {
        "brand": brand_json(event.brand),
        "agent": agent_json(event.agent),
        "replacement": _replacement(event.replacement),
    }


def _read_request(data: Json) -> Request:
    return Request(
        a_number(data, "request_id"),
        a_text(data, "agent"),
        a_text(data, "brand"),
        Kind(data["kind"]),
        a_number(data, "count"),
    )


def _reviewed(event: ProposalsReviewed) -> Json:
    return {
        "request_id": event.request_id,
        "accepted": [{"job_id": each.job_id, "proposal": proposal_json(each.proposal)} for each in event.accepted],
        "rejected": [{"title": each.title, "reason": each.reason} for each in event.rejected],
    }


def _read_reviewed(at: datetime, data: Json) -> ProposalsReviewed:
    return ProposalsReviewed(
        at,
        a_number(data, "request_id"),
        several(
            data, "accepted", lambda each: AcceptedProposal(a_text(each, "job_id"), read_proposal(each["proposal"]))
        ),
        several(data, "rejected", lambda each: Rejection(a_text(each, "title"), a_text(each, "reason"))),
    )


def _entered(event: StageEntered) -> Json:
    return {
        "job_id": event.job_id,
        "stage": event.stage.value,
        "doing": event.doing,
        "waiting_for": event.waiting_for,
    }


def _read_entered(at: datetime, data: Json) -> StageEntered:
    return StageEntered(
        at, a_text(data, "job_id"), Stage(data["stage"]), a_text(data, "doing"), a_text(data, "waiting_for")
    )


# The version that is written, and how; `at` is added to each.
_WRITERS: dict[type[Recorded], tuple[int, Callable[[Any], Json]]] = {
    BurstStarted: (1, _started),
    BurstResumed: (1, lambda _: {}),
    JobAdded: (1, _added),
    AgentStarted: (1, lambda event: {"request_id": event.request_id}),
    ProposalsReviewed: (1, _reviewed),
    ProposalsFailed: (1, lambda event: {"request_id": event.request_id, "reason": event.reason}),
    StageEntered: (1, _entered),
    StepQueued: (
        1,
        lambda event: {"job_id": event.job_id, "doing": event.doing, "waiting_for": event.waiting_for},
    ),
    StepStarted: (1, lambda event: {"job_id": event.job_id, "attempt": event.attempt}),
    StepProgressed: (1, lambda event: {"job_id": event.job_id, "share": event.share}),
    StepDelayed: (1, lambda event: {"job_id": event.job_id, "waiting_for": event.waiting_for}),
    AssetStored: (1, lambda event: {"job_id": event.job_id, "stored": stored_json(event.stored)}),
    JobScheduled: (1, lambda event: {"job_id": event.job_id, "slot": slot_json(event.slot)}),
    JobFailed: (1, lambda event: {"job_id": event.job_id, "reason": event.reason}),
    JobCancelled: (1, lambda event: {"job_id": event.job_id}),
    JobLost: (1, lambda event: {"job_id": event.job_id, "reason": event.reason}),
    CancelRequested: (1, lambda event: {"by": event.by, "reason": event.reason}),
    BurstCrashed: (1, lambda event: {"reason": event.reason}),
}

_READERS: dict[tuple[str, int], Callable[[datetime, Json], Recorded]] = {
    ("BurstStarted", 1): _read_started,
    ("BurstResumed", 1): lambda at, _: BurstResumed(at),
    ("JobAdded", 1): lambda at, data: JobAdded(
        at, read_brand(data["brand"]), read_agent(data["agent"]), _read_replacement(data["replacement"])
    ),
    ("AgentStarted", 1): lambda at, data: AgentStarted(at, a_number(data, "request_id")),
    ("ProposalsReviewed", 1): _read_reviewed,
    ("ProposalsFailed", 1): lambda at, data: ProposalsFailed(at, a_number(data, "request_id"), a_text(data, "reason")),
    ("StageEntered", 1): _read_entered,
    ("StepQueued", 1): lambda at, data: StepQueued(
        at, a_text(data, "job_id"), a_text(data, "doing"), a_text(data, "waiting_for")
    ),
    ("StepStarted", 1): lambda at, data: StepStarted(at, a_text(data, "job_id"), a_number(data, "attempt")),
    ("StepProgressed", 1): lambda at, data: StepProgressed(at, a_text(data, "job_id"), a_share(data, "share")),
    ("StepDelayed", 1): lambda at, data: StepDelayed(at, a_text(data, "job_id"), a_text(data, "waiting_for")),
    ("AssetStored", 1): lambda at, data: AssetStored(at, a_text(data, "job_id"), read_stored(data["stored"])),
    ("JobScheduled", 1): lambda at, data: JobScheduled(at, a_text(data, "job_id"), read_slot(data["slot"])),
    ("JobFailed", 1): lambda at, data: JobFailed(at, a_text(data, "job_id"), a_text(data, "reason")),
    ("JobCancelled", 1): lambda at, data: JobCancelled(at, a_text(data, "job_id")),
    ("JobLost", 1): lambda at, data: JobLost(at, a_text(data, "job_id"), a_text(data, "reason")),
    ("CancelRequested", 1): lambda at, data: CancelRequested(at, a_text(data, "by"), a_text(data, "reason")),
    ("BurstCrashed", 1): lambda at, data: BurstCrashed(at, a_text(data, "reason")),
}
