"""Processes side by side in one terminal: each line with the name of who said it, and all of them end together.

honcho starts them, reads what they say and prints it. Its own loop would kill them after five seconds, and end with a
traceback, and without ending them, when a signal comes while they start; and whoever serves others has to end last.
"""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from honcho.colour import get_colours
from honcho.printer import Message, Printer
from honcho.process import Process

from maestro_actors.cli.signals import Interruptions

STOP_SECONDS = 12.0  # that they have to end in order; a worker takes ten at most
LOOK = 0.1  # seconds between two looks at whether somebody asked to stop
OURS = "up"  # whose lines are our own
LEASH = ("setpriv", "--pdeathsig", "TERM")  # of util-linux: what runs with it is told to end when we are gone


@dataclass(frozen=True, slots=True)
class Part:
    """A process: one command, its whole environment, its folder. One that others need `lasts` until they end."""

    name: str
    command: str
    environment: Mapping[str, str]
    folder: Path | None = None
    lasts: bool = False


class Together:
    """Runs parts until somebody asks to stop, or until one of them has ended."""

    def __init__(self, asked: Interruptions, names: Iterable[str]) -> None:
        self._asked = asked
        self._events: queue.Queue[Message] = queue.Queue()
        self._printer = Printer(sys.stdout, width=max(map(len, (*names, OURS))))
        self._colours = get_colours()
        self._parts: dict[str, Part] = {}
        self._pids: dict[str, int] = {}
        self._ended: dict[str, int] = {}
        self._heard = True  # whether somebody still reads what is printed

    def start(self, part: Part) -> None:
        """Start it in a session of its own: what the terminal's Ctrl-C is for is decided here."""
        self._parts[part.name] = part
        command = f"exec {_leash()}{part.command}"
        process = Process(command, part.name, next(self._colours), env=dict(part.environment), cwd=part.folder)
        threading.Thread(target=process.run, args=(self._events,), name=part.name, daemon=True).start()

    def say(self, text: str) -> None:
        """A line of our own; from any thread."""
        self._events.put(Message("line", text, datetime.now(), OURS, None))

    def goes_on(self) -> bool:
        """Pass on what is said, for a moment; False once somebody asked to stop, or one has ended."""
        with suppress(queue.Empty):
            self._heed(self._events.get(timeout=LOOK))
        return self._heard and not self._asked.count and not self._ended

    def stop(self) -> str | None:
        """End all, those that last after the others. Answers who had ended by itself, or did not end in time."""
        culprit = self._culprit()
        deadline = time.monotonic() + STOP_SECONDS
        for lasting in (False, True):
            self._end([part.name for part in self._parts.values() if part.lasts is lasting], deadline)
        left = [name for name in self._parts if name not in self._ended]
        for name in left:
            _signal(self._pids.get(name), signal.SIGKILL)
        self._flush()
        return culprit or (f"{' and '.join(left)} did not end within {STOP_SECONDS:g} s" if left else None)

    def _culprit(self) -> str | None:
        if not self._heard:
            return "nobody reads any more what they say"
        for name, code in self._ended.items():
            how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
            return f"{name} {how}"
        return None

    def _end(self, names: list[str], deadline: float) -> None:
        told: set[str] = set()
        while any(name not in self._ended for name in names) and time.monotonic() < deadline:
            for name in names:
                if name not in told and name in self._pids and name not in self._ended:
                    told.add(name)
                    _signal(self._pids[name], signal.SIGTERM)
            with suppress(queue.Empty):
                self._heed(self._events.get(timeout=LOOK))

    def _flush(self) -> None:
        with suppress(queue.Empty):
            while True:
                self._heed(self._events.get_nowait())

    def _heed(self, message: Message) -> None:
        match message.type:
            case "start":
                self._pids[message.name] = message.data["pid"]
            case "stop":
                self._ended[message.name] = message.data["returncode"]
            case _:
                self._print(message)

    def _print(self, message: Message) -> None:
        try:
            if self._heard:
                self._printer.write(message)
        except OSError:
            self._heard = False


@cache
def _leash() -> str:
    """What a command begins with that must not outlive us, even if we are killed; empty where the system has none."""
    if shutil.which(LEASH[0]) and subprocess.run([*LEASH, "true"], capture_output=True, check=False).returncode == 0:
        return " ".join((*LEASH, ""))
    return ""


def _signal(pid: int | None, number: signal.Signals) -> None:
    """To the process and whatever it has started; each has a group of its own."""
    with suppress(ProcessLookupError):
        if pid is not None:
            os.killpg(pid, number)
