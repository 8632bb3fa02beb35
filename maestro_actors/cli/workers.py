"""Whoever has the bursts while a terminal watches: a system of this process, or a worker that is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from maestro_actors.core.burst import Burst
from maestro_actors.core.content import PerKind
from maestro_actors.core.events import BurstKind
from maestro_actors.core.snapshot import Json
from maestro_actors.system import System

BY, REASON = "the terminal", "interrupted"  # who cancels a burst on Ctrl-C, and why


@dataclass(frozen=True, slots=True)
class Wish:
    """What a burst is asked for; see `journal.entries.Opening`."""

    kind: BurstKind
    brands: tuple[str, ...] | None
    order: PerKind[int] | None
    seed: int | None


class Worker(Protocol):
    """What a terminal asks of it, for one user."""

    def left(self) -> str | None:
        """The burst that an earlier worker left, and that is gone on with first."""

    def start(self, wish: Wish) -> str:
        """Begin a burst; answers with its id."""

    def regenerate(self, job_id: str) -> str:
        """Make a job anew; answers with the new job's id."""

    def snapshot(self) -> Json:
        """How it is now."""

    def ended(self, burst_id: str) -> Burst | None:
        """The burst, once it has ended."""

    def cancel(self, burst_id: str) -> bool:
        """Stop the burst; False if that was not heard, or is not needed any more."""

    def leaving(self, burst_id: str) -> str:
        """What becomes of the burst if nobody waits for it."""


class OwnWorker:
    """A system of this process."""

    def __init__(self, system: System, user_id: str, leaving: str) -> None:
        self._system = system
        self._user_id = user_id
        self._leaving = leaving

    def left(self) -> str | None:
        burst_id: str | None = self.snapshot()["burst_id"]
        return burst_id

    def start(self, wish: Wish) -> str:
        return self._system.start_burst(self._user_id, wish.kind, wish.brands, wish.order, wish.seed)

    def regenerate(self, job_id: str) -> str:
        return self._system.regenerate(self._user_id, job_id)

    def snapshot(self) -> Json:
        return self._system.snapshot(self._user_id)

    def ended(self, burst_id: str) -> Burst | None:
        recent = self.snapshot()["recent_burst"]
        return self._system.ended_burst(self._user_id) if recent and recent["burst_id"] == burst_id else None

    def cancel(self, burst_id: str) -> bool:
        return self._system.cancel_burst(burst_id, by=BY, reason=REASON)

    def leaving(self, _burst_id: str) -> str:
        return self._leaving
