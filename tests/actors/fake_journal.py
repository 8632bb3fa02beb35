"""A journal that does as a test wants, and what can be put into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from maestro_actors.core.calendar import NoFreeSlotError, Slot
from maestro_actors.core.content import Kind
from maestro_actors.core.daily import Routine
from maestro_actors.core.events import BurstKind, BurstStarted, CancelRequested
from maestro_actors.errors import BurstRefusedError, PassingError
from maestro_actors.journal.entries import (
    Claim,
    Committed,
    Entry,
    Item,
    Opened,
    Opening,
    RecordedBurst,
    Regenerated,
    Regeneration,
    UnreadableBurst,
    Wanted,
)
from maestro_actors.journal.errors import DatabaseError
from tests.support.studio import a_brand

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SLOT = Slot("knead-and-spoke", Kind.REEL, date(2026, 11, 23), time(9), "UTC")
AWAY = PassingError("the database is out of reach")


@dataclass
class FakeJournal:
    """Keeps the groups that it was given. `trouble` is asked before every call, and may raise or block."""

    trouble: Callable[[str], None] = lambda call: None
    groups: list[list[Item]] = field(default_factory=list)
    bursts: dict[str, BurstStarted] = field(default_factory=dict)
    left: tuple[RecordedBurst | UnreadableBurst, ...] = ()
    abandoned: list[str] = field(default_factory=list)
    full: set[str] = field(default_factory=set)
    poison: set[str] = field(default_factory=set)

    @property
    def written(self) -> list[Item]:
        return [item for group in self.groups for item in group]

    def renew(self) -> None:
        self.trouble("renew")

    def commit(self, group: Sequence[Item]) -> Committed:
        self.trouble("commit")
        if any(getattr(item, "burst_id", None) in self.poison for item in group):
            raise DatabaseError("the database refuses: too long")
        self.groups.append(list(group))
        claims = [item for item in group if isinstance(item, Claim)]
        return Committed(
            {claim.job_id: SLOT for claim in claims if claim.job_id not in self.full},
            {job_id: NoFreeSlotError("the next 60 days are full") for job_id in self.full},
        )

    def open(self, opening: Opening, wanted: Wanted) -> Opened:
        self.trouble("open")
        started = started_as(opening.burst_id)
        self.bursts[opening.burst_id] = started
        self.trouble("opened")
        return Opened(opening.burst_id, started)

    def regenerate(self, wish: Regeneration, seed: int, wanted: Wanted) -> Regenerated:
        raise BurstRefusedError("there is no such job")

    def abandon(self, burst_id: str, user_id: str, seq: int, at: datetime, reason: str) -> None:
        self.abandoned.append(burst_id)

    def unfinished(self) -> tuple[RecordedBurst | UnreadableBurst, ...]:
        self.trouble("unfinished")
        return self.left

    def unwanted(self) -> tuple[str, ...]:
        return ("a/path",)

    def burst(self, burst_id: str) -> RecordedBurst | None:
        self.trouble("burst")
        started = self.bursts.get(burst_id)
        return RecordedBurst(burst_id, "user", 1, started, ()) if started else None

    def last_ended(self, user_id: str) -> None:
        return None

    def routine(self, user_id: str, now: datetime) -> Routine:
        return Routine(user_id)

    def routines(self, now: datetime) -> tuple[Routine, ...]:
        return ()


def started_as(burst_id: str) -> BurstStarted:
    return BurstStarted(NOW, burst_id, "user", BurstKind.SMART, (), (), ())


def entry(number: int, burst_id: str = "A") -> Entry:
    return Entry("user", burst_id, number, CancelRequested(NOW, "ana"))


def claim(job_id: str) -> Claim:
    return Claim("user", "A", 1, NOW, job_id, a_brand(), Kind.REEL)


def opening(burst_id: str) -> Opening:
    return Opening(burst_id, "user", BurstKind.SMART, NOW, 1)


def failing(*errors: Exception, call: str = "commit") -> Callable[[str], None]:
    """The first calls fail so, the next ones pass."""
    left = list(errors)

    def trouble(name: str) -> None:
        if left and name == call:
            raise left.pop(0)

    return trouble
