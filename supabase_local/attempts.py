"""How often a sign-in may fail: ten times a minute, whoever tries; after that nobody is let in for a while."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, PriorityQueue
from typing import Final

from supabase_local import auth_errors

FAILURES: Final = 10
WINDOW_SECONDS: Final = 60.0


class Attempts:
    """One slot for each failure that is allowed, told by when it is free again. Safe for many threads.

    An attempt takes a slot before it looks at the password, so that attempts at the same time cannot be more
    than there are slots.
    """

    def __init__(self) -> None:
        self._free_at: PriorityQueue[float] = PriorityQueue()
        for _ in range(FAILURES):
            self._free_at.put(-math.inf)

    @contextmanager
    def attempt(self, now: float) -> Iterator[None]:
        """One attempt, which has failed where the block raises. `now` is in seconds, by a clock that never goes back.

        Raises:
            AuthError: over_request_rate_limit, where no slot is free.
        """
        self._take(now)
        free_at = now + WINDOW_SECONDS
        try:
            yield
            free_at = now
        finally:
            self._free_at.put(free_at)

    def _take(self, now: float) -> None:
        try:
            free_at = self._free_at.get_nowait()
        except Empty as error:
            raise auth_errors.too_many_requests() from error
        if free_at > now:
            self._free_at.put(free_at)
            raise auth_errors.too_many_requests()
