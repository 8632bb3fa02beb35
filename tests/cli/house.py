"""A Maestro of its own for a test: a home, a temporary folder, real processes, and who of them still lives.

done = house.run("demo", "--reels", "0", "--json")
with house.started("worker") as worker:
    eventually(lambda: "ready" in worker.out)
    worker.signal_group(signal.SIGTERM)
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.support.patience import eventually

MAESTRO = str(Path(sys.executable).with_name("maestro"))
ONE_POST = ("demo", "--reels", "0", "--posts", "1", "--carousels", "0")
UNSET = ("COLUMNS", "LINES", "DATABASE_URL", "PORT")
PATIENCE = 60.0  # seconds; nothing here takes half of it

Environment = dict[str, str]


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code and what it said."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything it said, with every run of spaces and line ends as one space: lines may be wrapped anywhere."""
        return " ".join(f"{self.out} {self.err}".split())

    @property
    def recap(self) -> Any:
        """The recap on stdout."""
        return json.loads(self.out)


class Running:
    """A command under way, the leader of a process group as it would be in a shell."""

    def __init__(self, process: subprocess.Popen[bytes], out: Path, err: Path) -> None:
        self.process = process
        self._out = out
        self._err = err

    @property
    def out(self) -> str:
        return self._out.read_text()

    @property
    def err(self) -> str:
        return self._err.read_text()

    def send(self, number: signal.Signals) -> None:
        """To the process alone, as `kill` does."""
        self.process.send_signal(number)

    def signal_group(self, number: signal.Signals) -> None:
        """To every process of the group, as a terminal and some process managers do."""
        os.killpg(self.process.pid, number)

    def wait(self, seconds: float = PATIENCE) -> Done:
        """Its end."""
        code = self.process.wait(seconds)
        return Done(code, self.out, self.err)


class House:
    """Everything of one Maestro under one folder, whose path is short: there are sockets in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / "home"
        self.tmp = root / "tmp"
        self.tmp.mkdir()
        self.under: tuple[str, ...] = ()  # a command that runs the commands
        self._commands = 0

    def environment(self, **settings: str) -> Environment:
        """This process's own, without its settings for Maestro, and with the house's."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("MAESTRO_", "SUPABASE_")) and name not in UNSET
        }
        return (
            inherited | {"MAESTRO_HOME": str(self.home), "TMPDIR": str(self.tmp), "TERM": "xterm-256color"} | settings
        )

    def run(self, *arguments: str, **settings: str) -> Done:
        """A command from beginning to end; `settings` are environment variables."""
        with self.started(*arguments, **settings) as running:
            return running.wait()

    def started(self, *arguments: str, **settings: str) -> AbstractContextManager[Running]:
        """A command under way, killed if it still is at the end of the block."""
        return self.program(*self.under, MAESTRO, *arguments, **settings)

    @contextmanager
    def program(self, *command: str, **settings: str) -> Iterator[Running]:
        """Any program under way in this house, killed as a command is."""
        self._commands += 1
        out, err = self.root / f"{self._commands}.out", self.root / f"{self._commands}.err"
        with out.open("wb") as stdout, err.open("wb") as stderr:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                env=self.environment(**settings),
                start_new_session=True,
            )
        try:
            yield Running(process, out, err)
        finally:
            process.kill()
            process.wait()

    def processes(self) -> list[psutil.Process]:
        """Every process that has this house in its environment or its arguments."""
        return [
            process
            for process in psutil.process_iter(["environ", "cmdline"])
            if (process.info["environ"] or {}).get("MAESTRO_HOME") == str(self.home)
            or any(str(self.root) in argument for argument in process.info["cmdline"] or ())
        ]

    def renderers(self) -> list[psutil.Process]:
        """The renderers' processes: children of the server that forks them, and forks of it."""
        forks = [process for process in self.processes() if _is_fork_server(process)]
        servers = {process.pid for process in forks}
        return [process for process in forks if process.ppid() in servers]

    def encoding(self) -> list[Path]:
        """The videos that are being encoded at this moment."""
        return list(self.tmp.rglob("*.mp4.part"))

    def worker_folders(self) -> list[Path]:
        """The temporary folders of systems that run, or that were killed."""
        return list(self.tmp.rglob("worker-*"))

    def stored(self, part: str = "demo") -> list[bytes]:
        """The bytes of every object that the house's own storage has."""
        return [path.read_bytes() for path in (self.home / part / "storage" / "objects").iterdir()]

    def assert_left(self, seconds: float = 15.0) -> None:
        """Nothing of it runs, and no temporary folder of a worker is left."""
        try:
            eventually(lambda: not self.processes(), seconds)
        except AssertionError:
            left = [f"{process.pid} {process.info['cmdline']}" for process in self.processes()]
            for process in self.processes():
                process.kill()
            raise AssertionError("\n".join(["left running:", *left])) from None
        assert not self.worker_folders()


def _is_fork_server(process: psutil.Process) -> bool:
    return any("multiprocessing.forkserver" in argument for argument in process.info["cmdline"] or ())
