"""A journal that keeps nothing, to measure what the real one costs; and the real one, in a database of its own."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from benchmarks.empty import AGENT, BRANDS, USER
from maestro_actors.core import order
from maestro_actors.core.calendar import Slot, SlotBook
from maestro_actors.core.content import Agent, Brand, Kind
from maestro_actors.core.daily import Routine
from maestro_actors.core.events import BurstStarted
from maestro_actors.journal.database import connect, sqlite_url, upgrade
from maestro_actors.journal.entries import Claim, Committed, Item, Opened, Opening, Regenerated, Regeneration, Wanted
from maestro_actors.journal.library import Library
from maestro_actors.journal.owned import OwnedJournal
from maestro_actors.journal.ownership import Ownership, acquire


class NoJournal:
    """Gives slots and opens bursts from memory; nothing is written."""

    def __init__(self) -> None:
        self._books: defaultdict[tuple[str, Kind], SlotBook] = defaultdict(SlotBook)

    def renew(self) -> None:
        pass

    def commit(self, group: Sequence[Item]) -> Committed:
        return Committed({item.job_id: self._slot(item) for item in group if isinstance(item, Claim)})

    def _slot(self, claim: Claim) -> Slot:
        return self._books[claim.brand.slug, claim.kind].next_free(claim.brand, claim.kind, claim.at)

    def open(self, opening: Opening, wanted: Wanted) -> Opened:
        assert opening.order is not None, "a benchmark says what it wants"
        requests = order.requests(order.dealt(opening.order, BRANDS), (AGENT,))
        started = BurstStarted(
            *(opening.at, opening.burst_id, opening.user_id, opening.kind, BRANDS, (AGENT,), requests, opening.seed)
        )
        return Opened(opening.burst_id, started)

    def regenerate(self, wish: Regeneration, seed: int, wanted: Wanted) -> Regenerated:
        raise NotImplementedError

    def abandon(self, burst_id: str, user_id: str, seq: int, at: datetime, reason: str) -> None:
        raise NotImplementedError

    def unfinished(self) -> tuple[()]:
        return ()

    def unwanted(self) -> tuple[()]:
        return ()

    def burst(self, burst_id: str) -> None:
        return None

    def last_ended(self, user_id: str) -> None:
        return None

    def routine(self, user_id: str, now: datetime) -> Routine:
        return Routine(user_id)

    def routines(self, now: datetime) -> tuple[()]:
        return ()


class CountedJournal(OwnedJournal):
    """The real one; it counts what it writes."""

    def __init__(self, engine: Engine, ownership: Ownership) -> None:
        super().__init__(engine, ownership)
        self.items = 0
        self.transactions = 0

    def commit(self, group: Sequence[Item]) -> Committed:
        self.items += len(group)
        self.transactions += 1
        return super().commit(group)


@contextmanager
def sqlite_journal() -> Iterator[CountedJournal]:
    """A journal in a SQLite file, with the brands and the agent of the benchmarks."""
    with tempfile.TemporaryDirectory() as folder, journal_at(sqlite_url(Path(folder) / "maestro.db")) as journal:
        yield journal


@contextmanager
def journal_at(
    url: str, user_id: str = USER, brands: Sequence[Brand] = BRANDS, agents: Sequence[Agent] = (AGENT,)
) -> Iterator[CountedJournal]:
    """The journal in an empty database, with these brands and agents."""
    upgrade(url)
    engine = connect(url)
    Library(engine).welcome(user_id, brands, agents, datetime.now(UTC))
    ownership = acquire(engine)
    try:
        yield CountedJournal(engine, ownership)
    finally:
        ownership.release()
        engine.dispose()
