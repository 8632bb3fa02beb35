"""Seats for those who watch: each holds a thread of this process, and there are only so many."""

from __future__ import annotations

import queue


class Seats:
    """So many, given out and taken back from any thread: a queue has them, so no two get the same."""

    def __init__(self, number: int) -> None:
        self._free: queue.SimpleQueue[None] = queue.SimpleQueue()
        for _ in range(number):
            self._free.put(None)

    def take(self) -> bool:
        """Take one; False if there is none."""
        try:
            self._free.get_nowait()
        except queue.Empty:
            return False
        return True

    def give_back(self) -> None:
        """For whoever took one, once."""
        self._free.put(None)
