from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from maestro_actors.errors import PassingError
from maestro_actors.journal import database
from maestro_actors.journal.errors import OwnedElsewhereError, SupersededError
from maestro_actors.journal.ownership import LOCK_FILE, Ownership, acquire
from maestro_actors.journal.reader import JournalReader
from maestro_actors.journal.writer import JournalWriter
from tests.journal.scribe import Scribe, started
from tests.support.patience import eventually

# Owns the bursts, says its epoch, and holds on until it is killed.
OWNER = """
import sys
from maestro_actors.journal import database, ownership
held = ownership.acquire(database.connect(sys.argv[1]))
print(held.epoch, flush=True)
sys.stdin.read()
"""


def cut_the_lock(engine: Engine) -> None:
    """As a network does: PostgreSQL lets go of the lock, and its holder does not know."""
    with database.writing(engine) as connection:
        cut = (
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks "
            "WHERE locktype = 'advisory' "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        assert connection.execute(text(cut)).scalar()


def test_each_owner_has_a_higher_epoch(engine: Engine) -> None:
    epochs = []
    for _ in range(3):
        owner = acquire(engine)
        epochs.append(owner.epoch)
        owner.release()
    assert epochs == [1, 2, 3]


def test_a_second_owner_is_refused_and_told_who_the_first_is(url: str, ownership: Ownership) -> None:
    other = database.connect(url)
    with pytest.raises(OwnedElsewhereError, match=r"another worker \(process \d+ on .+\) owns the bursts"):
        acquire(other)
    other.dispose()


def test_the_epoch_stays_while_a_second_owner_tries(url: str, engine: Engine, ownership: Ownership) -> None:
    with pytest.raises(OwnedElsewhereError):
        acquire(engine, wait=0.2)
    with database.writing(engine) as connection:
        ownership.check(connection)


def test_a_second_worker_waits_and_takes_over(engine: Engine) -> None:
    first = acquire(engine)
    threading.Timer(0.2, first.release).start()
    second = acquire(engine, wait=10)
    assert second.epoch == first.epoch + 1
    second.release()


def test_what_a_killed_owner_held_is_free_at_once(url: str, engine: Engine) -> None:
    command = [sys.executable, "-c", OWNER, url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as owner:
        try:
            assert owner.stdout
            assert owner.stdout.readline() == "1\n"
            with pytest.raises(OwnedElsewhereError):
                acquire(engine)
        finally:
            owner.send_signal(signal.SIGKILL)
        owner.wait(10)
    second = acquire(engine, wait=5)
    assert second.epoch == 2
    second.release()


def supersede(engine: Engine) -> None:
    """Another worker takes the epoch; how it came by the lock does not matter."""
    with database.writing(engine) as connection:
        connection.execute(text("UPDATE owners SET epoch = epoch + 1, holder = 'process 7 on mars'"))


def test_a_superseded_worker_writes_nothing_more(engine: Engine, writer: JournalWriter, reader: JournalReader) -> None:
    scribe = Scribe(writer, started(1, 1))
    (job,) = scribe.accept()
    supersede(engine)
    with pytest.raises(SupersededError, match="process 7 on mars"):
        scribe.accept(request_id=2)
    with pytest.raises(SupersededError):
        writer.schedule(scribe.claim(job))
    with pytest.raises(SupersededError):
        writer.start_burst(started(1))
    (left,) = reader.unfinished()
    assert left.next_seq == 2


def test_renewing_what_is_held_changes_nothing(ownership: Ownership, engine: Engine) -> None:
    ownership.renew()
    ownership.renew()
    with pytest.raises(OwnedElsewhereError):
        acquire(engine)


def test_renewing_finds_that_another_has_taken_over(ownership: Ownership, engine: Engine) -> None:
    supersede(engine)
    with pytest.raises(SupersededError, match="process 7 on mars"):
        ownership.renew()


@pytest.mark.parametrize("backend", ["sqlite"])
def test_the_lock_lies_beside_the_database_and_not_on_it(tmp_path: Path, ownership: Ownership) -> None:
    assert (tmp_path / LOCK_FILE).exists()


@pytest.mark.parametrize("backend", ["postgresql"])
def test_a_lock_whose_connection_was_cut_is_taken_again(engine: Engine, ownership: Ownership) -> None:
    cut_the_lock(engine)
    ownership.renew()
    with pytest.raises(OwnedElsewhereError):
        acquire(engine)
    with database.writing(engine) as connection:
        ownership.check(connection)


@pytest.mark.parametrize("backend", ["postgresql"])
def test_there_are_never_two_who_can_write_though_the_first_still_lives(engine: Engine, ownership: Ownership) -> None:
    first = JournalWriter(engine, ownership)
    scribe = Scribe(first, started(1))
    cut_the_lock(engine)
    scribe.accept(1)  # nobody else is there yet
    second = acquire(engine)
    with pytest.raises(SupersededError):
        first.start_burst(started(1))
    with pytest.raises(SupersededError):
        ownership.renew()
    Scribe(JournalWriter(engine, second), started(1))
    second.release()


@pytest.mark.parametrize("backend", ["postgresql"])
def test_who_takes_over_waits_for_the_transaction_under_way(engine: Engine, ownership: Ownership) -> None:
    """Else the first could commit after the second has begun to read."""
    cut_the_lock(engine)
    taken: list[Ownership] = []
    with database.writing(engine) as connection:
        ownership.check(connection)
        taking = threading.Thread(target=lambda: taken.append(acquire(engine)))
        taking.start()
        waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%owners%'")

        def somebody_waits() -> bool:
            with database.reading(engine) as other:
                return bool(other.execute(waiting).scalar())

        eventually(somebody_waits)
        assert not taken
    taking.join(10)
    assert taken[0].epoch == ownership.epoch + 1
    taken[0].release()


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_lock_that_cannot_be_made_says_so(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).mkdir()
    with pytest.raises(PassingError, match="cannot be opened"):
        acquire(engine)
