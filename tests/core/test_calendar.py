from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maestro_actors.core.calendar import HORIZON_DAYS, NoFreeSlotError, Slot, SlotBook
from maestro_actors.core.content import Brand, Kind
from tests.core.strategies import a_brand, patient

LISBON, NEW_YORK = "Europe/Lisbon", "America/New_York"
LORD_HOWE, CHATHAM = "Australia/Lord_Howe", "Pacific/Chatham"  # clocks change by 30 minutes; at 02:45, on :45 offsets
ZONES = (LISBON, NEW_YORK, LORD_HOWE, CHATHAM, "America/Havana", "Asia/Kathmandu", "UTC")  # Havana's change at midnight

wall_times = st.times(max_value=time(23, 59)).map(lambda wall: wall.replace(second=0, microsecond=0))
brands = st.builds(
    lambda zone, times: a_brand(timezone=zone, reels=tuple(times)),
    st.sampled_from(ZONES),
    st.lists(wall_times, min_size=1, max_size=4, unique=True),
)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))


def slot_at(local_date: date, wall: time, zone: str) -> Slot:
    return Slot("red", Kind.REEL, local_date, wall, zone)


def reckoned(local_date: date, wall: time, zone: str) -> datetime:
    """The first instant at which a clock there shows this, or, where none does, by the offset of the day before."""
    shown = datetime.combine(local_date, wall)
    offsets = [(shown.replace(tzinfo=UTC) + timedelta(days=d)).astimezone(ZoneInfo(zone)).utcoffset() for d in (-1, 1)]
    before, afterwards = (shown.replace(tzinfo=UTC) - (offset or timedelta()) for offset in offsets)
    shows = [at for at in (before, afterwards) if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == shown]
    return min(shows, default=before)


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
    ],
)
def test_a_wall_time_is_one_instant(zone: str, day: date, wall: time, utc: str) -> None:
    assert slot_at(day, wall, zone).instant == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@patient
@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), wall_times, st.sampled_from(ZONES))
def test_every_wall_time_of_every_day_is_one_instant(day: date, wall: time, zone: str) -> None:
    assert slot_at(day, wall, zone).instant == reckoned(day, wall, zone)


@pytest.mark.parametrize(
    ("zone", "before", "days"),
    [(LISBON, date(2026, 3, 27), 4), (NEW_YORK, date(2026, 10, 30), 4), (LORD_HOWE, date(2026, 4, 3), 4)],
)
def test_the_wall_time_stays_when_the_clocks_change(zone: str, before: date, days: int) -> None:
    book, brand = SlotBook(), a_brand(timezone=zone)
    now = datetime.combine(before, time(0), tzinfo=ZoneInfo(zone))
    slots = [book.claim(f"job-{n}", brand, Kind.REEL, now) for n in range(days)]
    local = [slot.instant.astimezone(ZoneInfo(zone)) for slot in slots]
    assert [at.time() for at in local] == [time(9)] * days
    assert [at.date() for at in local] == [before + timedelta(days=n) for n in range(days)]


@patient
@given(brands, instants, st.lists(st.timedeltas(timedelta(0), timedelta(days=3)), max_size=12))
def test_a_job_gets_the_first_free_slot_after_now(brand: Brand, now: datetime, waits: list[timedelta]) -> None:
    book, held = SlotBook(), set[Slot]()
    for number, wait in enumerate(waits):
        now += wait
        expected = earliest(brand, now, held)
        slot = book.claim(f"job-{number}", brand, Kind.REEL, now)
        assert slot == expected
        assert slot.instant > now
        held.add(slot)
    assert len({slot.key for slot in held}) == len(waits)


def test_a_slot_at_this_very_instant_is_past() -> None:
    at_nine = datetime(2026, 1, 15, 9, tzinfo=UTC)
    assert SlotBook().claim("a", a_brand(), Kind.REEL, at_nine).local_date == date(2026, 1, 16)
    assert SlotBook().claim("a", a_brand(), Kind.REEL, at_nine - timedelta(seconds=1)).local_date == date(2026, 1, 15)


def test_today_is_the_brands_day_and_not_that_of_greenwich() -> None:
    now = datetime(2026, 1, 15, 23, 30, tzinfo=UTC)  # there it is 13:15 on the 16th
    assert SlotBook().claim("a", a_brand(timezone=CHATHAM), Kind.REEL, now).local_date == date(2026, 1, 17)


def test_on_the_day_that_skips_an_hour_the_earlier_instant_comes_first() -> None:
    book, brand = SlotBook(), a_brand(timezone=NEW_YORK, reels=(time(2, 30), time(3)))
    midnight = datetime(2026, 3, 8, 0, tzinfo=ZoneInfo(NEW_YORK))
    slots = [book.claim(job, brand, Kind.REEL, midnight) for job in ("a", "b")]
    assert [slot.wall_time for slot in slots] == [time(3), time(2, 30)]


def test_the_leap_day_has_its_slot() -> None:
    book, now = SlotBook(), datetime(2028, 2, 28, 0, tzinfo=UTC)
    days = [book.claim(f"job-{n}", a_brand(), Kind.REEL, now).local_date for n in range(3)]
    assert days == [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)]


def test_a_job_that_claims_twice_has_one_slot() -> None:
    book, now = SlotBook(), datetime(2026, 1, 15, tzinfo=UTC)
    first = book.claim("a", a_brand(), Kind.REEL, now)
    assert book.claim("a", a_brand(), Kind.REEL, now + timedelta(days=9)) == first
    assert book.claim("b", a_brand(), Kind.REEL, now).local_date == first.local_date + timedelta(days=1)


def test_brands_and_kinds_do_not_stand_in_each_others_way() -> None:
    book, now = SlotBook(), datetime(2026, 1, 15, tzinfo=UTC)
    whose = [(a_brand(slug), kind) for slug in ("red", "blue") for kind in Kind]
    slots = [book.claim(f"{brand.slug} {kind}", brand, kind, now) for brand, kind in whose]
    assert {slot.local_date for slot in slots} == {date(2026, 1, 15)}
    assert len({slot.key for slot in slots}) == 6


def test_a_brand_without_publishing_times_is_told_to_add_one() -> None:
    brand = a_brand(reels=())
    with pytest.raises(NoFreeSlotError, match=r"^The Red has no publishing times for reels: add at least one$"):
        SlotBook().claim("a", brand, Kind.REEL, datetime(2026, 1, 15, tzinfo=UTC))


def test_sixty_full_days_are_enough_and_the_way_out_works() -> None:
    book, now = SlotBook(), datetime(2026, 1, 15, tzinfo=UTC)
    for n in range(HORIZON_DAYS):
        last = book.claim(f"job-{n}", a_brand(), Kind.REEL, now)
    assert last.local_date == date(2026, 1, 15) + timedelta(days=HORIZON_DAYS - 1)
    with pytest.raises(NoFreeSlotError, match="next 60 days of The Red are full for reels: add publishing times"):
        book.claim("late", a_brand(), Kind.REEL, now)
    assert book.claim("later", a_brand(), Kind.REEL, now + timedelta(days=1)).local_date > last.local_date
    more = a_brand(reels=(time(9), time(18)))
    assert book.claim("late", more, Kind.REEL, now).local_date == date(2026, 1, 15)
