"""`maestro burst` and `regenerate` beside a worker: that one makes it, and the terminal watches."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from maestro_actors.cli.recap import MORE
from tests.cli.house import House, Running
from tests.cli.terminal import draw
from tests.cli.workshop import BRAND, ONE_POST, Workshop, hashes
from tests.support.faulty_storage import Stall, storage_server
from tests.support.patience import eventually

A_REEL_AND_POSTS = ("burst", "--reels", "1", "--posts", "2", "--carousels", "0", "--brand", BRAND)


@contextmanager
def a_worker(house: House, **settings: str) -> Iterator[Running]:
    with house.started("worker", MAESTRO_RENDERERS="2", **settings) as worker:
        eventually(lambda: "ready" in worker.out, 30)
        yield worker
        if worker.process.poll() is None:
            worker.send(signal.SIGTERM)
            assert worker.wait(10).code == 0


def test_it_is_told_as_a_burst_of_its_own_is(house: House) -> None:
    own = house.run(*ONE_POST, "--seed", "7", "--json")
    with a_worker(house):
        called = house.run(*ONE_POST, "--seed", "8", "--json")
    assert (own.code, called.code) == (0, 0), called.said
    assert "scheduled" in called.err, "who watches sees it on stderr"
    assert called.recap.keys() == own.recap.keys()
    (mine,), (theirs,) = own.recap["jobs"], called.recap["jobs"]
    assert theirs.keys() == mine.keys()
    assert theirs["outcome"] == "scheduled"
    base = mine["assets"][0]["url"].removesuffix(mine["assets"][0]["path"])
    assert [asset["url"] for asset in theirs["assets"]] == [f"{base}{asset['path']}" for asset in theirs["assets"]]
    assert hashes(house) == sorted(asset["sha256"] for job in (mine, theirs) for asset in job["assets"])
    before, after = Workshop(house).bursts()
    assert (before["burst_id"], after["burst_id"]) == (own.recap["burst_id"], called.recap["burst_id"])


def test_in_a_terminal_it_is_drawn_and_its_recap_stays(house: House) -> None:
    with a_worker(house):
        drawn = draw(house, *ONE_POST)
    assert drawn.code == 0
    assert "Today's session is complete: 1 scheduled" in drawn.recap
    assert "To look at it: open http://127.0.0.1:" in drawn.recap
    assert "maestro storage" not in drawn.recap, "the worker's has that folder"


def test_the_daily_burst_is_begun_once_and_then_nothing_is_missing(house: House) -> None:
    workshop = Workshop(house).open()
    with a_worker(house):
        assert house.run("burst", "--daily").code == 0
        again = house.run("burst", "--daily")
        rest = house.run("burst")
    assert again.code == 1
    assert f"the daily burst of {workshop.now.date()} has begun already" in again.err
    assert (rest.code, rest.out.split("\n")[1:3]) == (0, ["  Nothing is missing today", f"  {MORE}"])


def test_a_job_is_made_anew(house: House) -> None:
    workshop = Workshop(house).open()
    with a_worker(house):
        (old,) = house.run("burst", "--json").recap["jobs"]
        done = house.run("regenerate", old["job_id"][:8], "--json")
        again = house.run("regenerate", old["job_id"])
    assert done.code == 0, done.said
    (new,) = done.recap["jobs"]
    assert (new["title"], new["scheduled_for"]) == (old["title"], old["scheduled_for"])
    assert (again.code, again.out) == (1, "")
    assert f"was replaced by {new['job_id']}: regenerate that one" in again.said
    assert [burst["kind"] for burst in workshop.bursts()] == ["smart", "regenerate"]


def test_ctrl_c_cancels_it_and_the_worker_stays(house: House) -> None:
    workshop = Workshop(house)
    with a_worker(house) as worker:
        with house.started(*A_REEL_AND_POSTS, "--json") as burst:
            eventually(house.encoding, 30)
            burst.signal_group(signal.SIGINT)
            done = burst.wait(10)
        assert worker.process.poll() is None
        assert house.run(*ONE_POST).code == 0
    assert done.code == 130
    assert "Traceback" not in done.err, done.err
    assert done.recap["outcome"] == "cancelled"
    assert done.recap["scheduled"] + done.recap["cancelled"] == 3
    first, _ = workshop.bursts()
    assert (first["outcome"], first["cancel"]["by"]) == ("cancelled", "the terminal")
    workshop.assert_storage_has_what_was_scheduled()


def test_ctrl_c_twice_leaves_it_to_the_worker(house: House) -> None:
    workshop = Workshop(house)
    with storage_server(house.root / "project", lambda nth, path: Stall(4.0) if nth == 2 else None) as storage:
        project = {"SUPABASE_URL": storage.url, "SUPABASE_SERVICE_KEY": storage.service_key}
        with a_worker(house, **project):
            with house.started(*ONE_POST, **project) as burst:
                eventually(lambda: storage.uploads == 2, 30)
                burst.signal_group(signal.SIGINT)
                eventually(lambda: "Stopping" in burst.out, 10)
                burst.signal_group(signal.SIGINT)
                left = burst.wait(3)
            assert left.code == 130
            assert "left to the worker, which stops the burst: `maestro status` shows how far it is" in left.said
            eventually(lambda: workshop.bursts()[0]["outcome"] == "cancelled", 20)


def test_one_that_is_under_way_stands_in_the_way_and_it_says_how_to_see_and_to_stop_it(house: House) -> None:
    with a_worker(house), house.started(*A_REEL_AND_POSTS) as first:
        eventually(house.encoding, 30)
        second = house.run(*ONE_POST)
        first.signal_group(signal.SIGINT)
        first.wait(10)
    (row,) = Workshop(house).bursts()
    assert (second.code, second.out) == (1, "")
    assert f"burst {row['burst_id']} is under way" in second.err
    assert f"`maestro status --watch` shows it, `maestro cancel {row['burst_id']}` stops it" in second.err


def test_a_worker_that_is_killed_is_waited_for_and_the_next_ends_the_burst(house: House) -> None:
    with a_worker(house) as worker, house.started(*A_REEL_AND_POSTS, "--json") as burst:
        eventually(house.encoding, 30)
        worker.process.kill()
        eventually(lambda: "The worker is away (no worker answers at" in " ".join(burst.err.split()), 20)
        with a_worker(house):
            done = burst.wait()
    assert done.code == 0, done.said
    assert "The worker is back" in done.said
    assert (done.recap["outcome"], done.recap["scheduled"]) == ("finished", 3)
    Workshop(house).assert_storage_has_what_was_scheduled()


@contextmanager
def a_burst_whose_worker_left(house: House) -> Iterator[Running]:
    """It watches, and has said that the worker is away."""
    with a_worker(house) as worker, house.started(*A_REEL_AND_POSTS) as burst:
        eventually(house.encoding, 30)
        worker.send(signal.SIGTERM)
        assert worker.wait(10).code == 0
        eventually(lambda: "The worker is away" in burst.out, 20)
        yield burst


def test_ctrl_c_while_the_worker_is_away_is_answered_at_once_and_told_to_the_next(house: House) -> None:
    with a_burst_whose_worker_left(house) as burst:
        burst.signal_group(signal.SIGINT)
        eventually(lambda: "Nothing can be cancelled while the worker is away" in burst.out, 10)
        with a_worker(house):
            done = burst.wait()
    assert (done.code, done.out.count("Nothing can be cancelled")) == (130, 1), done.said
    assert "the next one is told to as soon as it is there" in done.said
    (row,) = Workshop(house).bursts()
    assert (row["outcome"], row["cancel"]["by"]) == ("cancelled", "the terminal")


def test_ctrl_c_twice_while_the_worker_is_away_leaves_the_burst_to_the_next(house: House) -> None:
    workshop = Workshop(house)
    with a_burst_whose_worker_left(house) as burst:
        burst.signal_group(signal.SIGINT)
        eventually(lambda: "Ctrl-C again leaves the burst to go on with that one" in " ".join(burst.out.split()), 10)
        burst.signal_group(signal.SIGINT)
        left = burst.wait(10)
    (row,) = workshop.bursts()
    assert (left.code, row["outcome"], row["cancel"]) == (130, None, None)
    assert "nothing was cancelled: the burst goes on with the next worker" in left.said
    assert f"`maestro cancel {row['burst_id']}` stops it once one runs" in left.said
    with a_worker(house):
        eventually(lambda: workshop.bursts()[0]["outcome"], 60)
    assert workshop.bursts()[0]["scheduled"] == 3
