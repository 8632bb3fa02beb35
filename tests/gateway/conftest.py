"""A gateway before a door of which a test says how it answers, and before a whole system."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from maestro_actors.core import snapshot
from maestro_actors.core.content import PerKind
from maestro_actors.core.events import BurstKind
from maestro_actors.core.snapshot import Json
from maestro_actors.gateway.address import Address, address_of
from maestro_actors.gateway.client import Gateway
from maestro_actors.gateway.server import serving
from tests.gateway.lines import free_port

USER = "00000000-0000-4000-8000-000000000000"
OTHER = "11111111-0000-4000-8000-000000000000"
EPOCH = 7


def a_snapshot(version: int = 1, **changes: Any) -> Json:
    return {
        "version": version,
        "server_time": "2026-11-27T10:00:00.000Z",
        "paused": False,
        **snapshot.idle(),
        "elapsed_seconds": None,
        "recent_burst": None,
        "next_run_at": None,
    } | changes


@dataclass
class Heard:
    """One listener: it has the line's `deliver`, and remembers whom it was to watch."""

    deliver: Callable[[str, Json], None]
    users: set[str] = field(default_factory=set)
    closed: bool = False
    deaf: bool = False

    def subscribe(self, user_id: str) -> None:
        self.users.add(user_id)
        if not self.deaf:
            self.deliver(user_id, a_snapshot())

    def unsubscribe(self, user_id: str) -> None:
        self.users.discard(user_id)

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeDoor:
    """Answers at once; `fault` is asked before and may raise, or block."""

    fault: Callable[[str], object] = lambda _question: None
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    listeners: list[Heard] = field(default_factory=list)

    def _note(self, *question: Any) -> None:
        self.asked.append(question)
        self.fault(question[0])

    def snapshot(self, user_id: str) -> Json:
        self._note("snapshot", user_id)
        return a_snapshot()

    def start_burst(
        self,
        user_id: str,
        kind: BurstKind = BurstKind.SMART,
        brands: tuple[str, ...] | None = None,
        order: PerKind[int] | None = None,
        seed: int | None = None,
        idempotency_key: str | None = None,
        request_hash: str = "",
    ) -> str:
        self._note("start", user_id, kind, brands, order, seed, idempotency_key, request_hash)
        return "burst"

    def cancel_burst(self, burst_id: str, by: str, reason: str = "", of_user: str | None = None) -> bool:
        self._note("cancel", burst_id, by, reason, of_user)
        return True

    def regenerate(self, user_id: str, job_id: str) -> str:
        self._note("regenerate", user_id, job_id)
        return "new job"

    def figures(self) -> Json:
        self._note("figures")
        return {"one": 1}

    def look_again(self, user_id: str) -> None:
        self._note("look again", user_id)

    def listener(self, deliver: Callable[[str, Json], None]) -> Heard:
        heard = Heard(deliver)
        self.listeners.append(heard)
        return heard


@pytest.fixture
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mae-") as folder:  # of a short name: a socket lies in it
        yield Path(folder)


@pytest.fixture(params=["unix", "tcp"])
def address(request: pytest.FixtureRequest, home: Path) -> Address:
    return address_of(home, f"127.0.0.1:{free_port()}" if request.param == "tcp" else None, None)


@pytest.fixture
def door() -> FakeDoor:
    return FakeDoor()


@contextmanager
def calling(address: Address) -> Iterator[Gateway]:
    gateway = Gateway(address)
    try:
        yield gateway
    finally:
        gateway.close()


@pytest.fixture
def served(door: FakeDoor, address: Address) -> Iterator[Address]:
    with serving(door, address, EPOCH):
        yield address


@pytest.fixture
def gateway(served: Address) -> Iterator[Gateway]:
    with calling(served) as gateway:
        yield gateway
