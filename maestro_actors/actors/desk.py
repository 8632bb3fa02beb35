"""A desk: the actor of a resource that blocks. Storage, painter and agents are desks.

It does one piece of work at a time, in its own call alone, and takes the next by telling itself, so that whatever
was told it meanwhile is heard in between. Work waits in a queue that is fair between bursts; a try that failed for a
passing reason goes back there with a due time and stalls nobody; every piece of work gets one answer that settles it.
"""

from __future__ import annotations

import logging
import math
import random
import time
from abc import abstractmethod
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Generic, TypeVar

from maestro_actors.actors.actor import Actor, bug, tell
from maestro_actors.actors.messages import (
    GetFigures,
    Ref,
    Remind,
    Task,
    Tick,
    Withdraw,
    Withdrawn,
    WorkDelayed,
    WorkStarted,
)
from maestro_actors.core.fair_queue import FairQueue
from maestro_actors.core.figures import Histogram
from maestro_actors.core.snapshot import Json
from maestro_actors.errors import MaestroError, NoAnswerError, PassingError

log = logging.getLogger(__name__)

Command = TypeVar("Command")


HUNG_TRIES = 3  # tries in a row without any answer, after which whoever waits is told so


@dataclass(frozen=True, slots=True)
class TakeNext:
    """To oneself: look at the queue."""


@dataclass(frozen=True, slots=True)
class Attempt(Generic[Command]):
    """A command that waits for its turn, the `number`th time."""

    command: Command
    number: int = 1


@dataclass(frozen=True, slots=True)
class Backoff:
    """How often to try, and how long to wait between tries: doubling, up to a limit, with some jitter. Seconds.

    Quick at first and patient later, 14 to 18 s in all: a storage that fails every third upload fails no job. Who is
    asked to wait waits as long as that, but never longer than `patience`: a burst ends.
    """

    tries: int = 8
    first: float = 0.2
    limit: float = 4.0
    patience: float = 300.0

    def delay(self, tried: int, asked: float | None = None) -> float:
        """How long to wait after the `tried`th try, when the other side has `asked` for so much, or for nothing."""
        if asked is not None:
            return min(asked, self.patience)
        jitter = 1 + random.random() / 4  # noqa: S311 - it spreads retries, it hides nothing
        return float(min(self.limit, self.first * 2 ** (tried - 1)) * jitter)


class Desk(Actor, Generic[Command]):
    """The queue, the tries and the answers; what the work is, a subclass says.

    Its figures are of the work that somebody waits for, under the name `what`.
    """

    what: ClassVar[str]

    def __init__(self, timer: Ref, backoff: Backoff) -> None:
        super().__init__()
        self._timer = timer
        self._backoff = backoff
        self._waiting: FairQueue[Attempt[Command]] = FairQueue()
        self._in_hand: Attempt[Command] | None = None
        self._summoned = False
        self._alarm = math.inf
        self._hung = 0
        self._took = Histogram()
        self._failures = 0
        self._retries = 0

    # What a subclass says.

    @abstractmethod
    def _work(self, command: Command) -> None:
        """Do it, blocking under a deadline of one's own, and answer.

        Raises:
            PassingError: it could not be done now, and another try may do.
            MaestroError: it cannot be done.
        """

    @abstractmethod
    def _fail(self, command: Command, reason: str) -> None:
        """Answer that it cannot be done."""

    @abstractmethod
    def _task(self, command: Command) -> Task | None:
        """The task that the command is for, where somebody waits for an answer."""

    @abstractmethod
    def _group(self, command: Command) -> str:
        """The burst that the command is for."""

    # The mechanism.

    def on_receive(self, message: Any) -> Any:
        match message:
            case TakeNext():
                self._take_next()
            case Tick():
                self._summon()  # and not at once: two who take turns would leave no room for what was told meanwhile
            case Withdraw(task):
                self._withdraw(task)
            case GetFigures():
                return self._figures()
            case _:
                self._waiting.put(self._group(message), Attempt(message))
                self._summon()
        return None

    def on_failure(self, _type: object, error: BaseException | None, _traceback: object) -> None:
        in_hand = [self._in_hand] if self._in_hand else []
        for attempt in (*in_hand, *self._waiting.take_out(lambda _: True)):
            self._fail(attempt.command, bug(error))

    def _summon(self) -> None:
        if not self._summoned:
            self._summoned = True
            tell(self.actor_ref, TakeNext())

    def _take_next(self) -> None:
        self._summoned = False
        now = time.monotonic()
        attempt = self._waiting.pop(now)
        if attempt:
            self._in_hand = attempt
            self._try(attempt)
            self._in_hand = None
        if attempt and self._waiting:
            self._summon()
        else:
            self._wake_when_due(now)

    def _wake_when_due(self, now: float) -> None:
        due = self._waiting.next_due()
        if self._alarm <= now:
            self._alarm = math.inf
        if due is not None and due < self._alarm:
            self._alarm = due
            tell(self._timer, Remind(self.actor_ref, Tick(), max(0.0, due - now)))

    def _withdraw(self, task: Task) -> None:
        if self._waiting.take_out(lambda attempt: self._task(attempt.command) == task):
            tell(task.reply_to, Withdrawn(task))

    def _try(self, attempt: Attempt[Command]) -> None:
        command = attempt.command
        task = self._task(command)
        if task:
            tell(task.watcher, WorkStarted(task, attempt.number))
        hung, self._hung = self._hung, 0
        began = time.monotonic()
        try:
            self._work(command)
        except NoAnswerError as error:
            self._hung = hung + 1
            self._nobody_answered(attempt, error)
        except PassingError as error:
            self._try_again(attempt, error)
        except MaestroError as error:
            self._give_up(command, str(error))
        except Exception as error:
            log.exception("work failed by a bug", extra={"actor": type(self).__name__})
            self._give_up(command, bug(error))
        else:
            if task:
                self._took.observe(time.monotonic() - began)

    def _nobody_answered(self, attempt: Attempt[Command], error: NoAnswerError) -> None:
        """One hung try costs its whole deadline: after some in a row, nobody is kept waiting for a try of his own."""
        if self._hung < HUNG_TRIES:
            self._try_again(attempt, error)
            return
        for each in (attempt, *self._waiting.take_out(lambda _: True)):
            self._give_up(each.command, f"{error} ({self._hung} tries in a row had no answer)")

    def _try_again(self, attempt: Attempt[Command], error: PassingError) -> None:
        if attempt.number >= self._backoff.tries:
            self._give_up(attempt.command, f"{error} (tried {attempt.number} times)")
            return
        delay = self._backoff.delay(attempt.number, error.retry_after)
        again = replace(attempt, number=attempt.number + 1)
        self._waiting.put_later(self._group(attempt.command), again, time.monotonic() + delay)
        task = self._task(attempt.command)
        if task:
            self._retries += 1
            tell(task.watcher, WorkDelayed(task, f"another try in {delay:.1f} s: {error}"))

    def _give_up(self, command: Command, reason: str) -> None:
        self._failures += self._task(command) is not None
        self._fail(command, reason)

    def _figures(self) -> Json:
        """Between two tries, none of the work is in hand."""
        what, several = self.what, f"{self.what}s"
        return {
            "queues": {several: sum(self._task(attempt.command) is not None for attempt in self._waiting)},
            "durations": {what: self._took.as_json()},
            "failures": {several: self._failures},
            "retries": {several: self._retries},
        }
