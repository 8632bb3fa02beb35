"""Bursts under bad luck of every kind at once, against a real storage server. CHAOS_ROUNDS says how many.

Whatever happens: every job has one outcome, the counts add up, the bucket holds exactly the assets of the scheduled
jobs with their right bytes, and nothing is left behind.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import signal
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from benchmarks.empty import AGENT, BRANDS, USER, EmptyWriter
from maestro_actors.actors.desk import Backoff
from maestro_actors.cli.recap import as_json
from maestro_actors.core.content import PerKind, Stage, assets_of
from maestro_actors.core.snapshot import Json
from maestro_actors.rendering.plan import ClaimStep, Order, RenderStep, Step, UploadStep
from maestro_actors.rendering.specs import PaintBackground
from maestro_actors.storage import SupabaseBucket
from maestro_actors.system import Parts, System, running
from tests.support.faulty_storage import BAD_GATEWAY, EMPTY_OK, INTERNAL_ERROR, SLOW_DOWN, Fault, storage_server
from tests.support.journals import owned, sqlite_engine, stock
from tests.support.patience import eventually

ROUNDS = int(os.environ.get("CHAOS_ROUNDS", "4"))
JOBS = 30
FAULTS: tuple[Fault, ...] = (
    INTERNAL_ERROR,
    BAD_GATEWAY,
    SLOW_DOWN,
    EMPTY_OK,
    replace(INTERNAL_ERROR, after_storing=True),
)


def small_pictures(order: Order) -> tuple[Step, ...]:
    """Two small real paintings, both uploaded."""
    steps: list[Step] = []
    uploads: list[Step] = []
    for number, asset in enumerate(assets_of(order.job_id, order.proposal), start=1):
        out = f"{order.folder}/{asset.filename}"
        spec = PaintBackground(order.brand, "calm", order.seed + number, (270, 337), out)
        steps.append(RenderStep("Painting", spec, Stage.GENERATING if number == 1 else Stage.RENDERING))
        uploads.append(UploadStep(f"Uploading {asset.label}", asset, out))
    return (*steps, *uploads, ClaimStep())


@pytest.mark.timeout(120 + 30 * ROUNDS)
def test_a_burst_under_bad_luck_of_every_kind_keeps_every_promise(tmp_path: Path) -> None:
    luck = random.Random(2026)  # noqa: S311 - bad luck, the same each time
    kills = [0]
    tally = {"scheduled": 0, "failed": 0, "cancelled": 0, "lost": 0}
    with (
        storage_server(tmp_path / "storage") as server,
        closing(SupabaseBucket(server.url, server.service_key)) as bucket,
        sqlite_engine(tmp_path / "maestro.db") as engine,
        owned(engine) as journal,
    ):
        stock(engine, USER, BRANDS, (AGENT,))
        server.faults = lambda nth, path: luck.choice(FAULTS) if luck.random() < 0.2 else None
        parts = Parts(
            *(journal, bucket, bucket.url_of, EmptyWriter(), 2, 8),
            plan=small_pictures,
            backoff=Backoff(tries=4, first=0.02),
        )
        with running(parts) as system, killing_children(luck, kills):
            for number in range(ROUNDS):
                burst_id = system.start_burst(USER, order=PerKind(0, JOBS, 0), seed=number)
                if luck.random() < 0.4:
                    cancel_half_way(system, burst_id)
                recap = eventually(lambda burst_id=burst_id: ended(system, burst_id), 60)  # type: ignore[misc]
                assert recap["created"] == JOBS
                for outcome in tally:
                    tally[outcome] += recap[outcome]
                assert_kept(system, bucket, server.url, server.service_key)
    print(f"\n{ROUNDS} rounds, {ROUNDS * JOBS} jobs, {kills[0]} children killed: {tally}")  # noqa: T201
    assert sum(tally.values()) == ROUNDS * JOBS
    assert tally["scheduled"] > 0
    assert kills[0] > 0


def ended(system: System, burst_id: str) -> Json | None:
    recap = system.snapshot(USER)["recent_burst"]
    return recap if recap and recap["burst_id"] == burst_id else None


def cancel_half_way(system: System, burst_id: str) -> None:
    eventually(lambda: system.snapshot(USER)["counts"]["scheduled"] >= JOBS // 3 or ended(system, burst_id), 60)
    system.cancel_burst(burst_id, by="chaos")


def assert_kept(system: System, bucket: SupabaseBucket, url: str, key: str) -> None:
    """The bucket has what the recap lists, byte for byte, and of the other jobs nothing."""
    burst = system.ended_burst(USER)
    assert burst is not None
    jobs = as_json(burst, bucket.url_of)["jobs"]
    assert all(job["outcome"] for job in jobs)
    assert all((len(job["assets"]) == 2) == (job["outcome"] == "scheduled") for job in jobs)
    for asset in (asset for job in jobs for asset in job["assets"]):
        body = httpx.get(asset["url"]).content
        assert (len(body), hashlib.sha256(body).hexdigest()) == (asset["bytes"], asset["sha256"])
    unfinished = {job["job_id"] for job in jobs if job["outcome"] != "scheduled"}
    eventually(lambda: not unfinished & stored_jobs(url, key), 20)


def stored_jobs(url: str, key: str) -> set[str]:
    """The ids of the jobs of which the bucket has anything."""
    found: set[str] = set()
    for brand in BRANDS:
        body = {"prefix": f"{USER}/{brand.slug}/posts", "limit": 10_000, "offset": 0}
        address = f"{url}/storage/v1/object/list/media"
        rows = httpx.post(address, json=body, headers={"Authorization": f"Bearer {key}"}).json()
        found |= {row["name"].split("_")[0] for row in rows}
    return found


@contextmanager
def killing_children(luck: random.Random, kills: list[int]) -> Iterator[None]:
    """Kill a random renderer every now and then."""
    done = threading.Event()

    def kill() -> None:
        while not done.wait(0.1 + luck.random() * 0.3):
            pids = [child.pid for child in multiprocessing.active_children() if child.pid]
            if pids:
                with suppress(ProcessLookupError):
                    os.kill(luck.choice(pids), signal.SIGKILL)
                    kills[0] += 1

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield
    finally:
        done.set()
        killer.join()
