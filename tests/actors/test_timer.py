from __future__ import annotations

import threading
import time
from typing import cast

import pytest

from maestro_actors.actors.actor import Actor
from maestro_actors.actors.messages import Ref, Remind
from maestro_actors.actors.timer import Alarm, TimerActor, sleep_until_due
from tests.actors.conftest import Deaths
from tests.support.answers import Answers
from tests.support.patience import eventually

SLACK = 0.4  # seconds that a busy machine may be late


def clocks() -> int:
    """How many threads sleep for timers."""
    return sum(thread.name == "timer-clock" for thread in threading.enumerate())


def remind(timer: Ref, answers: Answers, message: object, delay: float) -> None:
    timer.tell(Remind(answers.ref, message, delay))


def test_reminders_come_in_the_order_in_which_they_are_due(timer: Ref, answers: Answers) -> None:
    for delay in (0.2, 0.05, 0.15, 0.1):
        remind(timer, answers, delay, delay)
    eventually(lambda: len(answers.all) == 4)
    assert answers.all == [0.05, 0.1, 0.15, 0.2]


def test_equal_delays_keep_the_order_in_which_they_were_asked_for(timer: Ref, answers: Answers) -> None:
    for number in range(100):
        remind(timer, answers, number, 0.05)
    eventually(lambda: len(answers.all) == 100)
    assert answers.all == list(range(100))


def test_a_reminder_is_never_early_and_hardly_late(timer: Ref, answers: Answers) -> None:
    start = time.monotonic()
    for number in range(1, 51):
        remind(timer, answers, number, number / 100)
    eventually(lambda: len(answers.all) == 50)
    late = [at - start - number / 100 for number, at in zip(answers.all, answers.times, strict=True)]
    assert min(late) >= 0
    assert sorted(late)[25] < 0.05
    assert late[-1] < SLACK


def test_an_early_one_that_is_asked_for_after_a_late_one_comes_first(timer: Ref, answers: Answers) -> None:
    start = time.monotonic()
    remind(timer, answers, "late", 60)
    remind(timer, answers, "early", 0.05)
    remind(timer, answers, "between", 0.1)
    eventually(lambda: len(answers.all) == 2)
    assert answers.all == ["early", "between"]
    assert answers.times[1] - start < 0.1 + SLACK


@pytest.mark.parametrize("delay", [0, -1])
def test_what_is_due_already_comes_at_once(timer: Ref, answers: Answers, delay: float) -> None:
    start = time.monotonic()
    remind(timer, answers, "now", delay)
    eventually(lambda: answers.all == ["now"])
    assert answers.times[0] - start < SLACK


@pytest.mark.parametrize("delay", [1e12, float("inf")])
def test_a_reminder_in_a_thousand_years_stops_no_other(timer: Ref, answers: Answers, delay: float) -> None:
    remind(timer, answers, "in a thousand years", delay)
    remind(timer, answers, "first", 0.01)
    eventually(lambda: answers.all == ["first"])
    remind(timer, answers, "second", 0.01)
    eventually(lambda: answers.all == ["first", "second"])


def test_thousands_all_come_once(timer: Ref, answers: Answers) -> None:
    for number in range(5000):
        remind(timer, answers, number, (number * 37 % 100) / 500)
    eventually(lambda: len(answers.all) >= 5000)
    remind(timer, answers, "last", 0.01)
    eventually(lambda: answers.all[-1] == "last")
    assert sorted(answers.all[:-1]) == list(range(5000))


class Once:
    """Whom the clock tells, and who stops it then."""

    def __init__(self, alarm: Alarm) -> None:
        self._alarm = alarm

    def tell(self, _: object) -> None:
        self._alarm.put(None)


def test_no_rest_is_too_short_to_end() -> None:
    alarm: Alarm = Alarm()

    def sleep_often() -> None:
        for tenths in range(10_000):
            alarm.put(time.monotonic() + tenths % 100 * 1e-7)
            sleep_until_due(alarm, cast(Ref, Once(alarm)))

    sleeping = threading.Thread(target=sleep_often, daemon=True)
    sleeping.start()
    sleeping.join(30)
    assert not sleeping.is_alive(), "a rest of less than a microsecond has no end"


def test_many_may_ask_at_once(timer: Ref, answers: Answers) -> None:
    def ask() -> None:
        for number in range(100):
            remind(timer, answers, number, number / 1000)

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    eventually(lambda: len(answers.all) == 400)
    assert sorted(answers.all) == sorted(list(range(100)) * 4)


def test_a_receiver_who_has_gone_harms_nobody(timer: Ref, answers: Answers) -> None:
    gone = Answers()
    remind(timer, gone, "unheard", 0.02)
    gone.ref.stop()
    remind(timer, answers, "heard", 0.05)
    eventually(lambda: answers.all == ["heard"])


def test_a_reminder_may_ask_for_the_next_one(timer: Ref) -> None:
    ticks: list[float] = []

    class Ticking(Actor):
        def on_receive(self, message: object) -> None:
            ticks.append(time.monotonic())
            timer.tell(Remind(self.actor_ref, message, 0.02))

    Ticking.start().tell("tick")
    eventually(lambda: len(ticks) >= 11)
    assert 0.2 <= ticks[10] - ticks[0] < 0.2 + SLACK


def test_waiting_costs_no_processor(timer: Ref, answers: Answers) -> None:
    for _ in range(100):
        remind(timer, answers, "far away", 60)
    remind(timer, answers, "soon", 0.05)
    eventually(lambda: answers.all == ["soon"])
    before = time.process_time()
    threading.Event().wait(0.6)
    assert time.process_time() - before < 0.05


def test_a_stopped_timer_reminds_nobody_and_leaves_no_thread(answers: Answers) -> None:
    before = clocks()
    stopped: Ref = TimerActor.start()
    remind(stopped, answers, "never", 0.1)
    assert clocks() == before + 1
    stopped.stop()
    eventually(lambda: clocks() == before)
    going_on: Ref = TimerActor.start()
    remind(going_on, answers, "later", 0.2)
    eventually(lambda: answers.all)
    assert answers.all == ["later"]


def test_a_timer_that_dies_leaves_no_thread(answers: Answers, deaths: Deaths) -> None:
    before = clocks()
    dying: Ref = TimerActor.start()
    remind(dying, answers, "never", 60)
    dying.tell(Remind(answers.ref, "unheard of", None))  # type: ignore[arg-type] # the bug that kills it
    eventually(lambda: not dying.is_alive())
    eventually(lambda: clocks() == before)
    assert "TimerActor" in deaths.take()[0]
