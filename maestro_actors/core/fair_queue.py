"""A queue that is fair between groups: one item of each group in turn, whatever the others have waiting.

Work waits here and not in an actor's mailbox, so that one burst cannot crowd out another, a retry can stand aside
until it is due, and a cancel can take work out again. Times are seconds on any clock that only goes forward.
"""

from __future__ import annotations

import heapq
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from itertools import chain, count
from typing import Generic, TypeVar

T = TypeVar("T")


class FairQueue(Generic[T]):
    """Items wait in the order they came within their group; groups take turns."""

    def __init__(self) -> None:
        self._ready: OrderedDict[str, deque[T]] = OrderedDict()
        self._later: list[tuple[float, int, str, T]] = []
        self._order = count()

    def __len__(self) -> int:
        return len(self._later) + sum(map(len, self._ready.values()))

    def __iter__(self) -> Iterator[T]:
        """Every item that waits, in no order that means anything."""
        return chain(chain.from_iterable(self._ready.values()), (entry[3] for entry in self._later))

    def put(self, group: str, item: T) -> None:
        """Let the item wait behind those of its group."""
        self._ready.setdefault(group, deque()).append(item)

    def put_first(self, group: str, item: T) -> None:
        """Let the item wait before those of its group: it had its turn once."""
        self._ready.setdefault(group, deque()).appendleft(item)

    def put_later(self, group: str, item: T, due: float) -> None:
        """Let the item stand aside until `due`; it then waits behind those of its group."""
        heapq.heappush(self._later, (due, next(self._order), group, item))

    def pop(self, now: float) -> T | None:
        """The next item whose turn it is, or None when none is ready."""
        while self._later and self._later[0][0] <= now:
            _, _, group, item = heapq.heappop(self._later)
            self.put(group, item)
        if not self._ready:
            return None
        group, waiting = next(iter(self._ready.items()))
        item = waiting.popleft()
        if waiting:
            self._ready.move_to_end(group)
        else:
            del self._ready[group]
        return item

    def next_due(self) -> float | None:
        """When the first of those that stand aside is due, or None."""
        return self._later[0][0] if self._later else None

    def take_out(self, wanted: Callable[[T], bool]) -> list[T]:
        """Remove the items that are wanted, and answer them."""
        taken = [entry[3] for entry in self._later if wanted(entry[3])]
        self._later = [entry for entry in self._later if not wanted(entry[3])]
        heapq.heapify(self._later)
        for group, waiting in list(self._ready.items()):
            taken += [item for item in waiting if wanted(item)]
            kept = deque(item for item in waiting if not wanted(item))
            if kept:
                self._ready[group] = kept
            else:
                del self._ready[group]
        return taken
