"""`maestro cancel`: a burst stops, once, and what was scheduled is kept."""

from __future__ import annotations

import signal
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.house import House, Running
from tests.cli.inside import Inside
from tests.cli.workshop import BRAND, Workshop
from tests.support.patience import eventually

REELS = ("burst", "--reels", "2", "--posts", "1", "--carousels", "0", "--brand", BRAND)


@contextmanager
def encoding(house: House) -> Iterator[tuple[Running, str]]:
    """A burst in a worker, when it has a post scheduled and renders a reel; and its id."""
    with house.started("worker", MAESTRO_RENDERERS="2") as worker:
        eventually(lambda: "ready" in worker.out, 30)
        with house.started(*REELS) as burst:
            eventually(lambda: house.encoding() and "scheduled" in burst.out, 30)
            yield burst, Workshop(house).bursts()[0]["burst_id"]
        worker.send(signal.SIGTERM)
        assert worker.wait(10).code == 0


def test_a_burst_stops_and_it_says_what_is_kept_and_so_it_does_again(house: House) -> None:
    workshop = Workshop(house)
    with encoding(house) as (watching, burst_id):
        done = house.run("cancel", burst_id[:8], "--reason", "the wrong brand")
        assert (done.code, done.err) == (0, "")
        assert f"Burst {burst_id} is stopping… It has ended: 1 scheduled and kept, 2 cancelled" in done.said
        assert watching.wait(10).code == 1
        assert not house.encoding()
        again = house.run("cancel", burst_id)
    assert again.code == 0
    assert f"Burst {burst_id} has ended already, as cancelled: 1 scheduled and kept, 2 cancelled" in again.said
    (row,) = workshop.bursts()
    assert (row["cancel"]["by"], row["cancel"]["reason"]) == ("the command line", "the wrong brand")
    workshop.assert_storage_has_what_was_scheduled()


def test_who_does_not_wait_is_told_that_it_stops(house: House) -> None:
    with encoding(house) as (watching, burst_id):
        done = house.run("cancel", burst_id, "--no-wait")
        assert (done.code, done.out) == (0, f"Burst {burst_id} is stopping…\n")
        watching.wait(10)
    assert Workshop(house).bursts()[0]["outcome"] == "cancelled"


def test_without_a_worker_a_burst_stands_still_and_with_the_next_it_can_be_stopped(house: House) -> None:
    with house.started(*REELS) as burst:
        eventually(house.encoding, 30)
        burst.process.kill()
        eventually(lambda: not house.processes(), 10)
    burst_id = Workshop(house).bursts()[0]["burst_id"]
    refused = house.run("cancel", burst_id)
    assert (refused.code, refused.out) == (1, "")
    assert "start one with `maestro worker`" in refused.err
    with house.started("worker", MAESTRO_RENDERERS="1") as worker:
        eventually(lambda: "ready" in worker.out, 30)
        assert "It has ended: " in house.run("cancel", burst_id).said
        worker.send(signal.SIGTERM)
        assert worker.wait(10).code == 0


@pytest.mark.parametrize(
    ("burst", "message"),
    [
        (str(uuid.UUID(int=1)), f"there is no burst '{uuid.UUID(int=1)}': `maestro history` lists your bursts"),
        ("nobody", "there is no burst 'nobody'"),
        ("1b9", "'1b9' is too short for an id: give 6 characters or more"),
    ],
)
def test_what_no_burst_is_called_is_said(tmp_path: Path, burst: str, message: str) -> None:
    done = Inside(tmp_path)("cancel", burst)
    assert (done.code, done.out) == (1, "")
    assert message in done.said


def test_a_reason_has_its_length(tmp_path: Path) -> None:
    done = Inside(tmp_path)("cancel", "3f2a91c4", "--reason", "x" * 501)
    assert done.code == 2
    assert "it is longer than 500 characters" in done.said
