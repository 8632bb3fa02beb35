"""What people called things when a burst began, so that its events can be told as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from maestro_actors.core.chronicle import Names, turns_at_once
from maestro_actors.core.events import BurstStarted
from maestro_actors.journal.history import History
from maestro_actors.journal.rows import EventRow

NOTHING: Mapping[str, str] = MappingProxyType({})


def names_then(
    history: History, user_id: str, burst_id: str, told: Iterable[EventRow], now: Mapping[str, str] = NOTHING
) -> Names:
    """The names for telling these events of the user's burst.

    Where its beginning cannot be read, brands go by what they are called `now`, by slug.

    Raises:
        UnknownBurstError: there is no such burst, or it is another user's.
    """
    (first,) = history.events(user_id, burst_id, limit=1).items
    known = [row.event for row in told if row.event]
    job_ids = {getattr(event, "job_id", None) for event in known}
    titles = history.titles(user_id, [job_id for job_id in job_ids if job_id is not None])
    names = Names.of(first.event, titles) if isinstance(first.event, BurstStarted) else Names(now, titles=titles)
    return replace(names, at_once=turns_at_once(known))
