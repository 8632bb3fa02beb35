"""A command in a terminal of its own: what it drew, how it left the terminal, and Ctrl-C as a person presses it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.cli.house import MAESTRO, PATIENCE, House

CTRL_C = b"\x03"
HIDE_CURSOR, SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"

# A child that makes the terminal at its stdin its own, so that Ctrl-C there reaches it and its group.
_IN_ITS_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"
)
_ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[a-zA-Z]|\][^\x1b]*\x1b\\)")


@dataclass(frozen=True)
class Drawn:
    """Everything that a command wrote to its terminal, and whether that still has the modes it had before."""

    code: int
    raw: str
    modes_kept: bool

    @property
    def text(self) -> str:
        """What it wrote without colours, links and movements of the cursor."""
        return _ESCAPES.sub("", self.raw)

    @property
    def recap(self) -> str:
        """What stays on the screen: all after the last of the live view, where the cursor came back."""
        return _ESCAPES.sub("", self.raw.rpartition(SHOW_CURSOR)[2])


def draw(
    house: House,
    *arguments: str,
    columns: int = 100,
    press_ctrl_c: Callable[[str], object] = lambda _drawn: False,
) -> Drawn:
    """Run a command in a terminal 40 lines high; press Ctrl-C there once the condition holds of what it drew."""
    ours, its = pty.openpty()
    try:
        fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        modes = termios.tcgetattr(its)
        command = [sys.executable, "-c", _IN_ITS_TERMINAL, MAESTRO, *arguments]
        with subprocess.Popen(
            command, stdin=its, stdout=its, stderr=its, env=house.environment(), start_new_session=True
        ) as process:
            try:
                raw = _read(ours, process, press_ctrl_c)
            finally:
                process.kill()
        return Drawn(process.returncode, raw.decode(), termios.tcgetattr(its) == modes)
    finally:
        os.close(ours)
        os.close(its)


def _read(terminal: int, process: subprocess.Popen[bytes], press_ctrl_c: Callable[[str], object]) -> bytes:
    raw, pressed, deadline = b"", False, time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        running = process.poll() is None
        while select.select([terminal], [], [], 0.05)[0]:
            raw += os.read(terminal, 65536)
        if not running:
            return raw
        if not pressed and press_ctrl_c(raw.decode(errors="replace")):
            pressed = bool(os.write(terminal, CTRL_C))
    raise AssertionError(f"still running after {PATIENCE:g} s: {raw.decode()}")
