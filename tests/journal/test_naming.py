from __future__ import annotations

from sqlalchemy import Engine, update

from maestro_actors.core.events import JobFailed
from maestro_actors.journal.database import writing
from maestro_actors.journal.entries import FIRST_SEQ
from maestro_actors.journal.history import History
from maestro_actors.journal.naming import names_then
from maestro_actors.journal.tables import events
from maestro_actors.journal.writer import JournalWriter
from tests.journal.scribe import ANA, Scribe, started


def test_events_are_told_with_the_names_of_then(engine: Engine, writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    scribe.tell(JobFailed(scribe.tick(), job_id, "no"))
    told = history.events(ANA, scribe.burst_id).items
    names = names_then(history, ANA, scribe.burst_id, told, {"knead-and-spoke": "Renamed"})
    assert (names.brand("knead-and-spoke"), names.job(job_id)) == ("Knead & Spoke", "“Title 0 of 1”")
    with writing(engine) as connection:
        connection.execute(update(events).where(events.c.seq < FIRST_SEQ).values(version=99))
    told = history.events(ANA, scribe.burst_id).items
    names = names_then(history, ANA, scribe.burst_id, told, {"knead-and-spoke": "Renamed"})
    assert (names.brand("knead-and-spoke"), names.job(job_id)) == ("Renamed", "“Title 0 of 1”")
