from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, update

from maestro_actors.core.burst import Burst
from maestro_actors.core.content import Kind, Stage
from maestro_actors.core.events import BurstKind, JobCancelled, JobFailed
from maestro_actors.journal import database
from maestro_actors.journal.entries import RecordedBurst, UnreadableBurst
from maestro_actors.journal.history import History
from maestro_actors.journal.reader import JournalReader
from maestro_actors.journal.tables import bursts, events
from maestro_actors.journal.writer import JournalWriter
from tests.core.strategies import START
from tests.journal.scribe import ANA, BEN, BRAND, Scribe, started

REEL = BRAND.slug, Kind.REEL


def spoil(engine: Engine, burst_id: str, seq: int, **values: object) -> None:
    """Let an event be one that this Maestro cannot read."""
    change = update(events).where(events.c.burst_id == burst_id, events.c.seq == seq).values(values)
    with database.writing(engine) as connection:
        assert connection.execute(change).rowcount == 1


def test_unfinished_bursts_come_the_oldest_first(writer: JournalWriter, reader: JournalReader) -> None:
    later, earlier = started(1, at=START + timedelta(hours=1)), started(1, user_id=BEN)
    for start in (later, earlier):
        Scribe(writer, start).accept()
    Scribe(writer, started())
    found = reader.unfinished()
    assert [(each.burst_id, each.user_id) for each in found] == [(earlier.burst_id, BEN), (later.burst_id, ANA)]


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "JobPublished"},
        {"version": 99},
        {"payload": {"at": "noon"}},
        {"payload": None},
        {"payload": [1]},
    ],
)
def test_an_event_that_cannot_be_read_harms_no_other_burst(
    engine: Engine, writer: JournalWriter, reader: JournalReader, history: History, broken: dict[str, object]
) -> None:
    bad, good = (Scribe(writer, started(1, user_id=user_id)) for user_id in (ANA, BEN))
    (job_id,), _ = bad.accept(), good.accept()
    writer.commit([bad.enter(job_id, Stage.RENDERING)])
    spoil(engine, bad.burst_id, 1, **broken)
    found = {each.burst_id: each for each in reader.unfinished()}
    unreadable = found[bad.burst_id]
    assert isinstance(unreadable, UnreadableBurst)
    assert (unreadable.error.burst_id, unreadable.error.seq, unreadable.next_seq) == (bad.burst_id, 1, 3)
    assert isinstance(found[good.burst_id], RecordedBurst)

    reason = str(unreadable.error)
    writer.abandon(bad.burst_id, ANA, unreadable.next_seq, bad.tick(), reason)
    assert [each.burst_id for each in reader.unfinished()] == [good.burst_id]
    row = history.burst(bad.burst_id)
    assert (row.outcome, row.lost, row.finished_at) == ("failed", 1, bad.now)
    assert history.job(ANA, job_id).job.error == reason
    listed = history.events(ANA, bad.burst_id).items
    assert [each.event is None for each in listed] == [False, True, False, False]
    assert isinstance(reader.last_ended(ANA), UnreadableBurst)


@pytest.mark.parametrize("backend", ["sqlite"])
def test_text_that_is_no_json_harms_no_other_burst_either(
    engine: Engine, writer: JournalWriter, reader: JournalReader
) -> None:
    bad, good = (Scribe(writer, started(1)) for _ in range(2))
    with database.writing(engine) as connection:
        connection.exec_driver_sql("UPDATE events SET payload = '{half' WHERE burst_id = ?", (bad.burst_id,))
    found = {each.burst_id: type(each) for each in reader.unfinished()}
    assert found == {bad.burst_id: UnreadableBurst, good.burst_id: RecordedBurst}


def test_a_burst_without_its_first_event_is_unreadable(
    engine: Engine, writer: JournalWriter, reader: JournalReader
) -> None:
    with database.writing(engine) as connection:
        row = {"burst_id": "b", "user_id": ANA, "kind": "smart", "started_at": START}
        connection.execute(bursts.insert(), row)
    (found,) = reader.unfinished()
    assert isinstance(found, UnreadableBurst)
    writer.abandon("b", ANA, found.next_seq, START, "it is broken")
    assert reader.unfinished() == ()


def test_the_last_burst_that_ended_is_the_users_own(writer: JournalWriter, reader: JournalReader) -> None:
    assert reader.last_ended(ANA) is None
    ended = []
    for hours in (0, 2, 1):
        scribe = Scribe(writer, started(1, at=START + timedelta(hours=hours)))
        (job_id,) = scribe.accept()
        scribe.tell(JobCancelled(scribe.tick(), job_id))
        scribe.end()
        ended.append(scribe)
    Scribe(writer, started(1, at=START + timedelta(hours=3)))
    Scribe(writer, started(at=START + timedelta(hours=4), user_id=BEN))
    found = reader.last_ended(ANA)
    assert isinstance(found, RecordedBurst)
    assert found.burst_id == ended[1].burst_id
    assert Burst.replay(found.started, found.events).jobs == ended[1].burst.jobs


def test_one_burst_can_be_read_by_its_id(writer: JournalWriter, reader: JournalReader) -> None:
    start = started(1)
    writer.start_burst(start)
    found = reader.burst(start.burst_id)
    assert isinstance(found, RecordedBurst)
    assert found.started == start
    assert reader.burst("of nobody") is None


# What a day has already.


def test_a_day_has_what_is_scheduled_or_still_open(writer: JournalWriter, reader: JournalReader) -> None:
    scribe = Scribe(writer, started(4))
    done, failed, cancelled, _open = scribe.accept(4)
    scribe.schedule(done)
    scribe.tell(JobFailed(scribe.tick(), failed, "no"), JobCancelled(scribe.tick(), cancelled))
    assert reader.made_on(ANA, START.date(), "UTC") == {REEL: 2}
    assert reader.made_on(ANA, START.date() + timedelta(days=1), "UTC") == {}
    assert reader.made_on(BEN, START.date(), "UTC") == {}


def test_the_day_is_the_local_one(writer: JournalWriter, reader: JournalReader) -> None:
    """Twenty past ten at night in New York is the next day in UTC."""
    scribe = Scribe(writer, started(1, at=datetime(2026, 3, 8, 2, 20, tzinfo=UTC)))
    scribe.accept()
    made = [reader.made_on(ANA, date(2026, 3, day), "America/New_York") for day in (7, 8)]
    assert made == [{REEL: 1}, {}]


def test_jobs_count_for_the_date_of_their_burst(writer: JournalWriter, reader: JournalReader) -> None:
    """A daily burst made up for late on its day may run past midnight."""
    day = date(2026, 3, 1)
    late = started(1, kind=BurstKind.DAILY, at=datetime(2026, 3, 2, 0, 1, tzinfo=UTC))
    Scribe(writer, late, local_date=day).accept()
    assert reader.made_on(ANA, day, "UTC") == {REEL: 1}
    assert reader.made_on(ANA, day + timedelta(days=1), "UTC") == {}


@pytest.mark.parametrize("zone", ["Pacific/Chatham", "Australia/Lord_Howe", "Pacific/Kiritimati", "Etc/GMT+12"])
def test_dates_far_from_utc_are_found_too(writer: JournalWriter, reader: JournalReader, zone: str) -> None:
    Scribe(writer, started(1), local_date=date(2026, 3, 2)).accept()
    assert reader.made_on(ANA, date(2026, 3, 2), zone) == {REEL: 1}


def test_a_job_made_anew_adds_nothing_to_its_day(writer: JournalWriter, reader: JournalReader) -> None:
    first = Scribe(writer, started(2))
    done, failed = first.accept(2)
    first.schedule(done)
    first.tell(JobFailed(first.tick(), failed, "no"))
    assert reader.made_on(ANA, START.date(), "UTC") == {REEL: 1}
    again = Scribe(writer, started(1, 1))
    again.schedule(again.replace(done)[0], replaces=done)
    assert reader.made_on(ANA, START.date(), "UTC") == {REEL: 1}, "in place of one that counts already"
    again.schedule(again.replace(failed)[0], replaces=failed)
    assert reader.made_on(ANA, START.date(), "UTC") == {REEL: 2}, "in place of one that did not"
