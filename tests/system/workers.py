"""Workers of a site of their own, to be killed: what they say, what they leave, and who of them still lives.

with a_site() as site, site.started(site.script(user_id)) as worker:
    eventually(lambda: worker.said("began"))
    worker.process.kill()
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import Engine

from benchmarks.empty import AGENT, BRANDS
from maestro_actors.journal.database import connect, sqlite_url
from tests.support.faulty_storage import StorageServer, storage_server
from tests.support.journals import sqlite_engine, stock
from tests.support.patience import eventually
from tests.system.killing import Script
from tests.system.promises import Shelves

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds; nothing here takes half of it


@dataclass
class Worker:
    """A worker under way, the leader of its process group."""

    process: subprocess.Popen[bytes]
    out: Path
    err: Path
    started: float = field(default_factory=time.monotonic)

    def lines(self) -> list[dict[str, Any]]:
        """What it has said so far."""
        return [json.loads(line) for line in self.out.read_text().splitlines(keepends=True) if line.endswith("\n")]

    def said(self, word: str) -> dict[str, Any] | None:
        """The line with this word, if it has said it."""
        return next((line for line in self.lines() if word in line), None)

    @property
    def live(self) -> dict[str, Any] | None:
        """The line with which its burst was under way, or had ended before."""
        return self.said("began") or self.said("resumed") or self.said("already")

    @property
    def ended(self) -> bool:
        """Whether it ended by itself, with its burst."""
        return self.process.poll() is not None

    def send(self, number: signal.Signals) -> None:
        """To the process alone: whoever it started must leave by himself."""
        self.process.send_signal(number)

    def wait(self, seconds: float = PATIENCE) -> int:
        """Its exit code."""
        return self.process.wait(seconds)


@dataclass
class Site:
    """A database, a storage server, and a folder for temporary files, which all its workers share."""

    root: Path
    url: str
    storage: StorageServer
    engine: Engine
    workers: int = 0

    @property
    def tmp(self) -> Path:
        return self.root / "tmp"

    @property
    def shelves(self) -> Shelves:
        return Shelves(self.storage.url, self.storage.service_key)

    def script(self, user_id: str, **changes: Any) -> Script:
        """A burst of a user who has the brands of the benchmarks."""
        stock(self.engine, user_id, BRANDS, (AGENT,))
        return replace(Script(self.url, self.storage.url, self.storage.service_key, user_id), **changes)

    @contextmanager
    def started(self, script: Script) -> Iterator[Worker]:
        """A worker under way, killed if it still is at the end of the block."""
        self.workers += 1
        out, err = self.root / f"{self.workers}.out", self.root / f"{self.workers}.err"
        with out.open("wb") as stdout, err.open("wb") as stderr:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.system.killing", script.as_json()],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                env=os.environ | {"TMPDIR": str(self.tmp)},
                start_new_session=True,
            )
        try:
            yield Worker(process, out, err)
        finally:
            process.kill()
            process.wait()

    def run(self, script: Script) -> Worker:
        """A worker from its beginning to its end, by its own hand or by another's."""
        with self.started(script) as worker:
            worker.wait()
        return worker

    def processes(self) -> list[psutil.Process]:
        """Every process whose temporary files would lie here."""
        return [
            process
            for process in psutil.process_iter(["environ"])
            if (process.info["environ"] or {}).get("TMPDIR") == str(self.tmp)
        ]

    def assert_left(self) -> None:
        """Nobody is left, and of everything that was temporary nothing but Maestro's root with its lock."""
        eventually(lambda: not self.processes(), 10)
        left = sorted(str(path.relative_to(self.tmp)) for path in self.tmp.rglob("*"))
        assert left in ([], [f"maestro-{os.getuid()}", f"maestro-{os.getuid()}/lock"])

    def assert_no_traceback(self) -> None:
        """No worker has met a bug."""
        for number in range(1, self.workers + 1):
            err = (self.root / f"{number}.err").read_text()
            assert "Traceback" not in err, err


@contextmanager
def a_site(url: str | None = None) -> Iterator[Site]:
    """A site around a database; without one, around a SQLite file of its own."""
    root = Path(tempfile.mkdtemp(prefix="mae-"))  # of a short name, for the sockets in it
    (root / "tmp").mkdir()
    try:
        with _database(url, root / "maestro.db") as engine, storage_server(root / "storage") as storage:
            yield Site(root, url or sqlite_url(root / "maestro.db"), storage, engine)
    finally:
        shutil.rmtree(root)


@contextmanager
def _database(url: str | None, path: Path) -> Iterator[Engine]:
    if url is None:
        with sqlite_engine(path) as engine:
            yield engine
        return
    engine = connect(url)
    try:
        yield engine
    finally:
        engine.dispose()
