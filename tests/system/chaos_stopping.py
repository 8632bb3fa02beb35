"""SIGTERM of a real worker whose database is out of reach: it is gone in time, and the next one goes on.

It takes all the time that a worker has to stop, so only `make chaos` runs this.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

import pytest
from sqlalchemy import select

from maestro_actors.journal.database import reading
from maestro_actors.journal.tables import events
from tests.support.faulty_line import FaultyLine, faulty_line
from tests.support.patience import eventually
from tests.support.postgresql import Server
from tests.system.places import Place, a_place, is_ready

TROUBLES: dict[str, Callable[[FaultyLine], None]] = {"away": FaultyLine.cut, "hanging": FaultyLine.hang}


def outcomes(place: Place) -> list[str]:
    """The outcomes on record."""
    names = ["JobScheduled", "JobFailed", "JobCancelled", "JobLost", "BurstCrashed"]
    with reading(place.engine) as connection:
        return list(connection.execute(select(events.c.type).where(events.c.type.in_(names))).scalars())


@pytest.mark.parametrize("trouble", list(TROUBLES))
def test_told_to_stop_while_the_database_is_out_of_reach_it_is_gone_in_time(server: Server, trouble: str) -> None:
    with server.copy() as url, faulty_line(server.socket) as line, a_place(url) as place:
        place.through(server.url_at(line.port, url))
        with place.worker() as worker:
            eventually(lambda: is_ready(worker), 20)
            eventually(lambda: place.scheduled() >= 1, 40)
            TROUBLES[trouble](line)
            time.sleep(0.5)  # jobs go on, and it has something to say that it cannot
            worker.send(signal.SIGTERM)
            told = time.monotonic()
            done = worker.wait(12)
            seconds = time.monotonic() - told
        assert done.code == 0
        assert seconds < 10.5
        eventually(lambda: not place.house.processes(), 5)
        line.mend()
        assert set(outcomes(place)) == {"JobScheduled"}
        with place.worker() as worker:
            place.assert_finished()
            worker.send(signal.SIGTERM)
            assert worker.wait(12).code == 0
    print(f"\ngone after {seconds:.1f} s, while the database was {trouble}: {done.said}")  # noqa: T201
