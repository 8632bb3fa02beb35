"""A worker begins the daily bursts by itself: what was missed today once, and nothing for who paused."""

from __future__ import annotations

import signal
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from maestro_actors.journal.library import Library
from tests.cli.house import House
from tests.cli.workshop import Workshop, noon
from tests.support.journals import sqlite_engine
from tests.support.patience import eventually

AWAY, PAUSED, ANOTHER = (str(uuid.UUID(int=number, version=4)) for number in (1, 2, 3))


def miss_this_morning(database: Path, user_id: str, paused: bool = False) -> None:
    """Let the user's daily burst have been due at eight, when no worker ran."""
    with sqlite_engine(database) as engine:
        library, now = Library(engine), datetime.now(UTC)
        library.set_daily(user_id, time(8), noon(), now - timedelta(hours=8))
        if paused:
            library.pause(user_id)


@contextmanager
def a_worker(house: House) -> Iterator[None]:
    """A worker that is ready."""
    with house.started("worker", MAESTRO_RENDERERS="1") as worker:
        eventually(lambda: "ready" in worker.out, 30)
        yield
        worker.send(signal.SIGTERM)
        done = worker.wait(10)
    assert done.code == 0
    assert done.err == ""


def has_run(workshop: Workshop) -> bool:
    return any(burst["outcome"] for burst in workshop.bursts())


def test_a_run_that_was_missed_is_made_up_for_once_on_its_day(house: House) -> None:
    away, paused, another = (Workshop(house, user).open() for user in (AWAY, PAUSED, ANOTHER))
    miss_this_morning(house.home / "maestro.db", AWAY)
    miss_this_morning(house.home / "maestro.db", PAUSED, paused=True)
    with a_worker(house):
        eventually(lambda: has_run(away), 60)
    (burst,) = away.bursts()
    assert (burst["kind"], burst["outcome"], burst["scheduled"]) == ("daily", "finished", 1)
    assert burst["local_date"] == str(away.now.date())

    with a_worker(house):
        miss_this_morning(house.home / "maestro.db", ANOTHER)  # by the time that this has run, every other would have
        eventually(lambda: has_run(another), 60)
    assert away.bursts() == [burst]
    assert paused.bursts() == []
    assert "paused" in paused.says("daily")
