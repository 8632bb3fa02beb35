"""The reception: what people asked Maestro to begin, until it is on record. No actor of its own, but a part of Maestro.

Whoever asks holds a future; several who ask for the same hold one each, and get the same answer.
"""

from __future__ import annotations

import random
import sys
import uuid
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime

import pykka

from maestro_actors.actors.actor import tell
from maestro_actors.actors.messages import JobJoined, Ref, StartBurst
from maestro_actors.actors.recording import BurstOpened, NotOpened, OpenBurst, OpenRegeneration, RegenerationOpened
from maestro_actors.actors.tenant import Reply, Tenant, Tenants
from maestro_actors.core.events import BurstKind, BurstStarted, JobAdded
from maestro_actors.errors import BurstRefusedError, MaestroError
from maestro_actors.journal.entries import Opening, Regeneration

GoLive = Callable[[Tenant, BurstStarted], None]


class Pending:
    """Futures by what they wait for."""

    def __init__(self) -> None:
        self._replies: defaultdict[str, list[Reply]] = defaultdict(list)

    def waits(self, name: str) -> bool:
        return name in self._replies

    def reply(self, name: str) -> Reply:
        """One more that waits."""
        reply: Reply = pykka.ThreadingFuture()
        self._replies[name].append(reply)
        return reply

    def settle(self, name: str, value: object) -> None:
        for reply in self._replies.pop(name, ()):
            reply.set(value)

    def refuse(self, name: str, error: MaestroError) -> None:
        for reply in self._replies.pop(name, ()):
            refuse(reply, error)


def refuse(reply: Reply, error: MaestroError) -> None:
    """Let whoever waits get this error."""
    try:
        raise error
    except MaestroError:
        reply.set_exception(sys.exc_info())


class Reception:
    """Hands wishes to the journal, and what it answers to `go_live` and to those who wait."""

    def __init__(
        self, tenants: Tenants, journal: Ref, clock: Callable[[], datetime], owner: Ref, go_live: GoLive
    ) -> None:
        self._tenants = tenants
        self._journal = journal
        self._clock = clock
        self._owner = owner
        self._go_live = go_live
        self._pending = Pending()
        self._replacing: dict[str, str] = {}  # the old job, by the burst that its wish is filed under

    # Bursts.

    def start(self, tenant: Tenant, order: StartBurst) -> Reply:
        """A burst somebody asked for. Where an idempotency key may stand for one, the journal decides.

        Raises:
            BurstRefusedError: another burst of the user is under way.
        """
        if tenant.busy_with and order.idempotency_key is None:
            raise BurstRefusedError.under_way(tenant.busy_with)
        opening = Opening(
            *(str(uuid.uuid4()), tenant.user_id, order.kind, self._clock()),
            seed=_seed() if order.seed is None else order.seed,
            brands=order.brands,
            order=order.order,
            idempotency_key=order.idempotency_key,
            request_hash=order.request_hash,
            live=tenant.busy_with,
        )
        self._open(tenant, opening)
        return self._pending.reply(opening.burst_id)

    def start_daily(self, tenant: Tenant, day: date) -> None:
        """The daily burst of a date."""
        burst_id = str(uuid.uuid4())
        opening = Opening(burst_id, tenant.user_id, BurstKind.DAILY, self._clock(), _seed(), local_date=day)
        self._open(tenant, opening)

    def _open(self, tenant: Tenant, opening: Opening) -> None:
        self._tenants.note_burst(opening.burst_id, tenant)
        if not tenant.busy_with:
            tenant.opening = opening.burst_id
        tell(self._journal, OpenBurst(opening, self._owner))

    def opened(self, answer: BurstOpened) -> Tenant:
        """A burst is on record."""
        tenant = self._settled(answer.asked_as)
        if answer.started:
            self._go_live(tenant, answer.started)
        self._pending.settle(answer.asked_as, answer.burst_id)
        return tenant

    def not_opened(self, answer: NotOpened) -> Tenant:
        """Nothing is on record."""
        tenant = self._settled(answer.asked_as)
        self._tenants.forget_burst(answer.asked_as)
        replacing = self._replacing.pop(answer.asked_as, None)
        self._pending.refuse(_anew(tenant, replacing) if replacing else answer.asked_as, answer.error)
        return tenant

    def _settled(self, asked_as: str) -> Tenant:
        tenant = self._tenants.of_burst(asked_as)
        assert tenant, f"burst {asked_as} was asked for by somebody"
        if tenant.opening == asked_as:
            tenant.opening = None
        return tenant

    # Jobs that replace others.

    def regenerate(self, tenant: Tenant, job_id: str) -> Reply:
        """A job somebody wants made anew, in the live burst or in one of its own.

        Raises:
            BurstRefusedError: the live burst is being cancelled.
        """
        if tenant.live and tenant.live.cancel:
            raise BurstRefusedError("the burst under way is being cancelled: try again when it has ended")
        asked = self._pending.waits(_anew(tenant, job_id))
        reply = self._pending.reply(_anew(tenant, job_id))
        if not asked:
            self._ask(tenant, job_id)
        return reply

    def _ask(self, tenant: Tenant, job_id: str) -> None:
        live = tenant.busy_with is not None
        wish = Regeneration(*(str(uuid.uuid4()), tenant.user_id, str(uuid.uuid4()), job_id, self._clock()), live=live)
        self._tenants.note_burst(wish.burst_id, tenant)
        self._replacing[wish.burst_id] = job_id
        if not live:
            tenant.opening = wish.burst_id
        tell(self._journal, OpenRegeneration(wish, _seed(), self._owner))

    def regeneration_opened(self, answer: RegenerationOpened) -> None:
        """The new job is on record, or is to be added to the live burst."""
        tenant, wish, made = self._settled(answer.wish.burst_id), answer.wish, answer.regenerated
        self._replacing.pop(wish.burst_id, None)
        if made.addition:
            self._add(tenant, made.addition)
            return
        if made.started:
            self._go_live(tenant, made.started)
        self._pending.settle(_anew(tenant, wish.replaces), made.job_id)

    def _add(self, tenant: Tenant, addition: JobAdded) -> None:
        if tenant.live and not tenant.live.cancel:
            tenant.live.adding[addition.replacement.job_id] = addition
            tell(tenant.live.actor, addition)
        else:
            self._ask(tenant, addition.replacement.replaces)

    def joined(self, message: JobJoined) -> None:
        """A job that was added is on record."""
        tenant = self._tenants.living(message.burst_id)
        addition = tenant.live.adding.pop(message.job_id, None) if tenant and tenant.live else None
        if tenant and addition:
            self._pending.settle(_anew(tenant, addition.replacement.replaces), message.job_id)

    def ask_again(self, tenant: Tenant, additions: tuple[JobAdded, ...]) -> None:
        """The burst ended before these joined it."""
        for addition in additions:
            self._ask(tenant, addition.replacement.replaces)


def _anew(tenant: Tenant, job_id: str) -> str:
    """What several who ask for the same wait for. Who asks for another user's job gets an answer of their own."""
    return f"{job_id} anew for {tenant.user_id}"


def _seed() -> int:
    return random.getrandbits(32)


__all__ = ["Pending", "Reception", "refuse"]
