"""Maestro: owns the live bursts, one a user, and the daily runs; composes each user's snapshot, between bursts too.

What it is asked to begin is on record before it answers: the answer is a future, kept when the journal has spoken.
It goes on with whatever an earlier worker left, and with a burst whose actor died of a bug.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pykka

from maestro_actors.actors.actor import Actor, tell
from maestro_actors.actors.audience import Audience
from maestro_actors.actors.daily import DailyAlarms, DailyDue
from maestro_actors.actors.lives import Lives, replayed
from maestro_actors.actors.messages import (
    Begin,
    BurstBroke,
    BurstChanged,
    BurstEnded,
    CancelBurst,
    CancelNoted,
    GetEndedBurst,
    GetFigures,
    GetSnapshot,
    JobJoined,
    Leave,
    LookAgain,
    RegenerateJob,
    Remind,
    Remove,
    StartBurst,
    Subscribe,
    Tick,
    Unsubscribe,
)
from maestro_actors.actors.reception import Pending, Reception, refuse
from maestro_actors.actors.recording import (
    BurstAbandoned,
    BurstOpened,
    BurstRead,
    BurstUnwritable,
    DatabaseAway,
    DatabaseBack,
    NotOpened,
    ReadRoutines,
    ReadTenant,
    ReadUnfinished,
    RegenerationOpened,
    RoutinesRead,
    TenantRead,
    UnfinishedRead,
    Watch,
)
from maestro_actors.actors.studio import Studio
from maestro_actors.actors.tenant import Reply, Tenant, Tenants
from maestro_actors.core import daily
from maestro_actors.core.burst import Burst
from maestro_actors.core.content import Stage
from maestro_actors.core.daily import Routine
from maestro_actors.core.events import CancelRequested
from maestro_actors.core.figures import Tally
from maestro_actors.core.snapshot import Json
from maestro_actors.errors import MaestroError, PassingError, UnknownBurstError
from maestro_actors.journal.errors import DailyAlreadyDecidedError

log = logging.getLogger(__name__)

LOOK = 2.0  # seconds between two looks at everybody's daily routine
AT_ONCE = 100  # objects in one request to the storage

Question = StartBurst | RegenerateJob | CancelBurst | GetSnapshot | GetEndedBurst


class MaestroActor(Actor):
    """The one whom the edge asks."""

    def __init__(self, studio: Studio, daily_runs: bool) -> None:
        """Without `daily_runs` no daily burst begins by itself."""
        super().__init__()
        self._studio = studio
        self._journal = studio.services.journal
        self._clock = studio.services.clock
        self._tenants = Tenants()
        self._tally = Tally()
        self._lives = Lives(self._tenants, studio, self.actor_ref, self._tally)
        self._reception = Reception(
            *(self._tenants, self._journal, self._clock, self.actor_ref), go_live=self._lives.go_live
        )
        self._audience = Audience(self._tenants, self._snapshot)
        self._cancels = Pending()
        self._early: (
            list[tuple[Reply, Question]] | None
        ) = []  # asked before the journal said what there is to go on with
        self._trouble: str | None = None
        self._daily_runs = daily_runs
        self._alarms: DailyAlarms | None = None

    def on_receive(self, message: Any) -> Any:
        answer = self._receive(message)
        if self._tenants.have_changed and self._early is None:
            self._audience.tell_what_changed()
        return answer

    def _receive(self, message: Any) -> Any:
        match message:
            case StartBurst() | RegenerateJob() | CancelBurst() | GetSnapshot() | GetEndedBurst():
                return self._asked(message)
            case GetFigures():
                return self._figures()
            case BurstChanged(burst_id, view):
                tenant = self._tenants.living(burst_id)
                if tenant:
                    tenant.show(view)
            case BurstEnded(burst):
                self._ended(burst)
            case BurstBroke(burst_id, reason):
                self._lives.broke(burst_id, reason)
            case CancelNoted(burst_id):
                self._cancels.settle(burst_id, True)
            case JobJoined():
                self._reception.joined(message)
            case Subscribe() | Unsubscribe() | LookAgain():
                self._heed_watcher(message)
            case DailyDue(user_id):
                self._run_daily(self._tenants.of(user_id))
            case Begin():
                self._begin()
            case Tick():
                tell(self._journal, ReadRoutines(self.actor_ref))
            case Leave():
                self._leave()
            case _:
                self._hear(message)
        return None

    def _hear(self, answer: Any) -> None:
        """What the journal says."""
        match answer:
            case UnfinishedRead():
                self._resume(answer)
            case RoutinesRead(routines):
                self._heed_all(routines)
            case TenantRead():
                self._know(answer)
            case BurstOpened():
                self._opened(answer)
            case NotOpened():
                self._not_opened(answer)
            case RegenerationOpened():
                self._reception.regeneration_opened(answer)
            case BurstRead():
                self._lives.go_on(answer)
            case BurstAbandoned():
                self._abandoned(answer)
            case BurstUnwritable(burst_id, reason):
                self._lives.unwritable(burst_id, reason)
            case DatabaseAway(reason):
                self._be_in_trouble(reason)
            case DatabaseBack():
                self._be_in_trouble(None)

    # Its life.

    def _begin(self) -> None:
        self._alarms = DailyAlarms(self.actor_ref) if self._daily_runs else None
        tell(self._journal, Watch(self.actor_ref))
        tell(self._journal, ReadUnfinished(self.actor_ref))
        tell(self._journal, ReadRoutines(self.actor_ref))

    def _resume(self, read: UnfinishedRead) -> None:
        for recorded in read.bursts:
            self._lives.take_up(recorded)
        self._remove(read.unwanted)
        early, self._early = self._early or [], None
        for reply, question in early:
            _answer_later(reply, self._answer, question)

    def _leave(self) -> None:
        if self._alarms:
            self._alarms.close()
        self._lives.leave()
        self.stop()

    def _be_in_trouble(self, trouble: str | None) -> None:
        self._trouble = trouble
        for tenant in self._tenants:
            tenant.has_changed()

    def _remove(self, paths: tuple[str, ...]) -> None:
        for start in range(0, len(paths), AT_ONCE):
            some = paths[start : start + AT_ONCE]
            tell(self._studio.services.storage, Remove("", some, self._journal))

    # Bursts that end.

    def _ended(self, burst: Burst) -> None:
        tenant = self._tenants.living(burst.started.burst_id)
        if tenant is None or tenant.live is None:
            return
        missed = tuple(tenant.live.adding.values())
        tenant.end(burst)
        self._tally.count(burst)
        log.info("burst ended", extra={"burst_id": burst.started.burst_id, "outcome": burst.outcome})
        self._cancels.settle(burst.started.burst_id, False)
        self._reception.ask_again(tenant, missed)
        self._run_daily(tenant)

    def _abandoned(self, message: BurstAbandoned) -> None:
        burst = self._lives.abandoned(message)
        if burst and burst.finished:
            self._ended(burst)
        self._cancels.settle(message.burst_id, False)
        self._remove(message.unwanted)

    # What the edge asks.

    def _asked(self, question: Question) -> Any:
        if self._early is None:
            return self._answer(question)
        reply: Reply = pykka.ThreadingFuture()
        self._early.append((reply, question))
        return reply

    def _answer(self, question: Question) -> Any:
        match question:
            case StartBurst(user_id):
                self._refuse_in_trouble()
                return self._reception.start(self._tenants.of(user_id), question)
            case RegenerateJob(user_id, job_id):
                self._refuse_in_trouble()
                return self._reception.regenerate(self._tenants.of(user_id), job_id)
            case CancelBurst():
                return self._cancel_burst(question)
            case GetSnapshot(user_id) | GetEndedBurst(user_id):
                tenant = self._tenants.of(user_id)
                return self._look(tenant, question) if tenant.known else self._get_to_know(tenant, question)

    def _refuse_in_trouble(self) -> None:
        if self._trouble:
            raise PassingError(f"nothing can begin now: {self._trouble}")

    def _cancel_burst(self, command: CancelBurst) -> Reply | bool:
        owner = self._tenants.of_burst(command.burst_id)
        if owner is None or command.of_user not in (None, owner.user_id):
            raise UnknownBurstError(f"there is no burst {command.burst_id}")
        tenant = self._tenants.living(command.burst_id)
        if tenant is None or tenant.live is None:
            return False
        tenant.live.cancel = tenant.live.cancel or CancelRequested(self._clock(), command.by, command.reason)
        tell(tenant.live.actor, tenant.live.cancel)
        if self._trouble:
            return True  # it stops now, and that is on record as soon as anything can be
        return self._cancels.reply(command.burst_id)

    def _heed_watcher(self, message: Subscribe | Unsubscribe | LookAgain) -> None:
        match message:
            case Subscribe(user_id, ref):
                tenant = self._tenants.of(user_id)
                self._audience.join(tenant, ref)
                if not tenant.known:
                    tell(self._journal, ReadTenant(user_id, self.actor_ref))
            case Unsubscribe(user_id, ref):
                self._audience.leave(user_id, ref)
            case LookAgain(user_id):
                tell(self._journal, ReadTenant(user_id, self.actor_ref))

    def _snapshot(self, tenant: Tenant) -> Json:
        return tenant.snapshot(self._clock(), self._trouble)

    def _look(self, tenant: Tenant, question: GetSnapshot | GetEndedBurst) -> Json | Burst | None:
        if isinstance(question, GetEndedBurst):
            return tenant.ended
        return self._snapshot(tenant)

    def _figures(self) -> Json:
        """The stages are those that the views show, and so of the bursts under way; the rest is of what has ended."""
        counts = [tenant.view["counts"] for tenant in self._tenants if tenant.live]
        tally = self._tally
        return {
            "bursts": {
                "live": len(counts),
                "resumed": tally.resumed,
                "daily_runs": tally.daily_runs,
                "ended": tally.ended,
            },
            "jobs": {
                "stages": {stage.value: sum(each[stage.value] for each in counts) for stage in Stage},
                "outcomes": tally.outcomes,
            },
        }

    def _get_to_know(self, tenant: Tenant, question: GetSnapshot | GetEndedBurst) -> Reply:
        if not tenant.waiting:
            tell(self._journal, ReadTenant(tenant.user_id, self.actor_ref))
        reply: Reply = pykka.ThreadingFuture()
        tenant.waiting.append((reply, question))
        return reply

    def _know(self, read: TenantRead) -> None:
        tenant = self._tenants.of(read.user_id)
        self._heed(tenant, read.routine)
        burst = None if tenant.known else replayed(read.last)
        if burst and burst.finished and tenant.ended is None:
            tenant.remember(burst)
        if not tenant.known:
            tenant.known = True
            tenant.has_changed()
        waiting, tenant.waiting = tenant.waiting, []
        for reply, question in waiting:
            reply.set(self._look(tenant, question))

    def _opened(self, answer: BurstOpened) -> None:
        tenant = self._reception.opened(answer)
        if answer.local_date:
            self._tally.daily_runs += 1
            self._decided(tenant, answer.local_date)

    def _not_opened(self, answer: NotOpened) -> None:
        tenant = self._reception.not_opened(answer)
        if isinstance(answer.error, DailyAlreadyDecidedError):
            self._decided(tenant, answer.error.local_date)

    # Daily runs.

    def _heed_all(self, routines: Iterable[Routine]) -> None:
        for routine in routines:
            tenant = self._tenants.of(routine.user_id)
            self._heed(tenant, routine)
            self._run_daily(tenant)
        tell(self._studio.timer, Remind(self.actor_ref, Tick(), LOOK))

    def _heed(self, tenant: Tenant, routine: Routine) -> None:
        tenant.heed(routine, self._clock())
        if self._alarms:
            self._alarms.set(tenant.user_id, tenant.next_run)

    def _decided(self, tenant: Tenant, day: Any) -> None:
        self._heed(tenant, replace(tenant.routine, decided=tenant.routine.decided | {day}))

    def _run_daily(self, tenant: Tenant) -> None:
        """Begin today's run if it is due; a burst that is under way delays it."""
        if not self._daily_runs or self._early is not None or tenant.busy_with or self._trouble:
            return
        day = daily.due(tenant.routine, self._clock())
        if day:
            self._reception.start_daily(tenant, day)


def _answer_later(reply: Reply, answer: Callable[[Question], Any], question: Question) -> None:
    try:
        found = answer(question)
    except MaestroError as error:
        refuse(reply, error)
    else:
        reply.set(found)
