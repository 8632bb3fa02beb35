"""A brand and an agent for tests that care little which."""

from __future__ import annotations

from datetime import time

from maestro_actors.core.content import Agent, Brand, Palette, PerKind

MORNING, EVENING = time(9), time(18)


def a_brand(
    slug: str = "knead-and-spoke",
    timezone: str = "UTC",
    reel_times: tuple[time, ...] = (MORNING, EVENING),
    post_times: tuple[time, ...] = (),
) -> Brand:
    """Two reels a day can be published, and nothing else."""
    return Brand(
        slug=slug,
        name="Knead & Spoke",
        handle="knead",
        palette=Palette("#101010", "#fafafa", "#205080", "#f0a040"),
        typeface="grotesk",
        topics=("bread",),
        timezone=timezone,
        publishing_times=PerKind(reel_times, post_times, ()),
        quota=PerKind(1, 1, 1),
    )


def an_agent(name: str = "Mira") -> Agent:
    return Agent(name.lower(), name, "🌻", "practical")
