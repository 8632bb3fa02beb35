"""How a figure is printed, and whether it keeps what was promised."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. `kept` is None where nothing was promised."""

    name: str
    value: float
    unit: str
    promise: str = ""
    kept: bool | None = None

    def __str__(self) -> str:
        shown = f"{self.value:,.0f}" if self.value >= 100 else f"{self.value:.2f}"
        mark = {True: "✓", False: "✗", None: " "}[self.kept]
        return f"  {mark} {self.name:<44}{shown:>10} {self.unit:<8}{self.promise}"


def figure(name: str, value: float, unit: str, *, at_least: float | None = None, at_most: float | None = None) -> Line:
    """A figure, beside what was promised for it."""
    if at_least is not None:
        return Line(name, value, unit, f"promised: at least {at_least:g}", value >= at_least)
    if at_most is not None:
        return Line(name, value, unit, f"promised: at most {at_most:g}", value <= at_most)
    return Line(name, value, unit)
