"""The journal in the hands of the worker that owns the bursts: one door to what it writes and reads.

Blocking, and for one thread at a time. Every call raises `PassingError` when the database is away, and may then be
made again with the same values; `SupersededError` once another worker owns the bursts; `DatabaseError` when the
database refuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine

from maestro_actors.core.daily import Routine
from maestro_actors.errors import BurstRefusedError
from maestro_actors.journal.entries import (
    Committed,
    Item,
    Opened,
    Opening,
    RecordedBurst,
    Regenerated,
    Regeneration,
    UnreadableBurst,
    Wanted,
)
from maestro_actors.journal.history import History
from maestro_actors.journal.library import Library
from maestro_actors.journal.opening import own_burst, planned, replacement
from maestro_actors.journal.ownership import Ownership
from maestro_actors.journal.reader import JournalReader
from maestro_actors.journal.writer import JournalWriter


class OwnedJournal:
    """What a worker asks of its journal."""

    def __init__(self, engine: Engine, ownership: Ownership) -> None:
        self._ownership = ownership
        self._writer = JournalWriter(engine, ownership)
        self._reader = JournalReader(engine)
        self._history = History(engine)
        self._library = Library(engine)

    @property
    def epoch(self) -> int:
        """Counts the owners that there have been."""
        return self._ownership.epoch

    def renew(self) -> None:
        """Look whether the bursts are still ours; to be called every few seconds."""
        self._ownership.renew()

    def commit(self, group: Sequence[Item]) -> Committed:
        """Write a group in one transaction."""
        return self._writer.commit(group)

    def open(self, opening: Opening, wanted: Wanted = lambda: True) -> Opened:
        """Work out the burst that is wished for, and record that it started, if it is still `wanted` by then.

        Raises:
            TooLateError: it is not.
            BurstRefusedError: another is live, or it is for a brand that does not exist, or that nobody writes for.
            DailyAlreadyDecidedError: the date has its daily burst.
            IdempotencyConflictError: the key stood for another request.
        """
        known = self._recorded(opening.burst_id)
        if known:
            return Opened(known.burst_id, known.started)
        if opening.idempotency_key is not None:
            earlier = self._reader.burst_of_key(opening.user_id, opening.idempotency_key, opening.request_hash)
            if earlier:
                return Opened(earlier, None)
        if opening.live:
            raise BurstRefusedError.under_way(opening.live)
        started, local_date = planned(opening, self._library, self._reader)
        burst_id = self._writer.start_burst(
            started,
            local_date=local_date,
            idempotency_key=opening.idempotency_key,
            request_hash=opening.request_hash,
            wanted=wanted,
        )
        return Opened(burst_id, started if burst_id == opening.burst_id else None)

    def regenerate(self, wish: Regeneration, seed: int, wanted: Wanted = lambda: True) -> Regenerated:
        """Work out the job that is wished for; where no burst is live, record one that consists of it.

        Raises:
            TooLateError: it is not `wanted` any more.
            BurstRefusedError: the old job cannot be replaced; the text says why.
        """
        known = self._recorded(wish.burst_id)
        if known:
            return Regenerated(wish.job_id, started=known.started)
        under_way = self._reader.replacement_under_way(wish.user_id, wish.replaces)
        if under_way:
            return Regenerated(under_way)
        addition = replacement(wish, self._library, self._reader, self._history)
        if wish.live:
            return Regenerated(wish.job_id, addition=addition)
        started = own_burst(wish, addition, seed)
        self._writer.start_burst(started, wanted=wanted)
        return Regenerated(wish.job_id, started=started)

    def _recorded(self, burst_id: str) -> RecordedBurst | None:
        found = self._reader.burst(burst_id)
        return found if isinstance(found, RecordedBurst) else None

    def abandon(self, burst_id: str, user_id: str, seq: int, at: datetime, reason: str) -> None:
        """End, as failed, a burst that cannot be gone on with: its open jobs are lost."""
        self._writer.abandon(burst_id, user_id, seq, at, reason)

    def unfinished(self) -> tuple[RecordedBurst | UnreadableBurst, ...]:
        """Every burst that has not ended, the oldest first."""
        return self._reader.unfinished()

    def unwanted(self) -> tuple[str, ...]:
        """The objects that the bucket may still have, and that nobody wants."""
        return self._reader.unwanted()

    def burst(self, burst_id: str) -> RecordedBurst | UnreadableBurst | None:
        """One burst with its events."""
        return self._reader.burst(burst_id)

    def last_ended(self, user_id: str) -> RecordedBurst | UnreadableBurst | None:
        """The user's burst that ended last."""
        return self._reader.last_ended(user_id)

    def routine(self, user_id: str, now: datetime) -> Routine:
        """When the user's daily burst runs."""
        return self._library.routine(user_id, now)

    def routines(self, now: datetime) -> tuple[Routine, ...]:
        """Every user's that has said something about it."""
        return self._library.routines(now)
