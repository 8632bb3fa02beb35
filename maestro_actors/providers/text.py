"""What a text provider is: asked for a number of proposals, it answers with them or says why it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from maestro_actors.core.content import Agent, Brand, Kind, Proposal


@dataclass(frozen=True, slots=True)
class TextRequest:
    """One agent's order: `count` proposals of one kind for one brand.

    The same request gets the same answer from the offline writer; another `seed` gets another one. `avoid`
    holds titles that must not come back, in any case: those of this burst, and of the days before it where they
    are known.
    """

    agent: Agent
    brand: Brand
    kind: Kind
    count: int
    seed: int
    avoid: frozenset[str] = frozenset()


class TextProvider(Protocol):
    """Writes proposals. An implementation may be a grammar, a local model or a service on the network."""

    def propose(self, request: TextRequest) -> tuple[Proposal, ...]:
        """Exactly `request.count` proposals, no two with the same title and none with a title to avoid.

        Blocks for as long as the writing takes, so it is called where blocking harms no one. Raises
        `ProviderError`, whose text is a reason for people to read; a part of an answer is never returned.
        """
        ...
