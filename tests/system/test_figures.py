"""What a running system says of itself is what happened."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pykka
import pytest

from maestro_actors import system
from maestro_actors.actors.timer import TimerActor
from maestro_actors.core.content import Outcome, Stage
from maestro_actors.core.snapshot import Json
from maestro_actors.errors import PassingError, StorageError
from tests.support.patience import eventually
from tests.system.conftest import Open, RecordingBucket

NO_JOBS = dict.fromkeys((stage.value for stage in Stage), 0)


def ended(figures: Json) -> dict[tuple[str, str], int]:
    """The bursts that ended, by kind and outcome."""
    return {(each["kind"], each["outcome"]): each["count"] for each in figures["bursts"]["ended"] if each["count"]}


def wait_for(gate: threading.Event) -> None:
    assert gate.wait(20)


def done(histogram: Json) -> int:
    return sum(histogram["counts"])


def test_after_a_burst_the_figures_say_what_its_recap_says(open_system: Open) -> None:
    with open_system() as stage:
        tried: list[str] = []

        def trouble(path: str) -> None:
            tried.append(path)
            if path == tried[0]:
                raise StorageError("the storage answered 403")
            if path not in tried[:-1] and len(set(tried)) == 3:
                raise PassingError("the storage answered 500")

        stage.bucket.fault = trouble
        recap = stage.recap(stage.start(30))
        eventually(lambda: stage.system.figures()["renderers"]["busy"] == 0)
        figures = stage.system.figures()
    assert json.loads(json.dumps(figures)) == figures
    assert figures["jobs"]["outcomes"] == {outcome.value: recap[outcome.value] for outcome in Outcome}
    assert (recap["scheduled"], recap["failed"]) == (29, 1)
    assert figures["jobs"]["stages"] == NO_JOBS
    assert ended(figures) == {("smart", "finished"): 1}
    assert (figures["bursts"]["live"], figures["bursts"]["resumed"], figures["bursts"]["daily_runs"]) == (0, 0, 0)
    assert [figures["queues"][name] for name in ("renders", "uploads", "journal")] == [0, 0, 0]
    assert figures["renderers"] == {"total": 2, "busy": 0, "replaced": 0}
    assert done(figures["durations"]["render"]["nothing"]) == 30
    assert done(figures["durations"]["upload"]) == 29
    assert (figures["failures"], figures["retries"]) == ({"uploads": 1}, {"uploads": 1})
    assert figures["journal"]["transactions"] >= 1
    assert figures["silent"] == []


def test_while_it_runs_the_figures_are_those_of_its_snapshot_and_a_storage_that_hangs_is_named(
    open_system: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "FIGURES_TIMEOUT", 0.2)
    with open_system() as stage:
        gate = threading.Event()
        stage.bucket.fault = lambda path: wait_for(gate)
        burst_id = stage.start(12)
        seen = stage.until(lambda snapshot: snapshot["counts"]["uploading"] == 8)
        figures = stage.system.figures()
        gate.set()
        recap = stage.recap(burst_id)
    assert figures["silent"] == ["StorageActor"]
    assert "uploads" not in figures["queues"]
    assert figures["bursts"]["live"] == 1
    assert figures["jobs"]["stages"] == {name: seen["counts"][name] for name in NO_JOBS}
    assert figures["jobs"]["stages"]["queued"] == 4
    assert set(figures["jobs"]["outcomes"].values()) == {0}, "a burst counts when it ends"
    assert recap["scheduled"] == 12


def test_an_actor_that_has_died_is_named_and_the_others_answer(open_system: Open) -> None:
    with open_system() as stage:
        assert stage.system.figures()["silent"] == []
        pykka.ActorRegistry.get_by_class(TimerActor)[0].stop()
        figures = stage.system.figures()
    assert figures["silent"] == ["TimerActor"]
    assert figures["renderers"]["total"] == 2


def test_a_burst_of_nothing_counts_as_one_that_ended(open_system: Open) -> None:
    with open_system() as stage:
        stage.recap(stage.start(0))
        assert ended(stage.system.figures()) == {("smart", "finished"): 1}


def test_a_burst_that_is_gone_on_with_counts_where_it_ends_with_all_its_jobs(open_system: Open, tmp_path: Path) -> None:
    kept, bucket = tmp_path / "kept.db", RecordingBucket()
    with open_system(database=kept, bucket=bucket) as stage:
        bucket.fault = lambda path: time.sleep(0.5 if len(bucket.objects) > 7 else 0.0)
        burst_id = stage.start(20)
        stage.until(lambda snapshot: snapshot["counts"]["scheduled"] >= 5)
        assert ended(stage.system.figures()) == {}
    bucket.fault = lambda path: None
    with open_system(database=kept, bucket=bucket) as stage:
        recap = stage.recap(burst_id)
        figures = stage.system.figures()
    assert recap["scheduled"] == 20
    assert figures["jobs"]["outcomes"]["scheduled"] == 20
    assert figures["bursts"]["resumed"] == 1
    assert ended(figures) == {("smart", "finished"): 1}
