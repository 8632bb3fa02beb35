"""What the clocks of the world show: zones that are hard on calendars, the days on which their clocks change, and a
second way to reckon when a wall time is.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

LISBON, NEW_YORK = "Europe/Lisbon", "America/New_York"
LORD_HOWE, CHATHAM = "Australia/Lord_Howe", "Pacific/Chatham"  # clocks change by 30 minutes; at 02:45, on :45 offsets
HAVANA, CAIRO = "America/Havana", "Africa/Cairo"  # the day begins at 01:00 in spring; Cairo's ends with 23:00 twice
TROLL, CASABLANCA = "Antarctica/Troll", "Africa/Casablanca"  # by two hours; back for Ramadan, and then on
NUUK, APIA = "America/Nuuk", "Pacific/Apia"  # a day that ends at 23:00; a date that never came
ST_JOHNS = "America/St_Johns"  # until 2011 its clock went back over midnight, so that a date came twice
KATHMANDU, KIRITIMATI, UTMOST_WEST = "Asia/Kathmandu", "Pacific/Kiritimati", "Etc/GMT+12"

CHANGES = (
    *((LISBON, date(2026, 3, 29)), (LISBON, date(2026, 10, 25)), (LISBON, date(2028, 2, 29))),
    *((NEW_YORK, date(2026, 3, 8)), (NEW_YORK, date(2026, 11, 1))),
    *((LORD_HOWE, date(2026, 4, 5)), (LORD_HOWE, date(2026, 10, 4))),
    *((CHATHAM, date(2026, 4, 5)), (CHATHAM, date(2026, 9, 27))),
    *((HAVANA, date(2026, 3, 8)), (HAVANA, date(2026, 11, 1))),
    *((CAIRO, date(2026, 4, 24)), (CAIRO, date(2026, 10, 29))),
    *((TROLL, date(2026, 3, 29)), (TROLL, date(2026, 10, 25))),
    *((CASABLANCA, date(2026, 2, 15)), (CASABLANCA, date(2026, 3, 22))),
    *((NUUK, date(2026, 3, 28)), (NUUK, date(2026, 10, 24))),
    (APIA, date(2011, 12, 30)),
)
TWICE = (ST_JOHNS, date(2010, 11, 7))
EVERYWHERE = tuple(dict.fromkeys([*(zone for zone, _ in CHANGES), KATHMANDU, KIRITIMATI, UTMOST_WEST, "UTC"]))

wall_times = st.times(max_value=time(23, 59)).map(lambda wall: wall.replace(second=0, microsecond=0))
hard_times = st.sampled_from([time(0), time(0, 30), time(1, 45), time(2, 15), time(3), time(23, 30), time(23, 59)])
instants = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))


def instants_around(day: date) -> st.SearchStrategy[datetime]:
    midnight = datetime.combine(day, time(), tzinfo=UTC)
    return st.integers(-3 * 86_400, 3 * 86_400).map(lambda seconds: midnight + timedelta(seconds=seconds))


places = st.one_of(
    st.sampled_from(CHANGES).flatmap(lambda change: st.tuples(st.just(change[0]), instants_around(change[1]))),
    st.tuples(st.sampled_from(EVERYWHERE), instants),
)
"""A zone and an instant, more often than not one near which the clock there changes."""


def shown(at: datetime, zone: str) -> datetime:
    """What a clock in the zone shows at an instant."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def reckoned(local_date: date, wall: time, zone: str) -> datetime:
    """The first instant at which a clock there shows this, or, where none does, by the offset of the day before."""
    wanted = datetime.combine(local_date, wall)
    offsets = [(wanted.replace(tzinfo=UTC) + timedelta(days=d)).astimezone(ZoneInfo(zone)).utcoffset() for d in (-1, 1)]
    before, afterwards = (wanted.replace(tzinfo=UTC) - (offset or timedelta()) for offset in offsets)
    return min((at for at in (before, afterwards) if shown(at, zone) == wanted), default=before)


def is_shown(local_date: date, wall: time, zone: str) -> bool:
    """Whether a clock there ever shows this: not where it was put forward past it."""
    return shown(reckoned(local_date, wall, zone), zone) == datetime.combine(local_date, wall)
