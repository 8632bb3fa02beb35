"""The statements with which the journal writes; each is one text for all, compiled once.

Those that insert leave alone what is there, so that a group can be written again when nobody knows what became of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.engine import Dialect

from maestro_actors.core.calendar import Slot
from maestro_actors.core.content import Outcome
from maestro_actors.journal.bookings import slot_of
from maestro_actors.journal.bulk import insert_many, update_open
from maestro_actors.journal.tables import Row, bursts, events, jobs, removals, slots

MOST_NAMES = 1000  # ids in one question

STANDING = (
    select(jobs.c.job_id, jobs.c.outcome, *slots.c["brand", "kind", "local_date", "wall_time", "timezone"])
    .join(slots, slots.c.job_id == jobs.c.job_id, isouter=True)
    .where(jobs.c.job_id.in_(bindparam("of_jobs", expanding=True)))
)
NEW_JOB = (
    "job_id",
    "burst_id",
    "user_id",
    "brand",
    "kind",
    "agent",
    "title",
    "proposal",
    "stage",
    "created_at",
    "replaces",
    "assets",
    "seq",
)
SETTLED = ("stage", "assets", "outcome", "error", "settled_at", "seq")
LOSE_OPEN_JOBS = (
    update(jobs)
    .where(jobs.c.burst_id == bindparam("of_burst"), jobs.c.outcome.is_(None))
    .values({name: bindparam(name) for name in ("outcome", "error", "settled_at", "seq")})
)
REPLACE_JOB = update(jobs).where(jobs.c.job_id == bindparam("old_job")).values(replaced_by=bindparam("replaced_by"))
TAKE_OVER_SLOT = update(slots).where(slots.c.job_id == bindparam("old_job")).values(job_id=bindparam("job_id"))
CANCEL_BURST = (
    update(bursts)
    .where(bursts.c.burst_id == bindparam("of_burst"), bursts.c.cancel_requested_at.is_(None))
    .values({name: bindparam(name) for name in ("cancel_requested_at", "cancelled_by", "cancel_reason")})
)
FORGET_REMOVAL = delete(removals).where(removals.c.path == bindparam("removed"))
COUNT_JOBS = (
    select(jobs.c.outcome, func.count().label("number"))
    .where(jobs.c.burst_id == bindparam("of_burst"))
    .group_by(jobs.c.outcome)
)
END_BURST = (
    update(bursts)
    .where(bursts.c.burst_id == bindparam("of_burst"), bursts.c.finished_at.is_(None))
    .values(
        {
            name: bindparam(name)
            for name in ("finished_at", "outcome", "created", "scheduled", "failed", "cancelled", "lost")
        }
    )
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rows say of a job."""

    outcome: Outcome | None
    slot: Slot | None


class Writing:
    """The statements for what a journal writes most."""

    def __init__(self, dialect: Dialect) -> None:
        self.events = insert_many(dialect, events, ("burst_id", "seq", "type", "version", "payload"))
        self.jobs = insert_many(dialect, jobs, NEW_JOB)
        self.slots = insert_many(dialect, slots, [column.name for column in slots.c], anew=True)
        self.removals = insert_many(dialect, removals, ("path",))
        self.progress = update_open(dialect, jobs, "job_id", ("stage", "assets", "seq"))
        self.outcomes = update_open(dialect, jobs, "job_id", SETTLED)
        self.scheduled = update_open(dialect, jobs, "job_id", ("outcome", "settled_at", "seq"))


def standings(connection: Connection, job_ids: Iterable[str]) -> dict[str, Standing]:
    """How these jobs stand; those without a row are left out."""
    found = {}
    for some in _portions(job_ids):
        for row in connection.execute(STANDING, {"of_jobs": some}):
            slot = slot_of(row) if row.brand is not None else None
            found[row.job_id] = Standing(Outcome(row.outcome) if row.outcome else None, slot)
    return found


def stored_paths(connection: Connection, job_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Where the objects of these jobs lie."""
    query = select(jobs.c.job_id, jobs.c.assets)
    return {
        job_id: tuple(asset["path"] for asset in assets)
        for some in _portions(job_ids)
        for job_id, assets in connection.execute(query.where(jobs.c.job_id.in_(some)))
    }


def end_burst(connection: Connection, burst_id: str, ended: Row) -> None:
    """Close the burst, with the numbers that its jobs' rows have."""
    counted = {row.outcome: row.number for row in connection.execute(COUNT_JOBS, {"of_burst": burst_id})}
    numbers = {outcome.value: counted.get(outcome.value, 0) for outcome in Outcome}
    connection.execute(END_BURST, {"of_burst": burst_id, "created": sum(counted.values())} | numbers | ended)


def _portions(names: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(names)
    while some := list(islice(rest, MOST_NAMES)):
        yield some
