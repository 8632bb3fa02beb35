"""The editor's desk: which proposals become jobs, and how an order is dealt to brands and agents.

Pure: given the same order, brands and agents, the same requests.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import cycle, islice

from maestro_actors.core.content import MAX_SLIDES, Agent, Brand, Kind, PerKind, Proposal
from maestro_actors.core.events import Request

MAX_TITLE, MAX_LINE, MAX_CAPTION = 500, 500, 2200  # characters; 2,200 is Instagram's limit for a caption
MAX_LINES = 10
PER_REQUEST = 5  # proposals an agent is asked for at once: an answer stays short, and several agents share the work


def deal(order: PerKind[int], brands: Sequence[Brand], agents: Sequence[Agent]) -> tuple[Request, ...]:
    """Split an order into requests: totals dealt to the brands in turn, then to the agents who write for them.

    Each kind goes on with the brand after the one where the kind before it stopped, so that three posts for two
    brands and one reel do not all fall on the first. Every brand has an agent who writes for it: see `unserved`.
    """
    shares: dict[tuple[str, Kind], int] = {}
    turns = cycle(brands)
    for kind, count in order.items():
        for brand in islice(turns, count):
            shares[brand.slug, kind] = shares.get((brand.slug, kind), 0) + 1
    hands = {brand.slug: cycle([a.slug for a in agents if a.writes_for(brand.slug)]) for brand in brands}
    requests: list[Request] = []
    for (slug, kind), share in shares.items():
        for start in range(0, share, PER_REQUEST):
            count = min(PER_REQUEST, share - start)
            requests.append(Request(len(requests) + 1, next(hands[slug]), slug, kind, count))
    return tuple(requests)


def unserved(brands: Sequence[Brand], agents: Sequence[Agent]) -> tuple[Brand, ...]:
    """The brands for which no agent writes."""
    return tuple(brand for brand in brands if not any(agent.writes_for(brand.slug) for agent in agents))


def objection(proposal: Proposal, request: Request, *titles: Collection[str]) -> str | None:
    """Why the proposal is rejected, or None. `titles` are those the brand already has, in lower case."""
    if (proposal.kind, proposal.brand) != (request.kind, request.brand):
        return f"it is a {proposal.kind} for {proposal.brand}; asked for was a {request.kind} for {request.brand}"
    if not proposal.title.strip():
        return "it has no title"
    if any(proposal.title.strip().lower() in taken for taken in titles):
        return "another proposal of this burst has the same title"
    return _body_objection(proposal) or _length_objection(proposal)


def _body_objection(proposal: Proposal) -> str | None:
    if proposal.kind is Kind.CAROUSEL:
        if not 2 <= len(proposal.slides) <= MAX_SLIDES:
            return f"it has {len(proposal.slides)} slides; a carousel has 2 to {MAX_SLIDES}"
        if not all(slide.heading.strip() or slide.body.strip() for slide in proposal.slides):
            return "one of its slides is empty"
        return None
    if not 1 <= len(proposal.lines) <= MAX_LINES:
        return f"it has {len(proposal.lines)} lines; a {proposal.kind} has 1 to {MAX_LINES}"
    if not all(line.strip() for line in proposal.lines):
        return "one of its lines is empty"
    return None


def _length_objection(proposal: Proposal) -> str | None:
    texts = (*proposal.lines, *(text for slide in proposal.slides for text in (slide.heading, slide.body)))
    if len(proposal.title) > MAX_TITLE:
        return f"its title has {len(proposal.title)} characters; {MAX_TITLE} are the most"
    if any(len(text) > MAX_LINE for text in texts):
        return f"one of its texts has over {MAX_LINE} characters"
    if len(proposal.caption) > MAX_CAPTION:
        return f"its caption has {len(proposal.caption)} characters; {MAX_CAPTION:,} are the most"
    return None
