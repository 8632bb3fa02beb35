from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maestro_actors.core.calendar import HORIZON_DAYS, NoFreeSlotError, Slot, SlotBook
from maestro_actors.core.content import Brand, Kind
from tests.core.clocks import (
    APIA,
    CAIRO,
    CASABLANCA,
    CHANGES,
    CHATHAM,
    HAVANA,
    KATHMANDU,
    LISBON,
    LORD_HOWE,
    NEW_YORK,
    NUUK,
    TROLL,
    hard_times,
    instants,
    instants_around,
    is_shown,
    places,
    reckoned,
    shown,
    wall_times,
)
from tests.core.strategies import a_brand, patient

ZONES = (LISBON, NEW_YORK, LORD_HOWE, CHATHAM, HAVANA, CAIRO, TROLL, CASABLANCA, KATHMANDU, "UTC")

brands = st.builds(
    lambda zone, times: a_brand(timezone=zone, reels=tuple(times)),
    st.sampled_from(ZONES),
    st.lists(wall_times, min_size=1, max_size=4, unique=True),
)


after_midnight = wall_times.filter(lambda wall: wall > time(0))
moments = st.one_of(instants, st.sampled_from([day for _, day in CHANGES]).flatmap(instants_around))


def slot_at(local_date: date, wall: time, zone: str) -> Slot:
    return Slot("red", Kind.REEL, local_date, wall, zone)


def earliest(brand: Brand, now: datetime, held: set[Slot]) -> Slot:
    """The first free slot after `now`, found by looking at all of them."""
    today = now.astimezone(ZoneInfo(brand.timezone)).date()
    days = [today + timedelta(days=n) for n in range(HORIZON_DAYS)]
    slots = [slot_at(day, wall, brand.timezone) for day in days for wall in sorted(brand.publishing_times.reel)]
    return min((slot for slot in slots if slot not in held and slot.instant > now), key=lambda slot: slot.instant)


@pytest.mark.parametrize(
    ("zone", "day", "wall", "utc"),
    [
        (LISBON, date(2026, 1, 15), time(9), "2026-01-15T09:00"),
        (LISBON, date(2026, 7, 15), time(9), "2026-07-15T08:00"),
        (LISBON, date(2026, 3, 29), time(1, 30), "2026-03-29T01:30"),  # skipped: shown as 02:30
        (LISBON, date(2026, 10, 25), time(1, 30), "2026-10-25T00:30"),  # twice: the first
        (NEW_YORK, date(2026, 3, 8), time(2, 30), "2026-03-08T07:30"),  # skipped: shown as 03:30
        (NEW_YORK, date(2026, 11, 1), time(1, 30), "2026-11-01T05:30"),  # twice: the first
        (LORD_HOWE, date(2026, 10, 4), time(2, 15), "2026-10-03T15:45"),  # skipped by half an hour: shown as 02:45
        (LORD_HOWE, date(2026, 4, 5), time(1, 45), "2026-04-04T14:45"),  # twice: the first
        (CHATHAM, date(2026, 9, 27), time(3), "2026-09-26T14:15"),  # skipped: shown as 04:00
        (CHATHAM, date(2026, 4, 5), time(3), "2026-04-04T13:15"),  # twice: the first
        (LISBON, date(2028, 2, 29), time(9), "2028-02-29T09:00"),
        (TROLL, date(2026, 3, 29), time(2), "2026-03-29T02:00"),  # skipped by two hours: shown as 04:00
        (HAVANA, date(2026, 3, 8), time(0), "2026-03-08T05:00"),  # skipped: the date begins at 01:00
        (CAIRO, date(2026, 10, 29), time(23, 30), "2026-10-29T20:30"),  # twice: the first
        (NUUK, date(2026, 3, 28), time(23, 30), "2026-03-29T01:30"),  # skipped: shown as 00:30 on the next date
        (APIA, date(2011, 12, 30), time(9), "2011-12-30T19:00"),  # a date that never came: shown as the 31st
    ],
)
def test_a_wall_time_is_one_instant(zone: str, day: date, wall: time, utc: str) -> None:
    assert slot_at(day, wall, zone).instant == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@patient
@given(places, st.one_of(wall_times, hard_times))
def test_every_wall_time_of_every_day_is_one_instant(place: tuple[str, datetime], wall: time) -> None:
    zone, day = place[0], place[1].date()
    slot = slot_at(day, wall, zone)
    assert slot.instant == reckoned(day, wall, zone)
    assert (shown(slot.instant, zone) == datetime.combine(day, wall)) == is_shown(day, wall, zone)


@patient
@given(st.sampled_from(CHANGES), st.lists(st.one_of(wall_times, hard_times), min_size=2, max_size=6, unique=True))
def test_no_two_slots_are_at_one_instant_unless_the_clock_skips_one_of_them(
    change: tuple[str, date], times: list[time]
) -> None:
    zone, changes = change
    at: defaultdict[datetime, list[Slot]] = defaultdict(list)
    for days in range(-HORIZON_DAYS // 2, HORIZON_DAYS // 2):
        for wall in times:
            slot = slot_at(changes + timedelta(days=days), wall, zone)
            at[slot.instant].append(slot)
    for slots in at.values():
        assert sum(is_shown(slot.local_date, slot.wall_time, zone) for slot in slots) <= 1
        assert len(slots) <= 2
        assert len({slot.key for slot in slots}) == len(slots), "two slots still, for two jobs"


def test_a_skipped_wall_time_and_the_one_it_is_shown_as_are_two_slots_at_one_instant() -> None:
    book, brand = SlotBook(), a_brand(timezone=NEW_YORK, reels=(time(2, 30), time(3, 30)))
    midnight = datetime(2026, 3, 8, 0, tzinfo=ZoneInfo(NEW_YORK))
    slots = [book.next_free(brand, Kind.REEL, midnight) for job in ("a", "b", "c")]
    assert [(slot.local_date.day, slot.wall_time) for slot in slots] == [
        (8, time(2, 30)),
        (8, time(3, 30)),
        (9, time(2, 30)),
    ]
    assert slots[0].instant == slots[1].instant


def test_the_end_of_a_day_that_is_skipped_is_published_at_the_beginning_of_the_next() -> None:
    """On the last Saturday of March the clocks of Nuuk go from 23:00 to midnight."""
    book, brand = SlotBook(), a_brand(timezone=NUUK, reels=(time(23, 30),))
    slots = [book.next_free(brand, Kind.REEL, datetime(2026, 3, 28, 12, tzinfo=UTC)) for n in range(2)]
    assert [slot.local_date.day for slot in slots] == [28, 29]
    assert [shown(slot.instant, NUUK) for slot in slots] == [
        datetime(2026, 3, 29, 0, 30),
        datetime(2026, 3, 29, 23, 30),
    ]


@pytest.mark.parametrize(
    ("zone", "before", "days"),
    [(zone, changes - timedelta(days=2), 5) for zone, changes in CHANGES if zone != APIA],
)
def test_the_wall_time_stays_when_the_clocks_change(zone: str, before: date, days: int) -> None:
    book, brand = SlotBook(), a_brand(timezone=zone)
    now = datetime.combine(before, time(0), tzinfo=ZoneInfo(zone))
    slots = [book.next_free(brand, Kind.REEL, now) for n in range(days)]
    local = [slot.instant.astimezone(ZoneInfo(zone)) for slot in slots]
    assert [at.time() for at in local] == [time(9)] * days
    assert [at.date() for at in local] == [before + timedelta(days=n) for n in range(days)]


@patient
@given(brands, moments, st.lists(st.timedeltas(timedelta(0), timedelta(days=3)), max_size=12))
def test_a_job_gets_the_first_free_slot_after_now(brand: Brand, now: datetime, waits: list[timedelta]) -> None:
    book, held = SlotBook(), set[Slot]()
    for wait in waits:
        now += wait
        expected = earliest(brand, now, held)
        slot = book.next_free(brand, Kind.REEL, now)
        assert slot == expected
        assert slot.instant > now
        held.add(slot)
    assert len({slot.key for slot in held}) == len(waits)


def test_a_slot_at_this_very_instant_is_past() -> None:
    at_nine = datetime(2026, 1, 15, 9, tzinfo=UTC)
    assert SlotBook().next_free(a_brand(), Kind.REEL, at_nine).local_date == date(2026, 1, 16)
    assert SlotBook().next_free(a_brand(), Kind.REEL, at_nine - timedelta(seconds=1)).local_date == date(2026, 1, 15)


def test_today_is_the_brands_day_and_not_that_of_greenwich() -> None:
    now = datetime(2026, 1, 15, 23, 30, tzinfo=UTC)  # there it is 13:15 on the 16th
    assert SlotBook().next_free(a_brand(timezone=CHATHAM), Kind.REEL, now).local_date == date(2026, 1, 17)


@pytest.mark.parametrize("days_before", [0, 1, 2, 30])
def test_on_the_day_that_skips_an_hour_the_earlier_instant_comes_first(days_before: int) -> None:
    book, brand = SlotBook(), a_brand(timezone=NEW_YORK, reels=(time(2, 30), time(3)))
    midnight = datetime(2026, 3, 8, tzinfo=ZoneInfo(NEW_YORK)) - timedelta(days=days_before)
    slots = [book.next_free(brand, Kind.REEL, midnight) for n in range(2 * days_before + 2)]
    assert [slot.wall_time for slot in slots[:-2]] == [time(2, 30), time(3)] * days_before
    assert [slot.wall_time for slot in slots[-2:]] == [time(3), time(2, 30)]


def test_the_leap_day_has_its_slot() -> None:
    book, now = SlotBook(), datetime(2028, 2, 28, 0, tzinfo=UTC)
    days = [book.next_free(a_brand(), Kind.REEL, now).local_date for n in range(3)]
    assert days == [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)]


@pytest.mark.parametrize("kind", Kind)
def test_a_brand_without_publishing_times_is_told_to_add_one(kind: Kind) -> None:
    brand = a_brand(reels=(), posts=(), carousels=())
    with pytest.raises(NoFreeSlotError) as caught:
        SlotBook().next_free(brand, kind, datetime(2026, 1, 15, tzinfo=UTC))
    assert str(caught.value) == f"The Red has no publishing times for {kind}s: add at least one"


@settings(patient, max_examples=25)
@given(st.sampled_from(CHANGES), st.sets(after_midnight, min_size=1, max_size=3), st.sampled_from(Kind))
def test_sixty_days_hold_a_job_for_every_time_whatever_the_clocks_do_in_them(
    change: tuple[str, date], times: set[time], kind: Kind
) -> None:
    zone, changes = change
    brand = a_brand(timezone=zone, reels=tuple(times), posts=tuple(times), carousels=tuple(times))
    first = changes - timedelta(days=HORIZON_DAYS // 2)
    book, dawn = SlotBook(), slot_at(first, time(0), zone).instant
    slots = [book.next_free(brand, kind, dawn) for n in range(HORIZON_DAYS * len(times))]
    assert len({slot.key for slot in slots}) == len(slots)
    assert {(slot.local_date - first).days for slot in slots} <= set(range(HORIZON_DAYS))
    with pytest.raises(NoFreeSlotError) as caught:
        book.next_free(brand, kind, dawn)
    way_out = "add publishing times, or ask for fewer"
    assert str(caught.value) == f"the next 60 days of The Red are full for {kind}s: {way_out}"


def test_sixty_full_days_are_enough_and_the_way_out_works() -> None:
    book, now = SlotBook(), datetime(2026, 1, 15, tzinfo=UTC)
    for _ in range(HORIZON_DAYS):
        last = book.next_free(a_brand(), Kind.REEL, now)
    assert last.local_date == date(2026, 1, 15) + timedelta(days=HORIZON_DAYS - 1)
    with pytest.raises(NoFreeSlotError, match="next 60 days of The Red are full for reels: add publishing times"):
        book.next_free(a_brand(), Kind.REEL, now)
    assert book.next_free(a_brand(), Kind.REEL, now + timedelta(days=1)).local_date > last.local_date
    more = a_brand(reels=(time(9), time(18)))
    assert book.next_free(more, Kind.REEL, now).local_date == date(2026, 1, 15)
