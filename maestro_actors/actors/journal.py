"""JournalActor: owns the connection that writes events, jobs and slots.

Everything is done in the order in which it was told. Records are written in groups: the first at once, the next when
a few milliseconds have passed or somebody asks a question behind them. While the database is away nothing is lost:
the group in hand is tried again until it is known to be written, and the rest waits behind it.
"""

from __future__ import annotations

import logging
import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from maestro_actors.actors.actor import Actor, tell
from maestro_actors.actors.messages import GetFigures, Ref, Remind, Tick
from maestro_actors.actors.recording import (
    AbandonBurst,
    BurstAbandoned,
    BurstOpened,
    BurstRead,
    BurstUnwritable,
    ClaimFailed,
    ClaimsAnswered,
    ClaimWithdrawn,
    CountUnwritten,
    DatabaseAway,
    DatabaseBack,
    Journal,
    NotOpened,
    ObjectsRemoved,
    OpenBurst,
    OpenRegeneration,
    Question,
    ReadBurst,
    ReadRoutines,
    ReadTenant,
    ReadUnfinished,
    Record,
    RegenerationOpened,
    RoutinesRead,
    SlotClaimed,
    TenantRead,
    UnfinishedRead,
    Watch,
    WithdrawClaim,
)
from maestro_actors.errors import MaestroError, PassingError
from maestro_actors.journal.entries import Claim, Committed, RecordedBurst, Removed
from maestro_actors.journal.errors import DatabaseError, SupersededError, TooLateError

log = logging.getLogger(__name__)

MOST = 500  # records in one transaction
GATHERING = 0.02  # seconds between two groups, at least; a group of many costs hardly more than one of few
RENEWAL = 2.0  # seconds between two looks at whether the bursts are still ours
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0  # seconds until another try, doubling
STALE = 4.0  # seconds after which nothing is opened any more: whoever asked for it is told at 5 that it failed


@dataclass(frozen=True, slots=True)
class TakeNext:
    """To oneself: look at what waits."""


@dataclass(frozen=True, slots=True)
class TryAgain:
    """To oneself: the pause is over."""


@dataclass(frozen=True, slots=True)
class Renew:
    """To oneself: see that the bursts are still ours."""


@dataclass(frozen=True, slots=True)
class LookFor:
    """To oneself: an opening that failed may have been written all the same. Then it runs."""

    question: OpenBurst | OpenRegeneration


Waiting = Record | Question | Renew | LookFor


class JournalActor(Actor):
    """One thing at a time, in order; a run of records is one thing."""

    def __init__(
        self,
        journal: Journal,
        timer: Ref,
        clock: Callable[[], datetime],
        on_fatal: Callable[[MaestroError], None],
        cores: frozenset[int] = frozenset(),
    ) -> None:
        """`on_fatal` hears, at most once, why this worker may write no more. `cores` are those that it may use."""
        super().__init__()
        self._journal = journal
        self._timer = timer
        self._clock = clock
        self._on_fatal = on_fatal
        self._waiting: deque[Waiting] = deque()
        self._group: list[Record] = []
        self._gathering_until = 0.0
        self._questions = 0
        self._transactions = 0
        self._watcher: Ref | None = None
        self._summoned = False
        self._gathering = False
        self._failures = 0
        self._away: PassingError | None = None
        self._over = False
        self._cores = cores

    def on_start(self) -> None:
        if self._cores:  # it waits for a disk: that must not hold up the actors, who share a core
            os.sched_setaffinity(0, self._cores)

    def on_receive(self, message: Any) -> Any:
        match message:
            case CountUnwritten():
                return 0 if self._over else len(self._group) + len(self._waiting)
            case GetFigures():
                unwritten = len(self._group) + len(self._waiting)
                return {"queues": {"journal": unwritten}, "journal": {"transactions": self._transactions}}
            case _ if self._over:
                return None
            case TakeNext():
                self._summoned = False
                self._take_next()
            case TryAgain():
                self._gathering = False
                self._summon()
            case Tick():
                self._wait_for(Renew())
            case Watch(ref):
                self._watcher = ref
                self._remind(Tick(), RENEWAL)
            case WithdrawClaim(job_id):
                self._withdraw(job_id)
            case ObjectsRemoved(paths):
                self._wait_for(Record((Removed(paths),)))
            case OpenBurst() | OpenRegeneration() if self._away:
                _refuse(message, self._away)
            case _:
                self._wait_for(message)
        return None

    # The queue.

    def _wait_for(self, waiting: Waiting) -> None:
        self._waiting.append(waiting)
        self._questions += not isinstance(waiting, Record)
        if not self._failures:
            self._summon()

    def _summon(self) -> None:
        """Look at what waits: now, or when the next group has gathered."""
        pause = 0.0 if self._questions or self._group else self._gathering_until - time.monotonic()
        if pause <= 0 and not self._summoned:
            self._summoned = True
            tell(self.actor_ref, TakeNext())
        elif pause > 0 and not self._gathering:
            self._gathering = True
            self._remind(TryAgain(), pause)

    def _remind(self, message: object, delay: float) -> None:
        tell(self._timer, Remind(self.actor_ref, message, delay))

    def _take_next(self) -> None:
        try:
            if self._group or (self._waiting and isinstance(self._waiting[0], Record)):
                self._commit_group()
            elif self._waiting:
                self._answer(self._waiting[0])
                self._waiting.popleft()
                self._questions -= 1
        except PassingError as error:
            self._pause(error)
            return
        except MaestroError as error:
            self._end(error)
            return
        self._succeeded()
        if self._waiting:
            self._summon()

    def _withdraw(self, job_id: str) -> None:
        """Only from what waits: whether the group in hand is written may be unknown."""
        for place, record in enumerate(self._waiting):
            if not isinstance(record, Record):
                continue
            rest = tuple(item for item in record.items if not (isinstance(item, Claim) and item.job_id == job_id))
            if len(rest) < len(record.items):
                self._waiting[place] = replace(record, items=rest)
                if record.reply_to:
                    tell(record.reply_to, ClaimWithdrawn(job_id))
                return

    # Groups.

    def _commit_group(self) -> None:
        if not self._group:
            self._gather()
        try:
            self._commit(self._group)
        except SupersededError:
            raise
        except DatabaseError:
            self._commit_one_by_one()
        self._group = []
        self._gathering_until = time.monotonic() + GATHERING

    def _gather(self) -> None:
        while self._waiting and len(self._group) < MOST:
            record = self._waiting[0]
            if not isinstance(record, Record):
                return
            self._group.append(record)
            self._waiting.popleft()

    def _commit(self, group: Sequence[Record]) -> None:
        items = [item for record in group for item in record.items]
        committed = self._journal.commit(items) if items else Committed()
        self._transactions += bool(items)
        for job_id, outcome in committed.settled.items():
            log.error("a job had another outcome already", extra={"job_id": job_id, "outcome": outcome})
        for record in group:
            if record.reply_to:
                _answer_claims(record, record.reply_to, committed)
            for ref, message in record.then:
                tell(ref, message)

    def _commit_one_by_one(self) -> None:
        """Somebody's record is refused: find out whose, and write the others'."""
        refused: set[str] = set()
        while self._group:
            record = self._group[0]
            burst_ids = {item.burst_id for item in record.items if not isinstance(item, Removed)}
            if not burst_ids & refused:
                try:
                    self._commit([record])
                except SupersededError:
                    raise
                except DatabaseError as error:
                    refused |= burst_ids
                    self._refused(burst_ids, error)
            self._group.pop(0)

    def _refused(self, burst_ids: set[str], error: DatabaseError) -> None:
        log.error("the database refuses a record", extra={"burst_ids": sorted(burst_ids), "reason": str(error)})
        if not burst_ids:
            raise error
        for burst_id in burst_ids:
            self._tell_watcher(BurstUnwritable(burst_id, str(error)))

    # Questions.

    def _answer(self, question: Waiting) -> None:
        match question:
            case Renew():
                self._journal.renew()
                self._remind(Tick(), RENEWAL)
            case OpenBurst() | OpenRegeneration():
                self._open(question)
            case LookFor(OpenBurst() | OpenRegeneration() as opening):
                self._look_for(opening)
            case ReadUnfinished(reply_to):
                self._read_unfinished(reply_to)
            case ReadBurst(burst_id, reply_to):
                tell(reply_to, BurstRead(burst_id, self._journal.burst(burst_id)))
            case AbandonBurst():
                self._abandon(question)
            case ReadTenant(user_id, reply_to):
                routine = self._journal.routine(user_id, self._clock())
                tell(reply_to, TenantRead(user_id, routine, self._journal.last_ended(user_id)))
            case ReadRoutines(reply_to):
                tell(reply_to, RoutinesRead(self._journal.routines(self._clock())))

    def _open(self, question: OpenBurst | OpenRegeneration) -> None:
        """An answer at once, whatever comes: somebody stands there and waits for it, or has gone meanwhile."""
        try:
            answer = self._opened(question)
        except SupersededError:
            raise
        except TooLateError as error:
            _refuse(question, error)
        except PassingError as error:
            _refuse(question, error)
            self._waiting[0] = LookFor(question)
            raise
        except MaestroError as error:
            _refuse(question, error)
        else:
            tell(question.reply_to, answer)

    def _is_wanted(self, question: OpenBurst | OpenRegeneration) -> bool:
        asked_at = question.opening.at if isinstance(question, OpenBurst) else question.wish.at
        return (self._clock() - asked_at).total_seconds() <= STALE

    def _opened(self, question: OpenBurst | OpenRegeneration) -> BurstOpened | RegenerationOpened:
        wanted = partial(self._is_wanted, question)
        if not wanted():
            raise TooLateError
        match question:
            case OpenBurst(opening):
                opened = self._journal.open(opening, wanted)
                return BurstOpened(opened.burst_id, opening.burst_id, opened.started, opening.local_date)
            case OpenRegeneration(wish, seed):
                return RegenerationOpened(wish, self._journal.regenerate(wish, seed, wanted))

    def _look_for(self, question: OpenBurst | OpenRegeneration) -> None:
        burst_id = _burst_id_of(question)
        recorded = self._journal.burst(burst_id)
        if isinstance(recorded, RecordedBurst):
            tell(question.reply_to, BurstOpened(burst_id, burst_id, recorded.started))

    def _read_unfinished(self, reply_to: Ref) -> None:
        readable = []
        for burst in self._journal.unfinished():
            if isinstance(burst, RecordedBurst):
                readable.append(burst)
            else:
                log.error("a burst cannot be read", extra={"burst_id": burst.burst_id, "reason": str(burst.error)})
                self._journal.abandon(burst.burst_id, burst.user_id, burst.next_seq, self._clock(), str(burst.error))
        tell(reply_to, UnfinishedRead(tuple(readable), self._journal.unwanted()))

    def _abandon(self, question: AbandonBurst) -> None:
        burst_id, user_id = question.burst_id, question.user_id
        found = self._journal.burst(burst_id)
        seq = found.next_seq if found else 0
        self._journal.abandon(burst_id, user_id, seq, self._clock(), question.reason)
        left = self._journal.unwanted()
        tell(question.reply_to, BurstAbandoned(burst_id, self._journal.burst(burst_id), left))

    # Trouble.

    def _pause(self, error: PassingError) -> None:
        self._failures += 1
        if self._failures == 2:  # the first may be a connection that was cut while nobody used it
            self._away = error
            log.warning("the database is away", extra={"reason": str(error)})
            self._tell_watcher(DatabaseAway(str(error)))
            self._refuse_openings(error)
        self._remind(TryAgain(), min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (self._failures - 1)))

    def _refuse_openings(self, error: PassingError) -> None:
        """Nobody is kept waiting for what cannot begin now."""
        for question in [each for each in self._waiting if isinstance(each, OpenBurst | OpenRegeneration)]:
            _refuse(question, error)
            self._waiting.remove(question)
            self._questions -= 1

    def _succeeded(self) -> None:
        self._failures = 0
        if self._away:
            self._away = None
            log.warning("the database is back")
            self._tell_watcher(DatabaseBack())

    def _end(self, error: MaestroError) -> None:
        """This worker may write no more: nobody is told anything, since nobody may act on it."""
        log.error("the journal has ended", extra={"reason": str(error)})
        self._over = True
        self._group.clear()
        self._waiting.clear()
        self._questions = 0
        self._on_fatal(error)

    def _tell_watcher(self, message: object) -> None:
        if self._watcher:
            tell(self._watcher, message)


def _answer_claims(record: Record, reply_to: Ref, committed: Committed) -> None:
    answers = tuple(_answer(item.job_id, committed) for item in record.items if isinstance(item, Claim))
    if answers:
        tell(reply_to, ClaimsAnswered(answers))


def _answer(job_id: str, committed: Committed) -> SlotClaimed | ClaimFailed:
    slot = committed.slots.get(job_id)
    if slot:
        return SlotClaimed(job_id, slot, committed.unwanted.get(job_id, ()))
    return ClaimFailed(job_id, str(committed.refused[job_id]))


def _refuse(question: OpenBurst | OpenRegeneration, error: MaestroError) -> None:
    tell(question.reply_to, NotOpened(_burst_id_of(question), error))


def _burst_id_of(question: OpenBurst | OpenRegeneration) -> str:
    return question.opening.burst_id if isinstance(question, OpenBurst) else question.wish.burst_id
