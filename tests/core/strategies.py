"""What the tests of the core are about: brands, agents, whole runs of a burst, and everything that can befall reports.

A *story* is what a run tells in order. A *delivery* is what arrives of it: shuffled, repeated, lost, late, mixed with
reports about things that do not exist, and each stamped with the second in which it arrived.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from maestro_actors.core.burst import Burst
from maestro_actors.core.calendar import Slot
from maestro_actors.core.content import Agent, Asset, Brand, Kind, Palette, PerKind, Proposal, Slide, Stage, StoredAsset
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
    JobOutcome,
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

START = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
STRANGER = 99  # the id of a request that nobody made
AT_WORK = [stage for stage in Stage if stage is not Stage.QUEUED]

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no failure


def a_brand(
    slug: str = "red",
    timezone: str = "Europe/Lisbon",
    reels: tuple[time, ...] = (time(9),),
    posts: tuple[time, ...] = (time(9),),
    carousels: tuple[time, ...] = (time(9),),
) -> Brand:
    return Brand(
        slug=slug,
        name=f"The {slug.title()}",
        handle=slug,
        palette=Palette("#101010", "#fafafa", "#205080", "#f0a040"),
        typeface="grotesk",
        topics=("tea",),
        timezone=timezone,
        publishing_times=PerKind(reels, posts, carousels),
        quota=PerKind(1, 1, 1),
    )


RED, BLUE = BRANDS = (a_brand("red"), a_brand("blue"))
MIRA, OTTO = AGENTS = (Agent("mira", "Mira", "🌻", "warm"), Agent("otto", "Otto", "🦉", "wry"))


GREEN, IVO = a_brand("green"), Agent("ivo", "Ivo", "🐝", "plain")  # whom no burst knows when it starts


def a_proposal(title: str = "Tea first", kind: Kind = Kind.REEL, brand: str = "red") -> Proposal:
    """One that nobody has anything against."""
    if kind is Kind.CAROUSEL:
        return Proposal(kind, brand, title, "A caption", "tea", slides=(Slide("One", "pot"), Slide("Two", "cups")))
    return Proposal(kind, brand, title, "A caption", "tea", lines=("Put the kettle on.",))


def accepted(*job_ids: str, kind: Kind = Kind.REEL, brand: str = "red") -> tuple[AcceptedProposal, ...]:
    return tuple(AcceptedProposal(job_id, a_proposal(f"Title of {job_id}", kind, brand)) for job_id in job_ids)


def a_burst(
    *requests: Request,
    kind: BurstKind = BurstKind.SMART,
    replacements: tuple[Replacement, ...] = (),
    unserved: tuple[str, ...] = (),
) -> BurstStarted:
    asked = START, "burst-1", "user-1", kind, BRANDS, AGENTS, requests
    return BurstStarted(*asked, replacements=replacements, unserved=unserved)


def a_request(request_id: int = 1, count: int = 3, agent: Agent = MIRA, brand: Brand = RED) -> Request:
    return Request(request_id, agent.slug, brand.slug, Kind.REEL, count)


def a_replacement(job_id: str, brand: Brand = RED, agent: Agent = MIRA, kind: Kind = Kind.REEL) -> Replacement:
    return Replacement(job_id, f"old-{job_id}", agent.slug, a_proposal(f"Title of {job_id}", kind, brand.slug))


def an_addition(job_id: str, brand: Brand = GREEN, agent: Agent = IVO) -> JobAdded:
    return JobAdded(START, brand, agent, a_replacement(job_id, brand, agent))


def a_slot(day: int = 0) -> Slot:
    return Slot("red", Kind.REEL, date(2026, 3, 2) + timedelta(days=day), time(9), "Europe/Lisbon")


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def an_asset(job_id: str, number: int = 1) -> StoredAsset:
    return StoredAsset(Asset("the reel", "reels", f"{job_id}_{number}.mp4", "video/mp4"), 1000, f"{number:064x}")


job_endings: dict[str, type[JobOutcome]] = {
    "scheduled": JobScheduled,
    "failed": JobFailed,
    "cancelled": JobCancelled,
    "lost": JobLost,
}


def ending(job_id: str, outcome: str) -> JobOutcome:
    match outcome:
        case "scheduled":
            return JobScheduled(START, job_id, a_slot())
        case "failed":
            return JobFailed(START, job_id, "the bucket refused it")
        case "cancelled":
            return JobCancelled(START, job_id)
        case _:
            return JobLost(START, job_id, "its process died")


def endings(job_id: str) -> st.SearchStrategy[JobOutcome]:
    return st.sampled_from(sorted(job_endings)).map(lambda outcome: ending(job_id, outcome))


def steps(job_id: str) -> st.SearchStrategy[Event]:
    """One report of a job on its way."""
    return st.one_of(
        st.sampled_from(AT_WORK).map(lambda stage: StageEntered(START, job_id, stage, "Working", "a renderer")),
        st.just(StepQueued(START, job_id, "Rendering the reel", "a renderer")),
        st.integers(1, 3).map(lambda attempt: StepStarted(START, job_id, attempt)),
        st.floats(0, 1).map(lambda share: StepProgressed(START, job_id, share)),
        st.just(StepDelayed(START, job_id, "another try in 2 s")),
        st.integers(1, 2).map(lambda number: AssetStored(START, job_id, an_asset(job_id, number))),
    )


@st.composite
def requests(draw: st.DrawFn, most: int = 4) -> tuple[Request, ...]:
    number = draw(st.integers(0, most))
    return tuple(
        Request(
            request_id,
            draw(st.sampled_from(AGENTS)).slug,
            draw(st.sampled_from(BRANDS)).slug,
            draw(st.sampled_from(Kind)),
            draw(st.integers(1, 3)),
        )
        for request_id in range(1, number + 1)
    )


@st.composite
def stories(draw: st.DrawFn) -> tuple[BurstStarted, list[Event]]:
    """A burst, and everything it is told in order until it ends."""
    asked = draw(requests())
    remade = draw(st.sampled_from([(), (), ("remade-1",), ("remade-1", "remade-2")]))
    unserved = draw(st.sampled_from([(), (), ("no agent writes for The Blue",)]))
    told: list[Event] = []
    for request in asked:
        told.append(AgentStarted(START, request.request_id))
        if draw(st.integers(0, 4)) == 0:
            told.append(ProposalsFailed(START, request.request_id, "the service is out of reach"))
            continue
        jobs = [f"job-{request.request_id}-{n}" for n in range(draw(st.integers(0, request.count)))]
        rejected = (Rejection("Tea again", "another proposal has the same title"),) * draw(st.integers(0, 1))
        proposals = accepted(*jobs, kind=request.kind, brand=request.brand)
        told.append(ProposalsReviewed(START, request.request_id, proposals, rejected))
        for job_id in jobs:
            told += draw(lives(job_id))
    for job_id in remade:
        told += draw(lives(job_id))
    joins = draw(st.booleans())
    if told and joins:
        told = [an_addition("added"), *told, *draw(lives("added"))]
    for place in draw(st.lists(st.integers(0, 20), max_size=2)):
        if place < len(told):
            told.insert(place, BurstResumed(START))
    return a_burst(*asked, replacements=tuple(map(a_replacement, remade)), unserved=unserved), told


@st.composite
def lives(draw: st.DrawFn, job_id: str) -> list[Event]:
    """What is told of a job: perhaps a few steps, and how it ended."""
    return [*draw(st.lists(steps(job_id), max_size=3)), draw(endings(job_id))]


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[BurstStarted, list[Event]]:
    """A burst, and what arrives of its story."""
    started, told = draw(stories())
    arriving = st.sampled_from([*told, *_strange(started, told), *draw(_disturbances())])
    mess = draw(st.lists(arriving, max_size=30))
    rest = draw(st.one_of(st.just([]), st.just(told), st.permutations(told)))
    late = draw(st.lists(arriving, max_size=6))
    return started, stamped([*mess, *rest, *late])


def heard(started: BurstStarted, events: Iterable[Event]) -> Burst:
    """The burst after all this arrived, whatever of it changed anything."""
    burst = Burst(started)
    for event in events:
        burst.apply(event)
    return burst


def stamped(events: list[Event]) -> list[Event]:
    """The same, each one second after the one before: so a time tells which report it came from."""
    return [replace(event, at=after(second)) for second, event in enumerate(events, start=1)]


def _disturbances() -> st.SearchStrategy[list[Event]]:
    cancel, crash = CancelRequested(START, "ana", "enough"), BurstCrashed(START, "an internal error")
    return st.sampled_from([[], [BurstResumed(START)], [cancel], [crash], [cancel, crash, BurstResumed(START)]])


def _strange(started: BurstStarted, told: list[Event]) -> list[Event]:
    """About requests and jobs that do not exist, and second answers that say something else than the first."""
    strange: list[Event] = [
        AgentStarted(START, STRANGER),
        ProposalsFailed(START, STRANGER, "who is asking?"),
        ProposalsReviewed(START, STRANGER, accepted("job-of-nobody")),
        StageEntered(START, "job-of-nobody", Stage.RENDERING, "Rendering", "a renderer"),
        JobScheduled(START, "job-of-nobody", a_slot()),
        an_addition("added"),
        an_addition("job-twice", RED, MIRA),
    ]
    known = [event.job_id for event in told if isinstance(event, JobOutcome)]
    strange += [an_addition(job_id) for job_id in known[:2]]
    strange += [ending(job_id, outcome) for job_id in known for outcome in job_endings]
    for request in started.requests:
        strange.append(ProposalsFailed(START, request.request_id, "on second thoughts, no"))
        strange.append(ProposalsReviewed(START, request.request_id, accepted("job-twice", *known[:1])))
    return strange
