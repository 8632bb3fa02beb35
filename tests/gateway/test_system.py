"""A whole system behind the gateway: who watches sees every burst from its start to its end, and nothing of others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from benchmarks.empty import AGENT, BRANDS, USER
from maestro_actors.gateway.address import Address, address_of
from maestro_actors.gateway.client import Gateway, RefusedError
from maestro_actors.gateway.messages import CancelBurst, StartBurst
from maestro_actors.gateway.server import serving
from maestro_actors.journal.library import Library
from tests.gateway.conftest import EPOCH, OTHER, calling
from tests.gateway.test_listening import subscribed
from tests.support.journals import stock
from tests.support.patience import eventually
from tests.system.conftest import Open, Stage, open_system

__all__ = ["open_system"]


@contextmanager
def behind(stage: Stage, home: Path) -> Iterator[tuple[Address, Gateway]]:
    address = address_of(home, None, None)
    with serving(stage.system, address, EPOCH), calling(address) as gateway:
        yield address, gateway


def test_a_burst_is_started_watched_and_seen_to_end(open_system: Open, home: Path) -> None:
    with open_system() as stage, behind(stage, home) as (address, gateway):
        stock(stage.engine, USER, BRANDS, (AGENT,))
        with subscribed(address) as (subscription, ear):
            subscription.subscribe(USER)
            subscription.subscribe(OTHER)
            burst_id = gateway.start_burst(StartBurst(user_id=USER, posts=40))
            eventually(lambda: gateway.status(USER).snapshot.recent_burst, 20)
            eventually(lambda: ear.snapshots(USER)[-1].recent_burst)
            mine = ear.snapshots(USER)
            theirs = ear.snapshots(OTHER)
    assert mine[-1].recent_burst
    assert (mine[-1].recent_burst.burst_id, mine[-1].recent_burst.scheduled) == (burst_id, 40)
    assert [each.version for each in mine] == sorted({each.version for each in mine})
    assert {"generating", "processing", None} >= {each.current_phase for each in mine}
    assert len(theirs) == 1
    assert theirs[0].burst_id is None
    assert all((each.current_phase is None) == (each.burst_id is None) for each in mine)


def test_what_is_seen_in_the_stream_is_what_whoever_asks_is_told(open_system: Open, home: Path) -> None:
    with open_system() as stage, behind(stage, home) as (address, gateway), subscribed(address) as (subscription, ear):
        stage.recap(stage.start(3))
        subscription.subscribe(USER)
        (streamed,) = eventually(lambda: ear.snapshots(USER))
        asked = gateway.status(USER).snapshot
    moving = {"server_time"}
    assert asked.model_dump(exclude=moving) == streamed.model_dump(exclude=moving)


def test_nobody_cancels_anothers_burst_but_an_admin(open_system: Open, home: Path) -> None:
    def stall(_path: str) -> None:
        released.wait(20)

    released = threading.Event()
    with open_system() as stage, behind(stage, home) as (_, gateway):
        stage.bucket.fault = stall
        burst_id = stage.start(4)
        with pytest.raises(RefusedError) as refused:
            gateway.cancel_burst(CancelBurst(user_id=OTHER, burst_id=burst_id))
        assert refused.value.code == "unknown-burst"
        released.set()
        assert gateway.cancel_burst(CancelBurst(user_id=OTHER, burst_id=burst_id, by="an admin", anyones=True))
        assert stage.recap(burst_id)["outcome"] == "cancelled"
        assert not gateway.cancel_burst(CancelBurst(user_id=USER, burst_id=burst_id)), "it has ended"


def test_the_same_key_starts_one_burst_and_with_another_wish_none(open_system: Open, home: Path) -> None:
    with open_system() as stage, behind(stage, home) as (_, gateway):
        stock(stage.engine, USER, BRANDS, (AGENT,))
        wish = StartBurst(user_id=USER, posts=2, idempotency_key="once", request_hash="two")
        first = gateway.start_burst(wish)
        assert gateway.start_burst(wish) == first
        stage.recap(first)
        assert gateway.start_burst(wish) == first
        with pytest.raises(RefusedError) as refused:
            gateway.start_burst(wish.model_copy(update={"posts": 3, "request_hash": "three"}))
        assert refused.value.code == "idempotency-conflict"


def test_a_pause_is_seen_as_soon_as_it_is_told(open_system: Open, home: Path) -> None:
    with open_system() as stage, behind(stage, home) as (address, gateway), subscribed(address) as (subscription, ear):
        Library(stage.engine).set_daily(USER, time(7), "Europe/Lisbon", datetime.now(UTC))
        subscription.subscribe(USER)
        eventually(lambda: ear.snapshots(USER) and ear.snapshots(USER)[-1].next_run_at)
        Library(stage.engine).pause(USER)
        gateway.look_again(USER)
        eventually(lambda: ear.snapshots(USER)[-1].paused, 1.5)
