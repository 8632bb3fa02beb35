"""The lives of bursts: whose actor lives, who goes on when it died, and how it ends. A part of Maestro.

A burst's events are on disk, so an actor that died of a bug costs the burst no more than a pause. One that dies
again and again ends its burst, as failed.
"""

from __future__ import annotations

import logging

from maestro_actors.actors.actor import bug, tell
from maestro_actors.actors.burst import BurstActor
from maestro_actors.actors.messages import Begin, BurstEnded, Leave, Ref
from maestro_actors.actors.recording import AbandonBurst, BurstAbandoned, BurstRead, ReadBurst, Record
from maestro_actors.actors.studio import Studio
from maestro_actors.actors.tenant import Live, Tenant, Tenants
from maestro_actors.core import snapshot
from maestro_actors.core.burst import Burst
from maestro_actors.core.events import BurstStarted
from maestro_actors.core.figures import Tally
from maestro_actors.journal.entries import FIRST_SEQ, RecordedBurst, UnreadableBurst, ending_of

log = logging.getLogger(__name__)

RESTARTS = 3  # of one burst's actor
ANOTHER = "another burst of the user was under way"


class Lives:
    """Starts the actors of bursts for `owner`, and starts them again."""

    def __init__(self, tenants: Tenants, studio: Studio, owner: Ref, tally: Tally) -> None:
        self._tenants = tenants
        self._studio = studio
        self._journal = studio.services.journal
        self._owner = owner
        self._tally = tally

    def go_live(self, tenant: Tenant, started: BurstStarted) -> None:
        """A burst that is new on record."""
        self._tenants.note_burst(started.burst_id, tenant)
        burst = Burst(started)
        if tenant.live:
            self._abandon(tenant, started.burst_id, ANOTHER)
        elif burst.finished:
            tenant.end(burst)
            self._tally.count(burst)
        else:
            self._enliven(tenant, burst, FIRST_SEQ)

    def take_up(self, recorded: RecordedBurst) -> None:
        """A burst that an earlier worker left."""
        tenant = self._tenants.of(recorded.user_id)
        self._tenants.note_burst(recorded.burst_id, tenant)
        burst = replayed(recorded)
        if burst and burst.finished:
            tell(self._journal, Record((ending_of(burst),)))
            self._tally.count(burst)
        elif burst is None or tenant.live:
            self._abandon(tenant, recorded.burst_id, ANOTHER if burst else "its events contradict each other")
        else:
            log.info("going on with a burst", extra={"burst_id": recorded.burst_id, "open_jobs": len(burst.open)})
            self._tally.resumed += 1
            self._enliven(tenant, burst, recorded.next_seq)

    def _enliven(self, tenant: Tenant, burst: Burst, next_seq: int) -> None:
        life = tenant.live.life + 1 if tenant.live else 0
        actor = BurstActor.start(burst, next_seq, self._studio, self._owner, life)
        if tenant.live:
            tenant.live.actor, tenant.live.life = actor, life
        else:
            tenant.live = Live(burst.started.burst_id, actor)
        tenant.show(snapshot.live(burst, self._studio.url_of))
        tell(actor, Begin())

    def broke(self, burst_id: str, reason: str) -> None:
        """Its actor died of a bug: see what is on record."""
        tenant = self._tenants.living(burst_id)
        if tenant is None or tenant.live is None:
            return
        tenant.live.reason = reason
        log.error("a burst's actor died", extra={"burst_id": burst_id, "reason": reason, "life": tenant.live.life})
        tell(self._journal, ReadBurst(burst_id, self._owner))

    def go_on(self, read: BurstRead) -> None:
        """What is on record of a burst whose actor died: another goes on from there, if none died too often."""
        tenant = self._tenants.living(read.burst_id)
        if tenant is None or tenant.live is None:
            return
        burst = replayed(read.burst)
        if burst and burst.finished:  # nothing was missing but to say so
            tell(self._journal, Record((ending_of(burst),), ((self._owner, BurstEnded(burst)),)))
            return
        if burst is None or not isinstance(read.burst, RecordedBurst) or tenant.live.life >= RESTARTS:
            self._abandon(tenant, read.burst_id, tenant.live.reason)
            return
        self._enliven(tenant, burst, read.burst.next_seq)
        if tenant.live.cancel:
            tell(tenant.live.actor, tenant.live.cancel)
        for addition in tenant.live.adding.values():
            tell(tenant.live.actor, addition)

    def unwritable(self, burst_id: str, reason: str) -> None:
        """The database refuses something of it: it cannot go on."""
        tenant = self._tenants.living(burst_id)
        if tenant and tenant.live:
            tell(tenant.live.actor, Leave())
            self._abandon(tenant, burst_id, reason)

    def _abandon(self, tenant: Tenant, burst_id: str, reason: str) -> None:
        tell(self._journal, AbandonBurst(burst_id, tenant.user_id, reason, self._owner))

    def abandoned(self, message: BurstAbandoned) -> Burst | None:
        """It has ended on record, as failed; answers what came of it, where that can be read."""
        tenant = self._tenants.living(message.burst_id)
        if tenant is None or tenant.live is None:
            return None
        burst = replayed(message.burst)
        if burst is None or not burst.finished:
            tenant.break_off(tenant.live.reason)
        return burst

    def leave(self) -> None:
        """Let every burst be as it is."""
        for tenant in self._tenants:
            if tenant.live:
                tell(tenant.live.actor, Leave())


def replayed(recorded: RecordedBurst | UnreadableBurst | None) -> Burst | None:
    """The burst as its events tell it; None where they cannot be read, or cannot be."""
    if not isinstance(recorded, RecordedBurst):
        return None
    try:
        return Burst.replay(recorded.started, recorded.events)
    except Exception as error:  # whatever one burst's events say, the others go on
        log.exception("a burst cannot be replayed", extra={"burst_id": recorded.burst_id, "reason": bug(error)})
        return None
