"""`maestro status`: what the worker says, for people and for programs, once or whenever it changes."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from maestro_actors.core.content import Kind
from maestro_actors.examples import HEALTHY_COLLEGE
from maestro_actors.gateway.address import address_of
from maestro_actors.gateway.client import Gateway
from maestro_actors.settings import ONE_USER
from tests.cli.house import House, Running
from tests.cli.inside import Inside
from tests.cli.past import past_of
from tests.cli.terminal import draw
from tests.cli.workshop import ONE_POST
from tests.support.faulty_storage import storage_server
from tests.support.patience import eventually

MOVING = ("server_time", "elapsed_seconds")


@contextmanager
def a_worker(house: House, **settings: str) -> Iterator[Running]:
    with house.started("worker", MAESTRO_RENDERERS="1", **settings) as worker:
        eventually(lambda: "ready" in worker.out, 30)
        yield worker
        worker.send(signal.SIGTERM)
        assert worker.wait(10).code == 0


def asked(house: House) -> Any:
    """What the gateway says."""
    with closing(Gateway(address_of(house.home, None, None))) as gateway:
        return gateway.status(ONE_USER).snapshot.model_dump()


def still(snapshot: Any) -> Any:
    return {name: value for name, value in snapshot.items() if name not in MOVING}


def lines(running: Running) -> list[Any]:
    return [json.loads(line) for line in running.out.splitlines()]


def test_programs_read_what_the_gateway_says(house: House) -> None:
    with a_worker(house):
        assert house.run(*ONE_POST).code == 0
        done = house.run("status", "--json")
        assert (done.code, done.err) == (0, "")
        assert still(json.loads(done.out)) == still(asked(house))
        assert json.loads(done.out)["recent_burst"]["scheduled"] == 1


def test_people_see_a_burst_and_then_what_came_of_it_and_when_the_next_is(house: House) -> None:
    seen = threading.Event()

    def until_it_was_seen(_nth: int, _path: str) -> None:
        seen.wait(30)

    with storage_server(house.root / "project", until_it_was_seen) as storage:
        project = {"SUPABASE_URL": storage.url, "SUPABASE_SERVICE_KEY": storage.service_key}
        with a_worker(house, **project):
            assert "Last burst none yet: `maestro burst` begins one" in house.run("status").said
            with house.started(*ONE_POST, **project) as burst:
                eventually(lambda: storage.uploads, 30)
                under_way = house.run("status")
                seen.set()
                assert burst.wait().code == 0
            house.run("daily", "07:30", "--timezone", "UTC")
            after = eventually(lambda: found if "07:30 UTC" in (found := house.run("status", TZ="UTC").said) else None)
        with a_worker(house, **project):
            restarted = house.run("status", TZ="UTC").said
    assert under_way.code == 0
    assert "AI is creating content for" in under_way.said
    assert "1 uploading" in under_way.said
    assert "○ Today's session is complete: 1 scheduled" in after
    assert restarted == after, "the same state looks the same"


def test_a_pause_is_seen_at_once(house: House) -> None:
    with a_worker(house):
        assert not asked(house)["paused"]
        house.run("pause")
        eventually(lambda: asked(house)["paused"], 1.5)
        assert "Daily burst paused until `maestro resume`" in house.run("status").said
        house.run("resume")
        eventually(lambda: not asked(house)["paused"], 1.5)


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["text", "json"])
def test_without_a_worker_it_says_what_to_do(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = Inside(tmp_path)("status", *options)
    assert (done.code, done.out) == (1, "")
    assert "no worker answers at" in done.err
    assert "start one with `maestro worker`" in done.err


def test_without_a_worker_it_names_the_burst_that_waits_for_one(tmp_path: Path) -> None:
    with past_of(tmp_path) as past:
        told = past.burst(datetime.now(UTC), {(HEALTHY_COLLEGE, Kind.REEL): ["Sleep first"]})
        held = Inside(tmp_path)("status")
    left = Inside(tmp_path)("status")
    told_how = (
        f"Burst {told.burst_id} is unfinished: `maestro up`, `maestro worker` or `maestro burst` goes on with it."
    )
    assert (held.code, left.code) == (1, 1)
    assert "start one with `maestro worker`" in left.err
    assert told_how in left.err
    assert told_how not in held.err, "somebody has it who cannot be asked"


def test_a_gateway_that_is_none_is_a_wrong_setting(tmp_path: Path) -> None:
    done = Inside(tmp_path)("status", MAESTRO_GATEWAY="somewhere")
    assert done.code == 2
    assert "MAESTRO_GATEWAY is 'somewhere': write unix:/path/to/a.sock, or host:port" in done.err


def test_who_watches_hears_every_change_and_that_the_worker_is_away_and_back(house: House) -> None:
    with house.started("status", "--watch", "--json") as watching:
        eventually(lambda: "The worker is away: no worker answers at" in watching.err, 20)
        with a_worker(house):
            eventually(lambda: lines(watching), 20)
            assert "The worker is back" in watching.err
            assert house.run(*ONE_POST).code == 0
            eventually(lambda: lines(watching)[-1]["recent_burst"], 20)
        eventually(lambda: watching.err.count("The worker is away") == 2, 20)
        with a_worker(house):
            eventually(lambda: watching.err.count("The worker is back") == 2, 20)
            eventually(lambda: lines(watching)[-1]["version"] < lines(watching)[-2]["version"], 20)
        watching.signal_group(signal.SIGINT)
        done = watching.wait(10)
    assert done.code == 0
    seen = lines(watching)
    assert {each["current_phase"] for each in seen} >= {None, "processing"}
    assert "Traceback" not in done.err


def test_who_watches_without_a_terminal_reads_lines_and_at_last_what_came_of_it(house: House) -> None:
    with a_worker(house), house.started("status", "--watch") as watching:
        assert house.run(*ONE_POST).code == 0
        eventually(lambda: "Today's session is complete: 1 scheduled" in watching.out, 20)
        watching.signal_group(signal.SIGINT)
        done = watching.wait(10)
    assert (done.code, done.err) == (0, "")
    assert "AI is creating content for" in done.out


def test_who_watches_in_a_terminal_sees_the_picture_change(house: House) -> None:
    before, after = "none yet: `maestro burst` begins one", "paused until `maestro resume`"

    def has_changed(drawn: str) -> bool:
        if before in drawn and after not in drawn:
            house.run("pause")
        return after in drawn

    with a_worker(house):
        drawn = draw(house, "status", "--watch", press_ctrl_c=has_changed)
    assert drawn.code == 0
    assert drawn.modes_kept
    assert before in drawn.text
