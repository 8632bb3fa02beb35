"""`maestro worker`: the studio at work until somebody stops it."""

from __future__ import annotations

import signal
import time

import click

from maestro_actors.cli.bucket import bucket
from maestro_actors.cli.signals import interruptions
from maestro_actors.providers.offline_writer import OfflineWriter
from maestro_actors.settings import Settings
from maestro_actors.system import Parts, running

LOOK = 0.2  # seconds between two looks at whether somebody asked to stop


def run(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT; 0 for an end in order."""
    with interruptions() as asked, bucket(settings, settings.home / "storage") as media:
        parts = Parts(media, media.url_of, OfflineWriter(), settings.renderers, settings.jobs_in_flight)
        with running(parts) as system:
            click.echo(f"maestro worker: ready, {settings.renderers} renderers, media at {media.url_of('')}")
            while not asked.count:
                system.check()
                time.sleep(LOOK)
            click.echo(f"maestro worker: stopping on {(asked.first or signal.SIGTERM).name}")
    click.echo("maestro worker: stopped")
    return 0
