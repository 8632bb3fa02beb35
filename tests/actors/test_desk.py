"""What every desk promises, seen at the smallest one: storage, painter and agents queue, try and answer like it."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise, repeat

import pytest

from maestro_actors.actors.desk import Backoff
from maestro_actors.actors.messages import Ref, Remind, Task, Withdraw, Withdrawn, WorkDelayed, WorkStarted
from maestro_actors.errors import MaestroError, PassingError, StorageError
from tests.actors.conftest import Deaths
from tests.support.answers import Answers
from tests.support.errands import Errand, NotRun, Run, Runner, Script
from tests.support.patience import eventually

QUICK = Backoff(tries=3, first=0.02, limit=0.05)
SLACK = 0.4  # seconds that a busy machine may be late
BUSY = "the oven is hot"

Desk = Callable[[Backoff], Ref]


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def desk(script: Script, timer: Ref) -> Desk:
    return lambda backoff: Runner.start(script, timer, backoff)


def ask_for(desk: Ref, *tasks: Task) -> None:
    for task in tasks:
        desk.tell(Errand(task))


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (PassingError(BUSY), f"{BUSY} (tried 3 times)"),
        (StorageError("the shop is closed"), "the shop is closed"),
        (MaestroError("no such shop"), "no such shop"),
        (ZeroDivisionError("nobody foresaw it"), "an internal error (ZeroDivisionError: nobody foresaw it)"),
        (OSError("nor this"), "an internal error (OSError: nor this)"),
    ],
)
def test_every_failure_is_answered_once_and_the_desk_lives_on(
    desk: Desk, script: Script, answers: Answers, trouble: Exception, reason: str
) -> None:
    broken, sound = answers.task("broken"), answers.task("sound")
    script.troubles["broken"] = repeat(trouble)
    ref = desk(QUICK)
    ask_for(ref, broken)
    failed = answers.settled(broken)
    assert isinstance(failed, NotRun)
    assert failed.reason.startswith(reason)
    ask_for(ref, sound)
    assert answers.settled(sound) == Run(sound)
    assert answers.settling(broken) == [failed]


def test_a_try_is_told_as_it_starts_and_as_it_waits_again(desk: Desk, script: Script, answers: Answers) -> None:
    task = answers.task("bread")
    script.troubles["bread"] = iter([PassingError(BUSY)])
    ask_for(desk(QUICK), task)
    answers.settled(task)
    first, delayed, *others = answers.to(task)
    assert [first, *others] == [WorkStarted(task, 1), WorkStarted(task, 2), Run(task)]
    assert isinstance(delayed, WorkDelayed)
    assert re.fullmatch(rf"another try in [\d.]+ s: {BUSY}", delayed.waiting_for)


def test_the_watcher_hears_of_the_way_and_who_asked_of_the_end(desk: Desk, script: Script, answers: Answers) -> None:
    watcher = Answers()
    task = replace(answers.task("bread"), watcher=watcher.ref)
    script.troubles["bread"] = iter([PassingError(BUSY)])
    ask_for(desk(QUICK), task)
    answers.settled(task)
    eventually(lambda: len(watcher.all) == 3)
    assert (answers.all, watcher.settling(task)) == ([Run(task)], [])


def test_a_retry_stands_aside_and_stalls_nobody(desk: Desk, script: Script, answers: Answers) -> None:
    slow = answers.task("slow", burst="A")
    others = [answers.task(f"other {n}", burst="B") for n in range(20)]
    script.troubles["slow"] = iter([PassingError(BUSY)])
    ref = desk(Backoff(tries=2, first=0.5))
    ask_for(ref, slow, *others)
    assert answers.settled(slow) == Run(slow)
    first, second = script.times("slow")
    assert script.tried == ["slow", *(task.owner for task in others), "slow"]
    assert script.times("other 19")[0] - first < SLACK
    assert 0.5 <= second - first < 0.5 * 1.25 + SLACK


def test_the_pauses_grow_up_to_their_limit(desk: Desk, script: Script, answers: Answers) -> None:
    task = answers.task("bread")
    script.troubles["bread"] = repeat(PassingError(BUSY))
    ask_for(desk(Backoff(tries=5, first=0.05, limit=0.2)), task)
    assert "(tried 5 times)" in answers.settled(task).reason
    pauses = [after - before for before, after in pairwise(script.times("bread"))]
    assert all(
        least <= pause < least * 1.25 + SLACK for least, pause in zip([0.05, 0.1, 0.2, 0.2], pauses, strict=True)
    )


@pytest.mark.parametrize(("first", "asked"), [(0.01, 0.5), (30.0, 0.0), (30.0, 0.2)])
def test_where_the_other_side_says_how_long_the_work_waits_so_long(
    desk: Desk, script: Script, answers: Answers, first: float, asked: float
) -> None:
    task = answers.task("bread")
    script.troubles["bread"] = iter([PassingError(BUSY, retry_after=asked)])
    ask_for(desk(Backoff(tries=2, first=first, limit=first)), task)
    answers.settled(task)
    before, after = script.times("bread")
    assert asked <= after - before < asked + SLACK


def test_nobody_can_make_the_work_wait_for_ever(desk: Desk, script: Script, answers: Answers) -> None:
    task = answers.task("bread")
    script.troubles["bread"] = iter([PassingError(BUSY, retry_after=1e12)])
    ask_for(desk(Backoff(tries=2, patience=0.1)), task)
    assert answers.settled(task) == Run(task)


def test_bursts_take_turns(desk: Desk, script: Script, answers: Answers) -> None:
    gate, ref = script.hold("gate"), desk(QUICK)
    many = [answers.task(f"A{n}", burst="A") for n in range(20)]
    one = answers.task("B0", burst="B")
    ask_for(ref, answers.task("gate", burst="C"), *many, one)
    gate.set()
    answers.settled(many[-1])
    assert script.tried == ["gate", "A0", "B0", *(f"A{n}" for n in range(1, 20))]


def test_what_waits_is_withdrawn_and_a_second_withdrawal_is_harmless(
    desk: Desk, script: Script, answers: Answers
) -> None:
    gate, ref = script.hold("gate"), desk(QUICK)
    unwanted, last = answers.task("unwanted"), answers.task("last")
    ask_for(ref, answers.task("gate"), unwanted, last)
    for _ in range(2):
        ref.tell(Withdraw(unwanted))
    ref.tell(Withdraw(answers.task("never heard of")))
    gate.set()
    answers.settled(last)
    assert answers.to(unwanted) == [Withdrawn(unwanted)]
    assert script.tried == ["gate", "last"]


def test_what_waits_for_another_try_is_withdrawn_at_once(desk: Desk, script: Script, answers: Answers) -> None:
    unwanted, later = answers.task("unwanted"), answers.task("later")
    script.troubles["unwanted"] = iter([PassingError(BUSY, retry_after=0.2)])
    script.troubles["later"] = iter([PassingError(BUSY, retry_after=0.4)])
    ref = desk(QUICK)
    ask_for(ref, unwanted, later)
    script.wait_for("later")
    ref.tell(Withdraw(unwanted))
    assert answers.settled(unwanted) == Withdrawn(unwanted)
    assert answers.settled(later) == Run(later)
    assert script.tried == ["unwanted", "later", "later"]


def test_work_under_way_is_finished_and_answered(desk: Desk, script: Script, answers: Answers) -> None:
    gate, task, ref = script.hold("bread"), answers.task("bread"), desk(QUICK)
    ask_for(ref, task)
    script.wait_for("bread")
    ref.tell(Withdraw(task))
    gate.set()
    answers.settled(task)
    ask_for(ref, last := answers.task("last"))
    answers.settled(last)
    assert answers.to(task) == [WorkStarted(task), Run(task)]


def test_work_under_way_that_is_not_wanted_gets_no_second_try(desk: Desk, script: Script, answers: Answers) -> None:
    gate, task, ref = script.hold("bread"), answers.task("bread"), desk(QUICK)
    script.troubles["bread"] = repeat(PassingError(BUSY))
    ask_for(ref, task)
    script.wait_for("bread")
    ref.tell(Withdraw(task))
    gate.set()
    assert answers.settled(task) == Withdrawn(task)
    assert script.tried == ["bread"]


def test_what_is_told_while_one_works_is_heard_before_the_next(
    desk: Desk, script: Script, answers: Answers, timer: Ref
) -> None:
    gate, first_gate, ref = script.hold("gate"), script.hold("A0"), desk(Backoff(tries=2, first=0.05))
    tasks = [answers.task(f"A{n}") for n in range(3)]
    script.troubles["retry"] = iter([PassingError(BUSY)])
    ask_for(ref, retry := answers.task("retry"))
    eventually(lambda: len(answers.to(retry)) == 2)  # started, delayed
    ref.ask(Withdraw(answers.task("nothing")), timeout=1)  # the desk is idle now, and the timer will call it
    ask_for(ref, answers.task("gate"), *tasks)
    timer.tell(Remind(answers.ref, "the retry is due", 0.2))
    eventually(lambda: "the retry is due" in answers.all)
    gate.set()
    script.wait_for("A0")
    ref.tell(Withdraw(tasks[1]))
    first_gate.set()
    assert answers.settled(tasks[1]) == Withdrawn(tasks[1])


def test_someone_who_has_gone_harms_nobody(desk: Desk, answers: Answers) -> None:
    gone = Answers()
    gone.ref.stop()
    ref = desk(QUICK)
    ask_for(ref, gone.task("unheard"), gone.task("withdrawn"))
    ref.tell(Withdraw(gone.task("withdrawn")))
    ask_for(ref, task := answers.task("heard"))
    assert answers.settled(task) == Run(task)


def test_waiting_for_another_try_costs_no_processor(desk: Desk, script: Script, answers: Answers) -> None:
    task = answers.task("bread")
    script.troubles["bread"] = iter([PassingError(BUSY)])
    ask_for(desk(Backoff(tries=2, first=1.0)), task)
    eventually(lambda: len(answers.to(task)) == 2)  # started, delayed
    before = time.process_time()
    threading.Event().wait(0.7)
    assert time.process_time() - before < 0.05
    assert answers.settled(task) == Run(task)


def test_a_desk_that_dies_answers_all_that_waited(desk: Desk, script: Script, answers: Answers, deaths: Deaths) -> None:
    gate, ref = script.hold("gate"), desk(Backoff(first=60.0))
    script.troubles["retry"] = repeat(PassingError(BUSY))
    waiting = [answers.task(name, burst) for name, burst in [("retry", "A"), ("A1", "A"), ("B1", "B")]]
    ask_for(ref, waiting[0], at_work := answers.task("gate", "C"))
    script.wait_for("gate")
    ask_for(ref, *waiting[1:])
    ref.tell("what no desk understands")
    gate.set()
    for task in waiting:
        failed = answers.settled(task)
        assert isinstance(failed, NotRun)
        assert "internal error" in failed.reason
    assert answers.settled(at_work) == Run(at_work)
    assert "Runner" in deaths.take()[0]
