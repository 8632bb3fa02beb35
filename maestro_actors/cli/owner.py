"""The bursts of a database in this process's hands: one worker at a time has them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Engine

from maestro_actors.cli.signals import Interruptions
from maestro_actors.errors import PassingError
from maestro_actors.journal.errors import OwnedElsewhereError
from maestro_actors.journal.owned import OwnedJournal
from maestro_actors.journal.ownership import acquire

T = TypeVar("T")

AGAIN = 1.0  # seconds between two tries to get what somebody else has, or what is away
LOOK = 0.1  # seconds between two looks at whether somebody asked to stop


@contextmanager
def owned(engine: Engine) -> Iterator[OwnedJournal]:
    """Own the bursts while the block runs.

    Raises:
        OwnedElsewhereError: another worker owns them; the text says which.
        PassingError, DatabaseError: the database is away, or refuses.
    """
    ownership = acquire(engine)
    try:
        yield OwnedJournal(engine, ownership)
    finally:
        ownership.release()


def patiently(work: Callable[[], T], asked: Interruptions, say: Callable[[str], object]) -> T | None:
    """Do it as soon as it can be done, and say what it waits for; None if somebody asked to stop meanwhile."""
    said = ""
    while not asked.count:
        try:
            return work()
        except (PassingError, OwnedElsewhereError) as error:
            if str(error) != said:
                said = str(error)
                say(said)
        _sleep(asked)
    return None


def _sleep(asked: Interruptions) -> None:
    until = time.monotonic() + AGAIN
    while not asked.count and time.monotonic() < until:
        time.sleep(LOOK)
