"""Ctrl-C and SIGTERM as something to look at, not something that interrupts: whoever runs asks, and ends in order."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interruptions:
    """How often somebody asked to stop, and by which signal first."""

    def __init__(self) -> None:
        self.count = 0
        self.first: signal.Signals | None = None

    def note(self, number: int, _frame: FrameType | None) -> None:
        """A signal handler."""
        self.count += 1
        self.first = self.first or signal.Signals(number)

    @property
    def exit_code(self) -> int:
        """What a shell expects of a program that a signal ended."""
        return 128 + self.first if self.first else 0


@contextmanager
def interruptions() -> Iterator[Interruptions]:
    """Note signals while the block runs; then handle them as before."""
    noted = Interruptions()
    before = {number: signal.signal(number, noted.note) for number in STOPPING}
    try:
        yield noted
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
