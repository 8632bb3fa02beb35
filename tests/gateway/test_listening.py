"""Whoever listens hears of every change, says when the worker is away, and finds back to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from maestro_actors.gateway import listening
from maestro_actors.gateway.address import Address
from maestro_actors.gateway.listening import Subscription, Trouble
from maestro_actors.gateway.messages import Changed
from maestro_actors.gateway.server import serving
from maestro_actors.gateway.snapshot import Snapshot
from tests.gateway.conftest import EPOCH, OTHER, USER, FakeDoor, a_snapshot
from tests.support.patience import eventually


@dataclass
class Ear:
    """What was heard, in order: changes, trouble, and None when it had passed."""

    heard: list[Changed | Trouble | None] = field(default_factory=list)

    @property
    def changes(self) -> list[tuple[str, int, int]]:
        return [(each.user_id, each.epoch, each.snapshot.version) for each in self.heard if isinstance(each, Changed)]

    def snapshots(self, user_id: str) -> list[Snapshot]:
        return [each.snapshot for each in self.heard if isinstance(each, Changed) and each.user_id == user_id]


@contextmanager
def subscribed(address: Address) -> Iterator[tuple[Subscription, Ear]]:
    ear = Ear()
    subscription = Subscription(address, ear.heard.append, ear.heard.append)
    try:
        yield subscription, ear
    finally:
        subscription.close()


def test_whoever_subscribes_hears_how_it_is_and_of_every_change(served: Address, door: FakeDoor) -> None:
    with subscribed(served) as (subscription, ear):
        subscription.subscribe(USER)
        eventually(lambda: ear.changes == [(USER, EPOCH, 1)])
        door.listeners[0].deliver(USER, a_snapshot(2))
        eventually(lambda: ear.changes[1:] == [(USER, EPOCH, 2)])
        subscription.subscribe(OTHER)
        eventually(lambda: ear.changes[2:] == [(OTHER, EPOCH, 1)])
        subscription.unsubscribe(USER)
        eventually(lambda: door.listeners[0].users == {OTHER})
        assert len(door.listeners) == 1, "one line for all users"
    eventually(lambda: door.listeners[0].closed)


def test_a_listener_says_that_the_worker_is_away_and_goes_on_when_it_is_back(door: FakeDoor, address: Address) -> None:
    with subscribed(address) as (subscription, ear):
        subscription.subscribe(USER)
        eventually(lambda: ear.heard and isinstance(ear.heard[0], Trouble))
        for epoch in (1, 2):
            with serving(door, address, epoch):
                eventually(lambda: ear.changes and ear.changes[-1] == (USER, epoch, 1))  # noqa: B023 - at once
                assert not isinstance(ear.heard[-1], Trouble)
            eventually(lambda: isinstance(ear.heard[-1], Trouble))


def test_a_worker_that_hangs_is_noticed(served: Address, door: FakeDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its line is open, and nothing comes even when it is asked for."""
    monkeypatch.setattr(listening, "SILENCE_SECONDS", 0.2)
    with subscribed(served) as (subscription, ear):
        subscription.subscribe(USER)
        eventually(lambda: len(ear.changes) >= 2)
        assert not any(isinstance(each, Trouble) for each in ear.heard), "it is asked now and then, and answers"
        door.listeners[0].deaf = True
        eventually(lambda: any(isinstance(each, Trouble) for each in ear.heard))
        eventually(lambda: len(door.listeners) > 1)  # it calls again


def test_nobody_is_called_after_the_end(served: Address, door: FakeDoor) -> None:
    with subscribed(served) as (subscription, ear):
        subscription.subscribe(USER)
        eventually(lambda: ear.changes)
    heard = len(ear.heard)
    subscription.subscribe(OTHER)
    eventually(lambda: door.listeners[0].closed)
    assert len(ear.heard) == heard
