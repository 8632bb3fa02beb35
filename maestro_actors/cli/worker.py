"""`maestro worker`: the studio at work until somebody stops it."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import ExitStack

import click

from maestro_actors.cli.bucket import bucket
from maestro_actors.cli.database import database
from maestro_actors.cli.owner import owned, patiently
from maestro_actors.cli.signals import Interruptions, interruptions
from maestro_actors.journal.database import name_of
from maestro_actors.providers.offline_writer import OfflineWriter
from maestro_actors.settings import Settings
from maestro_actors.system import Parts, running

LEAVE_TIMEOUT = 9.5  # seconds after the signal
LOOK = 0.2  # seconds between two looks at whether somebody asked to stop


def run(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT; 0 for an end in order.

    While another worker owns the bursts, or the database is away, it waits; then it goes on with whatever it finds.
    """
    with interruptions() as asked, ExitStack() as stack:
        engine = patiently(lambda: stack.enter_context(database(settings)), asked, _wait)
        journal = engine and patiently(lambda: stack.enter_context(owned(engine)), asked, _wait)
        if engine and journal:
            media = stack.enter_context(bucket(settings, settings.home / "storage"))
            parts = Parts(journal, media, media.url_of, OfflineWriter(), settings.renderers, settings.jobs_in_flight)
            with running(parts) as system:
                where = f"media at {media.url_of('')}, database {name_of(engine)}"
                _say(f"ready, {settings.renderers} renderers, {where}")
                while not asked.count:
                    system.check()
                    time.sleep(LOOK)
                _stop(asked)
        else:
            _stop(asked)
    _say("stopped")
    return 0


def _stop(asked: Interruptions) -> None:
    """Say so, and be gone in time whatever hangs: what matters is on disk by then, or cannot be."""
    _say(f"stopping on {(asked.first or signal.SIGTERM).name}")
    last = threading.Timer(LEAVE_TIMEOUT, os._exit, (0,))
    last.daemon = True
    last.start()


def _wait(what: str) -> None:
    _say(f"waiting: {what}")


def _say(text: str) -> None:
    click.echo(f"maestro worker: {text}")
