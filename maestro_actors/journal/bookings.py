"""Which slots are taken, remembered between claims: only the owner of the bursts writes them."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, select

from maestro_actors.core.calendar import NoFreeSlotError, Slot, next_free_slot
from maestro_actors.core.content import Brand, Kind
from maestro_actors.journal.entries import Claim
from maestro_actors.journal.tables import slots

Taken = defaultdict[date, set[time]]


class Bookings:
    """Finds free slots, and counts as taken what it gave out. What it remembers is right until a transaction fails."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, str, Kind], Taken] = {}
        self._full_before: dict[tuple[str, str, Kind, str, tuple[time, ...]], date] = {}

    def forget(self) -> None:
        """Look into the database again: what was given out may not have been committed."""
        self._taken.clear()
        self._full_before.clear()

    def next_free(self, connection: Connection, claim: Claim) -> Slot:
        """The next free slot of the claim's brand and kind, taken from now on.

        Raises:
            NoFreeSlotError: as `core.calendar.next_free_slot`.
        """
        brand, kind = claim.brand, claim.kind
        key = claim.user_id, brand.slug, kind
        taken = self._taken.get(key)
        if taken is None:
            taken = self._taken[key] = _load(connection, claim)
        plan = *key, brand.timezone, brand.publishing_times[kind]  # with other times no date is known to be full
        _require_timezone(claim.brand)
        slot = next_free_slot(brand, kind, claim.at, taken.__getitem__, self._full_before.get(plan, date.min))
        taken[slot.local_date].add(slot.wall_time)
        self._full_before[plan] = slot.local_date
        return slot


def _require_timezone(brand: Brand) -> None:
    try:
        ZoneInfo(brand.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise NoFreeSlotError(
            f"{brand.name} has the timezone {brand.timezone!r}, which does not exist: give it another"
        ) from error


def slot_of(row: Any) -> Slot:
    """The slot in a row that has its columns."""
    return Slot(row.brand, Kind(row.kind), row.local_date, row.wall_time, row.timezone)


def _load(connection: Connection, claim: Claim) -> Taken:
    """The slots taken from yesterday on, since the brand's date may be one behind."""
    query = select(slots.c.local_date, slots.c.wall_time).where(
        slots.c.user_id == claim.user_id,
        slots.c.brand == claim.brand.slug,
        slots.c.kind == claim.kind.value,
        slots.c.local_date >= claim.at.astimezone(UTC).date() - timedelta(days=1),
    )
    taken: Taken = defaultdict(set)
    for local_date, wall_time in connection.execute(query):
        taken[local_date].add(wall_time)
    return taken
