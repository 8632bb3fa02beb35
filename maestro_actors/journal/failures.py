"""What a database's own errors mean: what may pass, and what will not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from maestro_actors.errors import MaestroError, PassingError
from maestro_actors.journal.errors import ClashError, DatabaseError

# https://www.sqlite.org/rescode.html; the low byte is the primary code
SQLITE_PASSING = {
    5: "the database is locked by another program",
    6: "the database is locked by another program",
    7: "the database ran out of memory",
    10: "the disk of the database cannot be read or written, or is full",
    13: "the disk of the database is full",
    14: "the database file cannot be opened",
}
SQLITE_CLASHES = {1555, 2067}  # PRIMARYKEY and UNIQUE
POSTGRESQL_CLASH = "23505"
# https://www.postgresql.org/docs/current/errcodes-appendix.html; the first two characters are the class
POSTGRESQL_PASSING = {
    "08": "the connection to the database is lost",
    "25P03": "the database waited too long for this worker",
    "40": "the database had to undo the transaction",
    "53100": "the disk of the database is full",
    "53300": "the database has too many connections",
    "53": "the database is short of resources",
    "55P03": "the database is locked by another program",
    "57014": "the database took too long",
    "57": "the database is going down, or coming up",
    "58": "the disk of the database cannot be read or written",
}


@contextmanager
def plain_errors(name: str = "") -> Iterator[None]:
    """Errors of the database leave the block as `PassingError` or `DatabaseError`, in plain words.

    `name` is how people are told which database refuses.
    """
    try:
        yield
    except SQLAlchemyError as error:
        raise plain(error, name) from error


def plain(error: SQLAlchemyError, name: str = "") -> MaestroError:
    """The error in plain words."""
    if isinstance(error, PoolTimeoutError):
        return PassingError("every connection to the database is in use")
    if not isinstance(error, DBAPIError):
        return DatabaseError(f"the database cannot be used: {error}")
    said = str(error.orig).strip().splitlines()[:1]
    detail = said[0] if said else type(error.orig).__name__
    if _clashes(error):
        return ClashError(f"somebody else has written to the database in between ({detail})")
    reason = _passing(error)
    return PassingError(f"{reason} ({detail})") if reason else DatabaseError(f"{_the_database(name)} refuses: {detail}")


def _the_database(name: str) -> str:
    return f"the database at {name}" if name else "the database"


def _clashes(error: DBAPIError) -> bool:
    if getattr(error.orig, "sqlite_errorcode", None) in SQLITE_CLASHES:
        return True
    return getattr(error.orig, "sqlstate", None) == POSTGRESQL_CLASH


def _passing(error: DBAPIError) -> str | None:
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return SQLITE_PASSING.get(code & 0xFF)
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return POSTGRESQL_PASSING.get(state) or POSTGRESQL_PASSING.get(state[:2])
    if error.connection_invalidated:
        return "the connection to the database is lost"
    # psycopg names no state where there was no connection to begin with
    return "the database is out of reach" if type(error.orig).__name__ == "OperationalError" else None
