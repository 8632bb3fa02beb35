"""A whole system with nothing in its jobs, and what a test may change about it."""

from __future__ import annotations

import multiprocessing
import multiprocessing.util
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pykka
import pytest
from sqlalchemy import Engine

from benchmarks.empty import AGENT, BRANDS, USER, EmptyBucket, EmptyWriter, one_render_one_upload
from maestro_actors.actors.desk import Backoff
from maestro_actors.core.content import Agent, Brand, PerKind
from maestro_actors.core.snapshot import Json
from maestro_actors.system import Parts, System, running
from tests.support.journals import owned, sqlite_engine, stock
from tests.support.patience import eventually

QUICK = Backoff(tries=3, first=0.01, limit=0.02)


class RecordingBucket(EmptyBucket):
    """Remembers what it has; `fault` is asked before each upload and may raise, or block."""

    def __init__(self) -> None:
        self.objects: set[str] = set()
        self.fault: Callable[[str], None] = lambda path: None

    def upload(self, path: str, file: str, content_type: str, size: int) -> str:
        self.fault(path)
        self.objects.add(path)
        return super().upload(path, file, content_type, size)

    def remove(self, paths: tuple[str, ...]) -> None:
        self.objects.difference_update(paths)


@dataclass
class Stage:
    """The system and the ways to look at it."""

    system: System
    bucket: RecordingBucket
    engine: Engine
    seen: list[Json] = field(default_factory=list)

    def start(
        self, posts: int, brands: tuple[Brand, ...] = BRANDS, agents: tuple[Agent, ...] = (AGENT,), user: str = USER
    ) -> str:
        stock(self.engine, user, brands, agents)
        return self.system.start_burst(user, order=PerKind(0, posts, 0))

    def look(self, user: str = USER) -> Json:
        snapshot = self.system.snapshot(user)
        self.seen.append(snapshot)
        return snapshot

    def recap(self, burst_id: str, seconds: float = 20.0, user: str = USER) -> Json:
        """The recap, once the burst has ended."""

        def ended() -> Json | None:
            recent = self.look(user)["recent_burst"]
            return recent if recent and recent["burst_id"] == burst_id else None

        return eventually(ended, seconds)

    def until(self, condition: Callable[[Json], Any], seconds: float = 10.0) -> Json:
        """The first snapshot for which the condition holds."""
        return eventually(lambda: (snapshot := self.look()) and condition(snapshot) and snapshot, seconds)


Open = Callable[..., Any]


@pytest.fixture
def open_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Open]:
    """Opens a system; afterwards nothing of it may be left: no actor, no thread of one, no process, no folder."""
    multiprocessing.util.get_temp_dir()  # of the whole test run: the forkserver's socket lies in it
    folder = Path(tempfile.mkdtemp(prefix="maestro-tests-", dir="/tmp"))
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))

    @contextmanager
    def opened(**changes: Any) -> Iterator[Stage]:
        bucket = changes.pop("bucket", None) or RecordingBucket()
        database = changes.pop("database", tmp_path / "maestro.db")
        with sqlite_engine(database) as engine, owned(engine) as journal:
            parts = Parts(
                journal, bucket, "https://example.org/{}".format, EmptyWriter(), 2, 8, plan=one_render_one_upload
            )
            with running(replace(parts, **({"backoff": QUICK} | changes))) as system:
                yield Stage(system, bucket, engine)

    yield opened
    eventually(lambda: not multiprocessing.active_children())
    eventually(lambda: not pykka.ActorRegistry.get_all())
    eventually(lambda: not [thread for thread in threading.enumerate() if "Actor" in thread.name])
    assert [path.name for path in next(folder.glob("maestro-*")).iterdir()] == ["lock"]
    shutil.rmtree(folder)
