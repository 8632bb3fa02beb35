"""Which burst waits for a worker: one that has not ended, while no process has the bursts."""

from __future__ import annotations

from pathlib import Path

from maestro_actors.cli.database import url_of
from maestro_actors.journal.database import connect, require_current
from maestro_actors.journal.history import History
from maestro_actors.journal.holder import holder
from maestro_actors.settings import Settings


def interrupted_burst(settings: Settings) -> str | None:
    """Its id; None where there is none, or where a process has the bursts. It makes no database.

    Raises:
        DatabaseVersionError: the database is empty, older or newer.
        PassingError, DatabaseError: it cannot be reached, or refuses.
    """
    engine = connect(url_of(settings))
    try:
        if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
            return None
        require_current(engine)
        if holder(engine):
            return None
        found = History(engine).bursts(settings.user_id, outcome="open", limit=1).items
        return found[0].burst_id if found else None
    finally:
        engine.dispose()
