"""The smallest desk there can be: its work is a name, and a script says what becomes of each.

script.troubles["bread"] = iter([PassingError("the oven is hot")])  # the first try fails, the next ones pass
script.gates["milk"] = threading.Event()                            # under way until it is set
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from maestro_actors.actors.actor import tell
from maestro_actors.actors.desk import Backoff, Desk
from maestro_actors.actors.messages import Ref, Task
from tests.support.patience import eventually

GATE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Errand:
    task: Task

    @property
    def name(self) -> str:
        return self.task.owner


@dataclass(frozen=True, slots=True)
class Run:
    """The errand was run."""

    task: Task


@dataclass(frozen=True, slots=True)
class NotRun:
    task: Task
    reason: str


class Script:
    """Runs errands as a test wants it, and keeps a diary of every try."""

    def __init__(self) -> None:
        self.troubles: dict[str, Iterator[Exception]] = defaultdict(lambda: iter(()))
        self.gates: dict[str, threading.Event] = {}
        self._diary: list[tuple[str, float]] = []

    def run(self, name: str) -> None:
        self._diary.append((name, time.monotonic()))
        if name in self.gates:
            assert self.gates[name].wait(GATE_SECONDS), f"nobody opened the gate of {name}"
        for trouble in self.troubles[name]:
            raise trouble

    @property
    def tried(self) -> list[str]:
        """The names in the order of their tries."""
        return [name for name, _ in list(self._diary)]

    def times(self, name: str) -> list[float]:
        """When the errand was tried, on the monotonic clock."""
        return [at for tried, at in list(self._diary) if tried == name]

    def hold(self, name: str) -> threading.Event:
        """Let the errand be under way until the event is set."""
        self.gates[name] = threading.Event()
        return self.gates[name]

    def wait_for(self, name: str) -> None:
        """Until the errand has been tried."""
        eventually(lambda: name in self.tried)


class Runner(Desk[Errand]):
    """Runs errands by the script."""

    what = "errand"

    def __init__(self, script: Script, timer: Ref, backoff: Backoff) -> None:
        super().__init__(timer, backoff)
        self._script = script

    def _work(self, command: Errand) -> None:
        self._script.run(command.name)
        tell(command.task.reply_to, Run(command.task))

    def _fail(self, command: Errand, reason: str) -> None:
        tell(command.task.reply_to, NotRun(command.task, reason))

    def _task(self, command: Errand) -> Task:
        return command.task

    def _group(self, command: Errand) -> str:
        return command.task.burst_id
