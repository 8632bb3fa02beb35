"""What a brand and an agent are until somebody says otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from maestro_actors.core.content import Kind
from maestro_actors.core.usual import merged, usual_agent, usual_brand
from maestro_actors.core.validation import agent_from, brand_from


def test_a_name_and_a_topic_make_a_brand() -> None:
    brand = brand_from(usual_brand({"name": "Knead & Spoke", "topics": ["bread"]}, "Europe/Lisbon"), {"grotesk"})
    assert (brand.slug, brand.handle, brand.timezone) == ("knead-spoke", "knead.spoke", "Europe/Lisbon")
    assert [len(brand.publishing_times[kind]) for kind in Kind] == [brand.quota[kind] for kind in Kind] == [1, 1, 1]


def test_what_is_wanted_outweighs_what_is_usual() -> None:
    wanted = {"slug": "red", "timezone": "UTC", "palette": {"dark": "#000000"}, "quota": {"reel": 3}}
    brand = usual_brand(wanted | {"publishing_times": {"post": []}}, "Europe/Lisbon")
    assert (brand["slug"], brand["handle"], brand["timezone"]) == ("red", "red", "UTC")
    assert brand["palette"]["dark"] == "#000000"
    assert len(brand["palette"]) == 4
    assert brand["quota"] == {"reel": 3, "post": 0, "carousel": 1}


def test_a_name_makes_an_agent() -> None:
    agent = agent_from(usual_agent({"name": "Pip"}), ())
    assert (agent.slug, agent.brands) == ("pip", ())


@pytest.mark.parametrize(
    "wanted", [{}, {"name": 3}, {"name": "名"}, {"publishing_times": 3, "quota": None, "slug": []}]
)
def test_whatever_is_wanted_is_left_for_others_to_judge(wanted: dict[str, Any]) -> None:
    assert wanted.items() <= usual_brand(wanted, "UTC").items()
    assert wanted.items() <= usual_agent(wanted).items()


def test_objects_within_are_merged_and_everything_else_is_replaced() -> None:
    below = {"a": {"x": 1, "y": 2}, "b": [1, 2], "c": 3}
    assert merged(below, {"a": {"y": 5}, "b": [9], "d": 4}) == {"a": {"x": 1, "y": 5}, "b": [9], "c": 3, "d": 4}
    assert below == {"a": {"x": 1, "y": 2}, "b": [1, 2], "c": 3}
