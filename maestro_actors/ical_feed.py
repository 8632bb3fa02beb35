"""The publishing calendar as iCalendar (RFC 5545), for every calendar that people use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from icalendar import Calendar, Event
from icalendar.prop import vText

from maestro_actors.journal.rows import TakenSlot

PRODUCT = "-//Maestro//Publishing calendar//EN"
SHOWN_AS = timedelta(minutes=15)  # a slot is a moment; a calendar wants something to draw
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")  # no text may have them, says section 3.1


def feed(taken: Iterable[TakenSlot], brands: Mapping[str, str], stamp: datetime, name: str = "Maestro") -> bytes:
    """A calendar called `name` of these slots, made at `stamp` (aware); `brands` are their names by slug.

    An event keeps its UID for as long as its job holds the slot, so that a feed read again repeats nothing.
    """
    calendar = Calendar()
    calendar["PRODID"] = _Text(PRODUCT)
    calendar["VERSION"] = _Text("2.0")
    calendar["X-WR-CALNAME"] = _Text(name)
    for each in taken:
        calendar.add_component(_event(each, brands, stamp))
    written: bytes = calendar.to_ical()
    return written


def _event(taken: TakenSlot, brands: Mapping[str, str], stamp: datetime) -> Event:
    slot = taken.slot
    event = Event()
    event["UID"] = _Text(f"{taken.job_id}@maestro")
    event.add("DTSTAMP", stamp)
    event.add("DTSTART", slot.instant)
    event.add("DURATION", SHOWN_AS)
    event["SUMMARY"] = _Text(f"{slot.kind.capitalize()} · {brands.get(slot.brand, slot.brand)}: {taken.title}")
    if taken.caption:
        event["DESCRIPTION"] = _Text(taken.caption)
    event.add("CATEGORIES", [slot.kind.value])
    event.add("TRANSP", "TRANSPARENT")  # nobody is busy while a post is published
    return event


class _Text(vText):
    """Text as section 3.3.11 escapes it; icalendar alone would take a backslash before an N for the end of a line."""

    def __new__(cls, value: str) -> _Text:
        text = CONTROLS.sub(" ", value.replace("\r\n", "\n").replace("\r", "\n"))
        return super().__new__(cls, text.encode("utf-8", "replace").decode())

    def to_ical(self) -> bytes:
        escaped = re.sub(r"([\\;,])", r"\\\1", str(self)).replace("\n", "\\n")
        return escaped.encode()
