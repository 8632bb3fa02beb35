"""The calendar as other programs read it: by the rules of RFC 5545, and back through a parser."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from maestro_actors.core.calendar import Slot
from maestro_actors.core.content import Kind
from maestro_actors.ical_feed import feed
from maestro_actors.journal.rows import TakenSlot
from tests.core.strategies import patient

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
BRANDS = {"red": "The Red; and, more"}
SLOT = Slot("red", Kind.REEL, date(2026, 11, 23), time(7, 30), "America/New_York")


def taken(title: str = "Tea first", caption: str | None = "A caption", slot: Slot = SLOT) -> TakenSlot:
    return TakenSlot(slot, "job-1", title, caption)


def parsed(data: bytes) -> list[Any]:
    """The events that a reader finds."""
    return list(Calendar.from_ical(data).walk("VEVENT"))


def lines(data: bytes) -> list[bytes]:
    """The lines as they are folded."""
    assert data.endswith(b"\r\n")
    return data.removesuffix(b"\r\n").split(b"\r\n")


def test_a_feed_is_what_every_calendar_expects() -> None:
    written = feed([taken()], BRANDS, NOW, "Ana’s studio")
    calendar: Any = Calendar.from_ical(written)
    assert lines(written)[0] == b"BEGIN:VCALENDAR"
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"] == "-//Maestro//Publishing calendar//EN"
    assert calendar["X-WR-CALNAME"] == "Ana’s studio"
    assert "METHOD" not in calendar
    (event,) = parsed(written)
    assert event["UID"] == "job-1@maestro"
    assert event["SUMMARY"] == "Reel · The Red; and, more: Tea first"
    assert event["DESCRIPTION"] == "A caption"
    assert event["CATEGORIES"].cats == ["reel"]
    assert event.decoded("DTSTAMP") == NOW
    assert event.decoded("DTSTART") == datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    assert event.decoded("DURATION") == timedelta(minutes=15)
    assert b"DTSTART:20261123T123000Z" in lines(written)


@pytest.mark.parametrize("caption", [None, ""])
def test_what_has_no_caption_has_no_description(caption: str | None) -> None:
    (event,) = parsed(feed([taken(caption=caption)], {}, NOW))
    assert "DESCRIPTION" not in event
    assert event["SUMMARY"] == "Reel · red: Tea first", "a brand without a name goes by its slug"


def test_an_empty_calendar_is_one_too() -> None:
    assert parsed(feed([], {}, NOW)) == []


def test_each_slot_is_an_event_of_its_own() -> None:
    jobs = [TakenSlot(SLOT, f"job-{number}", f"Tea {number}", None) for number in range(3)]
    assert [event["UID"] for event in parsed(feed(jobs, {}, NOW))] == [f"job-{number}@maestro" for number in range(3)]


@pytest.mark.parametrize(
    ("day", "at", "timezone", "instant"),
    [
        # Lisbon: 01:30 is skipped in spring and comes twice in autumn.
        (date(2026, 3, 28), time(1, 30), "Europe/Lisbon", datetime(2026, 3, 28, 1, 30, tzinfo=UTC)),
        (date(2026, 3, 29), time(1, 30), "Europe/Lisbon", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (date(2026, 3, 30), time(1, 30), "Europe/Lisbon", datetime(2026, 3, 30, 0, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(1, 30), "Europe/Lisbon", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        # New York: the same wall time is an hour apart before and after.
        (date(2026, 10, 31), time(7, 30), "America/New_York", datetime(2026, 10, 31, 11, 30, tzinfo=UTC)),
        (date(2026, 11, 1), time(1, 30), "America/New_York", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        (date(2026, 11, 1), time(7, 30), "America/New_York", datetime(2026, 11, 1, 12, 30, tzinfo=UTC)),
        # Lord Howe changes by half an hour.
        (date(2026, 10, 3), time(2, 15), "Australia/Lord_Howe", datetime(2026, 10, 2, 15, 45, tzinfo=UTC)),
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", datetime(2026, 10, 3, 15, 45, tzinfo=UTC)),
        (date(2026, 10, 4), time(7, 0), "Australia/Lord_Howe", datetime(2026, 10, 3, 20, 0, tzinfo=UTC)),
        (date(2026, 4, 5), time(1, 45), "Australia/Lord_Howe", datetime(2026, 4, 4, 14, 45, tzinfo=UTC)),
    ],
)
def test_an_event_is_at_the_instant_of_its_slot(day: date, at: time, timezone: str, instant: datetime) -> None:
    (event,) = parsed(feed([taken(slot=Slot("red", Kind.POST, day, at, timezone))], {}, NOW))
    assert event.decoded("DTSTART") == instant


HARD = [
    "Frühstück, für; alle: \\ und /",
    "line one\nline two\n\nline four",
    "قهوة الصباح، قبل الدرس",
    "👩‍🚀🚀 ☕️ 🇵🇹",
    "ends in a backslash \\",
    r"C:\New, \n and \N and \\N are no line ends",
    '"quoted" %2C ^n ^^ BEGIN:VEVENT',
    " spaces before, and after ",
    "a\u2028b\u2029c\x85d",
    "🎉" * 500,
    "ab,;\\" * 100,
]


@pytest.mark.parametrize("text", HARD, ids=range(len(HARD)))
def test_words_of_every_kind_come_back_as_they_were(text: str) -> None:
    (event,) = parsed(feed([taken(text, text)], BRANDS, NOW))
    assert event["SUMMARY"] == f"Reel · The Red; and, more: {text}"
    assert event["DESCRIPTION"] == text


@patient
@given(title=st.text(max_size=500), caption=st.text(max_size=500))
def test_whatever_the_words_the_file_is_valid(title: str, caption: str) -> None:
    written = feed([taken(title, caption)], BRANDS, NOW)
    for line in lines(written):
        assert len(line) <= 75, "folded at 75 octets"
        assert not set(line) & {*range(9), *range(10, 32), 127}, "no control character but the tab"
        line.decode()  # and never within a character
    (event,) = parsed(written)
    assert event["SUMMARY"] == f"Reel · The Red; and, more: {printable(title)}"
    assert event.get("DESCRIPTION", "") == printable(caption)


def printable(text: str) -> str:
    """What of a text iCalendar can hold."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return plain.translate(dict.fromkeys({*range(32), 127} - {ord("\t"), ord("\n")}, " "))


def test_what_no_file_can_hold_is_replaced() -> None:
    (event,) = parsed(feed([taken("bell \x07, half a pair \ud83d")], {}, NOW))
    assert event["SUMMARY"] == "Reel · red: bell  , half a pair ?"
