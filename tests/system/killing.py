"""A worker to be killed: it begins the user's burst, or goes on with the one under way, until that has ended.

    python -m tests.system.killing '{"database": "sqlite:////tmp/maestro.db", ...}'     # a Script

It says what happens in lines of JSON, each with its moment on the monotonic clock. The last is {"ended": <the recap>},
or {"stopped": true} when it was told to stop.
Only the standard library stands at the top: a renderer's child imports this module again.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, PoolProxiedConnection

    from maestro_actors.cli.signals import Interruptions
    from maestro_actors.system import System

LOOK = 0.005  # seconds between two looks at the snapshot


@dataclass(frozen=True)
class Death:
    """By one's own hand, with SIGKILL, around the `nth` transaction in which a statement begins with `saying`.

    Before it is made, that is when everything is ready to be committed, or right after; before it dies it holds on
    for so many seconds, in which everything but the journal goes on.
    """

    when: Literal["before", "after"]
    nth: int
    saying: str = ""
    hold: float = 0.0


@dataclass(frozen=True)
class Script:
    """What the worker is to do: a burst of so many jobs, or to `regenerate` one that there is.

    It cancels the burst once `cancel_at` jobs have their outcome, if it is told to.
    """

    database: str
    storage: str
    key: str
    user_id: str
    jobs: int = 30
    cancel_at: int | None = None
    death: Death | None = None
    tries: int = 4
    regenerate: str | None = None

    def as_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> Script:
        values: dict[str, Any] = json.loads(text)
        return cls(**values | {"death": Death(**values["death"]) if values["death"] else None})


def main(script: Script) -> None:
    from maestro_actors.cli import logs
    from maestro_actors.cli.signals import interruptions
    from maestro_actors.journal.database import connect

    logs.configure(verbose=False)
    engine = connect(script.database)
    commits = Commits(engine, script.death)
    with interruptions() as asked, at_work(script, engine) as system:
        take_up(system, engine, script)
        recap = perform(system, engine, script, asked)
    engine.dispose()
    if recap:
        say(ended=recap, commits=commits.count)
    else:
        say(stopped=True)


@contextmanager
def at_work(script: Script, engine: Engine) -> Iterator[System]:
    from benchmarks.empty import EmptyWriter
    from maestro_actors.actors.desk import Backoff
    from maestro_actors.journal.owned import OwnedJournal
    from maestro_actors.journal.ownership import acquire
    from maestro_actors.storage import SupabaseBucket
    from maestro_actors.system import Parts, running
    from tests.system.pictures import small_pictures

    ownership = acquire(engine, wait=10)
    try:
        with closing(SupabaseBucket(script.storage, script.key)) as bucket:
            parts = Parts(
                *(OwnedJournal(engine, ownership), bucket, bucket.url_of, EmptyWriter(), 2, 8),
                plan=small_pictures,
                backoff=Backoff(tries=script.tries, first=0.02),
                daily_runs=False,
            )
            with running(parts) as system:
                yield system
    finally:
        ownership.release()


def take_up(system: System, engine: Engine, script: Script) -> None:
    """Begin the burst, or go on with it, unless it has ended already."""
    from maestro_actors.core.content import PerKind

    found = system.snapshot(script.user_id)
    if found["burst_id"]:
        say(resumed=found["burst_id"], settled=settled(found))
    elif recap_of(found, engine, script):
        say(already=True)
    elif script.regenerate:
        say(began=system.regenerate(script.user_id, script.regenerate))
    else:
        say(began=system.start_burst(script.user_id, order=PerKind(0, script.jobs, 0), seed=1))


def perform(system: System, engine: Engine, script: Script, asked: Interruptions) -> dict[str, Any] | None:
    """The recap, or None if somebody asked to stop."""
    cancelled = waited = False
    while not asked.count:
        snapshot = system.snapshot(script.user_id)
        if snapshot["headline"].startswith("Waiting: ") and not waited:
            waited = True
            say(waiting=snapshot["headline"])
        recap = recap_of(snapshot, engine, script)
        if recap:
            return recap
        if script.cancel_at is not None and settled(snapshot) >= script.cancel_at and not cancelled:
            cancelled = system.cancel_burst(snapshot["burst_id"], by="a test")
            say(cancelled=cancelled)
        time.sleep(LOOK)
    return None


def recap_of(snapshot: dict[str, Any], engine: Engine, script: Script) -> dict[str, Any] | None:
    """The recap of what was to be done, if that is done."""
    from maestro_actors.journal.history import History

    if snapshot["burst_id"] or not snapshot["recent_burst"]:
        return None
    if script.regenerate and not History(engine).job(script.user_id, script.regenerate).job.replaced_by:
        return None
    return dict(snapshot["recent_burst"])


def settled(snapshot: dict[str, Any]) -> int:
    return int(sum(snapshot["counts"][outcome] for outcome in ("scheduled", "failed", "cancelled", "lost")))


class Commits:
    """Counts the transactions that write something; one of them may be the last thing that happens."""

    def __init__(self, engine: Engine, death: Death | None) -> None:
        from sqlalchemy import event

        self.count = 0
        self._death = death
        self._fitting = 0
        self._said: list[str] = []
        self._dying = False
        self._make = engine.dialect.do_commit
        event.listen(engine, "before_cursor_execute", self._note)
        event.listen(engine, "commit", self._commit)
        engine.dialect.do_commit = self._make_and_die  # type: ignore[method-assign]

    def _note(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self._said.append(statement)

    def _commit(self, connection: Connection) -> None:
        if not connection.get_execution_options().get("writing"):
            return
        self.count += 1
        said, self._said = self._said, []
        death = self._death
        if death is None or not any(statement.startswith(death.saying) for statement in said):
            return
        self._fitting += 1
        if self._fitting == death.nth:
            time.sleep(death.hold)
            if death.when == "before":
                die()
            self._dying = True

    def _make_and_die(self, dbapi_connection: PoolProxiedConnection) -> None:
        self._make(dbapi_connection)
        if self._dying:
            die()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def say(**what: Any) -> None:
    print(json.dumps(what | {"at": time.monotonic()}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Script.read(sys.argv[1]))
