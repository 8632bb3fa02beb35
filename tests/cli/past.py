"""A studio with a past: whole bursts in the database of a home, told as their actors would tell them.

with past_of(home) as past:
    told = past.burst(NOON, {(HEALTHY_COLLEGE, Kind.REEL): ["Sleep first", "Walk to class"]})
    told.scheduled("Sleep first")
    told.failed("Walk to class", Stage.UPLOADING, "the storage refuses the key")
    told.end()
said = Inside(home)("history", told.burst_id)
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from maestro_actors.core.content import Asset, Brand, Kind, Proposal, Slide, Stage, StoredAsset, assets_of
from maestro_actors.core.events import (
    AcceptedProposal,
    AgentStarted,
    AssetStored,
    BurstKind,
    BurstStarted,
    JobFailed,
    JobScheduled,
    ProposalsReviewed,
    Rejection,
    Request,
    StageEntered,
    StepQueued,
    StepStarted,
)
from maestro_actors.examples import EXAMPLE_AGENTS, HEALTHY_COLLEGE
from maestro_actors.journal.database import connect, sqlite_url, upgrade
from maestro_actors.journal.entries import Claim
from maestro_actors.journal.library import Library
from maestro_actors.journal.ownership import acquire
from maestro_actors.journal.writer import JournalWriter
from maestro_actors.settings import ONE_USER
from tests.core.strategies import START
from tests.journal.scribe import Scribe

CAPTION = "Save this for the week before exams; your bed, your rules, and a window that opens.\n\n#sleep #college 😴"


class Told(Scribe):
    """A burst of the past, of which every job has a title of its own."""

    def id_of(self, title: str) -> str:
        return next(job.job_id for job in self.burst.jobs.values() if job.title == title)

    def review(self, request_id: int, titles: Sequence[str], *rejected: Rejection) -> None:
        """An agent takes up a request and answers with these proposals."""
        request = self.burst.started.requests[request_id - 1]
        new = tuple(AcceptedProposal(str(uuid.uuid4()), a_proposal(request, title)) for title in titles)
        self.tell(AgentStarted(self.tick(), request_id), ProposalsReviewed(self.tick(), request_id, new, rejected))

    def work(self, title: str, until: Stage = Stage.SCHEDULING) -> None:
        """Take a job through its stages up to this one."""
        job_id, proposal = self.id_of(title), self.burst.jobs[self.id_of(title)].proposal
        assert proposal is not None
        assets = assets_of(job_id, proposal)
        self._step(job_id, Stage.GENERATING, "Painting the background", "a free renderer")
        if until is Stage.GENERATING:
            return
        self._step(job_id, Stage.RENDERING, "Drawing the thumbnail", "a free renderer")
        self._next(job_id, f"Rendering {assets[-1].label}", "a free renderer")
        if until is Stage.RENDERING:
            return
        for number, asset in enumerate(assets, start=1):
            doing = f"Uploading {asset.label} ({number} of {len(assets)})"
            if number == 1:
                self._step(job_id, Stage.UPLOADING, doing, "its turn to upload")
                if until is Stage.UPLOADING:
                    return
            else:
                self._next(job_id, doing, "its turn to upload")
            self._stored(job_id, asset, number)
        self._step(job_id, Stage.SCHEDULING, "Claiming a publishing slot", "the calendar")

    def scheduled(self, *titles: str, replaces: str | None = None) -> None:
        """Take jobs to their slots."""
        for title in titles:
            self.work(title)
            self.schedule(self.id_of(title), replaces)

    def failed(self, title: str, stage: Stage, reason: str) -> None:
        """Take a job to a stage at which it fails."""
        self.work(title, stage)
        self.tell(JobFailed(self.tick(), self.id_of(title), reason))

    def schedule(self, job_id: str, replaces: str | None = None) -> JobScheduled:
        self.tick()
        return super().schedule(job_id, replaces)

    def claim(self, job_id: str, replaces: str | None = None, brand: Brand | None = None) -> Claim:
        """For the job's own brand and kind."""
        job, start = self.burst.jobs[job_id], self.burst.started
        self.seq += 1
        wanted = brand or self.burst.brand(job.brand)
        return Claim(start.user_id, start.burst_id, self.seq - 1, self.now, job_id, wanted, job.kind, replaces)

    def _step(self, job_id: str, stage: Stage, doing: str, waiting_for: str) -> None:
        self.tell(StageEntered(self.tick(), job_id, stage, doing, waiting_for), StepStarted(self.tick(), job_id))

    def _next(self, job_id: str, doing: str, waiting_for: str) -> None:
        self.tell(StepQueued(self.tick(), job_id, doing, waiting_for), StepStarted(self.tick(), job_id))

    def _stored(self, job_id: str, asset: Asset, number: int) -> None:
        size = 1_274_388 if asset.content_type == "video/mp4" else 310_000
        self.tell(AssetStored(self.tick(), job_id, StoredAsset(asset, size, f"{number:064x}")))


class Past:
    """Where bursts of the past are written."""

    def __init__(self, engine: Engine, writer: JournalWriter) -> None:
        self.engine = engine
        self.writer = writer

    def burst(
        self,
        at: datetime,
        orders: Mapping[tuple[Brand, Kind], Sequence[str]],
        kind: BurstKind = BurstKind.SMART,
        user_id: str = ONE_USER,
    ) -> Told:
        """A burst in which agents proposed these titles."""
        brands = tuple({brand.slug: brand for brand, _ in orders}.values()) or (HEALTHY_COLLEGE,)
        agents = EXAMPLE_AGENTS
        requests = tuple(
            Request(
                number,
                next(agent.slug for agent in agents if agent.writes_for(brand.slug)),
                brand.slug,
                of,
                len(titles),
            )
            for number, ((brand, of), titles) in enumerate(orders.items(), start=1)
        )
        start = BurstStarted(at, str(uuid.uuid4()), user_id, kind, brands, agents, requests)
        told = Told(self.writer, start, at.date() if kind is BurstKind.DAILY else None)
        for request, titles in zip(requests, orders.values(), strict=True):
            if titles:
                told.review(request.request_id, titles)
        return told


@contextmanager
def past_of(home: Path, timezone: str = "UTC") -> Iterator[Past]:
    """The past in the database of a home, whose user lives in this timezone."""
    url = sqlite_url(home / "maestro.db")
    upgrade(url)
    engine = connect(url)
    Library(engine).set_daily(ONE_USER, None, timezone, START)
    ownership = acquire(engine)
    try:
        yield Past(engine, JournalWriter(engine, ownership))
    finally:
        ownership.release()
        engine.dispose()


def a_proposal(request: Request, title: str) -> Proposal:
    prompt = "a dark bedroom before dawn, blue light on the curtains"
    if request.kind is Kind.CAROUSEL:
        slides = (Slide("One", "Dim the lights."), Slide("Two", "Put the phone away."))
        return Proposal(request.kind, request.brand, title, CAPTION, prompt, slides=slides)
    return Proposal(request.kind, request.brand, title, CAPTION, prompt, lines=("Sleep is study.", "Count it as such."))
