"""What the JournalActor is told, and what it answers.

Whatever is handed to it happens in the order in which it was told: what stands in `Record.then` is told when
everything before it is on disk, so whoever hears of something by this way hears of nothing that could be undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from maestro_actors.actors.messages import Ref
from maestro_actors.core.calendar import Slot
from maestro_actors.core.daily import Routine
from maestro_actors.core.events import BurstStarted
from maestro_actors.errors import MaestroError
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

Told = tuple[Ref, object]


class Journal(Protocol):
    """What the actor asks of the database; `journal.owned` has it, and says what each call raises."""

    def renew(self) -> None: ...

    def commit(self, group: Sequence[Item]) -> Committed: ...

    def open(self, opening: Opening, wanted: Wanted) -> Opened: ...

    def regenerate(self, wish: Regeneration, seed: int, wanted: Wanted) -> Regenerated: ...

    def abandon(self, burst_id: str, user_id: str, seq: int, at: datetime, reason: str) -> None: ...

    def unfinished(self) -> tuple[RecordedBurst | UnreadableBurst, ...]: ...

    def unwanted(self) -> tuple[str, ...]: ...

    def burst(self, burst_id: str) -> RecordedBurst | UnreadableBurst | None: ...

    def last_ended(self, user_id: str) -> RecordedBurst | UnreadableBurst | None: ...

    def routine(self, user_id: str, now: datetime) -> Routine: ...

    def routines(self, now: datetime) -> tuple[Routine, ...]: ...


@dataclass(frozen=True, slots=True)
class Record:
    """Write these items; then tell. `reply_to` hears what becomes of the claims among them."""

    items: tuple[Item, ...]
    then: tuple[Told, ...] = ()
    reply_to: Ref | None = None


@dataclass(frozen=True, slots=True)
class SlotClaimed:
    """The job is scheduled, and the slot is its own. `unwanted` are the objects of the job that it replaces."""

    job_id: str
    slot: Slot
    unwanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimFailed:
    """There is no slot for the job, and why."""

    job_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimsAnswered:
    """What became of the claims of one record."""

    answers: tuple[SlotClaimed | ClaimFailed, ...]


@dataclass(frozen=True, slots=True)
class WithdrawClaim:
    """The job wants no slot any more. Answered with `ClaimWithdrawn` unless the claim is being written already."""

    job_id: str


@dataclass(frozen=True, slots=True)
class ClaimWithdrawn:
    """The job's claim was not written, and will not be."""

    job_id: str


@dataclass(frozen=True, slots=True)
class OpenBurst:
    """Record that a burst started; answered with `BurstOpened` or `NotOpened`, at once if the database is away."""

    opening: Opening
    reply_to: Ref


@dataclass(frozen=True, slots=True)
class BurstOpened:
    """The burst is on record. `started` is None where an earlier burst is the answer, for which the key stood."""

    burst_id: str
    asked_as: str
    started: BurstStarted | None
    local_date: date | None = None


@dataclass(frozen=True, slots=True)
class OpenRegeneration:
    """Record a job that replaces another; answered with `RegenerationOpened` or `NotOpened`."""

    wish: Regeneration
    seed: int
    reply_to: Ref


@dataclass(frozen=True, slots=True)
class RegenerationOpened:
    """What the wish led to."""

    wish: Regeneration
    regenerated: Regenerated


@dataclass(frozen=True, slots=True)
class NotOpened:
    """Nothing was recorded, and why."""

    asked_as: str
    error: MaestroError


@dataclass(frozen=True, slots=True)
class ReadUnfinished:
    """Answered with `UnfinishedRead`. Bursts that cannot be read are ended, as failed, on the way."""

    reply_to: Ref


@dataclass(frozen=True, slots=True)
class UnfinishedRead:
    """What an earlier worker left: bursts to go on with, and objects that nobody wants."""

    bursts: tuple[RecordedBurst, ...]
    unwanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadBurst:
    """Answered with `BurstRead`."""

    burst_id: str
    reply_to: Ref


@dataclass(frozen=True, slots=True)
class BurstRead:
    """The burst as it is on record."""

    burst_id: str
    burst: RecordedBurst | UnreadableBurst | None


@dataclass(frozen=True, slots=True)
class AbandonBurst:
    """End a burst that cannot go on, as failed; answered with `BurstAbandoned`."""

    burst_id: str
    user_id: str
    reason: str
    reply_to: Ref


@dataclass(frozen=True, slots=True)
class BurstAbandoned:
    """The burst has ended on record. `unwanted` are objects that nobody wants, its own among them."""

    burst_id: str
    burst: RecordedBurst | UnreadableBurst | None
    unwanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadTenant:
    """Answered with `TenantRead`."""

    user_id: str
    reply_to: Ref


@dataclass(frozen=True, slots=True)
class TenantRead:
    """The user's routine, and the burst that ended last."""

    user_id: str
    routine: Routine
    last: RecordedBurst | UnreadableBurst | None


@dataclass(frozen=True, slots=True)
class ReadRoutines:
    """Answered with `RoutinesRead`."""

    reply_to: Ref


@dataclass(frozen=True, slots=True)
class RoutinesRead:
    """Every user's routine, fresh."""

    routines: tuple[Routine, ...]


# Without being asked.


@dataclass(frozen=True, slots=True)
class Watch:
    """Tell `ref` from now on when the database goes away and comes back, and what cannot be written."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class DatabaseAway:
    """Nothing can be written now; everything that waits is kept, and tried again."""

    reason: str


@dataclass(frozen=True, slots=True)
class DatabaseBack:
    """It can be written again."""


@dataclass(frozen=True, slots=True)
class BurstUnwritable:
    """The database refuses something of this burst, for good."""

    burst_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ObjectsRemoved:
    """From the storage: the bucket has let go of them."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountUnwritten:
    """How much waits to be written?"""


Question = OpenBurst | OpenRegeneration | ReadUnfinished | ReadBurst | AbandonBurst | ReadTenant | ReadRoutines
