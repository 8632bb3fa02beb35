"""What happened, as sentences for people: each event as one, in the past tense.

`narration` says what is going on; this says what was, from the events that were kept. Times stay in UTC: whoever
shows them chooses a zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import assert_never
from zoneinfo import ZoneInfo

from maestro_actors.core.calendar import Slot
from maestro_actors.core.content import Kind, Stage
from maestro_actors.core.events import (
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
    JobEvent,
    JobFailed,
    JobLost,
    JobScheduled,
    ProposalsFailed,
    ProposalsReviewed,
    Request,
    RequestEvent,
    StageEntered,
    StepDelayed,
    StepProgressed,
    StepQueued,
    StepStarted,
)
from maestro_actors.core.wording import listing, number, weight

LONGEST = 60  # characters of a title that is told again and again
NOTICEABLE = 0.5  # seconds; whoever had its turn sooner is not said to have waited

Arrival = StageEntered | StepQueued


@dataclass(frozen=True, slots=True)
class Names:
    """What people call the brands, agents and jobs of a burst, by slug and id, and what its agents were asked for.

    Whatever is not there goes by its slug, or by no name at all. `at_once` has the arrivals that no wait followed.
    """

    brands: Mapping[str, str] = field(default_factory=dict)
    agents: Mapping[str, str] = field(default_factory=dict)
    requests: Mapping[int, Request] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    at_once: frozenset[Arrival] = frozenset()

    @classmethod
    def of(cls, started: BurstStarted, titles: Mapping[str, str]) -> Names:
        """The names as they were when the burst began; `titles` are those of its jobs, by id."""
        return cls(
            {brand.slug: brand.name for brand in started.brands},
            {agent.slug: agent.name for agent in started.agents},
            {request.request_id: request for request in started.requests},
            titles,
        )

    def brand(self, slug: str) -> str:
        return self.brands.get(slug, slug)

    def agent(self, slug: str) -> str:
        return self.agents.get(slug, slug)

    def agent_asked(self, request_id: int) -> str:
        request = self.requests.get(request_id)
        return self.agent(request.agent) if request else "An agent"

    def asked_for(self, request_id: int, count: int | None = None) -> str:
        """“3 reels for The Red”: as many as the request says, or `count`."""
        request = self.requests.get(request_id)
        if request is None:
            return "something" if count is None else number(count, "proposal")
        return f"{number(request.count if count is None else count, request.kind)} for {self.brand(request.brand)}"

    def job(self, job_id: str) -> str:
        return quoted(_shortened(self.titles[job_id])) if job_id in self.titles else "A job"


def turns_at_once(events: Iterable[BurstStarted | Event]) -> frozenset[Arrival]:
    """The arrivals at a step after which, by these events, the job had its turn too soon to speak of a wait."""
    arrivals: dict[str, Arrival] = {}
    found: set[Arrival] = set()
    for event in events:
        match event:
            case StageEntered(job_id=job_id) | StepQueued(job_id=job_id):
                arrivals[job_id] = event
            case StepStarted(job_id=job_id) | JobScheduled(job_id=job_id):
                arrival = arrivals.pop(job_id, None)
                if arrival and (event.at - arrival.at).total_seconds() < NOTICEABLE:
                    found.add(arrival)
            case _:
                pass
    return frozenset(found)


def stage_name(stage: Stage) -> str:
    """What people call a stage, in the middle of a sentence."""
    return "painting" if stage is Stage.GENERATING else stage.value


def sentence(event: BurstStarted | Event, names: Names) -> str:
    """What happened, in one sentence without a full stop."""
    match event:
        case BurstStarted():
            return _began(event, names)
        case BurstResumed():
            return "A restarted worker went on with the burst"
        case JobAdded(brand=brand, replacement=replacement):
            return f"{quoted(replacement.proposal.title)} for {brand.name} joined the burst, to be made anew"
        case CancelRequested(by=by, reason=reason):
            return f"The burst was told to stop by {by}{because(reason)}"
        case BurstCrashed(reason=reason):
            return f"The burst broke off{because(reason)}"
        case AgentStarted() | ProposalsReviewed() | ProposalsFailed():
            return _of_agent(event, names)
        case _:
            return _of_job(event, names)


def _of_agent(event: RequestEvent, names: Names) -> str:
    agent = names.agent_asked(event.request_id)
    match event:
        case AgentStarted():
            return f"{agent} began to write {names.asked_for(event.request_id)}"
        case ProposalsReviewed():
            return f"{agent} proposed {_reviewed(event, names)}"
        case ProposalsFailed(reason=reason):
            return f"{agent} could not write {names.asked_for(event.request_id)}{because(reason)}"
        case _:
            assert_never(event)


def _of_job(event: JobEvent, names: Names) -> str:
    job = names.job(event.job_id)
    match event:
        case StageEntered(stage=stage, doing=doing):
            wait = _wait(event, names)
            return f"{job} came to {stage_name(stage)}, first to {_within(doing)}{wait and ','}{wait}"
        case StepQueued(doing=doing):
            return f"{job} came to {_within(doing)}{_wait(event, names)}"
        case StepStarted(attempt=attempt):
            return f"{job} had its turn{tried(attempt)}"
        case StepProgressed(share=share):
            return f"{job} had {share:.0%} of its step done"
        case StepDelayed(waiting_for=waiting_for):
            return f"{job} had to wait for {waiting_for}"
        case AssetStored(stored=stored):
            return f"{job} had {stored.asset.label} stored ({weight(stored.bytes)})"
        case JobScheduled(slot=slot):
            return f"{job} was scheduled for {on_the_calendar(slot)}"
        case JobFailed(reason=reason):
            return f"{job} failed{because(reason)}"
        case JobCancelled():
            return f"{job} was cancelled"
        case JobLost(reason=reason):
            return f"{job} was lost{because(reason)}"
        case _:
            assert_never(event)


def _wait(event: Arrival, names: Names) -> str:
    return "" if event in names.at_once else f" and waited for {event.waiting_for}"


def _began(event: BurstStarted, names: Names) -> str:
    wanted = [part for part in (_asked(event, names), _anew(event)) if part]
    if not wanted and not event.unserved:
        return f"{_burst(event.kind)} began, and nothing was missing"
    purpose = f", to make {', and '.join(wanted)}" if wanted else ""
    return "; ".join([f"{_burst(event.kind)} began{purpose}", *event.unserved])


def _burst(kind: BurstKind) -> str:
    match kind:
        case BurstKind.DAILY:
            return "The daily burst"
        case BurstKind.SMART:
            return "A smart burst"
        case BurstKind.REGENERATE:
            return "A burst"


def _asked(event: BurstStarted, names: Names) -> str:
    counts = [(sum(each.count for each in event.requests if each.kind is kind), kind) for kind in Kind]
    brands = listing(dict.fromkeys(names.brand(request.brand) for request in event.requests))
    return f"{listing(number(count, kind) for count, kind in counts if count)} for {brands}" if brands else ""


def _anew(event: BurstStarted) -> str:
    titles = listing(quoted(each.proposal.title) for each in event.replacements)
    return f"{titles} anew" if titles else ""


def _reviewed(event: ProposalsReviewed, names: Names) -> str:
    accepted = [quoted(each.proposal.title) for each in event.accepted]
    rejected = [f"{quoted(each.title)} ({each.reason})" for each in event.rejected]
    proposed = len(accepted) + len(rejected)
    if not proposed:
        return f"nothing, though asked for {names.asked_for(event.request_id)}"
    verdicts = [
        f"{listing(titles)} {'was' if len(titles) == 1 else 'were'} {verdict}"
        for titles, verdict in ((accepted, "accepted"), (rejected, "rejected"))
        if titles
    ]
    return f"{names.asked_for(event.request_id, proposed)}: {', '.join(verdicts)}"


def quoted(title: str) -> str:
    return f"“{title}”"


def because(reason: str) -> str:
    return f": {reason}" if reason else ""


def tried(attempt: int) -> str:
    """The how-manieth try it is, where it is not the first."""
    return "" if attempt == 1 else f", try {attempt}"


def on_the_calendar(slot: Slot) -> str:
    """When a slot is, on its brand's clock: “Mon 23 Nov, 07:30 (America/New_York)”."""
    return f"{slot.instant.astimezone(ZoneInfo(slot.timezone)):%a %d %b, %H:%M} ({slot.timezone})"


def _shortened(title: str) -> str:
    """The title, or its first words."""
    if len(title) <= LONGEST:
        return title
    words, _, _ = title[:LONGEST].rpartition(" ")
    return f"{words or title[: LONGEST - 1]}…"


def _within(doing: str) -> str:
    """What is being done, in the middle of a sentence."""
    return doing[:1].lower() + doing[1:]
