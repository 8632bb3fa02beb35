"""`maestro worker`: the studio at work until somebody stops it."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, closing
from typing import TypeVar

import click

from maestro_actors.cli.database import database
from maestro_actors.cli.late_bucket import LateBucket
from maestro_actors.cli.owner import owned, patiently
from maestro_actors.cli.signals import Interruptions, interruptions
from maestro_actors.gateway.address import Address, address_of
from maestro_actors.journal.database import name_of
from maestro_actors.providers.offline_writer import OfflineWriter
from maestro_actors.settings import Settings
from maestro_actors.system import Parts, System, running

T = TypeVar("T")

LEAVE_TIMEOUT = 9.5  # seconds after the signal
LOOK = 0.1  # seconds between two looks at whether somebody asked to stop


def run(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT; 0 for an end in order.

    While another worker owns the bursts, or the database is away, it waits; then it goes on with whatever it finds.
    What is to be stored waits for the storage; it is ready when that is there, too.
    """
    address = address_of(settings.home, settings.gateway, settings.gateway_key)
    with interruptions() as asked, ExitStack() as stack:

        def entered(part: Callable[[], AbstractContextManager[T]]) -> T | None:
            return patiently(lambda: stack.enter_context(part()), asked, _wait)

        engine = entered(lambda: database(settings))
        journal = engine and entered(lambda: owned(engine))
        if engine and journal:
            media = stack.enter_context(closing(LateBucket(settings, settings.home / "storage", _wait)))
            parts = Parts(
                *(journal, media, media.url_of, OfflineWriter(), settings.renderers, settings.jobs_in_flight),
                opening=media.open,
            )
            system = stack.enter_context(running(parts))
            _serve(system, address, journal.epoch, asked, stack)
            _work(system, asked, until=lambda: media.is_open)
            if not asked.count:
                _say(f"ready, {settings.renderers} renderers, media at {media.url_of('')}, database {name_of(engine)}")
            _work(system, asked)
        _stop(asked)
    _say("stopped")
    return 0


def _serve(system: System, address: Address, epoch: int, asked: Interruptions, stack: ExitStack) -> None:
    """Let others ask; while that cannot be, the bursts go on."""
    from maestro_actors.gateway.server import serving  # takes a fifth of a second to load, and the bursts need it not

    def serve() -> bool:
        system.check()
        stack.enter_context(serving(system, address, epoch))
        return True

    patiently(serve, asked, _wait)


def _work(system: System, asked: Interruptions, until: Callable[[], bool] = lambda: False) -> None:
    while not asked.count and not until():
        system.check()
        time.sleep(LOOK)


def _stop(asked: Interruptions) -> None:
    """Say so, and be gone in time whatever hangs: what matters is on disk by then, or cannot be."""
    _say(f"stopping on {(asked.first or signal.SIGTERM).name}")
    last = threading.Timer(LEAVE_TIMEOUT, os._exit, (0,))
    last.daemon = True
    last.start()


def _wait(what: str) -> None:
    _say(f"waiting: {' '.join(what.splitlines())}")


def _say(text: str) -> None:
    click.echo(f"maestro worker: {text}")
