"""A burst as its actor would run it: what happens is applied to the burst, and handed to the journal."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from typing import Self

from maestro_actors.core.burst import Burst
from maestro_actors.core.content import Agent, Asset, Brand, Kind, Proposal, Stage, StoredAsset
from maestro_actors.core.events import (
    AcceptedProposal,
    AssetStored,
    BurstKind,
    BurstStarted,
    Event,
    JobAdded,
    JobScheduled,
    ProposalsReviewed,
    Replacement,
    Request,
    StageEntered,
)
from maestro_actors.journal.entries import FIRST_SEQ, Claim, Entry, RecordedBurst, ending_of, entry_of
from maestro_actors.journal.writer import JournalWriter
from tests.core.strategies import START
from tests.support.studio import a_brand, an_agent

ANA, BEN = "user-ana", "user-ben"
BRAND = a_brand()


def started(
    *counts: int,
    user_id: str = ANA,
    kind: BurstKind = BurstKind.SMART,
    at: datetime = START,
    brand: Brand = BRAND,
    agents: tuple[Agent, ...] = (an_agent(),),
) -> BurstStarted:
    requests = tuple(
        Request(number, agents[0].slug, brand.slug, Kind.REEL, count) for number, count in enumerate(counts, start=1)
    )
    return BurstStarted(at, str(uuid.uuid4()), user_id, kind, (brand,), agents, requests)


def a_proposal(title: str = "Bread first", brand: Brand = BRAND) -> Proposal:
    return Proposal(Kind.REEL, brand.slug, title, "A caption", "bread", lines=("Put the oven on.",))


class Scribe:
    """One burst with one request, its count of events, and its clock, which each event moves on by a second."""

    def __init__(self, writer: JournalWriter, start: BurstStarted, local_date: date | None = None) -> None:
        self.writer = writer
        self.burst = Burst(start)
        self.now = start.at
        self.seq = FIRST_SEQ
        writer.start_burst(start, local_date=local_date)

    @classmethod
    def resume(cls, writer: JournalWriter, found: RecordedBurst) -> Self:
        """Go on with a burst where the journal left it."""
        scribe = cls(writer, found.started)
        scribe.burst, scribe.seq = Burst.replay(found.started, found.events), found.next_seq
        return scribe

    @property
    def burst_id(self) -> str:
        return self.burst.started.burst_id

    def tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def entry(self, event: Event, unwanted: tuple[str, ...] = ()) -> Entry:
        """Apply the event, and number it."""
        assert self.burst.apply(event)
        self.seq += 1
        return entry_of(self.burst, self.seq - 1, event, unwanted)

    def tell(self, *events: Event) -> None:
        self.writer.commit([self.entry(event) for event in events])

    def accept(self, number: int = 1, request_id: int = 1) -> list[str]:
        """Let so many proposals become jobs; answers with their ids."""
        brand = self.burst.started.brands[0]
        new = [
            AcceptedProposal(str(uuid.uuid4()), a_proposal(f"Title {n} of {request_id}", brand)) for n in range(number)
        ]
        review = ProposalsReviewed(self.tick(), request_id, tuple(new))
        self.writer.commit([self.entry(review)])
        return [each.job_id for each in new]

    def replace(self, *old: str) -> list[str]:
        """Let new jobs be made in place of old ones; answers with their ids."""
        brand, agent = self.burst.started.brands[0], self.burst.started.agents[0]
        new = [
            Replacement(str(uuid.uuid4()), job_id, agent.slug, a_proposal(f"Anew {job_id}", brand)) for job_id in old
        ]
        self.tell(*(JobAdded(self.tick(), brand, agent, each) for each in new))
        return [each.job_id for each in new]

    def enter(self, job_id: str, stage: Stage) -> Entry:
        return self.entry(StageEntered(self.tick(), job_id, stage, "Working", "a renderer"))

    def store(self, job_id: str, number: int = 1) -> Entry:
        asset = Asset("the reel", "reels", f"{job_id}_{number}.mp4", "video/mp4")
        return self.entry(AssetStored(self.tick(), job_id, StoredAsset(asset, 1000 + number, f"{number:064x}")))

    def claim(self, job_id: str, replaces: str | None = None, brand: Brand | None = None) -> Claim:
        start = self.burst.started
        self.seq += 1
        wanted = brand or start.brands[0]
        return Claim(start.user_id, start.burst_id, self.seq - 1, self.now, job_id, wanted, Kind.REEL, replaces)

    def schedule(self, job_id: str, replaces: str | None = None) -> JobScheduled:
        """Claim a slot, and let the burst hear of it."""
        event = JobScheduled(self.now, job_id, self.writer.schedule(self.claim(job_id, replaces)))
        self.burst.apply(event)
        return event

    def end(self) -> None:
        self.writer.commit([ending_of(self.burst)])


def busy_brand(slug: str = "knead-and-spoke", per_day: int = 24) -> Brand:
    """One with many slots a day."""
    return a_brand(slug, reel_times=tuple(time(hour) for hour in range(per_day)))
