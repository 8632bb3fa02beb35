"""Maestro: owns the live bursts, one a user, and composes each user's snapshot, between bursts too."""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass, field
from typing import Any

from maestro_actors.actors.actor import Actor, tell
from maestro_actors.actors.burst import BurstActor
from maestro_actors.actors.messages import (
    Begin,
    BurstChanged,
    BurstEnded,
    CancelBurst,
    GetEndedBurst,
    GetSnapshot,
    Leave,
    Ref,
    StartBurst,
)
from maestro_actors.actors.studio import Studio
from maestro_actors.core import review, snapshot
from maestro_actors.core.burst import Burst
from maestro_actors.core.content import Brand
from maestro_actors.core.events import BurstStarted, CancelRequested
from maestro_actors.core.snapshot import Json
from maestro_actors.errors import BurstRefusedError, UnknownBurstError

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tenant:
    """What Maestro knows of one user. `live` is the burst under way, `view` its part of the snapshot."""

    version: int = 0
    live: Ref | None = None
    burst_id: str | None = None
    view: Json = field(default_factory=snapshot.idle)
    ended: Burst | None = None
    recap: Json | None = None


class MaestroActor(Actor):
    """The one whom the edge asks; every answer is at hand, so nobody waits long."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._clock = studio.services.clock
        self._tenants: dict[str, Tenant] = {}
        self._owner_of: dict[str, str] = {}

    def on_receive(self, message: object) -> Any:
        match message:
            case GetSnapshot(user_id):
                return self._snapshot(self._tenant(user_id))
            case GetEndedBurst(user_id):
                return self._tenant(user_id).ended
            case StartBurst():
                return self._start_burst(message)
            case CancelBurst():
                return self._cancel_burst(message)
            case BurstChanged(burst_id, view):
                self._changed(self._tenant(self._owner_of[burst_id]), view)
            case BurstEnded(burst):
                self._ended(burst)
            case Leave():
                self._leave()
        return None

    def _tenant(self, user_id: str) -> Tenant:
        return self._tenants.setdefault(user_id, Tenant())

    def _snapshot(self, tenant: Tenant) -> Json:
        now = self._clock()
        return {
            "version": tenant.version,
            "server_time": snapshot.rfc3339(now),
            "paused": False,
            **tenant.view,
            **snapshot.timing(tenant.view, now),
            "recent_burst": tenant.recap,
            "next_run_at": None,
        }

    def _changed(self, tenant: Tenant, view: Json) -> None:
        tenant.version += 1
        tenant.view = view

    def _start_burst(self, order: StartBurst) -> str:
        tenant = self._tenant(order.user_id)
        if tenant.live:
            raise BurstRefusedError(f"burst {tenant.burst_id} is under way: wait until it has ended, or cancel it")
        started = self._started(order)
        self._owner_of[started.burst_id] = order.user_id
        tenant.live = BurstActor.start(started, order.seed, self._studio, self.actor_ref)
        tenant.burst_id = started.burst_id
        self._changed(tenant, snapshot.live(Burst(started), self._studio.url_of))
        tell(tenant.live, Begin())
        return started.burst_id

    def _started(self, order: StartBurst) -> BurstStarted:
        if not order.brands:
            raise BurstRefusedError("there is no brand to make content for: add one")
        nobody = review.unserved(order.brands, order.agents)
        if nobody:
            raise BurstRefusedError(f"no agent writes for {_names(nobody)}: add one, or give one the brand")
        requests = review.deal(order.order, order.brands, order.agents)
        return BurstStarted(
            self._clock(), str(uuid.uuid4()), order.user_id, order.kind, order.brands, order.agents, requests
        )

    def _cancel_burst(self, command: CancelBurst) -> bool:
        user_id = self._owner_of.get(command.burst_id)
        if user_id is None:
            raise UnknownBurstError(f"there is no burst {command.burst_id}")
        tenant = self._tenants[user_id]
        if tenant.live is None or tenant.burst_id != command.burst_id:
            return False
        tell(tenant.live, CancelRequested(self._clock(), command.by, command.reason))
        return True

    def _ended(self, burst: Burst) -> None:
        tenant = self._tenant(burst.started.user_id)
        if burst.started.burst_id != tenant.burst_id or tenant.live is None:
            return
        tenant.live, tenant.ended, tenant.recap = None, burst, snapshot.recap(burst)
        self._changed(tenant, snapshot.idle() | {"headline": tenant.recap["headline"]})
        log.info("burst ended", extra={"burst_id": burst.started.burst_id, "outcome": burst.outcome})

    def _leave(self) -> None:
        for tenant in self._tenants.values():
            if tenant.live:
                tell(tenant.live, Leave())
        self.stop()


def _names(brands: tuple[Brand, ...]) -> str:
    return ", ".join(brand.name for brand in brands)
