"""Waiting until something can be seen, and not for ever."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(condition: Callable[[], object], seconds: float = 20.0, pause: float = 0.001) -> None:
    """Until it is true, looking every `pause` seconds; the benchmark ends where that takes too long."""
    deadline = time.perf_counter() + seconds
    while not condition():
        if time.perf_counter() > deadline:
            raise SystemExit("a benchmark waited in vain")
        time.sleep(pause)
