"""Stencils in time: each of these says what of itself is to be seen at a second of the film."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from maestro_actors.rendering.stencils import Box, Stencil

_SLIDE = 46  # pixels that a fading line moves


class Moving(Protocol):
    """Something on a film."""

    def at(self, second: float) -> tuple[Stencil, ...]:
        """What of it is to be seen, from the back to the front."""
        ...


@dataclass(frozen=True, slots=True)
class Still:
    """What stays as it is, from the second it comes."""

    stencils: tuple[Stencil, ...]
    comes: float = 0.0

    def at(self, second: float) -> tuple[Stencil, ...]:
        return self.stencils if second >= self.comes else ()


@dataclass(frozen=True, slots=True)
class Rising:
    """A line that rises out of nothing into its place, and later fades away upward."""

    stencil: Stencil
    comes: float
    goes: float = float("inf")
    takes: float = 0.6

    def at(self, second: float) -> tuple[Stencil, ...]:
        if second < self.comes:
            return ()
        if second >= self.goes:
            return _fading(self.stencil, (second - self.goes) / 0.3)
        hidden = round(self.stencil.mask.height * (1 - settling((second - self.comes) / self.takes)))
        if hidden == 0:
            return (self.stencil,)
        seen = self.stencil.mask.height - hidden
        if seen <= 0:
            return ()
        mask = self.stencil.mask.crop((0, 0, self.stencil.mask.width, seen))
        return (replace(self.stencil, mask=mask, top=self.stencil.top + hidden),)


@dataclass(frozen=True, slots=True)
class Growing:
    """A card or its shadow that stands on its lower edge and changes its height.

    It lacks `before` pixels of it until the second `grows`, and `after` pixels in the end.
    """

    stencil: Stencil
    before: int
    after: int
    grows: float
    takes: float = 0.6

    def at(self, second: float) -> tuple[Stencil, ...]:
        less = round(self.before + (self.after - self.before) * settling((second - self.grows) / self.takes))
        if less == 0:
            return (self.stencil,)
        mask = self.stencil.mask
        upper = (mask.height - less) // 2
        head = mask.crop((0, 0, mask.width, upper))
        foot = mask.crop((0, upper + less, mask.width, mask.height))
        top = self.stencil.top + less
        return (replace(self.stencil, mask=head, top=top), replace(self.stencil, mask=foot, top=top + upper))


@dataclass(frozen=True, slots=True)
class Filling:
    """A bar that fills from the left to the right over the whole film."""

    stencil: Stencil
    lasts: float

    def at(self, second: float) -> tuple[Stencil, ...]:
        width = round(self.stencil.mask.width * min(1.0, second / self.lasts))
        if width < 1:
            return ()
        return (replace(self.stencil, mask=self.stencil.mask.crop((0, 0, width, self.stencil.mask.height))),)


@dataclass(frozen=True, slots=True)
class Curtain:
    """A sheet over a whole page of this size that rises from its lower edge, carrying what is on it."""

    stencils: tuple[Stencil, ...]
    size: tuple[int, int]
    comes: float
    takes: float = 0.7

    def at(self, second: float) -> tuple[Stencil, ...]:
        if second < self.comes:
            return ()
        page = Box(0, 0, *self.size)
        down = round(page.height * (1 - settling((second - self.comes) / self.takes)))
        if down == 0:
            return self.stencils
        moved = (stencil.moved(0, down) for stencil in self.stencils)
        return tuple(stencil for stencil in moved if stencil.top < page.bottom)


def settling(share: float) -> float:
    """0 to 1 over 0 to 1: fast at first, then slowing into its place (ease-out, quartic)."""
    left = 1 - min(1.0, max(0.0, share))
    return 1 - left**4


def _fading(stencil: Stencil, share: float) -> tuple[Stencil, ...]:
    if share >= 1:
        return ()
    seen = 1 - share
    mask = stencil.mask.point([round(level * seen) for level in range(256)])
    return (replace(stencil, mask=mask, top=stencil.top - round(_SLIDE * share * share)),)
