from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest

from maestro_actors.core.content import Agent, Brand, Kind
from maestro_actors.examples import EXAMPLE_AGENTS, EXAMPLE_BRANDS
from maestro_actors.providers.voices import tones

BRANDS = pytest.mark.parametrize("brand", EXAMPLE_BRANDS, ids=lambda brand: brand.slug)
AGENTS = pytest.mark.parametrize("agent", EXAMPLE_AGENTS, ids=lambda agent: agent.slug)
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@BRANDS
def test_a_palette_can_be_read(brand: Brand) -> None:
    palette = brand.palette
    for colour in (palette.dark, palette.light, palette.primary, palette.accent):
        assert re.fullmatch("#[0-9a-f]{6}", colour)
    assert contrast(palette.dark, palette.light) >= 7
    assert contrast(palette.primary, palette.light) >= 4.5
    assert contrast(palette.accent, palette.dark) >= 4.5


@BRANDS
def test_a_brand_has_a_zone_that_exists_and_times_for_its_quota(brand: Brand) -> None:
    assert ZoneInfo(brand.timezone).key == brand.timezone
    assert re.fullmatch(SLUG, brand.slug)
    assert 8 <= len(brand.topics) <= 12
    for kind in Kind:
        times = brand.publishing_times[kind]
        assert len(times) >= brand.quota[kind] > 0
        assert list(times) == sorted(set(times))


def test_no_two_brands_share_a_look_a_zone_or_a_handle() -> None:
    for name in ("slug", "handle", "typeface", "timezone", "palette"):
        assert len({getattr(brand, name) for brand in EXAMPLE_BRANDS}) == len(EXAMPLE_BRANDS)


@AGENTS
def test_an_agents_voice_is_one_that_the_writer_knows(agent: Agent) -> None:
    assert len(tones(agent.voice)) >= 2
    assert re.fullmatch(SLUG, agent.slug)
    assert set(agent.brands) <= {brand.slug for brand in EXAMPLE_BRANDS}


@BRANDS
def test_several_agents_write_for_each_brand(brand: Brand) -> None:
    assert sum(agent.writes_for(brand.slug) for agent in EXAMPLE_AGENTS) >= 3
