from __future__ import annotations

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest

from maestro_actors.actors.calendar import CalendarActor
from maestro_actors.actors.messages import ClaimFailed, ClaimSlot, Ref, SlotClaimed, Task, Withdraw
from maestro_actors.core.content import Brand, Kind
from tests.support.answers import Answers
from tests.support.patience import eventually
from tests.support.studio import EVENING, MORNING, a_brand

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = NOON.date()
TOMORROW = TODAY + timedelta(days=1)

Place = tuple[date, time]


@pytest.fixture
def calendar() -> Ref:
    return CalendarActor.start(lambda: NOON)


def claim(calendar: Ref, task: Task, brand: Brand | None = None, user: str = "user", kind: Kind = Kind.REEL) -> None:
    calendar.tell(ClaimSlot(task, user, brand or a_brand(), kind))


def place(answers: Answers, task: Task) -> Place:
    """The local date and wall time that the task was given."""
    claimed = answers.settled(task)
    assert isinstance(claimed, SlotClaimed)
    return claimed.slot.local_date, claimed.slot.wall_time


def test_jobs_get_the_next_free_slots_in_turn(calendar: Ref, answers: Answers) -> None:
    tasks = [answers.task(f"job {n}") for n in range(3)]
    for task in tasks:
        claim(calendar, task)
    assert [place(answers, task) for task in tasks] == [(TODAY, EVENING), (TOMORROW, MORNING), (TOMORROW, EVENING)]


def test_a_job_that_asks_twice_is_answered_twice_with_one_slot(calendar: Ref, answers: Answers) -> None:
    first, again, other = answers.task("job"), answers.task("job", step=1), answers.task("other")
    for task in (first, again, other):
        claim(calendar, task)
    assert place(answers, first) == place(answers, again) == (TODAY, EVENING)
    assert place(answers, other) == (TOMORROW, MORNING)


def test_users_and_brands_do_not_stand_in_each_others_way(calendar: Ref, answers: Answers) -> None:
    mine, yours, another = answers.task("mine"), answers.task("yours"), answers.task("another")
    claim(calendar, mine)
    claim(calendar, yours, user="somebody else")
    claim(calendar, another, brand=a_brand(slug="another"))
    assert {place(answers, task) for task in (mine, yours, another)} == {(TODAY, EVENING)}


def test_jobs_that_ask_at_once_never_share_a_slot(calendar: Ref, answers: Answers) -> None:
    tasks = [answers.task(f"job {n}") for n in range(60)]

    def ask(some: list[Task]) -> None:
        for task in some:
            claim(calendar, task)

    asking = [threading.Thread(target=ask, args=(tasks[start::4],)) for start in range(4)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len({place(answers, task) for task in tasks}) == 60


def test_a_brand_without_publishing_times_is_a_failure_with_a_remedy(calendar: Ref, answers: Answers) -> None:
    claim(calendar, task := answers.task("job"), kind=Kind.POST)
    assert answers.settled(task) == ClaimFailed(
        task, "Knead & Spoke has no publishing times for posts: add at least one"
    )


def test_a_bug_is_a_failure_too_and_the_calendar_lives_on(calendar: Ref, answers: Answers) -> None:
    broken, sound = answers.task("broken"), answers.task("sound")
    claim(calendar, broken, brand=a_brand(timezone="Mars/Olympus_Mons"))
    claim(calendar, sound)
    failed = answers.settled(broken)
    assert isinstance(failed, ClaimFailed)
    assert "internal error" in failed.reason
    assert "Mars/Olympus_Mons" in failed.reason
    assert place(answers, sound) == (TODAY, EVENING)


def test_a_failed_claim_takes_no_slot(calendar: Ref, answers: Answers) -> None:
    claim(calendar, failing := answers.task("failing"), kind=Kind.POST)
    assert isinstance(answers.settled(failing), ClaimFailed)
    claim(calendar, again := answers.task("failing", step=1))
    assert place(answers, again) == (TODAY, EVENING)


def test_a_withdrawal_changes_nothing_because_the_claim_is_answered(calendar: Ref, answers: Answers) -> None:
    claim(calendar, task := answers.task("job"))
    calendar.tell(Withdraw(task))
    claim(calendar, last := answers.task("last"))
    assert place(answers, last) == (TOMORROW, MORNING)
    assert len(answers.to(task)) == 1


def test_someone_who_has_gone_harms_nobody(calendar: Ref, answers: Answers) -> None:
    gone = Answers()
    claim(calendar, gone.task("unheard"))
    gone.ref.stop()
    claim(calendar, gone.task("unheard too"))
    claim(calendar, task := answers.task("heard"))
    eventually(lambda: answers.settling(task))
    assert calendar.is_alive()
