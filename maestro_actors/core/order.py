"""What a burst is asked for: how many of each kind for each brand, and which agent is asked for them.

Pure: given the same wish, brands and agents, the same requests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle, islice

from maestro_actors.core.content import Agent, Brand, Kind, PerKind
from maestro_actors.core.events import Request

PER_REQUEST = 5  # proposals an agent is asked for at once: an answer stays short, and several agents share the work

Shares = Mapping[tuple[str, Kind], int]  # by a brand's slug and a kind


def dealt(order: PerKind[int], brands: Sequence[Brand]) -> Shares:
    """Totals dealt to the brands in turn.

    Each kind goes on with the brand after the one where the kind before it stopped, so that three posts for two
    brands and one reel do not all fall on the first.
    """
    shares: dict[tuple[str, Kind], int] = {}
    turns = cycle(brands)
    for kind, count in order.items():
        for brand in islice(turns, count):
            shares[brand.slug, kind] = shares.get((brand.slug, kind), 0) + 1
    return shares


def quotas(brands: Sequence[Brand]) -> Shares:
    """A whole day's quota."""
    return {(brand.slug, kind): count for brand in brands for kind, count in brand.quota.items() if count}


def lacking(brands: Sequence[Brand], made: Shares) -> Shares:
    """What of a day's quota is not made yet."""
    lacks = {key: count - made.get(key, 0) for key, count in quotas(brands).items()}
    return {key: count for key, count in lacks.items() if count > 0}


def requests(shares: Shares, agents: Sequence[Agent]) -> tuple[Request, ...]:
    """Split the shares among the agents who write for each brand, in turn; see `unserved` for the others."""
    hands = {slug: cycle([agent.slug for agent in agents if agent.writes_for(slug)]) for slug, _ in shares}
    split: list[Request] = []
    for (slug, kind), share in shares.items():
        for start in range(0, share, PER_REQUEST):
            hand = next(hands[slug], None)
            if hand is not None:
                split.append(Request(len(split) + 1, hand, slug, kind, min(PER_REQUEST, share - start)))
    return tuple(split)


def unserved(shares: Shares, brands: Sequence[Brand], agents: Sequence[Agent]) -> tuple[Brand, ...]:
    """The brands that have a share, and for which no agent writes."""
    wanted = {slug for slug, _ in shares}
    return tuple(
        brand for brand in brands if brand.slug in wanted and not any(agent.writes_for(brand.slug) for agent in agents)
    )
