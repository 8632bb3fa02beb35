"""Which slots are taken, remembered between claims: only the owner of the bursts writes them."""

from __future__ import annotations

from datetime import UTC, date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, select

from maestro_actors.core.calendar import NoFreeSlotError, Slot, SlotBook
from maestro_actors.core.content import Brand, Kind
from maestro_actors.journal.entries import Claim
from maestro_actors.journal.tables import slots


class Bookings:
    """Finds free slots, and counts as taken what it gave out. What it remembers is right until a transaction fails."""

    def __init__(self) -> None:
        self._books: dict[tuple[str, str, Kind], SlotBook] = {}

    def forget(self) -> None:
        """Look into the database again: what was given out may not have been committed."""
        self._books.clear()

    def next_free(self, connection: Connection, claim: Claim) -> Slot:
        """The next free slot of the claim's brand and kind, taken from now on.

        Raises:
            NoFreeSlotError: as `core.calendar.next_free_slot`; or the brand's timezone does not exist.
        """
        _require_timezone(claim.brand)
        key = claim.user_id, claim.brand.slug, claim.kind
        book = self._books.get(key)
        if book is None:
            book = self._books[key] = SlotBook(_taken(connection, claim))
        return book.next_free(claim.brand, claim.kind, claim.at)


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


def _taken(connection: Connection, claim: Claim) -> list[tuple[date, time]]:
    """The slots taken from yesterday on, since the brand's date may be one behind."""
    query = select(slots.c.local_date, slots.c.wall_time).where(
        slots.c.user_id == claim.user_id,
        slots.c.brand == claim.brand.slug,
        slots.c.kind == claim.kind.value,
        slots.c.local_date >= claim.at.astimezone(UTC).date() - timedelta(days=1),
    )
    return [(local_date, wall_time) for local_date, wall_time in connection.execute(query)]
