"""The one who writes events, jobs, slots and idempotency keys; every call is one transaction of the bursts' owner.

Blocking, and for one thread at a time. Whatever raises `PassingError` may be called again with the same values: what
was committed before the connection broke is found, and nothing is written twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime

from sqlalchemy import Connection, Engine, Text, cast, insert, select

from maestro_actors.core.burst import Burst
from maestro_actors.core.calendar import Slot
from maestro_actors.core.content import paths_of
from maestro_actors.core.events import BurstCrashed, BurstKind, BurstStarted
from maestro_actors.journal.batch import Batch, event_row, job_row, jobs_in_question
from maestro_actors.journal.bookings import Bookings
from maestro_actors.journal.content_codec import read_proposal
from maestro_actors.journal.database import reading, writing
from maestro_actors.journal.entries import Claim, Committed, Ending, Entry, Item, Wanted, ending_of, new_job
from maestro_actors.journal.errors import ClashError, DailyAlreadyDecidedError, TooLateError
from maestro_actors.journal.keys import burst_of_key
from maestro_actors.journal.ownership import Ownership
from maestro_actors.journal.statements import Writing, end_burst, standings
from maestro_actors.journal.tables import bursts, idempotency_keys, jobs

BUSY_SECONDS = 2.0  # until SQLite is said to be locked: what is handed over is tried again, and people hear of it soon
TRIES = 3  # where a second writer of the same epoch took a slot that this one remembers as free


class JournalWriter:
    """Writes for the owner of the bursts, and for nobody else: each call raises `SupersededError` once it is not."""

    def __init__(self, engine: Engine, ownership: Ownership) -> None:
        self._engine = engine
        self._ownership = ownership
        self._statements = Writing(engine.dialect)
        self._bookings = Bookings()

    def commit(self, group: Sequence[Item]) -> Committed:
        """Write a whole group in one transaction.

        What is there already, because the group was written before, is left alone.

        Raises:
            SupersededError: another worker owns the bursts.
            PassingError: not now; whether the group was committed may be unknown, so hand it over again as it is.
            DatabaseError: the group cannot be written.
        """
        for _ in range(TRIES - 1):
            try:
                return self._commit(group)
            except ClashError:
                continue
        return self._commit(group)

    def _commit(self, group: Sequence[Item]) -> Committed:
        try:
            with writing(self._engine, BUSY_SECONDS) as connection:
                self._ownership.check(connection)
                standing = standings(connection, dict.fromkeys(jobs_in_question(group)))
                batch = Batch(connection, self._bookings, standing)
                for item in group:
                    batch.add(item)
                return batch.write(self._statements)
        except BaseException:
            self._bookings.forget()
            raise

    def schedule(self, claim: Claim) -> Slot:
        """Claim the next free slot and record the outcome `JobScheduled`; again for the same job, the same slot.

        Raises:
            NoFreeSlotError: the brand has no publishing time left.
            AlreadySettledError: the job has another outcome.
            SupersededError, PassingError, DatabaseError: as `commit`.
        """
        committed = self.commit([claim])
        if claim.job_id in committed.refused:
            raise committed.refused[claim.job_id]
        return committed.slots[claim.job_id]

    def start_burst(
        self,
        started: BurstStarted,
        *,
        local_date: date | None = None,
        idempotency_key: str | None = None,
        request_hash: str = "",
        wanted: Wanted = lambda: True,
    ) -> str:
        """Record that the burst started; one of no requests ends at once.

        Answers the burst's id: that of an earlier burst where the same key stood for the same request.
        `local_date` is the user's, on which the burst counts. `wanted` is asked when the database's locks are held,
        since getting them may take longer than anybody waits.

        Raises:
            TooLateError: it is not wanted any more.
            DailyAlreadyDecidedError: the user has a daily burst for that date.
            IdempotencyConflictError: the key stood for another request.
            SupersededError, PassingError, DatabaseError: as `commit`.
        """
        for _ in range(TRIES - 1):
            try:
                return self._start(started, local_date, idempotency_key, request_hash, wanted)
            except ClashError:
                continue
        return self._start(started, local_date, idempotency_key, request_hash, wanted)

    def _start(
        self, started: BurstStarted, local_date: date | None, key: str | None, request_hash: str, wanted: Wanted
    ) -> str:
        with writing(self._engine, BUSY_SECONDS) as connection:
            self._ownership.check(connection)
            if _is_recorded(connection, started.burst_id):
                return started.burst_id
            if key is not None:
                earlier = burst_of_key(connection, started.user_id, key, request_hash)
                if earlier:
                    return earlier
            if started.kind is BurstKind.DAILY:
                _refuse_second_daily(connection, started, local_date)
            if not wanted():
                raise TooLateError
            self._insert_burst(connection, started, local_date)
            if key is not None:
                row = {"user_id": started.user_id, "key": key, "request_hash": request_hash}
                kept = {"burst_id": started.burst_id, "created_at": started.at}
                connection.execute(insert(idempotency_keys), row | kept)
        return started.burst_id

    def _insert_burst(self, connection: Connection, started: BurstStarted, local_date: date | None) -> None:
        row = {
            "burst_id": started.burst_id,
            "user_id": started.user_id,
            "kind": started.kind.value,
            "local_date": local_date,
            "started_at": started.at,
        }
        connection.execute(insert(bursts), row)
        self._statements.events.execute(connection, [event_row(started.burst_id, 0, started)])
        rows = [
            job_row(started.user_id, started.burst_id, 0, started.at, new_job(each)) for each in started.replacements
        ]
        self._statements.jobs.execute(connection, rows)
        burst = Burst(started)
        if burst.finished:
            ending = ending_of(burst)
            ended = {"finished_at": ending.finished_at, "outcome": ending.outcome}
            end_burst(connection, started.burst_id, ended)

    def abandon(self, burst_id: str, user_id: str, seq: int, at: datetime, reason: str) -> None:
        """End, as failed, a burst that cannot be read: its open jobs are lost. `seq` is the next of its events.

        Raises:
            SupersededError, PassingError, DatabaseError: as `commit`.
        """
        with reading(self._engine) as connection:
            unwanted = tuple(_paths_of_open_jobs(connection, burst_id, user_id))
        crash = Entry(user_id, burst_id, seq, BurstCrashed(at, reason), unwanted=unwanted)
        self.commit([crash, Ending(burst_id, at, "failed")])


def _paths_of_open_jobs(connection: Connection, burst_id: str, user_id: str) -> Iterator[str]:
    """Where they may have stored something, as far as that can be read."""
    is_open = jobs.c.burst_id == burst_id, jobs.c.outcome.is_(None)
    query = select(jobs.c.job_id, cast(jobs.c.proposal, Text)).where(*is_open)  # as text, since it may be no JSON
    for job_id, proposal in connection.execute(query):
        with suppress(KeyError, TypeError, ValueError):
            yield from paths_of(user_id, job_id, read_proposal(json.loads(proposal)))


def _is_recorded(connection: Connection, burst_id: str) -> bool:
    return connection.execute(select(bursts.c.burst_id).where(bursts.c.burst_id == burst_id)).first() is not None


def _refuse_second_daily(connection: Connection, started: BurstStarted, local_date: date | None) -> None:
    assert local_date is not None, "a daily burst has its local date"
    query = select(bursts.c.burst_id).where(
        bursts.c.user_id == started.user_id,
        bursts.c.local_date == local_date,
        bursts.c.kind == BurstKind.DAILY.value,
    )
    burst_id = connection.execute(query).scalar()
    if burst_id:
        said = (
            f"the daily burst of {local_date} has begun already, as {burst_id}: `maestro burst` makes what today lacks"
        )
        raise DailyAlreadyDecidedError(said, burst_id, local_date)
