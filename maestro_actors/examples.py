"""Three brands of quite different character and the agents that write for them, to start a studio with.

They are invented. The agents are AI and say so; none is modelled on a person.
"""

from __future__ import annotations

from datetime import time

from maestro_actors.core.content import Agent, Brand, Palette, PerKind

HEALTHY_COLLEGE = Brand(
    slug="healthy-college",
    name="Healthy College",
    handle="healthy.college",
    palette=Palette(dark="#10302b", light="#fdf5e6", primary="#1c6b57", accent="#ff9466"),
    typeface="friendly",
    topics=(
        "sleep",
        "cheap meals",
        "study focus",
        "exam stress",
        "roommates",
        "daily movement",
        "caffeine",
        "morning routines",
    ),
    timezone="America/New_York",
    publishing_times=PerKind(
        reel=(time(7, 30), time(12, 15), time(20, 30)),
        post=(time(9, 0), time(17, 45)),
        carousel=(time(19, 0),),
    ),
    quota=PerKind(reel=3, post=2, carousel=1),
)

COPPER_TERN = Brand(
    slug="copper-tern-coffee",
    name="Copper Tern Coffee",
    handle="coppertern.coffee",
    palette=Palette(dark="#14202e", light="#f6ede1", primary="#a34a1d", accent="#e9a15b"),
    typeface="poster",
    topics=(
        "pour-over",
        "espresso",
        "grind size",
        "brewing water",
        "cold brew",
        "tasting notes",
        "bean storage",
        "steamed milk",
    ),
    timezone="Europe/Lisbon",
    publishing_times=PerKind(
        reel=(time(8, 0), time(15, 30)),
        post=(time(6, 45), time(11, 0)),
        carousel=(time(18, 15),),
    ),
    quota=PerKind(reel=2, post=2, carousel=1),
)

SLOW_TIMETABLE = Brand(
    slug="the-slow-timetable",
    name="The Slow Timetable",
    handle="slow.timetable",
    palette=Palette(dark="#2b1a36", light="#f8f1e7", primary="#8c2f4b", accent="#f0b94f"),
    typeface="editorial",
    topics=(
        "night trains",
        "ferries",
        "packing light",
        "walking cities",
        "local markets",
        "travel journals",
        "off-season trips",
        "longer stays",
    ),
    timezone="Australia/Lord_Howe",
    publishing_times=PerKind(
        reel=(time(18, 0),),
        post=(time(8, 30), time(21, 0)),
        carousel=(time(7, 0), time(19, 30)),
    ),
    quota=PerKind(reel=1, post=2, carousel=2),
)

EXAMPLE_BRANDS: tuple[Brand, ...] = (HEALTHY_COLLEGE, COPPER_TERN, SLOW_TIMETABLE)

EXAMPLE_AGENTS: tuple[Agent, ...] = (
    Agent("mira", "Mira", "🌻", "warm, practical"),
    Agent("otto", "Otto", "🦉", "wry, direct", (COPPER_TERN.slug, SLOW_TIMETABLE.slug)),
    Agent("juno", "Juno", "🔭", "curious, playful", (HEALTHY_COLLEGE.slug, COPPER_TERN.slug)),
    Agent("wren", "Wren", "🪶", "calm, gentle", (HEALTHY_COLLEGE.slug, SLOW_TIMETABLE.slug)),
)
