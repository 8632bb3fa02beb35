"""What each actor that lives as long as the system says of itself."""

from __future__ import annotations

import json
from itertools import repeat
from typing import Any

from maestro_actors.actors.actor import tell
from maestro_actors.actors.desk import Backoff
from maestro_actors.actors.journal import JournalActor
from maestro_actors.actors.messages import GetFigures, Ref, Remind, Render, Rendered, Upload, Withdraw
from maestro_actors.actors.recording import Record
from maestro_actors.actors.storage import StorageActor
from maestro_actors.core.snapshot import Json
from maestro_actors.errors import PassingError, StorageError
from maestro_actors.rendering.specs import Rest
from tests.actors.fake_journal import AWAY, NOW, FakeJournal, entry, failing
from tests.actors.test_render_pool import LONG, RENDERERS, a_pool, busy, kill_the_child, unreadable_post
from tests.actors.test_storage_actor import FakeBucket, removal
from tests.support.answers import Answers
from tests.support.errands import Errand, Runner, Script
from tests.support.patience import eventually

QUICK = Backoff(tries=3, first=0.02, limit=0.05)
NO_FIGURES = {"total": RENDERERS, "busy": 0, "replaced": 0}


def figures(ref: Ref) -> Json:
    """What the actor says, which must be plain."""
    told = ref.ask(GetFigures(), timeout=5)
    assert isinstance(told, dict)
    assert json.loads(json.dumps(told)) == told
    return told


def count(histogram: Json) -> int:
    return sum(histogram["counts"])


def entry_of(ref: Ref, section: str, name: str) -> Any:
    return figures(ref)[section][name]


def test_the_pool_says_how_many_renders_wait_and_how_many_renderers_are_busy(timer: Ref, answers: Answers) -> None:
    with a_pool(RENDERERS, timer) as pool:
        assert figures(pool) == {"queues": {"renders": 0}, "renderers": NO_FIGURES, "durations": {"render": {}}}
        tasks = [answers.task(f"job {n}") for n in range(RENDERERS + 3)]
        for task in tasks:
            tell(pool, Render(task, Rest("out", LONG)))
        busy(answers, RENDERERS)
        told = figures(pool)
        assert (told["queues"], told["renderers"]["busy"]) == ({"renders": 3}, RENDERERS)
        for task in reversed(tasks):
            tell(pool, Withdraw(task))
        eventually(lambda: entry_of(pool, "renderers", "busy") == 0)
        assert figures(pool)["renderers"] == NO_FIGURES | {"replaced": RENDERERS}, "two were killed in their renders"
        assert figures(pool)["durations"]["render"] == {}, "what was not rendered took no time"


def test_the_pool_says_how_long_each_sort_of_render_took_that_was_done(timer: Ref, answers: Answers) -> None:
    with a_pool(1, timer) as pool:
        failed = answers.task("post")
        tell(pool, Render(failed, unreadable_post()))
        answers.settled(failed, 30)
        tasks = [answers.task(f"job {n}") for n in range(3)]
        for task in tasks:
            tell(pool, Render(task, Rest("out", 0.2)))
        assert all(isinstance(answers.settled(task), Rendered) for task in tasks)
        eventually(lambda: entry_of(pool, "renderers", "busy") == 0)
        durations = entry_of(pool, "durations", "render")
    assert durations.keys() == {"nothing"}
    assert count(durations["nothing"]) == 3
    assert durations["nothing"]["sum"] >= 0.6


def test_the_pool_counts_the_children_that_were_killed_and_a_render_of_two_tries_once(
    timer: Ref, answers: Answers
) -> None:
    with a_pool(1, timer) as pool:
        task = answers.task("job")
        tell(pool, Render(task, Rest("out", 0.5)))
        busy(answers, 1)
        kill_the_child()
        assert isinstance(answers.settled(task), Rendered)
        eventually(lambda: entry_of(pool, "renderers", "busy") == 0)
        assert entry_of(pool, "renderers", "replaced") == 1
        assert count(entry_of(pool, "durations", "render")["nothing"]) == 1


def test_a_desk_says_what_waits_what_was_done_and_what_was_not(timer: Ref, answers: Answers) -> None:
    script = Script()
    script.troubles["again"] = iter([PassingError("busy"), PassingError("busy")])
    script.troubles["never"] = repeat(PassingError("busy"))
    script.troubles["refused"] = iter([StorageError("closed")])
    script.troubles["broken"] = iter([ZeroDivisionError()])
    desk: Ref = Runner.start(script, timer, QUICK)
    tasks = [answers.task(name) for name in ("one", "again", "never", "refused", "broken")]
    for task in tasks:
        desk.tell(Errand(task))
    for task in tasks:
        answers.settled(task)
    told = figures(desk)
    assert count(told["durations"].pop("errand")) == 2
    assert told == {"queues": {"errands": 0}, "durations": {}, "failures": {"errands": 3}, "retries": {"errands": 4}}


def test_the_storage_tells_of_uploads_and_not_of_removals(timer: Ref, answers: Answers) -> None:
    script = Script()
    storage: Ref = StorageActor.start(FakeBucket(script), timer, Backoff(tries=2, first=LONG, limit=LONG))
    script.troubles["retry"] = repeat(PassingError("away"))
    script.troubles["refused"] = repeat(StorageError("closed"))
    for path in ("retry", "one", "two"):
        storage.tell(Upload(answers.task(path), path, f"{path}.file", "image/png", 3))
    for path in ("retry", "refused"):
        storage.tell(removal("A", (path,)))
    eventually(lambda: len(script.tried) == 5)
    told = figures(storage)
    assert count(told["durations"]["upload"]) == 2
    assert (told["queues"], told["failures"], told["retries"]) == ({"uploads": 1}, {"uploads": 0}, {"uploads": 1})


def test_the_journal_says_what_is_unwritten_and_how_many_transactions_there_were(timer: Ref, answers: Answers) -> None:
    journal = FakeJournal(trouble=failing(*[AWAY] * 4))
    actor: Ref = JournalActor.start(journal, timer, lambda: NOW, lambda error: None)
    for number in (1, 2):
        actor.tell(Record((entry(number),)))
    assert figures(actor) == {"queues": {"journal": 2}, "journal": {"transactions": 0}}
    eventually(lambda: entry_of(actor, "queues", "journal") == 0)
    actor.tell(Record((), ((answers.ref, "told"),)))
    eventually(lambda: answers.all == ["told"])
    assert entry_of(actor, "journal", "transactions") == len(journal.groups), "with nothing to write there is none"


def test_the_timer_says_how_many_reminders_are_to_come(timer: Ref, answers: Answers) -> None:
    assert figures(timer) == {"queues": {"reminders": 0}}
    tell(timer, Remind(answers.ref, "late", LONG))
    assert figures(timer) == {"queues": {"reminders": 1}}
