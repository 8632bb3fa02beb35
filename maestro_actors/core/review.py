"""The editor's desk: which proposals become jobs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from maestro_actors.core.content import MAX_SLIDES, Kind, Proposal
from maestro_actors.core.events import Rejection, Request

MAX_TITLE, MAX_LINE, MAX_CAPTION = 500, 500, 2200  # characters; 2,200 is Instagram's limit for a caption
MAX_LINES = 10


def sift(
    request: Request, proposals: Sequence[Proposal], taken: Collection[str], no_more: str | None = None
) -> tuple[tuple[Proposal, ...], tuple[Rejection, ...]]:
    """What is kept of an answer, and what is rejected and why; all of it where `no_more` says why.

    `taken` are the titles that the brand has already, in lower case.
    """
    kept: list[Proposal] = []
    rejected: list[Rejection] = []
    new: set[str] = set()
    for proposal in proposals:
        too_many = f"{request.count} were asked for" if len(kept) == request.count else None
        reason = no_more or too_many or objection(proposal, request, taken, new)
        if reason:
            rejected.append(Rejection(proposal.title[:MAX_TITLE], reason))
        else:
            new.add(proposal.title.strip().lower())
            kept.append(proposal)
    return tuple(kept), tuple(rejected)


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
