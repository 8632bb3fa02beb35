"""Signals in the middle: the burst ends in order, says how, and leaves nothing behind."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.house import ONE_POST, House, Running
from tests.support.faulty_storage import Stall, StorageServer, storage_server
from tests.support.patience import eventually

REELS = ("demo", "--reels", "2", "--posts", "1", "--carousels", "0", "--json")


@contextmanager
def encoding_a_reel(house: House) -> Iterator[Running]:
    with house.started(*REELS) as demo:
        eventually(house.encoding, 20)
        yield demo


@contextmanager
def uploading(house: House, seconds: float) -> Iterator[tuple[Running, StorageServer]]:
    """A demo whose first upload gets no answer for so long."""

    def slow(nth: int, path: str) -> Stall | None:
        return Stall(seconds) if nth == 1 else None

    with (
        storage_server(house.root / "storage", slow) as storage,
        house.started(*ONE_POST, "--json", SUPABASE_URL=storage.url, SUPABASE_SERVICE_KEY=storage.service_key) as demo,
    ):
        eventually(lambda: storage.uploads, 20)
        yield demo, storage


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
    ids=lambda value: str(value),
)
def test_a_signal_cancels_what_is_not_done_yet_and_storage_keeps_only_the_rest(
    house: House, number: signal.Signals, code: int
) -> None:
    with encoding_a_reel(house) as demo:
        demo.signal_group(number)
        done = demo.wait(10)
    recap = done.recap
    assert done.code == code
    assert recap["outcome"] == "cancelled"
    assert recap["cancelled"] >= 2
    assert recap["scheduled"] + recap["cancelled"] == recap["created"] == 3
    assert "Traceback" not in done.err, done.err
    kept = [asset["bytes"] for job in recap["jobs"] for asset in job["assets"] if job["outcome"] == "scheduled"]
    assert sorted(map(len, house.stored())) == sorted(kept)
    assert not any(job["assets"] for job in recap["jobs"] if job["outcome"] == "cancelled")


def test_an_upload_under_way_is_waited_for_and_its_object_removed(house: House) -> None:
    with uploading(house, seconds=1.0) as (demo, storage):
        demo.signal_group(signal.SIGINT)
        done = demo.wait(5)
        assert (done.code, done.recap["outcome"], done.recap["cancelled"]) == (130, "cancelled", 1)
        assert objects(house) == []
        assert storage.uploads == 1


def test_twice_stops_at_once_whatever_is_under_way(house: House) -> None:
    with uploading(house, seconds=30.0) as (demo, _):
        demo.signal_group(signal.SIGINT)
        eventually(lambda: "Stopping" in demo.err)
        demo.signal_group(signal.SIGINT)
        done = demo.wait(5)
    assert done.code == 130
    assert "stopped at once" in done.said
    assert "Traceback" not in done.err, done.err


def test_ctrl_c_while_the_renderers_start_leaves_no_traceback(house: House) -> None:
    with house.started(*ONE_POST) as demo:
        eventually(lambda: any("forkserver" in " ".join(process.info["cmdline"]) for process in house.processes()))
        demo.signal_group(signal.SIGINT)
        done = demo.wait(10)
    assert done.code == 130
    assert "Traceback" not in done.err, done.err


def objects(house: House) -> list[Path]:
    return list((house.root / "storage" / "objects").iterdir())
