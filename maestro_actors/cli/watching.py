"""A burst watched from a terminal, from its start to its recap."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console

from maestro_actors.cli import live, recap
from maestro_actors.cli.signals import Interruptions
from maestro_actors.cli.workers import Worker
from maestro_actors.core.burst import Burst
from maestro_actors.core.content import Outcome
from maestro_actors.core.snapshot import UrlOf

REFRESH = 0.1  # seconds between two looks at the snapshot


@dataclass(frozen=True, slots=True)
class Screen:
    """Where people watch, and where programs read. `where` says, at the end, how to look at the media."""

    console: Console
    as_json: bool
    url_of: UrlOf
    where: Callable[[], str]

    def show(self, burst: Burst) -> None:
        """Say to people what came of it."""
        recap.show(self.console, burst, self.url_of, self.where())

    def tell(self, burst: Burst) -> None:
        """Say to everybody what came of it."""
        self.show(burst)
        if self.as_json:
            print(json.dumps(recap.as_json(burst, self.url_of), indent=2), flush=True)  # noqa: T201


@dataclass(frozen=True, slots=True)
class Left:
    """A burst whose end somebody did not want to wait for."""

    burst_id: str


def watch(worker: Worker, view: live.View, asked: Interruptions, begin: Callable[[], str]) -> Burst | Left:
    """Begin a burst and show it until it has ended, or until somebody does not want to wait for that.

    Whoever asks to stop, once, has it cancelled.
    """
    burst_id = begin()
    cancelled = False
    while True:
        snapshot = worker.snapshot()
        if ended := worker.ended(burst_id):
            return ended
        if snapshot["burst_id"] == burst_id:
            view.show(snapshot)
        if asked.count > 1:
            return Left(burst_id)
        if asked.count and not cancelled:
            cancelled = worker.cancel(burst_id)
        time.sleep(REFRESH)


def exit_code(burst: Burst, asked: Interruptions) -> int:
    """0 when everything that was asked for is scheduled, 1 when not, 128 and more when interrupted."""
    if asked.count:
        return asked.exit_code
    return 0 if burst.count(Outcome.SCHEDULED) == len(burst.jobs) and not burst.failures else 1
