from __future__ import annotations

import pytest

from maestro_actors.core.content import Agent, Brand, Kind, Palette, PerKind
from maestro_actors.providers.offline_writer import OfflineWriter
from maestro_actors.providers.text import TextRequest


def a_brand(*topics: str, name: str = "Knead & Spoke") -> Brand:
    return Brand(
        slug="knead-and-spoke",
        name=name,
        handle="knead",
        palette=Palette("#101010", "#fafafa", "#205080", "#f0a040"),
        typeface="grotesk",
        topics=topics,
        timezone="UTC",
        publishing_times=PerKind((), (), ()),
        quota=PerKind(1, 1, 1),
    )


def an_agent(voice: str = "practical") -> Agent:
    return Agent("mira", "Mira", "🌻", voice)


def request(
    brand: Brand,
    kind: Kind = Kind.REEL,
    count: int = 1,
    seed: int = 1,
    voice: str = "practical",
    avoid: frozenset[str] = frozenset(),
) -> TextRequest:
    return TextRequest(an_agent(voice), brand, kind, count, seed, avoid)


@pytest.fixture
def writer() -> OfflineWriter:
    return OfflineWriter()
