"""The composition root: which actors there are, in which order they start and stop, and the door to them.

The order to start reads from top to bottom in `running`, the order to stop in its `finally`.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import resource_tracker
from typing import Any

import pykka

from maestro_actors.actors.actor import tell
from maestro_actors.actors.burst import BurstActor
from maestro_actors.actors.desk import Backoff
from maestro_actors.actors.job import JobActor
from maestro_actors.actors.journal import JournalActor
from maestro_actors.actors.maestro import MaestroActor
from maestro_actors.actors.messages import (
    Begin,
    CancelBurst,
    CountWork,
    GetEndedBurst,
    GetFigures,
    GetSnapshot,
    Leave,
    LookAgain,
    Ref,
    RegenerateJob,
    Remind,
    StartBurst,
    Subscribe,
    Unsubscribe,
)
from maestro_actors.actors.painter import PainterActor
from maestro_actors.actors.recording import CountUnwritten, Journal
from maestro_actors.actors.render_pool import RenderPool
from maestro_actors.actors.storage import Bucket, StorageActor
from maestro_actors.actors.studio import Services, Studio
from maestro_actors.actors.timer import TimerActor
from maestro_actors.actors.watcher import Deliver, WatcherActor
from maestro_actors.core import figures
from maestro_actors.core.burst import Burst
from maestro_actors.core.content import PerKind
from maestro_actors.core.events import BurstKind
from maestro_actors.core.snapshot import Json, UrlOf
from maestro_actors.errors import BrokenSystemError, MaestroError, PassingError
from maestro_actors.providers.images import ImageProvider
from maestro_actors.providers.text import TextProvider
from maestro_actors.rendering.plan import Planner, plan_offline, plan_with_painter
from maestro_actors.workspace import workspace

log = logging.getLogger(__name__)

ASK_TIMEOUT = 5.0  # seconds; what the edge asks is answered from memory, or when the journal has it on disk
FIGURES_TIMEOUT = 1.0  # seconds; figures that are not there by then are left out
STOP_TIMEOUT = 9.0  # seconds until a system that stops has gone, whatever hangs
HEAD_START = 0.25  # seconds that bursts have before the storage opens, which loads its client for half a second
FLUSH_TIMEOUT = 4.0  # seconds that it gives the storage to remove what nobody wants; the journal remembers the rest
FLUSH_LOOK = 0.2  # seconds between two looks at whether somebody is in a hurry meanwhile
LEAVE_TIMEOUT = 2.0  # seconds until killed children must have gone


def utc_now() -> datetime:
    """The clock of everything that runs."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a system is made from. Without a `painter` the renderers paint; `plan` then says how.

    `journal` is the database in the hands of the bursts' owner. Without `daily_runs` no daily burst begins by itself.
    `opening`, where there is any, makes the bucket usable; until it has, everything but the storage goes on.
    """

    journal: Journal
    bucket: Bucket
    url_of: UrlOf
    writer: TextProvider
    renderers: int
    jobs_in_flight: int
    painter: ImageProvider | None = None
    plan: Planner = plan_offline
    clock: Callable[[], datetime] = utc_now
    backoff: Backoff = field(default_factory=Backoff)
    daily_runs: bool = True
    opening: Callable[[], None] | None = None


class System:
    """The door for whoever stands outside.

    Every question is answered at once, or fails: with `PassingError` where the database is away, and otherwise with
    `BrokenSystemError`.
    """

    def __init__(self, maestro: Ref, actors: Sequence[Ref], fatal: Sequence[MaestroError]) -> None:
        self._maestro = maestro
        self._actors = actors
        self._fatal = fatal

    def check(self) -> None:
        """See that every actor lives that must. One that died of a bug is not replaced: what it owned may be broken.

        Raises:
            BrokenSystemError: one has died; whoever runs the system ends, and starts it afresh.
            SupersededError, DatabaseError: this system may write no more, and must end.
        """
        for error in self._fatal:
            raise error
        dead = [ref.actor_class.__name__ for ref in self._actors if not ref.is_alive()]
        if dead:
            raise BrokenSystemError(f"{' and '.join(dead)} died of a bug: the log has the details; start again")

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
        """Begin a burst for these brands, or all; answers with its id when it is on record.

        With an `order`, so many of each kind, dealt to the brands; without one, what the kind of burst makes. The same
        key with the same hash answers with the same burst.

        Raises:
            BurstRefusedError: another burst of the user is under way, or it asks for what cannot be made.
            IdempotencyConflictError: the key stood for another request.
            PassingError: the database is away.
        """
        return str(self._ask(StartBurst(user_id, kind, brands, order, seed, idempotency_key, request_hash)))

    def regenerate(self, user_id: str, job_id: str) -> str:
        """Make a new job that replaces this one, in the live burst or one of its own; answers with the new job's id.

        Raises:
            BurstRefusedError: the job cannot be replaced; the text says why.
            PassingError: the database is away.
        """
        return str(self._ask(RegenerateJob(user_id, job_id)))

    def cancel_burst(self, burst_id: str, by: str, reason: str = "", of_user: str | None = None) -> bool:
        """Stop a burst, if it is this user's, or anyone's; False if it had ended. Raises `UnknownBurstError`."""
        return bool(self._ask(CancelBurst(burst_id, by, reason, of_user)))

    def snapshot(self, user_id: str) -> Json:
        """The user's snapshot, as the design's section 6 has it."""
        answer: Json = self._ask(GetSnapshot(user_id))
        return answer

    def look_again(self, user_id: str) -> None:
        """The user's daily time or pause was changed in the database."""
        tell(self._maestro, LookAgain(user_id))

    def listener(self, deliver: Deliver) -> Listener:
        """Somebody who will hear of users' snapshots, in a thread of its own; see `WatcherActor`."""
        return Listener(WatcherActor.start(deliver, self._maestro))

    def ended_burst(self, user_id: str) -> Burst | None:
        """The user's last burst that ended. Nobody changes it any more."""
        answer: Burst | None = self._ask(GetEndedBurst(user_id))
        return answer

    def figures(self) -> Json:
        """What happens now and how much happened since the start, each told by the actor that owns it; never fails.

        `queues` has how many wait; `durations` histograms of what was done, in seconds, renders by what they make;
        for the jobs' `outcomes` see `core.figures.Tally`. An actor that has not answered within a second, because its
        resource hangs or it has died, is named in `silent`, and its figures are not there.
        """
        asked = [(ref.actor_class.__name__, ref.ask(GetFigures(), block=False)) for ref in self._actors]
        deadline = time.monotonic() + FIGURES_TIMEOUT
        told: list[Json] = []
        silent: list[str] = []
        for name, answer in asked:
            try:
                told.append(answer.get(timeout=max(0.0, deadline - time.monotonic())))
            except (pykka.Timeout, pykka.ActorDeadError):
                silent.append(name)
        return figures.composed(told) | {"silent": silent}

    def _ask(self, message: object) -> Any:
        self.check()
        try:
            answer = self._maestro.ask(message, timeout=ASK_TIMEOUT)
        except (pykka.Timeout, pykka.ActorDeadError) as error:
            raise BrokenSystemError(f"Maestro gave no answer within {ASK_TIMEOUT:g} s: start again") from error
        try:
            while isinstance(answer, pykka.Future):
                answer = answer.get(timeout=ASK_TIMEOUT)
        except pykka.Timeout as error:
            self.check()
            raise PassingError(f"the database gave no answer within {ASK_TIMEOUT:g} s: try again") from error
        return answer


class Listener:
    """Hears of the snapshots of those users that it subscribes to."""

    def __init__(self, watcher: Ref) -> None:
        self._watcher = watcher

    def subscribe(self, user_id: str) -> None:
        """Hear how the user's snapshot is, and of every change from now on."""
        tell(self._watcher, Subscribe(user_id, self._watcher))

    def unsubscribe(self, user_id: str) -> None:
        """Hear no more of the user."""
        tell(self._watcher, Unsubscribe(user_id, self._watcher))

    def close(self) -> None:
        """Hear nothing any more."""
        tell(self._watcher, Leave())


@contextmanager
def running(parts: Parts, hurried: Callable[[], bool] = lambda: False) -> Iterator[System]:
    """A system at work. At the end nothing of it runs any more, and its temporary folder is gone.

    Once `hurried` says so, the end does not wait until the storage has removed what nobody wants.
    """
    with workspace() as folder:
        started: list[Ref] = []
        fatal: list[MaestroError] = []

        def start(actor: type[pykka.ThreadingActor], *details: object) -> Ref:
            ref = actor.start(*details)
            started.append(ref)
            return ref

        with _one_core() as cores, _signals_left_to_this_thread():
            timer = start(TimerActor)
            journal = start(JournalActor, parts.journal, timer, parts.clock, fatal.append, cores)
            storage = start(StorageActor, parts.bucket, timer, parts.backoff, parts.opening, fatal.append)
            pool = start(RenderPool, parts.renderers, timer, cores)
            painter = start(PainterActor, parts.painter, timer, parts.backoff) if parts.painter else None
            plan = plan_with_painter if painter else parts.plan
            services = Services(pool, storage, journal, painter, plan, parts.clock)
            studio = Studio(
                services, timer, parts.writer, parts.backoff, parts.url_of, str(folder), parts.jobs_in_flight
            )
            maestro = start(MaestroActor, studio, parts.daily_runs)
            tell(maestro, Begin())  # what it starts shares the core, and leaves the signals alone
        tell(timer, Remind(storage, Begin(), HEAD_START))
        tell(pool, Begin())
        try:
            yield System(maestro, started, fatal)
        finally:
            deadline = time.monotonic() + STOP_TIMEOUT
            tell(storage, Leave())
            tell(maestro, Leave())
            _wait_for_actors((MaestroActor, BurstActor, JobActor))
            tell(pool, Leave())
            _wait_for_children()
            if not fatal:
                _flush(storage, CountWork(), min(deadline, time.monotonic() + FLUSH_TIMEOUT), hurried)
                _flush(journal, CountUnwritten(), deadline, hurried)
            for ref in reversed(started):
                ref.stop(block=False)


@contextmanager
def _signals_left_to_this_thread() -> Iterator[None]:
    """Threads started in the block, and the processes that these start, do not hear the signals that stop a program.

    Without it the forkserver, which ignores Ctrl-C only once it has loaded Pillow and PyAV, dies of an early one.
    """
    resource_tracker.ensure_running()  # it unblocks SIGINT as it starts: so it starts before
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _one_core() -> Iterator[frozenset[int]]:
    """Threads started in the block, and theirs, share one core; yields the cores that the renderers may use.

    Actors take turns at the interpreter's lock anyhow. On several cores each message wakes another core; on one it
    costs half as much and twice as many go through. Where the system cannot say, everything is as it was.
    """
    if not hasattr(os, "sched_setaffinity"):
        yield frozenset()
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {random.choice(sorted(cores))})  # noqa: S311 - so that several workers spread
    try:
        yield frozenset(cores)
    finally:
        os.sched_setaffinity(0, cores)


def _wait_for_actors(kinds: tuple[type[pykka.Actor], ...]) -> None:
    """Those who ask go before those whom they ask."""
    deadline = time.monotonic() + LEAVE_TIMEOUT
    while any(pykka.ActorRegistry.get_by_class(kind) for kind in kinds) and time.monotonic() < deadline:
        time.sleep(0.002)


def _wait_for_children() -> None:
    deadline = time.monotonic() + LEAVE_TIMEOUT
    for process in multiprocessing.active_children():
        process.join(max(0.0, deadline - time.monotonic()))
        if process.is_alive():
            log.error("a renderer process did not leave", extra={"pid": process.pid})


def _flush(actor: Ref, count: object, deadline: float, hurried: Callable[[], bool]) -> None:
    """Let the actor finish what it was told, unless somebody is in a hurry. What it counts is what is left."""
    while time.monotonic() < deadline and not hurried():
        try:
            if actor.ask(count, timeout=FLUSH_LOOK) == 0:
                return
        except pykka.Timeout:
            continue
        except pykka.ActorDeadError:
            break
        time.sleep(0.005)
    log.error("not everything was done in time", extra={"actor": actor.actor_class.__name__})
