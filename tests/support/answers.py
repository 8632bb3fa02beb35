"""Who asks the actors in tests: an actor that keeps what it is told, with the time, for a test to look at."""

from __future__ import annotations

import time
from typing import Any

from maestro_actors.actors.actor import Actor
from maestro_actors.actors.messages import Ref, Task, WorkDelayed, WorkProgressed, WorkStarted
from tests.support.patience import eventually


class Listener(Actor):
    """Keeps every message with the moment it came, on the monotonic clock."""

    def __init__(self, heard: list[tuple[Any, float]]) -> None:
        super().__init__()
        self._heard = heard

    def on_receive(self, message: Any) -> None:
        self._heard.append((message, time.monotonic()))


class Answers:
    """A listener and what it has heard so far."""

    def __init__(self) -> None:
        self._heard: list[tuple[Any, float]] = []
        self.ref: Ref = Listener.start(self._heard)

    def task(self, owner: str, burst: str = "A", step: int = 0) -> Task:
        """A task whose answers come here, and the news on the way too."""
        return Task(burst, owner, step, reply_to=self.ref, watcher=self.ref)

    @property
    def all(self) -> list[Any]:
        return [message for message, _ in list(self._heard)]

    @property
    def times(self) -> list[float]:
        return [at for _, at in list(self._heard)]

    def to(self, task: Task) -> list[Any]:
        """Everything about the task, the news on the way included."""
        return [message for message in self.all if getattr(message, "task", None) == task]

    def settling(self, task: Task) -> list[Any]:
        """The answers that settle the task: there must never be two."""
        return [
            answer for answer in self.to(task) if not isinstance(answer, WorkStarted | WorkProgressed | WorkDelayed)
        ]

    def settled(self, task: Task, seconds: float = 5.0) -> Any:
        """The answer that settles the task, once it is there."""
        (answer,) = eventually(lambda: self.settling(task), seconds)
        return answer
