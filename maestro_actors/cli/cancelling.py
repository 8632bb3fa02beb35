"""`maestro cancel`: stop a burst, and say what of it is kept."""

from __future__ import annotations

import time

import click
from sqlalchemy import Engine

from maestro_actors.cli.calling import calling
from maestro_actors.cli.database import database
from maestro_actors.cli.ids import whole_burst
from maestro_actors.cli.signals import Interruptions, interruptions
from maestro_actors.gateway.client import Gateway
from maestro_actors.gateway.messages import CancelBurst
from maestro_actors.journal.history import History
from maestro_actors.journal.rows import BurstRow
from maestro_actors.settings import Settings

BY = "the command line"
LOOK = 0.1  # seconds between two looks at whether it has ended
CALL = 2.0  # seconds between two looks at whether the worker that has to end it is there


def run(settings: Settings, beginning: str, reason: str, wait: bool) -> int:
    """Stop the burst whose id begins so; the exit code."""
    with interruptions() as asked, database(settings) as engine, calling(settings) as gateway:
        row = History(engine).burst(whole_burst(History(engine), settings.user_id, beginning), settings.user_id)
        if row.finished_at:
            return _has_ended(row)
        command = CancelBurst(user_id=settings.user_id, burst_id=row.burst_id, by=BY, reason=reason)
        if not gateway.cancel_burst(command):
            return _has_ended(History(engine).burst(row.burst_id))
        already = " already" if row.cancel_requested_at else ""
        click.echo(f"Burst {row.burst_id} is stopping{already}…")
        if not wait:
            return 0
        ended = _wait(engine, gateway, row, asked)
    if ended is None:
        click.echo("It goes on stopping: `maestro status` shows how far it is")
        return asked.exit_code
    click.echo(f"It has ended: {_kept(ended)}")
    return 0


def _has_ended(row: BurstRow) -> int:
    click.echo(f"Burst {row.burst_id} has ended already, as {row.outcome}: {_kept(row)}")
    return 0


def _wait(engine: Engine, gateway: Gateway, row: BurstRow, asked: Interruptions) -> BurstRow | None:
    """The burst once it has ended; None if somebody did not want to wait for that.

    Raises:
        PassingError: no worker is there any more that could end it.
    """
    call = time.monotonic() + CALL
    while not asked.count:
        now = History(engine).burst(row.burst_id)
        if now.finished_at:
            return now
        if time.monotonic() > call:
            gateway.status(row.user_id)
            call = time.monotonic() + CALL
        time.sleep(LOOK)
    return None


def _kept(row: BurstRow) -> str:
    counts = {"cancelled": row.cancelled, "failed": row.failed, "lost": row.lost}
    rest = "".join(f", {count} {outcome}" for outcome, count in counts.items() if count)
    return f"{row.scheduled} scheduled and kept{rest}"
