from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

import httpx
import pytest

from maestro_actors.actors import storage as storage_actor
from maestro_actors.actors.desk import Backoff
from maestro_actors.actors.messages import (
    Begin,
    CountWork,
    Leave,
    Ref,
    Remove,
    Stored,
    StoreFailed,
    Task,
    Upload,
    Withdraw,
    Withdrawn,
)
from maestro_actors.actors.recording import ObjectsRemoved
from maestro_actors.actors.storage import StorageActor
from maestro_actors.errors import MaestroError, NoAnswerError, PassingError, StorageError
from maestro_actors.storage import SupabaseBucket
from tests.actors.conftest import Deaths
from tests.support.answers import Answers
from tests.support.errands import Script
from tests.support.faulty_storage import BAD_GATEWAY, INTERNAL_ERROR, Fault, Reply, StorageServer, storage_server
from tests.support.patience import eventually

QUICK = Backoff(tries=3, first=0.02, limit=0.05)
AWAY = "the storage is away"


class FakeBucket:
    """A dict of paths and files, with the script's troubles; a path, or the first of those to remove, is the name."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self.kept: dict[str, str] = {}

    def upload(self, path: str, file: str, content_type: str, size: int) -> str:
        self._script.run(path)
        self.kept[path] = file
        return f"https://storage/{path}"

    def remove(self, paths: tuple[str, ...]) -> None:
        self._script.run(paths[0])
        for path in paths:
            self.kept.pop(path, None)


def removal(burst_id: str, paths: tuple[str, ...], journal: Ref | None = None) -> Remove:
    return Remove(burst_id, paths, journal or Answers().ref)


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def bucket(script: Script) -> FakeBucket:
    return FakeBucket(script)


@pytest.fixture
def storage(bucket: FakeBucket, timer: Ref) -> Ref:
    return StorageActor.start(bucket, timer, QUICK)


def upload(storage: Ref, *tasks: Task) -> None:
    """The task's owner is the path."""
    for task in tasks:
        storage.tell(Upload(task, task.owner, f"{task.owner}.file", "image/png", 3))


def work_left(storage: Ref) -> int:
    count = storage.ask(CountWork(), timeout=1)
    assert isinstance(count, int)
    return count


def test_an_upload_is_answered_with_the_url(storage: Ref, bucket: FakeBucket, answers: Answers) -> None:
    upload(storage, task := answers.task("one"))
    assert answers.settled(task) == Stored(task, "https://storage/one")
    assert bucket.kept == {"one": "one.file"}


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (PassingError(AWAY), f"{AWAY} (tried 3 times)"),
        (StorageError("check SUPABASE_SERVICE_KEY"), "check SUPABASE_SERVICE_KEY"),
        (AttributeError("a bug"), "an internal error (AttributeError: a bug); the log has the details"),
    ],
)
def test_every_failure_is_answered_once_and_never_with_a_url(
    storage: Ref, script: Script, answers: Answers, trouble: Exception, reason: str
) -> None:
    script.troubles["broken"] = repeat(trouble)
    upload(storage, broken := answers.task("broken"))
    assert answers.settled(broken) == StoreFailed(broken, reason)
    upload(storage, sound := answers.task("sound"))
    assert isinstance(answers.settled(sound), Stored)
    assert len(answers.settling(broken)) == 1


def test_one_bursts_trouble_does_not_stall_another(storage: Ref, script: Script, answers: Answers) -> None:
    gate = script.hold("gate")
    broken = [answers.task(f"A{n}", burst="A") for n in range(5)]
    sound = [answers.task(f"B{n}", burst="B") for n in range(5)]
    for task in broken:
        script.troubles[task.owner] = iter([PassingError(AWAY, retry_after=0.2)])
    upload(storage, answers.task("gate", burst="C"), *broken, *sound)
    gate.set()
    assert all(isinstance(answers.settled(task), Stored) for task in (*broken, *sound))
    in_turns = ["A0", "B0", "A1", "B1", "A2", "B2", "A3", "B3", "A4", "B4"]
    assert script.tried == ["gate", *in_turns, "A0", "A1", "A2", "A3", "A4"]


def test_objects_nobody_wants_are_removed(storage: Ref, bucket: FakeBucket, script: Script, answers: Answers) -> None:
    upload(storage, *(tasks := [answers.task(name) for name in ("one", "two", "three")]))
    script.troubles["two"] = iter([PassingError(AWAY)])
    journal = Answers()
    storage.tell(removal("A", ("one", "never there", "three"), journal.ref))
    answers.settled(tasks[1])
    eventually(lambda: set(bucket.kept) == {"two"})
    eventually(lambda: journal.all == [ObjectsRemoved(("one", "never there", "three"))])
    assert len(answers.all) == 8  # of the three uploads and one delay, nothing of the removal


@pytest.mark.parametrize(
    ("trouble", "tries"), [(PassingError(AWAY), 3), (StorageError(AWAY), 1), (ValueError(AWAY), 1)]
)
def test_a_removal_that_fails_for_good_is_logged_with_its_paths(
    storage: Ref, script: Script, caplog: pytest.LogCaptureFixture, trouble: Exception, tries: int
) -> None:
    script.troubles["one"] = repeat(trouble)
    storage.tell(removal("A", ("one", "two")))
    record = eventually(lambda: next((each for each in caplog.records if hasattr(each, "paths")), None))
    assert record.levelno == logging.ERROR
    assert record.getMessage() == "objects left behind"
    assert (record.__dict__["burst_id"], record.__dict__["paths"]) == ("A", ("one", "two"))
    assert AWAY in record.__dict__["reason"]
    assert script.tried == ["one"] * tries
    assert work_left(storage) == 0


def test_a_removal_is_tried_again(storage: Ref, bucket: FakeBucket, script: Script) -> None:
    bucket.kept["one"] = "one.file"
    script.troubles["one"] = iter([PassingError(AWAY)])
    storage.tell(removal("A", ("one",)))
    eventually(lambda: not bucket.kept)
    assert script.tried == ["one", "one"]


def test_a_withdrawal_leaves_the_removals_where_they_are(storage: Ref, script: Script, answers: Answers) -> None:
    gate, unwanted = script.hold("gate"), answers.task("unwanted")
    upload(storage, answers.task("gate"), unwanted)
    storage.tell(removal("A", ("unwanted",)))
    storage.tell(Withdraw(unwanted))
    gate.set()
    assert answers.settled(unwanted) == Withdrawn(unwanted)
    eventually(lambda: script.tried == ["gate", "unwanted"])


def test_work_that_waits_for_its_turn_is_counted(storage: Ref, script: Script, answers: Answers) -> None:
    gate = script.hold("gate")
    upload(storage, *(answers.task(name) for name in ("gate", "one", "two")))
    script.wait_for("gate")
    storage.tell(removal("B", ("three",)))
    counted = storage.ask(CountWork(), block=False)
    gate.set()
    assert counted.get(timeout=1) == 3


def test_all_work_is_counted_until_it_is_done(bucket: FakeBucket, timer: Ref, script: Script, answers: Answers) -> None:
    storage: Ref = StorageActor.start(bucket, timer, Backoff(tries=2, first=0.5))
    for name in ("retry", "removal"):
        script.troubles[name] = iter([PassingError(AWAY)])
    assert work_left(storage) == 0
    upload(storage, retry := answers.task("retry"), answers.task("sound"))
    storage.tell(removal("A", ("removal",)))
    script.wait_for("removal")
    assert work_left(storage) == 2  # both wait for another try
    assert isinstance(answers.settled(retry), Stored)
    eventually(lambda: work_left(storage) == 0)


def test_a_storage_that_dies_answers_uploads_and_logs_removals(
    storage: Ref, script: Script, answers: Answers, deaths: Deaths, caplog: pytest.LogCaptureFixture
) -> None:
    gate, waiting = script.hold("gate"), answers.task("waiting")
    upload(storage, answers.task("gate"), waiting)
    storage.tell(removal("A", ("one",)))
    storage.tell("what no storage understands")
    gate.set()
    assert isinstance(answers.settled(waiting), StoreFailed)
    eventually(lambda: "objects left behind" in caplog.messages)
    assert "StorageActor" in deaths.take()[0]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[StorageServer]:
    with storage_server(tmp_path / "storage") as running:
        yield running


def test_uploads_reach_a_real_storage_through_its_troubles(
    server: StorageServer, timer: Ref, tmp_path: Path, answers: Answers
) -> None:
    lost = Reply(BAD_GATEWAY.status, BAD_GATEWAY.content_type, BAD_GATEWAY.body, after_storing=True)
    troubles: dict[int, Fault] = {1: INTERNAL_ERROR, 2: lost, 4: BAD_GATEWAY}
    server.faults = lambda nth, path: troubles.get(nth) or (INTERNAL_ERROR if "broken" in path else None)
    storage: Ref = StorageActor.start(bucket := SupabaseBucket(server.url, server.service_key), timer, QUICK)
    tasks = [answers.task(name) for name in ("one", "two", "three", "broken")]
    files = {task: tmp_path / f"{task.owner}.png" for task in tasks}
    for task, file in files.items():
        file.write_bytes(task.owner.encode() * 1000)
        path = f"user/brand/posts/{file.name}"
        storage.tell(Upload(task, path, str(file), "image/png", file.stat().st_size))
    *stored, failed = [answers.settled(task) for task in tasks]
    for answer in stored:
        assert isinstance(answer, Stored)
        served = httpx.get(answer.url).content
        assert hashlib.sha256(served).digest() == hashlib.sha256(files[answer.task].read_bytes()).digest()
    assert isinstance(failed, StoreFailed)
    assert "(tried 3 times)" in failed.reason
    bucket.close()


def test_a_storage_that_hangs_is_not_waited_for_by_everybody_in_turn(
    storage: Ref, script: Script, answers: Answers
) -> None:
    gate = script.hold("first")
    tasks = [answers.task(name) for name in ("first", "second", "third", "fourth")]
    for task in tasks:
        script.troubles[task.owner] = repeat(NoAnswerError("no answer in 8 s"))
    upload(storage, *tasks)
    gate.set()
    failures = [answers.settled(task) for task in tasks]
    assert all(isinstance(failure, StoreFailed) for failure in failures)
    assert {failure.reason for failure in failures} == {"no answer in 8 s (3 tries in a row had no answer)"}
    assert len(script.tried) == 3


def test_a_hung_try_now_and_then_is_tried_again_like_any_other(storage: Ref, script: Script, answers: Answers) -> None:
    tasks = [answers.task(f"upload {n}") for n in range(6)]
    for task in tasks[::2]:
        script.troubles[task.owner] = iter([NoAnswerError("no answer in 8 s")])
    upload(storage, *tasks)
    assert all(isinstance(answers.settled(task), Stored) for task in tasks)


def test_when_the_system_stops_uploads_are_dropped_and_removals_done(
    storage: Ref, bucket: FakeBucket, script: Script, answers: Answers
) -> None:
    upload(storage, stored := answers.task("stored"))
    answers.settled(stored)
    gate = script.hold("under way")
    upload(storage, answers.task("under way"), answers.task("never"))
    script.wait_for("under way")
    storage.tell(Leave())
    storage.tell(removal("A", ("stored",)))
    gate.set()
    eventually(lambda: work_left(storage) == 0)
    assert set(bucket.kept) == {"under way"}


def test_work_waits_for_a_bucket_that_is_not_there_yet_and_no_deadline_runs(
    bucket: FakeBucket, timer: Ref, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage_actor, "OPEN_AGAIN", 0.02)
    tries = []

    def opening() -> None:
        tries.append(list(answers.all))
        if len(tries) < 4:
            raise PassingError(AWAY)

    storage = StorageActor.start(bucket, timer, QUICK, opening)
    storage.tell(Begin())
    upload(storage, task := answers.task("one"))
    assert answers.settled(task) == Stored(task, "https://storage/one")
    assert len(tries) == 4
    assert tries[-1] == [], "nobody was told that it began, so nobody's patience was tried"


def test_a_bucket_that_will_never_be_there_is_said_to_whoever_can_end_it(bucket: FakeBucket, timer: Ref) -> None:
    said: list[MaestroError] = []

    def opening() -> None:
        raise StorageError("the key is wrong")

    StorageActor.start(bucket, timer, QUICK, opening, said.append).tell(Begin())
    eventually(lambda: [str(error) for error in said] == ["the key is wrong"])
