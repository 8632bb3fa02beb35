"""One worker at a time owns the bursts of a database.

Who holds the lock is the owner; taking it increments the epoch, and every transaction of the journal looks at the
epoch. A worker that lost its lock without knowing (PostgreSQL lets go of it with the connection) so commits until
somebody else takes it, and nothing after that: the database lets the look at the epoch and its change exclude each
other, by a row lock in PostgreSQL and by having one writer in SQLite.
"""

from __future__ import annotations

import fcntl
import os
import socket
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, NullPool, create_engine, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from maestro_actors.errors import PassingError
from maestro_actors.journal.database import name_of, reading, writing
from maestro_actors.journal.errors import OwnedElsewhereError, SupersededError
from maestro_actors.journal.failures import plain_errors
from maestro_actors.journal.tables import owners

POLL_SECONDS = 0.1
LOCK_FILE = "worker.lock"
NAMESPACE = 0x6D61  # of the advisory lock; its second half is the schema, so that two may share a database

_FOUND = select(owners.c.epoch, owners.c.holder).where(owners.c.id == 1)
_HELD = _FOUND.with_for_update()  # SQLite needs none: whoever writes there is alone
_TAKE = text("SELECT pg_try_advisory_lock(:namespace, hashtext(current_schema()))")
_RELEASE = text("SELECT pg_advisory_unlock(:namespace, hashtext(current_schema()))")
_SESSION = (
    "SET idle_session_timeout = 0",
    *("SET tcp_keepalives_idle = 10", "SET tcp_keepalives_interval = 5", "SET tcp_keepalives_count = 3"),
)


class Lock(Protocol):
    """What one worker can hold at a time, and lets go of however it ends."""

    def take(self) -> bool:
        """Hold the lock; answers False where somebody else does. True again for one that is held."""

    def release(self) -> None:
        """Let go; without effect on one that is not held."""


class FileLock:
    """A flock beside the database, never on its file: closing any descriptor of that would drop SQLite's own locks."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> bool:
        if self._descriptor is not None:
            return True
        try:
            descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise PassingError(f"the lock {self._path} cannot be opened ({error.strerror})") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class AdvisoryLock:
    """An advisory lock of PostgreSQL in a connection of its own, which must not go through a transaction pooler."""

    def __init__(self, engine: Engine) -> None:
        self._engine = create_engine(engine.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None

    def take(self) -> bool:
        if self._connection is not None and self._alive(self._connection):
            return True
        self.release()
        with plain_errors():
            connection = self._engine.connect()
            try:
                for setting in _SESSION:
                    connection.exec_driver_sql(setting)
                taken = bool(connection.execute(_TAKE, {"namespace": NAMESPACE}).scalar())
            except BaseException:
                connection.close()
                raise
        if taken:
            self._connection = connection
        else:
            connection.close()
        return taken

    def _alive(self, connection: Connection) -> bool:
        try:
            connection.exec_driver_sql("SELECT 1")
        except SQLAlchemyError:
            return False
        return True

    def release(self) -> None:
        if self._connection is not None:
            with suppress(SQLAlchemyError):
                self._connection.execute(_RELEASE, {"namespace": NAMESPACE})  # closing alone lets go a little later
            with suppress(SQLAlchemyError):
                self._connection.close()
            self._connection = None


class Ownership:
    """The bursts are this worker's, until somebody else takes them."""

    def __init__(self, engine: Engine, lock: Lock, epoch: int) -> None:
        self.epoch = epoch
        self._engine = engine
        self._lock = lock

    def check(self, connection: Connection) -> None:
        """See to it, in a writing transaction, that the bursts are ours until it ends, and that no other is under way.

        Raises:
            SupersededError: another worker has taken over.
        """
        self._compare(connection.execute(_HELD).one())

    def renew(self) -> None:
        """Look whether the lock is still held, and hold it again if its connection was cut. To be called now and then.

        Raises:
            SupersededError: another worker has taken over.
            PassingError: the database is away, so nobody can take over either.
        """
        taken = self._lock.take()
        with reading(self._engine) as connection:
            self._compare(connection.execute(_FOUND).one())
        if not taken:  # somebody has the lock and is about to take the epoch
            raise SupersededError("another worker is taking over the bursts: this one must stop")

    def _compare(self, found: Any) -> None:
        if found.epoch != self.epoch:
            raise SupersededError(f"another worker ({found.holder}) has taken over the bursts: this one must stop")

    def release(self) -> None:
        """Let the next worker in."""
        self._lock.release()


def acquire(engine: Engine, *, wait: float = 0.0) -> Ownership:
    """Own the bursts of the database; waits up to `wait` seconds for the present owner to go.

    Raises:
        OwnedElsewhereError: another worker owns them still; the text says which.
        PassingError, DatabaseError: the database is away, or refuses.
    """
    lock = _lock_of(engine)
    deadline = time.monotonic() + wait
    try:
        while not lock.take():
            if time.monotonic() >= deadline:
                raise OwnedElsewhereError(_held_by_another(engine))
            time.sleep(min(POLL_SECONDS, wait))
        return Ownership(engine, lock, _next_epoch(engine))
    except BaseException:
        lock.release()
        raise


def _lock_of(engine: Engine) -> Lock:
    if engine.dialect.name == "postgresql":
        return AdvisoryLock(engine)
    return FileLock(Path(engine.url.database or "").with_name(LOCK_FILE))


def _next_epoch(engine: Engine) -> int:
    with writing(engine) as connection:
        change = (
            update(owners)
            .where(owners.c.id == 1)
            .values(
                epoch=owners.c.epoch + 1,
                holder=f"process {os.getpid()} on {socket.gethostname()}",
                taken_at=datetime.now(UTC),
            )
        )
        connection.execute(change)
        epoch: int = connection.execute(_FOUND).one().epoch
    return epoch


def _held_by_another(engine: Engine) -> str:
    with reading(engine) as connection:
        holder = connection.execute(_FOUND).one().holder
    return (
        f"another worker ({holder or 'unknown'}) owns the bursts of {name_of(engine)}: "
        "stop it first, or let it do the work"
    )
