"""What Maestro knows of each user. No actor of its own: Maestro alone touches it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pykka

from maestro_actors.actors.messages import Ref
from maestro_actors.core import daily, narration, snapshot
from maestro_actors.core.burst import Burst
from maestro_actors.core.daily import Routine
from maestro_actors.core.events import CancelRequested, JobAdded
from maestro_actors.core.snapshot import Json

Reply = pykka.Future[Any]


@dataclass(slots=True)
class Live:
    """The burst under way. `life` counts its actors from 0; what it was told of and has not recorded is told again."""

    burst_id: str
    actor: Ref
    life: int = 0
    reason: str = ""
    cancel: CancelRequested | None = None
    adding: dict[str, JobAdded] = field(default_factory=dict)


@dataclass(slots=True)
class Tenant:
    """One user: the burst under way or about to begin, the one that ended last, and the daily routine.

    `view` is the burst's part of the snapshot, `day` the user's local date when it was looked at last. `known` is False
    until the journal has said what there was before, and `waiting` are those who asked meanwhile. `changed` is where
    all users note that there is something new to see.
    """

    user_id: str
    routine: Routine
    version: int = 0
    known: bool = False
    live: Live | None = None
    opening: str | None = None
    view: Json = field(default_factory=snapshot.idle)
    ended: Burst | None = None
    recap: Json | None = None
    next_run: datetime | None = None
    day: date | None = None
    waiting: list[tuple[Reply, Any]] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)

    @property
    def busy_with(self) -> str | None:
        """The burst that is under way, or about to begin."""
        return self.live.burst_id if self.live else self.opening

    def has_changed(self) -> None:
        """Whoever looks sees something new."""
        self.version += 1
        self.changed.add(self.user_id)

    def show(self, view: Json) -> None:
        """From now on this is the burst's part of the snapshot."""
        self.view = view
        self.has_changed()

    def end(self, burst: Burst) -> None:
        """The burst has ended, and this is what came of it."""
        self.live = None
        self.remember(burst)
        self.show(snapshot.idle())

    def break_off(self, reason: str) -> None:
        """The burst has ended, and nobody can say what came of it."""
        self.live = self.ended = self.recap = None
        self.show(snapshot.idle() | {"headline": f"The last session broke off: {reason}"})

    def remember(self, burst: Burst) -> None:
        """This burst ended last."""
        self.ended, self.recap = burst, snapshot.recap(burst)

    def heed(self, routine: Routine, now: datetime) -> None:
        """The routine is now this."""
        before = self.routine.paused, self.next_run, self.day
        self.routine, self.next_run = routine, daily.next_run(routine, now)
        self.day = daily.local_date(now, routine.timezone)
        if before != (routine.paused, self.next_run, self.day):
            self.has_changed()

    def snapshot(self, now: datetime, trouble: str | None) -> Json:
        """All of it, as the design's section 6 has it."""
        shown = {
            "version": self.version,
            "server_time": snapshot.rfc3339(now),
            "paused": self.routine.paused,
            **self.view,
            **snapshot.timing(self.view, now),
            **self._recent(now),
            "next_run_at": snapshot.rfc3339(self.next_run) if self.next_run else None,
        }
        return shown | {"headline": f"Waiting: {trouble}"} if trouble else shown

    def _recent(self, now: datetime) -> Json:
        """The burst that ended last; on its own day it is also what there is to say while no other is under way."""
        if self.ended is None or self.ended.finished_at is None:
            return {"recent_burst": None}
        days = (daily.local_date(at, self.routine.timezone) for at in (self.ended.finished_at, now))
        today = len(set(days)) == 1
        said = narration.recap(self.ended, today)
        recent = {"recent_burst": {**(self.recap or {}), "headline": said}}
        return recent | {"headline": said} if today and self.live is None else recent


class Tenants:
    """Every user that was heard of, and whose each burst is."""

    def __init__(self) -> None:
        self._by_id: dict[str, Tenant] = {}
        self._owner_of: dict[str, str] = {}
        self._changed: set[str] = set()

    def __iter__(self) -> Iterator[Tenant]:
        return iter(self._by_id.values())

    def of(self, user_id: str) -> Tenant:
        """The user, who may be new."""
        if user_id not in self._by_id:
            self._by_id[user_id] = Tenant(user_id, Routine(user_id), changed=self._changed)
        return self._by_id[user_id]

    @property
    def have_changed(self) -> bool:
        """Of some there is something new to see."""
        return bool(self._changed)

    def take_changed(self) -> set[str]:
        """The users of whom there is something new to see, since this was asked last."""
        changed = set(self._changed)
        self._changed.clear()
        return changed

    def note_burst(self, burst_id: str, tenant: Tenant) -> None:
        """The burst is this user's."""
        self._owner_of[burst_id] = tenant.user_id

    def forget_burst(self, burst_id: str) -> None:
        """There is no such burst after all."""
        self._owner_of.pop(burst_id, None)

    def of_burst(self, burst_id: str) -> Tenant | None:
        """The user whose burst it is, if this worker has heard of it."""
        user_id = self._owner_of.get(burst_id)
        return None if user_id is None else self._by_id[user_id]

    def living(self, burst_id: str) -> Tenant | None:
        """The user whose burst is under way, if it is this one."""
        tenant = self.of_burst(burst_id)
        return tenant if tenant and tenant.live and tenant.live.burst_id == burst_id else None
