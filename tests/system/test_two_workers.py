"""Two workers of one database: one owns the bursts, the other waits; whoever is superseded writes nothing more."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import psutil
import pytest
from sqlalchemy import Engine, text

from maestro_actors.journal.database import reading, writing
from tests.cli.house import Running
from tests.support.patience import eventually
from tests.support.postgresql import Server
from tests.system.places import Place, a_place, is_ready

# Notes of every record of an event under which epoch, and by whose connection, it was made.
WITNESS = """
CREATE TABLE witness (number bigserial, epoch bigint, writer text);
CREATE FUNCTION bear_witness() RETURNS trigger AS $$
BEGIN
    INSERT INTO witness (epoch, writer) SELECT epoch, current_setting('application_name') FROM owners;
    RETURN NULL;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER witness AFTER INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION bear_witness();
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    if request.param == "sqlite":
        with a_place() as place:
            yield place
        return
    with request.getfixturevalue("server").copy() as url, a_place(url) as place:
        yield place


def test_one_of_two_works_and_when_it_is_killed_the_other_goes_on(place: Place) -> None:
    with place.worker() as one, place.worker() as other:
        eventually(lambda: is_ready(one) or is_ready(other), 20)
        first, second = (one, other) if is_ready(one) else (other, one)
        eventually(lambda: "waiting: another worker (process" in second.out, 20)
        eventually(lambda: place.scheduled() >= 2, 40)
        assert not is_ready(second)
        epoch = place.epoch()
        first.send(signal.SIGKILL)
        killed = time.monotonic()
        eventually(lambda: is_ready(second), 20)
        seconds = time.monotonic() - killed
        place.assert_finished()
        assert place.epoch() == epoch + 1
        second.send(signal.SIGTERM)
        done = second.wait(12)
    assert (done.code, done.err) == (0, "")
    print(f"\ntaken over {seconds:.2f} s after the kill")  # noqa: T201


# A lock that PostgreSQL lets go of although its holder lives.


@pytest.fixture
def witnessed(server: Server) -> Iterator[Place]:
    """A place where every record of an event has a witness."""
    with server.copy() as url, a_place(url) as place:
        with writing(place.engine) as connection:
            connection.execute(text(WITNESS))
        yield place


def cut_the_lock(engine: Engine, name: str) -> None:
    """As a network does, to whoever of this name holds the lock, if anybody does."""
    cut = (
        "SELECT pg_terminate_backend(pg_locks.pid, 5000) FROM pg_locks JOIN pg_stat_activity USING (pid) "
        "WHERE locktype = 'advisory' AND datname = current_database() AND application_name = :name"
    )
    with writing(engine) as connection:
        connection.execute(text(cut), {"name": name})


def assert_one_wrote_at_a_time(engine: Engine) -> None:
    with reading(engine) as connection:
        seen = connection.execute(text("SELECT epoch, writer FROM witness ORDER BY number")).all()
    assert [epoch for epoch, _ in seen] == sorted(epoch for epoch, _ in seen)
    assert {tuple(each) for each in seen} == {(2, "first"), (3, "second")}


def family(worker: Running) -> list[psutil.Process]:
    """The processes that a worker has started."""
    return psutil.Process(worker.process.pid).children(recursive=True)


def assert_superseded(worker: Running, children: list[psutil.Process]) -> None:
    """It ended by itself, said why, and took everybody along."""
    done = worker.wait(20)
    assert done.code == 1
    assert "has taken over the bursts: this one must stop" in done.said or "is taking over the bursts" in done.said
    assert "Traceback" not in done.said, done.said
    eventually(lambda: not any(child.is_running() for child in children), 5)


def test_a_worker_that_lost_its_lock_is_superseded_and_leaves(witnessed: Place) -> None:
    with witnessed.worker("first") as first:
        eventually(lambda: is_ready(first), 20)
        with witnessed.worker("second") as second:
            eventually(lambda: "waiting: another worker" in second.out, 20)
            eventually(lambda: witnessed.scheduled() >= 1, 40)
            children = family(first)
            assert children
            while not is_ready(second):  # the first takes its lock again, if it is the first to look
                cut_the_lock(witnessed.engine, "first")
                time.sleep(0.2)
            assert_superseded(first, children)
            witnessed.assert_finished()
            second.send(signal.SIGTERM)
            assert second.wait(12).code == 0
    assert_one_wrote_at_a_time(witnessed.engine)


def test_a_worker_that_was_stopped_for_a_while_and_superseded_writes_nothing_more(witnessed: Place) -> None:
    with witnessed.worker("first") as first:
        eventually(lambda: is_ready(first), 20)
        eventually(lambda: witnessed.scheduled() >= 1, 40)
        children = family(first)
        first.send(signal.SIGSTOP)
        cut_the_lock(witnessed.engine, "first")
        with witnessed.worker("second") as second:
            eventually(lambda: is_ready(second), 40)
            before = witnessed.scheduled()
            eventually(lambda: witnessed.scheduled() > before, 40)
            first.send(signal.SIGCONT)
            assert_superseded(first, children)
            witnessed.assert_finished()
            second.send(signal.SIGTERM)
            assert second.wait(12).code == 0
    assert_one_wrote_at_a_time(witnessed.engine)
