from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from maestro_actors.core.content import Agent, Brand, Kind, PerKind
from maestro_actors.core.order import PER_REQUEST, dealt, lacking, quotas, requests, unserved
from tests.core.strategies import a_brand, patient

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
    asked = requests(dealt(order, brands), staff)
    slugs = [brand.slug for brand in brands]
    for kind, count in order.items():
        shares = Counter({slug: sum(r.count for r in asked if (r.brand, r.kind) == (slug, kind)) for slug in slugs})
        assert shares.total() == count
        assert spread(shares, slugs) <= 1
    assert spread(Counter({s: sum(r.count for r in asked if r.brand == s) for s in slugs}), slugs) <= 1


@patient
@given(orders, studios, agents)
def test_requests_are_small_and_go_to_agents_who_write_for_the_brand(
    order: PerKind[int], brands: list[Brand], staff: list[Agent]
) -> None:
    asked = requests(dealt(order, brands), staff)
    writers = {agent.slug: agent for agent in staff}
    assert all(1 <= request.count <= PER_REQUEST for request in asked)
    assert all(writers[request.agent].writes_for(request.brand) for request in asked)
    assert [request.request_id for request in asked] == list(range(1, len(asked) + 1))
    for brand in brands:
        load = Counter(request.agent for request in asked if request.brand == brand.slug)
        assert spread(load, [agent.slug for agent in staff if agent.writes_for(brand.slug)]) <= 1


@patient
@given(orders, studios, agents)
def test_the_same_order_is_dealt_the_same_way(order: PerKind[int], brands: list[Brand], staff: list[Agent]) -> None:
    assert requests(dealt(order, brands), staff) == requests(dealt(order, brands), staff)


def test_the_next_kind_goes_on_with_the_next_brand() -> None:
    asked = requests(dealt(PerKind(1, 1, 1), [a_brand("red"), a_brand("blue")]), [GENERALIST])
    assert [(request.kind, request.brand) for request in asked] == [
        (Kind.REEL, "red"),
        (Kind.POST, "blue"),
        (Kind.CAROUSEL, "red"),
    ]


def test_an_order_of_nothing_asks_nobody() -> None:
    assert requests(dealt(PerKind(0, 0, 0), [a_brand()]), [GENERALIST]) == ()


def test_a_brand_is_unserved_when_every_agent_writes_for_others() -> None:
    red, blue = a_brand("red"), a_brand("blue")
    only_red = Agent("otto", "Otto", "🦉", "wry", ("red",))
    shares = dealt(PerKind(2, 0, 0), [red, blue])
    assert unserved(shares, [red, blue], [only_red]) == (blue,)
    assert [request.brand for request in requests(shares, [only_red])] == ["red"]
    assert unserved(shares, [red, blue], [only_red, GENERALIST]) == ()
    assert unserved(dealt(PerKind(1, 0, 0), [red, blue]), [red, blue], [only_red]) == (), "blue is asked for nothing"
    assert unserved(shares, [red], []) == (red,)


def test_a_quota_is_what_the_brands_say() -> None:
    red = replace(a_brand("red"), quota=PerKind(2, 0, 1))
    assert quotas([red, a_brand("blue")]) == {
        ("red", Kind.REEL): 2,
        ("red", Kind.CAROUSEL): 1,
        **{("blue", kind): 1 for kind in Kind},
    }


made = st.dictionaries(st.tuples(st.sampled_from(SLUGS), st.sampled_from(Kind)), st.integers(0, 9))


@patient
@given(studios, made)
def test_what_is_lacking_and_what_is_made_are_at_least_the_quota(
    brands: list[Brand], done: dict[tuple[str, Kind], int]
) -> None:
    lacks = lacking(brands, done)
    assert all(count > 0 for count in lacks.values())
    for key, quota in quotas(brands).items():
        assert done.get(key, 0) + lacks.get(key, 0) == max(quota, done.get(key, 0))
    assert lacks.keys() <= quotas(brands).keys()
