"""What must hold of a burst that has ended, whatever happened on the way: in the journal, and in the bucket."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
from sqlalchemy import Engine, select

from maestro_actors.core.burst import Burst
from maestro_actors.core.content import Outcome
from maestro_actors.core.events import JobOutcome, JobScheduled
from maestro_actors.core.snapshot import Json
from maestro_actors.journal import tables
from maestro_actors.journal.database import reading
from maestro_actors.journal.entries import RecordedBurst
from maestro_actors.journal.history import History
from maestro_actors.journal.reader import JournalReader
from tests.support.patience import eventually


@dataclass(frozen=True)
class Shelves:
    """What a storage server has, asked as anybody with the service key could."""

    url: str
    key: str

    def objects(self, folder: str) -> dict[str, str]:
        """The SHA-256 of every object below a folder, by its path."""
        with httpx.Client(base_url=f"{self.url}/storage/v1/object") as http:
            return {path: _sha256(http, path) for path in self._paths(http, folder)}

    def paths(self, folder: str) -> set[str]:
        """The path of every object below a folder."""
        with httpx.Client(base_url=f"{self.url}/storage/v1/object") as http:
            return set(self._paths(http, folder))

    def _paths(self, http: httpx.Client, folder: str) -> Iterator[str]:
        body = {"prefix": folder, "limit": 10_000, "offset": 0}
        answer = http.post("/list/media", json=body, headers={"Authorization": f"Bearer {self.key}"})
        for row in answer.raise_for_status().json():
            path = f"{folder}/{row['name']}"
            if row["id"] is None:
                yield from self._paths(http, path)
            else:
                yield path


def _sha256(http: httpx.Client, path: str) -> str:
    return hashlib.sha256(http.get(f"/public/media/{path}").raise_for_status().content).hexdigest()


def ended_burst(engine: Engine, user_id: str) -> Burst:
    """The user's only burst, seen to have ended, in which events, rows and slots say the same."""
    (row,) = History(engine).bursts(user_id).items
    recorded = JournalReader(engine).burst(row.burst_id)
    assert isinstance(recorded, RecordedBurst)
    burst = Burst.replay(recorded.started, recorded.events)
    assert burst.finished_at == row.finished_at is not None
    assert burst.outcome == row.outcome
    assert row.created == len(burst.jobs)
    assert {outcome: getattr(row, outcome) for outcome in Outcome} == {each: burst.count(each) for each in Outcome}
    told = Counter(event.job_id for event in recorded.events if isinstance(event, JobOutcome))
    if burst.crash is None:
        assert told == dict.fromkeys(burst.jobs, 1), "every job has one outcome, and none has two"
    assert set(told.values()) <= {1}
    _rows_agree(engine, burst)
    slots = {event.job_id: event.slot for event in recorded.events if isinstance(event, JobScheduled)}
    taken = [each for each in History(engine).taken_slots(user_id) if each.job_id in burst.jobs]
    assert {each.job_id: each.slot for each in taken} == slots
    assert len(set(slots.values())) == len(slots) == len(taken) == burst.count(Outcome.SCHEDULED)
    return burst


def _rows_agree(engine: Engine, burst: Burst) -> None:
    query = select(tables.jobs).where(tables.jobs.c.burst_id == burst.started.burst_id)
    with reading(engine) as connection:
        rows = {row.job_id: row for row in connection.execute(query)}
    assert rows.keys() == burst.jobs.keys()
    for job_id, job in burst.jobs.items():
        row = rows[job_id]
        assert (row.outcome, row.error) == (job.outcome, job.error)
        assert row.stage == job.stage or burst.crash
        stored = [(each.asset.path(burst.started.user_id, job.brand), each.bytes, each.sha256) for each in job.stored]
        assert [(each["path"], each["bytes"], each["sha256"]) for each in row.assets] == stored


def assert_kept(engine: Engine, shelves: Shelves, user_id: str) -> Burst:
    """Every promise, for a user who has had one burst, which has ended."""
    burst = ended_burst(engine, user_id)
    scheduled = [job for job in burst.jobs.values() if job.outcome is Outcome.SCHEDULED]
    assert all(len(job.stored) == 2 for job in scheduled)
    wanted = {each.asset.path(user_id, job.brand): each.sha256 for job in scheduled for each in job.stored}
    eventually(lambda: shelves.paths(user_id) == wanted.keys(), 20)
    assert shelves.objects(user_id) == wanted
    eventually(lambda: not JournalReader(engine).unwanted())
    return burst


def assert_replaced(engine: Engine, shelves: Shelves, user_id: str, jobs: int) -> None:
    """Of a user who had so many jobs, some of which were made anew since: each place is taken by the latest alone."""
    with reading(engine) as connection:
        of_user = tables.jobs.c.user_id == user_id
        rows = {row.job_id: row for row in connection.execute(select(tables.jobs).where(of_user))}
        told = Counter(
            connection.execute(
                select(tables.events.c.payload["job_id"].as_string())
                .join(tables.bursts, tables.bursts.c.burst_id == tables.events.c.burst_id)
                .where(tables.bursts.c.user_id == user_id, tables.events.c.type == JobScheduled.__name__)
            ).scalars()
        )
    assert told == dict.fromkeys(rows, 1)
    latest = {job_id for job_id, row in rows.items() if row.replaced_by is None}
    assert len(latest) == jobs
    assert {each.job_id for each in History(engine).taken_slots(user_id)} == latest
    assert all(rows[row.replaced_by].replaces == job_id for job_id, row in rows.items() if row.replaced_by)
    wanted = {each["path"]: each["sha256"] for job_id in latest for each in rows[job_id].assets}
    eventually(lambda: shelves.objects(user_id) == wanted, 10)
    eventually(lambda: not JournalReader(engine).unwanted())


def assert_no_false_end(seen: list[Json], burst_id: str) -> None:
    """Every snapshot since the burst began has its phase or its recap; what was seen done stayed done."""
    recaps = [snapshot["recent_burst"] for snapshot in seen]
    ended = [recap is not None and recap["burst_id"] == burst_id for recap in recaps]
    assert ended == sorted(ended)
    for snapshot, is_over in zip(seen, ended, strict=True):
        assert (snapshot["current_phase"] is None) == is_over
        assert snapshot["burst_id"] == (None if is_over else burst_id)
    scheduled = [snapshot["counts"]["scheduled"] for snapshot in seen if snapshot["burst_id"]]
    assert scheduled == sorted(scheduled)
