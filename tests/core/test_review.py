from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maestro_actors.core.content import MAX_SLIDES, Agent, Brand, Kind, PerKind, Proposal, Slide
from maestro_actors.core.events import Request
from maestro_actors.core.review import MAX_LINES, PER_REQUEST, deal, objection, unserved
from tests.core.strategies import a_brand, a_proposal, patient

SLUGS = ("red", "blue", "green", "amber", "pink")
GENERALIST = Agent("ada", "Ada", "🦊", "dry")

orders = st.builds(PerKind, st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
studios = st.lists(st.sampled_from(SLUGS), min_size=1, unique=True).map(lambda slugs: [a_brand(slug) for slug in slugs])
specialists = st.lists(st.lists(st.sampled_from(SLUGS), min_size=1, unique=True).map(tuple), max_size=4).map(
    lambda choices: [Agent(f"agent-{n}", f"Agent {n}", "🌻", "warm", slugs) for n, slugs in enumerate(choices)]
)
agents = specialists.map(lambda some: [*some, GENERALIST])


def spread(tally: Counter[str], names: list[str]) -> int:
    """By how many the one who got most is ahead of the one who got least."""
    shares = [tally[name] for name in names]
    return max(shares) - min(shares)


@patient
@given(orders, studios, agents)
def test_an_order_is_dealt_whole_and_evenly(order: PerKind[int], brands: list[Brand], staff: list[Agent]) -> None:
    dealt = deal(order, brands, staff)
    slugs = [brand.slug for brand in brands]
    for kind, count in order.items():
        shares = Counter({slug: sum(r.count for r in dealt if (r.brand, r.kind) == (slug, kind)) for slug in slugs})
        assert shares.total() == count
        assert spread(shares, slugs) <= 1
    assert spread(Counter({s: sum(r.count for r in dealt if r.brand == s) for s in slugs}), slugs) <= 1


@patient
@given(orders, studios, agents)
def test_requests_are_small_and_go_to_agents_who_write_for_the_brand(
    order: PerKind[int], brands: list[Brand], staff: list[Agent]
) -> None:
    dealt = deal(order, brands, staff)
    writers = {agent.slug: agent for agent in staff}
    assert all(1 <= request.count <= PER_REQUEST for request in dealt)
    assert all(writers[request.agent].writes_for(request.brand) for request in dealt)
    assert [request.request_id for request in dealt] == list(range(1, len(dealt) + 1))
    for brand in brands:
        load = Counter(request.agent for request in dealt if request.brand == brand.slug)
        assert spread(load, [agent.slug for agent in staff if agent.writes_for(brand.slug)]) <= 1


@patient
@given(orders, studios, agents)
def test_the_same_order_is_dealt_the_same_way(order: PerKind[int], brands: list[Brand], staff: list[Agent]) -> None:
    assert deal(order, brands, staff) == deal(order, brands, staff)


def test_the_next_kind_goes_on_with_the_next_brand() -> None:
    dealt = deal(PerKind(1, 1, 1), [a_brand("red"), a_brand("blue")], [GENERALIST])
    assert [(request.kind, request.brand) for request in dealt] == [
        (Kind.REEL, "red"),
        (Kind.POST, "blue"),
        (Kind.CAROUSEL, "red"),
    ]


def test_an_order_of_nothing_asks_nobody() -> None:
    assert deal(PerKind(0, 0, 0), [a_brand()], [GENERALIST]) == ()


def test_a_brand_is_unserved_when_every_agent_writes_for_others() -> None:
    red, blue = a_brand("red"), a_brand("blue")
    only_red = Agent("otto", "Otto", "🦉", "wry", ("red",))
    assert unserved([red, blue], [only_red]) == (blue,)
    assert unserved([red, blue], [only_red, GENERALIST]) == ()
    assert unserved([red], []) == (red,)


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
