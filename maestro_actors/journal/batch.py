"""A group on its way into the database: gone through once in order, then written table by table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from sqlalchemy import Connection

from maestro_actors.core.calendar import NoFreeSlotError, Slot
from maestro_actors.core.content import Outcome, StoredAsset
from maestro_actors.core.events import (
    BurstCrashed,
    CancelRequested,
    JobCancelled,
    JobFailed,
    JobLost,
    JobOutcome,
    JobScheduled,
)
from maestro_actors.journal import codec, statements
from maestro_actors.journal.bookings import Bookings
from maestro_actors.journal.bulk import AFTER, ALWAYS, KEY
from maestro_actors.journal.content_codec import proposal_json
from maestro_actors.journal.entries import OUTCOMES, Claim, Committed, Ending, Entry, Item, JobChange, NewJob, Removed
from maestro_actors.journal.errors import AlreadySettledError
from maestro_actors.journal.statements import Standing, Writing
from maestro_actors.journal.tables import Row


def jobs_in_question(group: Iterable[Item]) -> Iterator[str]:
    """The jobs whose standing decides what becomes of the group."""
    for item in group:
        match item:
            case Claim(job_id=job_id, replaces=replaces):
                yield job_id
                if replaces:
                    yield replaces
            case Entry(event=JobScheduled() | JobFailed() | JobCancelled() | JobLost() as event):
                yield event.job_id


@dataclass(slots=True)
class Batch:
    """What is to be written. Of two outcomes of one job the first counts, as in the fold."""

    connection: Connection
    bookings: Bookings
    standing: dict[str, Standing]
    events: list[Row] = field(default_factory=list)
    jobs: list[Row] = field(default_factory=list)
    progress: dict[str, Row] = field(default_factory=dict)
    outcomes: list[Row] = field(default_factory=list)
    slots: list[Row] = field(default_factory=list)
    takeovers: list[Row] = field(default_factory=list)
    replaced: list[Row] = field(default_factory=list)
    scheduled: list[Row] = field(default_factory=list)
    cancels: list[Row] = field(default_factory=list)
    crashes: dict[str, Row] = field(default_factory=dict)
    endings: list[Ending] = field(default_factory=list)
    unwanted: list[Row] = field(default_factory=list)
    removed: list[Row] = field(default_factory=list)
    given: dict[str, Slot] = field(default_factory=dict)
    refused: dict[str, Exception] = field(default_factory=dict)
    settled: dict[str, Outcome] = field(default_factory=dict)
    heirs: dict[str, str] = field(default_factory=dict)  # the job whose place each takes

    def add(self, item: Item) -> None:
        match item:
            case Entry():
                self._entry(item)
            case Claim():
                self._claim(item)
            case Ending():
                self.endings.append(item)
            case Removed(paths):
                self.removed += [{"removed": path} for path in paths]
            case _:
                assert_never(item)

    def write(self, writing: Writing) -> Committed:
        """Write everything, parents before children."""
        for bulk, rows in (
            (writing.jobs, self.jobs),
            (writing.events, self.events),
            (writing.progress, list(self.progress.values())),
            (writing.outcomes, self.outcomes),
        ):
            bulk.execute(self.connection, rows)
        writing.slots.execute(self.connection, self.slots)
        if self.takeovers:  # of slots that this group has given out, too
            self.connection.execute(statements.TAKE_OVER_SLOT, self.takeovers)
        writing.scheduled.execute(self.connection, self.scheduled)
        unwanted = self._want_no_more(writing)
        for statement, rows in (
            (statements.REPLACE_JOB, self.replaced),
            (statements.CANCEL_BURST, self.cancels),
            (statements.LOSE_OPEN_JOBS, list(self.crashes.values())),
            (statements.FORGET_REMOVAL, self.removed),
        ):
            if rows:
                self.connection.execute(statement, rows)
        for ending in self.endings:
            ended = {"finished_at": ending.finished_at, "outcome": ending.outcome}
            statements.end_burst(self.connection, ending.burst_id, ended)
        return Committed(self.given, self.refused, self.settled, unwanted)

    def _want_no_more(self, writing: Writing) -> dict[str, tuple[str, ...]]:
        """Remember what is unwanted; answers the objects of the job whose place each takes, if it takes one."""
        stored = statements.stored_paths(self.connection, dict.fromkeys(self.heirs.values()))
        for row in self.replaced:
            self.unwanted += [{"path": path} for path in stored.get(row["old_job"], ())]
        writing.removals.execute(self.connection, self.unwanted)
        return {job_id: stored.get(old_job, ()) for job_id, old_job in self.heirs.items()}

    # Entries.

    def _entry(self, entry: Entry) -> None:
        match entry.event:
            case JobScheduled() | JobFailed() | JobCancelled() | JobLost() as event:
                if not self._settles(entry, event):
                    return
            case CancelRequested(at=at, by=by, reason=reason):
                cancel = {"cancel_requested_at": at, "cancelled_by": by, "cancel_reason": reason}
                self.cancels.append({"of_burst": entry.burst_id} | cancel)
            case BurstCrashed(at=at, reason=reason):
                lost = {"outcome": Outcome.LOST.value, "error": reason, "settled_at": at, "seq": entry.seq}
                self.crashes.setdefault(entry.burst_id, {"of_burst": entry.burst_id} | lost)
        self._record(entry.burst_id, entry.seq, entry.event)
        self.jobs += [job_row(entry.user_id, entry.burst_id, entry.seq, entry.event.at, job) for job in entry.created]
        self.unwanted += [{"path": path} for path in entry.unwanted]
        if entry.change:
            self._change(entry, entry.change)

    def _settles(self, entry: Entry, event: JobOutcome) -> bool:
        outcome, job_id = OUTCOMES[type(event)], event.job_id
        other = self._outcome(entry.burst_id, job_id)
        if other is None:
            assert outcome is not Outcome.SCHEDULED, f"job {job_id} is scheduled without a claim"
            self.standing[job_id] = Standing(outcome, None)
            return True
        if other is not outcome:
            self.settled[job_id] = other
        return False

    def _outcome(self, burst_id: str, job_id: str) -> Outcome | None:
        standing = self.standing.get(job_id)
        if standing and standing.outcome:
            return standing.outcome
        return Outcome.LOST if burst_id in self.crashes else None

    def _record(self, burst_id: str, seq: int, event: codec.Recorded) -> None:
        self.events.append(event_row(burst_id, seq, event))

    def _change(self, entry: Entry, change: JobChange) -> None:
        event, assets = entry.event, [_asset(entry.user_id, change.brand, each) for each in change.stored]
        row = {KEY: change.job_id, AFTER: entry.seq, "stage": change.stage.value, "seq": entry.seq}
        if isinstance(event, JobOutcome):
            self.progress.pop(change.job_id, None)
            settled = {"outcome": OUTCOMES[type(event)].value, "error": change.error, "settled_at": event.at}
            self.outcomes.append(row | settled | {"assets": assets, AFTER: ALWAYS})
        else:
            self.progress[change.job_id] = row | {"assets": assets}

    # Claims.

    def _claim(self, claim: Claim) -> None:
        job_id = claim.job_id
        standing = self.standing.get(job_id)
        if standing and standing.slot:
            self._give(claim, standing.slot)
            return
        outcome = self._outcome(claim.burst_id, job_id)
        if outcome:
            self.refused[job_id] = AlreadySettledError(f"job {job_id} is {outcome} already: it gets no slot")
            return
        try:
            slot = self._take_over(claim) or self._next_free(claim)
        except NoFreeSlotError as error:
            self.refused[job_id] = error
            return
        self._schedule(claim, slot)

    def _take_over(self, claim: Claim) -> Slot | None:
        """The slot of the job that is replaced, where it has one that is still to come."""
        if not claim.replaces:
            return None
        old = self.standing.get(claim.replaces)
        if old is None or old.slot is None or old.slot.instant <= claim.at:
            return None
        self.standing[claim.replaces] = Standing(old.outcome, None)
        self.takeovers.append({"old_job": claim.replaces, "job_id": claim.job_id})
        return old.slot

    def _next_free(self, claim: Claim) -> Slot:
        slot = self.bookings.next_free(self.connection, claim)
        self.slots.append(
            {
                "user_id": claim.user_id,
                "brand": slot.brand,
                "kind": slot.kind.value,
                "local_date": slot.local_date,
                "wall_time": slot.wall_time,
                "timezone": slot.timezone,
                "job_id": claim.job_id,
            }
        )
        return slot

    def _give(self, claim: Claim, slot: Slot) -> None:
        self.given[claim.job_id] = slot
        if claim.replaces:
            self.heirs[claim.job_id] = claim.replaces

    def _schedule(self, claim: Claim, slot: Slot) -> None:
        self._give(claim, slot)
        self.standing[claim.job_id] = Standing(Outcome.SCHEDULED, slot)
        self._record(claim.burst_id, claim.seq, JobScheduled(claim.at, claim.job_id, slot))
        scheduled = {"outcome": Outcome.SCHEDULED.value, "settled_at": claim.at, "seq": claim.seq}
        if claim.replaces:
            self.replaced.append({"old_job": claim.replaces, "replaced_by": claim.job_id})
        progress = self.progress.pop(claim.job_id, None)
        if progress:  # one update of the row in place of two
            self.outcomes.append(progress | scheduled | {"error": None, AFTER: ALWAYS})
        else:
            self.scheduled.append({KEY: claim.job_id, AFTER: ALWAYS} | scheduled)


def job_row(user_id: str, burst_id: str, seq: int, at: datetime, job: NewJob) -> Row:
    """The row of a job that has just been accepted."""
    return {
        "job_id": job.job_id,
        "burst_id": burst_id,
        "user_id": user_id,
        "brand": job.proposal.brand,
        "kind": job.proposal.kind.value,
        "agent": job.agent,
        "title": job.proposal.title,
        "proposal": proposal_json(job.proposal),
        "stage": "queued",
        "created_at": at,
        "replaces": job.replaces,
        "assets": [],
        "seq": seq,
    }


def event_row(burst_id: str, seq: int, event: codec.Recorded) -> Row:
    """The event's row."""
    encoded = codec.encode(event)
    return {
        "burst_id": burst_id,
        "seq": seq,
        "type": encoded.type,
        "version": encoded.version,
        "payload": encoded.payload,
    }


def _asset(user_id: str, brand: str, stored: StoredAsset) -> Row:
    path = stored.asset.path(user_id, brand)
    return {"category": stored.asset.category, "path": path, "bytes": stored.bytes, "sha256": stored.sha256}
