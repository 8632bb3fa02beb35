from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest

from maestro_actors.core.content import Kind, Outcome, Stage
from maestro_actors.core.events import (
    BurstCrashed,
    BurstKind,
    BurstResumed,
    CancelRequested,
    Event,
    JobFailed,
    ProposalsReviewed,
    StepStarted,
)
from maestro_actors.errors import UnknownBurstError
from maestro_actors.journal.errors import BadCursorError, UnknownJobError
from maestro_actors.journal.history import History
from maestro_actors.journal.rows import MOST, Page, TakenSlot, cursor_of
from maestro_actors.journal.writer import JournalWriter
from tests.core.strategies import START
from tests.journal.scribe import ANA, BEN, Scribe, a_proposal, started
from tests.support.studio import a_brand

T = TypeVar("T")

HOUR = timedelta(hours=1)


def leafed(page: Callable[[str | None], Page[T]]) -> list[T]:
    """Every item, from page to page."""
    found: list[T] = []
    cursor = None
    while True:
        part = page(cursor)
        found += part.items
        cursor = part.next
        if cursor is None:
            return found


@pytest.mark.parametrize("limit", [1, 2, 7, 50])
def test_bursts_are_listed_once_each_with_the_latest_first(writer: JournalWriter, history: History, limit: int) -> None:
    ids = []
    for number in range(7):
        ids.append(writer.start_burst(started(at=START + HOUR * (number // 2))))  # some began at the same moment
    writer.start_burst(started(user_id=BEN))
    rows = leafed(lambda cursor: history.bursts(ANA, limit=limit, cursor=cursor))
    assert sorted(row.burst_id for row in rows) == sorted(ids)
    assert [row.started_at for row in rows] == sorted((row.started_at for row in rows), reverse=True)


def test_bursts_are_found_by_kind_outcome_and_date(writer: JournalWriter, history: History) -> None:
    daily, ended, later = (
        started(1, kind=BurstKind.DAILY),
        started(at=START + HOUR),
        started(1, at=START + 2 * HOUR),
    )
    for each in (daily, ended, later):
        writer.start_burst(each, local_date=START.date())

    def found(**wanted: object) -> list[str]:
        return [row.burst_id for row in history.bursts(ANA, **wanted).items]  # type: ignore[arg-type]  # by name

    assert found(kind="daily") == [daily.burst_id]
    assert found(kind=BurstKind.SMART) == [later.burst_id, ended.burst_id]
    assert found(outcome="finished") == [ended.burst_id]
    assert found(outcome="open") == [later.burst_id, daily.burst_id]
    assert found(since=START + HOUR) == [later.burst_id, ended.burst_id]
    assert found(until=START + HOUR) == [daily.burst_id]
    assert found(since=START + HOUR, until=START + 2 * HOUR, kind="smart") == [ended.burst_id]


@pytest.mark.parametrize("limit", [1, 3, 50])
def test_jobs_are_listed_once_each_with_the_latest_first(writer: JournalWriter, history: History, limit: int) -> None:
    scribe = Scribe(writer, started(4, 3))
    ids = [*scribe.accept(4), *scribe.accept(3, request_id=2)]
    Scribe(writer, started(1, user_id=BEN)).accept()
    rows = leafed(lambda cursor: history.jobs(ANA, limit=limit, cursor=cursor))
    assert sorted(row.job_id for row in rows) == sorted(ids)
    assert {row.job_id for row in rows[:3]} == set(ids[4:])


def test_a_list_goes_on_where_it_was_while_new_jobs_come(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(2, 2))
    old = set(scribe.accept(2))
    first = history.jobs(ANA, limit=1)
    scribe.accept(2, request_id=2)
    second = history.jobs(ANA, limit=10, cursor=first.next)
    assert {row.job_id for row in (*first.items, *second.items)} == old


def test_jobs_are_found_by_what_they_are(writer: JournalWriter, history: History) -> None:
    reds = Scribe(writer, started(3))
    done, failed, waiting = reds.accept(3)
    reds.schedule(done)
    reds.tell(JobFailed(reds.tick(), failed, "no"))
    other = Scribe(writer, started(1, brand=a_brand("blue"), at=START + HOUR))
    (blue,) = other.accept()

    def found(**wanted: object) -> set[str]:
        return {row.job_id for row in history.jobs(ANA, **wanted).items}  # type: ignore[arg-type]  # by name

    assert found(brand="blue") == {blue}
    assert found(burst_id=reds.burst_id) == {done, failed, waiting}
    assert found(outcome=Outcome.FAILED) == {failed}
    assert found(outcome="scheduled", brand="blue") == set()
    assert found(outcome="open") == {waiting, blue}
    assert found(kind=Kind.REEL) == {done, failed, waiting, blue}
    assert found(kind=Kind.POST) == set()
    assert found(since=START + HOUR) == {blue}
    assert found(until=START + HOUR) == {done, failed, waiting}


@pytest.mark.parametrize("limit", [1, 2, 50])
def test_events_are_listed_in_order(writer: JournalWriter, history: History, limit: int) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    told = [StepStarted(scribe.tick(), job_id, attempt) for attempt in range(1, 5)]
    scribe.tell(*told)
    rows = leafed(lambda cursor: history.events(ANA, scribe.burst_id, limit=limit, cursor=cursor))
    assert [row.seq for row in rows] == [0, 1, 2, 3, 4, 5]
    assert rows[0].event == scribe.burst.started
    assert [row.event for row in rows[2:]] == told


def test_a_job_is_shown_with_its_own_events_alone(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(2))
    mine, other = scribe.accept(2)
    writer.commit([scribe.enter(mine, Stage.RENDERING), scribe.enter(other, Stage.RENDERING), scribe.store(mine)])
    event = scribe.schedule(mine)
    found = history.job(ANA, mine)
    assert found.proposal == a_proposal("Title 0 of 1")
    assert isinstance(found.events[0].event, ProposalsReviewed)
    assert [row.type for row in found.events[1:]] == ["StageEntered", "AssetStored", "JobScheduled"]
    assert found.events[-1].event == event


def test_what_befell_the_whole_burst_belongs_to_the_life_of_its_jobs(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    befell: list[Event] = [
        BurstResumed(scribe.tick()),
        CancelRequested(scribe.tick(), "ana"),
        BurstCrashed(scribe.tick(), "a bug"),
    ]
    scribe.tell(*befell)
    assert [row.event for row in history.job(ANA, job_id).events][1:] == befell


def test_an_id_is_found_by_its_beginning(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(2))
    first, second = scribe.accept(2)
    Scribe(writer, started(1, user_id=BEN)).accept()
    assert history.ids(ANA, scribe.burst_id) == ((scribe.burst_id,), ())
    assert history.ids(ANA, scribe.burst_id[:12]) == ((scribe.burst_id,), ())
    assert history.ids(ANA, first[:12]) == ((), (first,))
    assert history.ids(ANA, "") == ((scribe.burst_id,), tuple(sorted([first, second])))
    assert history.ids(BEN, first) == ((), ())
    for beginning in ("%", "_" * 36, "x", first + "0"):
        assert history.ids(ANA, beginning) == ((), ())


def test_a_taken_slot_has_the_words_of_its_job(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    event = scribe.schedule(job_id)
    assert history.taken_slots(ANA) == (TakenSlot(event.slot, job_id, "Title 0 of 1", "A caption"),)


def test_what_is_another_users_is_not_there(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    for user_id in (BEN, ""):
        with pytest.raises(UnknownJobError):
            history.job(user_id, job_id)
        with pytest.raises(UnknownBurstError):
            history.burst(scribe.burst_id, user_id)
        with pytest.raises(UnknownBurstError):
            history.events(user_id, scribe.burst_id)
        assert history.jobs(user_id, burst_id=scribe.burst_id).items == ()
    assert history.burst(scribe.burst_id).user_id == ANA, "an admin sees everyone's"
    assert history.job(None, job_id).job.user_id == ANA


@pytest.mark.parametrize(
    "cursor",
    [
        *("x", "{}", "é", "W10", cursor_of("noon", "id"), cursor_of(1), cursor_of(START, 1)),
        *(cursor_of("0001-01-01T00:00:00+23:00", "id"), cursor_of(START, "i\0d"), cursor_of(START, "é")),
    ],
)
def test_a_made_up_cursor_is_refused(history: History, cursor: str) -> None:
    with pytest.raises(BadCursorError, match="begin again without one"):
        history.jobs(ANA, cursor=cursor)


@pytest.mark.parametrize("cursor", ["x", cursor_of(START, "id"), cursor_of("1"), cursor_of(2**70)])
def test_a_made_up_cursor_of_events_is_refused(writer: JournalWriter, history: History, cursor: str) -> None:
    scribe = Scribe(writer, started(1))
    with pytest.raises(BadCursorError):
        history.events(ANA, scribe.burst_id, cursor=cursor)


def test_no_page_is_endless(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(MOST + 1))
    scribe.accept(MOST + 1)
    assert len(history.jobs(ANA, limit=10**9).items) == MOST
    assert len(history.jobs(ANA, limit=-5).items) == 1


def test_one_job_is_found_as_lists_have_it(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(1))
    (job_id,) = scribe.accept()
    assert (history.job_in_list(ANA, job_id),) == history.jobs(ANA).items
    with pytest.raises(UnknownJobError, match=f"there is no job {job_id}"):
        history.job_in_list(BEN, job_id)


def test_titles_are_found_by_id(writer: JournalWriter, history: History) -> None:
    scribe = Scribe(writer, started(3))
    first, second, _ = scribe.accept(3)
    assert history.titles(ANA, [first, second, "x"]) == {first: "Title 0 of 1", second: "Title 1 of 1"}
    assert history.titles(ANA, []) == history.titles(BEN, [first]) == {}


def test_the_calendar_is_cut_by_brand_and_date(writer: JournalWriter, history: History) -> None:
    for brand in (a_brand("red"), a_brand("blue")):
        scribe = Scribe(writer, started(3, brand=brand))
        for job_id in scribe.accept(3):
            scribe.schedule(job_id)
    today, tomorrow = START.date(), START.date() + timedelta(days=1)
    assert [taken.slot.brand for taken in history.taken_slots(ANA)] == ["blue"] * 3 + ["red"] * 3
    assert {taken.slot.local_date for taken in history.taken_slots(ANA, brand="red")} == {today, tomorrow}
    assert len(history.taken_slots(ANA, since=tomorrow)) == 4
    assert len(history.taken_slots(ANA, until=tomorrow, brand="red")) == 1
    assert len(history.taken_slots(ANA, most=2)) == 2
    assert history.taken_slots(BEN) == ()
