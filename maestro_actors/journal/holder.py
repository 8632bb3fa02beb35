"""Who owns the bursts at this moment: a look that takes nothing, so that a worker never notices."""

from __future__ import annotations

import fcntl
import os
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, select, text

from maestro_actors.errors import PassingError
from maestro_actors.journal.database import reading
from maestro_actors.journal.ownership import LOCK_FILE, NAMESPACE
from maestro_actors.journal.tables import owners

# An advisory lock of two numbers has them here, as oids, which have no sign.
# https://www.postgresql.org/docs/current/view-pg-locks.html
_HELD = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND classid = CAST(:namespace AS oid) "
    "AND CAST(objid AS bigint) = (CAST(hashtext(current_schema()) AS bigint) & 4294967295)"
)


def holder(engine: Engine) -> str | None:
    """The worker that owns the bursts now, as it calls itself; None if nobody does.

    Raises:
        PassingError, DatabaseError: the database is away, or refuses.
    """
    with reading(engine) as connection:
        if not _is_held(connection):
            return None
        return connection.execute(select(owners.c.holder).where(owners.c.id == 1)).scalar_one() or "unknown"


def _is_held(connection: Connection) -> bool:
    engine = connection.engine
    if engine.dialect.name == "postgresql":
        return bool(connection.execute(_HELD, {"namespace": NAMESPACE}).scalar())
    return _is_flocked(Path(engine.url.database or "").with_name(LOCK_FILE))


def _is_flocked(path: Path) -> bool:
    """Whether somebody has the file locked; for as long as this looks, nobody can begin to."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise PassingError(f"the lock {path} cannot be opened ({error.strerror})") from error
    with closing(os.fdopen(descriptor)):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
