"""Waiting in tests: a condition is asked again until it holds or a deadline has passed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PAUSE_SECONDS = 0.01


def eventually(condition: Callable[[], T | None], seconds: float = 15.0) -> T:
    """The condition's first true value. Past the deadline the test fails, or with the condition's own error."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            value = condition()
            if value:
                return value
        except Exception:
            if time.monotonic() > deadline:
                raise
        if time.monotonic() > deadline:
            raise AssertionError(f"still not true after {seconds:g} s")
        time.sleep(PAUSE_SECONDS)
