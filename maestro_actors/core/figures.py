"""Figures of a running system: how long things took, and what came of its bursts.

Whoever owns a resource keeps its figures, and tells them as plain JSON: sections with named entries, which are put
together to one object. They count from when the worker began; nothing here reads a clock.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import get_args

from maestro_actors.core.burst import Burst, BurstOutcome
from maestro_actors.core.content import Outcome
from maestro_actors.core.events import BurstKind
from maestro_actors.core.snapshot import Json

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)  # seconds


@dataclass(slots=True)
class Histogram:
    """How long things took. Each count is of those up to its bound and above the one before, the last of the rest."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0

    def observe(self, seconds: float) -> None:
        """One more, that took so long."""
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds

    @property
    def count(self) -> int:
        """How many there were."""
        return sum(self.counts)

    def as_json(self) -> Json:
        """`counts` has one entry more than `bounds`; `sum` is in seconds, as the bounds are."""
        return {"bounds": list(BOUNDS), "counts": list(self.counts), "sum": self.total}


@dataclass(slots=True)
class Tally:
    """What came of bursts.

    A burst counts once, when it ends, and all its jobs with it, by the outcomes that it then has: those that an
    earlier worker settled too, because that worker did not see the burst end. So over all workers no job counts
    twice. A burst of which nobody can say what came of it counts nowhere.
    """

    resumed: int = 0
    daily_runs: int = 0
    _ended: Counter[tuple[str, str]] = field(default_factory=Counter)
    _outcomes: Counter[Outcome] = field(default_factory=Counter)

    def count(self, burst: Burst) -> None:
        """This burst has ended."""
        assert burst.outcome, "a burst that has ended has an outcome"
        self._ended[burst.started.kind.value, burst.outcome] += 1
        for outcome in Outcome:
            self._outcomes[outcome] += burst.count(outcome)

    @property
    def ended(self) -> list[Json]:
        """How many bursts ended, by kind and outcome; those that never occurred are there, with a zero."""
        return [
            {"kind": kind.value, "outcome": outcome, "count": self._ended[kind.value, outcome]}
            for kind, outcome in product(BurstKind, get_args(BurstOutcome))
        ]

    @property
    def outcomes(self) -> Json:
        """How many jobs of the bursts that ended have each outcome."""
        return {outcome.value: self._outcomes[outcome] for outcome in Outcome}


def composed(parts: Iterable[Json]) -> Json:
    """One object of what several owners told, section by section; no two of them tell of the same."""
    whole: Json = {}
    for part in parts:
        for section, entries in part.items():
            whole.setdefault(section, {}).update(entries)
    return whole
