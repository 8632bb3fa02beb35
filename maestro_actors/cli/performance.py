"""`maestro burst` and `maestro regenerate`: a worker of this terminal's own, for as long as its burst runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click
from rich.console import Console
from sqlalchemy import Engine

from maestro_actors.cli import live
from maestro_actors.cli.bucket import bucket
from maestro_actors.cli.database import database
from maestro_actors.cli.demo import where_to_look
from maestro_actors.cli.ids import whole_job
from maestro_actors.cli.owner import owned
from maestro_actors.cli.signals import Interruptions, interruptions
from maestro_actors.cli.watching import Screen, exit_code, watch
from maestro_actors.core.burst import Burst
from maestro_actors.core.content import PerKind
from maestro_actors.core.events import BurstKind
from maestro_actors.journal.history import History
from maestro_actors.journal.library import Library
from maestro_actors.providers.offline_writer import OfflineWriter
from maestro_actors.settings import Settings
from maestro_actors.system import Parts, System, running

INTERRUPTED_TWICE = "stopped at once: the next `maestro burst`, or a worker, ends what is left of it"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a burst is asked for; see `journal.entries.Opening`."""

    kind: BurstKind
    brands: tuple[str, ...] | None
    order: PerKind[int] | None
    seed: int | None


@dataclass(frozen=True, slots=True)
class Stage:
    """What a performance needs."""

    system: System
    user_id: str
    screen: Screen
    asked: Interruptions

    def perform(self, begin: Callable[[], str]) -> Burst | None:
        """Watch a burst, and say what came of it; None if somebody did not want to wait for that."""
        with live.view(self.screen.console) as view:
            burst = watch(self.system, self.user_id, view, self.asked, begin)
            if burst:
                view.show(live.ended(burst, self.screen.url_of))
        return burst


def burst(settings: Settings, wish: Wish, as_json: bool) -> int:
    """Run a burst, after the one that an earlier worker left, if there is one."""
    with interruptions() as asked, database(settings) as engine:
        _refuse_unknown(engine, settings.user_id, wish.brands or ())
        with _stage(settings, engine, asked, as_json) as stage:
            start = stage.system.start_burst
            return _perform(stage, lambda: start(settings.user_id, wish.kind, wish.brands, wish.order, wish.seed))


def regenerate(settings: Settings, beginning: str, as_json: bool) -> int:
    """Make the job anew whose id begins so, and say what came of it."""
    with interruptions() as asked, database(settings) as engine:
        history = History(engine)
        job_id = whole_job(history, settings.user_id, beginning)
        with _stage(settings, engine, asked, as_json) as stage:

            def begin() -> str:
                new = stage.system.regenerate(settings.user_id, job_id)
                return history.job(settings.user_id, new).job.burst_id

            return _perform(stage, begin)


def _refuse_unknown(engine: Engine, user_id: str, slugs: tuple[str, ...]) -> None:
    known = [brand.slug for brand in Library(engine).brands.all(user_id)] if slugs else []
    for slug in slugs:
        if slug not in known:
            there_are = f"there are {', '.join(known)}" if known else "there are none yet"
            raise click.BadParameter(f"there is no brand {slug!r}; {there_are}", param_hint="'--brand'")


def _perform(stage: Stage, begin: Callable[[], str]) -> int:
    left = stage.system.snapshot(stage.user_id)["burst_id"]
    if left:
        stage.screen.console.print(f"Going on with burst {left}, which was interrupted")
        before = stage.perform(lambda: str(left))
        if before is None or stage.asked.count:
            return _interrupted(stage, before)
        stage.screen.show(before)
    burst = stage.perform(begin)
    if burst is None:
        return _interrupted(stage, burst)
    stage.screen.tell(burst)
    return exit_code(burst, stage.asked)


def _interrupted(stage: Stage, burst: Burst | None) -> int:
    if burst:
        stage.screen.tell(burst)
    else:
        stage.screen.console.print(INTERRUPTED_TWICE)
    return stage.asked.exit_code


@contextmanager
def _stage(settings: Settings, engine: Engine, asked: Interruptions, as_json: bool) -> Iterator[Stage]:
    console = Console(stderr=as_json, highlight=False)
    with owned(engine) as journal, bucket(settings, settings.home / "storage") as media:
        parts = Parts(
            *(journal, media, media.url_of, OfflineWriter(), settings.renderers, settings.jobs_in_flight),
            daily_runs=False,
        )
        screen = Screen(console, as_json, media.url_of, where_to_look(settings, media, settings.home / "storage"))
        with running(parts, hurried=lambda: asked.count > 1) as system:
            yield Stage(system, settings.user_id, screen, asked)
