from __future__ import annotations

from dataclasses import replace

import pytest

from maestro_actors.core.content import MAX_SLIDES, Kind, Proposal, Slide
from maestro_actors.core.events import Request
from maestro_actors.core.review import MAX_LINES, objection
from tests.core.strategies import a_proposal


def asked(kind: Kind) -> Request:
    return Request(1, "mira", "red", kind, 3)


@pytest.mark.parametrize("kind", Kind)
def test_nobody_objects_to_a_sound_proposal(kind: Kind) -> None:
    assert objection(a_proposal(kind=kind), asked(kind), {"another title"}) is None


reel, post, carousel = (a_proposal(kind=kind) for kind in Kind)
slide = Slide("One", "pot")


@pytest.mark.parametrize(
    ("proposal", "words"),
    [
        (replace(reel, brand="blue"), "it is a reel for blue; asked for was a reel for red"),
        (replace(reel, title=" \n"), "it has no title"),
        (replace(reel, title=" TEA First "), "another proposal of this burst has the same title"),
        (replace(reel, title="t" * 501), "its title has 501 characters; 500 are the most"),
        (replace(reel, lines=()), "it has 0 lines; a reel has 1 to 10"),
        (replace(post, lines=("a line",) * (MAX_LINES + 1)), "it has 11 lines; a post has 1 to 10"),
        (replace(reel, lines=("a line", " ")), "one of its lines is empty"),
        (replace(reel, lines=("l" * 501,)), "one of its texts has over 500 characters"),
        (replace(carousel, slides=(slide,)), "it has 1 slides; a carousel has 2 to 10"),
        (replace(carousel, slides=(slide,) * (MAX_SLIDES + 1)), "it has 11 slides; a carousel has 2 to 10"),
        (replace(carousel, slides=(slide, Slide(" ", ""))), "one of its slides is empty"),
        (replace(carousel, slides=(slide, Slide("One", "b" * 501))), "one of its texts has over 500 characters"),
        (replace(carousel, slides=(slide, Slide("h" * 501, "pot"))), "one of its texts has over 500 characters"),
        (replace(reel, caption="c" * 2201), "its caption has 2201 characters; 2,200 are the most"),
    ],
)
def test_a_proposal_is_rejected_for_a_reason(proposal: Proposal, words: str) -> None:
    taken = {"tea first"} if proposal.title.strip() == "TEA First" else {"another title"}
    assert objection(proposal, asked(proposal.kind), taken) == words


def test_a_proposal_of_another_kind_than_asked_for_is_rejected() -> None:
    assert objection(post, asked(Kind.REEL), set()) == "it is a post for red; asked for was a reel for red"


@pytest.mark.parametrize(
    "proposal",
    [
        replace(reel, title="t" * 500, caption="c" * 2200, lines=("l" * 500,) * MAX_LINES),
        replace(carousel, slides=(Slide("Only a heading", ""), *(slide,) * (MAX_SLIDES - 1))),
        replace(carousel, slides=(Slide("", "Only a body"), slide)),
        replace(reel, caption=""),
    ],
)
def test_a_proposal_may_go_to_the_limits(proposal: Proposal) -> None:
    assert objection(proposal, asked(proposal.kind), set()) is None
