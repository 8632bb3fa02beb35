"""Publishing slots across timezones and daylight saving.

A slot is a wall time on a local date in the brand's timezone; its instant is computed, never stored. A wall time
that a clock change skips stands for the instant reckoned with the offset before the change (an hour later on the
clock), and one that comes twice for the first of the two, as RFC 5545 section 3.3.5 has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from maestro_actors.core.content import Brand, Kind

HORIZON_DAYS = 60

SlotKey = tuple[str, Kind, date, time]


def instant(local_date: date, wall_time: time, timezone: str) -> datetime:
    """When a wall time on a local date is, in UTC."""
    return datetime.combine(local_date, wall_time.replace(fold=0), tzinfo=ZoneInfo(timezone)).astimezone(UTC)


class NoFreeSlotError(Exception):
    """A brand has no publishing time left; the text says which and what to do."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One publishing slot of a brand. No two jobs hold the same `key`; where a clock skips one, two are one instant."""

    brand: str
    kind: Kind
    local_date: date
    wall_time: time
    timezone: str

    @property
    def key(self) -> SlotKey:
        return (self.brand, self.kind, self.local_date, self.wall_time)

    @property
    def instant(self) -> datetime:
        """When it is, in UTC."""
        return instant(self.local_date, self.wall_time, self.timezone)


TakenOn = Callable[[date], Container[time]]


def next_free_slot(brand: Brand, kind: Kind, now: datetime, taken_on: TakenOn, full_before: date = date.min) -> Slot:
    """The brand's first slot of this kind after `now` (aware) that nobody holds.

    `taken_on` answers the wall times that are taken on a local date; `full_before` spares the search the dates that
    the caller knows to be full.

    Raises:
        NoFreeSlotError: the brand has no publishing times for the kind, or its next 60 days are full.
    """
    times = sorted(brand.publishing_times[kind])
    if not times:
        raise NoFreeSlotError(f"{brand.name} has no publishing times for {kind.plural}: add at least one")
    here = now.astimezone(ZoneInfo(brand.timezone))
    today = here.date()
    for offset in range(max(0, (full_before - today).days), HORIZON_DAYS):
        local_date = today + timedelta(days=offset)
        taken = taken_on(local_date)
        first = _first_coming((each for each in times if each not in taken), local_date, here, brand.timezone)
        if first is not None:
            return Slot(brand.slug, kind, local_date, first, brand.timezone)
    raise NoFreeSlotError(
        f"the next {HORIZON_DAYS} days of {brand.name} are full for {kind.plural}: "
        "add publishing times, or ask for fewer"
    )


def _first_coming(times: Iterable[time], local_date: date, here: datetime, timezone: str) -> time | None:
    """The first of these wall times, in order, that comes after the time `here`."""
    if not _clock_changes(local_date, ZoneInfo(timezone)):
        clock = here.replace(tzinfo=None)
        return next((each for each in times if datetime.combine(local_date, each) > clock), None)
    # a skipped wall time comes after one that follows it
    coming = [each for each in times if instant(local_date, each, timezone) > here]
    return min(coming, key=lambda each: instant(local_date, each, timezone), default=None)


def _clock_changes(local_date: date, zone: ZoneInfo) -> bool:
    """Whether the day has not its 24 hours, so that wall times may come out of order."""
    midnight = datetime.combine(local_date, time.min, zone)
    return midnight.utcoffset() != (midnight + timedelta(days=1)).utcoffset()


class SlotBook:
    """The slots of one brand and kind: those that are `taken`, and those that it gives out."""

    def __init__(self, taken: Iterable[tuple[date, time]] = ()) -> None:
        self._taken: defaultdict[date, set[time]] = defaultdict(set)
        self._full_before: dict[tuple[str, tuple[time, ...]], date] = {}
        for local_date, wall_time in taken:
            self._taken[local_date].add(wall_time)

    def next_free(self, brand: Brand, kind: Kind, now: datetime) -> Slot:
        """The next free slot, which is taken from now on.

        Raises:
            NoFreeSlotError: as `next_free_slot`.
        """
        plan = brand.timezone, brand.publishing_times[kind]  # with other times no date is known to be full
        slot = next_free_slot(brand, kind, now, self._taken.__getitem__, self._full_before.get(plan, date.min))
        self._taken[slot.local_date].add(slot.wall_time)
        self._full_before[plan] = slot.local_date
        return slot
