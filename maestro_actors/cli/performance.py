"""`maestro burst` and `maestro regenerate`: by the worker that runs, or by one of this terminal's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import Engine

from maestro_actors.cli import live
from maestro_actors.cli.bucket import bucket
from maestro_actors.cli.called import CalledWorker, watched
from maestro_actors.cli.calling import address, calling, is_at_work
from maestro_actors.cli.consoles import a_console
from maestro_actors.cli.database import database
from maestro_actors.cli.ids import whole_job
from maestro_actors.cli.media import media_urls, served_at, where_to_look
from maestro_actors.cli.owner import owned
from maestro_actors.cli.signals import Interruptions, interruptions
from maestro_actors.cli.watching import Left, Screen, exit_code, watch
from maestro_actors.cli.workers import OwnWorker, Wish, Worker
from maestro_actors.core.burst import Burst
from maestro_actors.core.snapshot import UrlOf
from maestro_actors.gateway.client import Gateway
from maestro_actors.gateway.server import serving
from maestro_actors.journal.history import History
from maestro_actors.journal.library import Library
from maestro_actors.providers.offline_writer import OfflineWriter
from maestro_actors.settings import Settings
from maestro_actors.system import Parts, running

LEAVING = "stopped at once: the next `maestro burst`, or a worker, ends what is left of it"


@dataclass(frozen=True, slots=True)
class Stage:
    """What a performance needs."""

    worker: Worker
    screen: Screen
    asked: Interruptions

    def perform(self, begin: Callable[[], str]) -> Burst | Left:
        """Watch a burst until it has ended, or until somebody does not want to wait for that."""
        with live.view(self.screen.console) as view:
            burst = watch(self.worker, view, self.asked, begin)
            if isinstance(burst, Burst):
                view.show(live.ended(burst, self.screen.url_of))
        return burst


@dataclass(frozen=True, slots=True)
class Place:
    """Where a performance is given, and how it is told."""

    settings: Settings
    engine: Engine
    asked: Interruptions
    as_json: bool

    @property
    def folder(self) -> Path:
        """Where the media are, unless a project is set."""
        return self.settings.home / "storage"

    def screen(self, url_of: UrlOf, served: Callable[[], str | None]) -> Screen:
        """`served` tells, at the end, at which URL the folder is served by one who stays."""
        console = a_console(self.as_json)
        return Screen(console, self.as_json, url_of, lambda: where_to_look(self.settings, self.folder, served()))


def burst(settings: Settings, wish: Wish, as_json: bool) -> int:
    """Run a burst; where no worker runs, after the one that an earlier worker left, if there is one."""
    with interruptions() as asked, database(settings) as engine:
        _refuse_unknown(engine, settings.user_id, wish.brands or ())
        with _stage(Place(settings, engine, asked, as_json)) as stage:
            return _perform(stage, lambda: stage.worker.start(wish))


def regenerate(settings: Settings, beginning: str, as_json: bool) -> int:
    """Make the job anew whose id begins so, and say what came of it."""
    with interruptions() as asked, database(settings) as engine:
        history = History(engine)
        job_id = whole_job(history, settings.user_id, beginning)
        with _stage(Place(settings, engine, asked, as_json)) as stage:

            def begin() -> str:
                new = stage.worker.regenerate(job_id)
                return history.job(settings.user_id, new).job.burst_id

            return _perform(stage, begin)


def _refuse_unknown(engine: Engine, user_id: str, slugs: tuple[str, ...]) -> None:
    known = [brand.slug for brand in Library(engine).brands.all(user_id)] if slugs else []
    for slug in slugs:
        if slug not in known:
            there_are = f"there are {', '.join(known)}" if known else "there are none yet"
            raise click.BadParameter(f"there is no brand {slug!r}; {there_are}", param_hint="'--brand'")


def _perform(stage: Stage, begin: Callable[[], str]) -> int:
    left = stage.worker.left()
    if left:
        stage.screen.console.print(f"Going on with burst {left}, which was interrupted")
        before = stage.perform(lambda: left)
        if isinstance(before, Left) or stage.asked.count:
            return _interrupted(stage, before)
        stage.screen.show(before)
    burst = stage.perform(begin)
    if isinstance(burst, Left):
        return _interrupted(stage, burst)
    stage.screen.tell(burst)
    return exit_code(burst, stage.asked)


def _interrupted(stage: Stage, burst: Burst | Left) -> int:
    if isinstance(burst, Left):
        stage.screen.console.print(stage.worker.leaving(burst.burst_id), soft_wrap=True)
    else:
        stage.screen.tell(burst)
    return stage.asked.exit_code


@contextmanager
def _stage(place: Place) -> Iterator[Stage]:
    """With the worker that runs, or else with one of our own."""
    settings = place.settings
    with calling(settings) as gateway:
        called = is_at_work(place.engine, gateway, settings.user_id, place.asked)
        stage: AbstractContextManager[Stage] = _called(place, gateway) if called else _own(place)
        with stage as opened:
            yield opened


@contextmanager
def _called(place: Place, gateway: Gateway) -> Iterator[Stage]:
    settings = place.settings
    screen = place.screen(media_urls(settings), lambda: served_at(place.folder))
    with watched(address(settings), settings.user_id) as newest:
        worker = CalledWorker(gateway, newest, place.engine, settings.user_id, screen.console.print)
        yield Stage(worker, screen, place.asked)


@contextmanager
def _own(place: Place) -> Iterator[Stage]:
    settings, asked = place.settings, place.asked
    stays = served_at(place.folder)  # one of our own ends with us
    with owned(place.engine) as journal, bucket(settings, place.folder) as media:
        parts = Parts(
            *(journal, media, media.url_of, OfflineWriter(), settings.renderers, settings.jobs_in_flight),
            daily_runs=False,
        )
        with (
            running(parts, hurried=lambda: asked.count > 1) as system,
            serving(system, address(settings), journal.epoch),
        ):
            yield Stage(OwnWorker(system, settings.user_id, LEAVING), place.screen(media.url_of, lambda: stays), asked)
