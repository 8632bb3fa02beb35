"""How brands and agents look: as a list, each by itself, and as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

import click
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from maestro_actors.cli.consoles import a_console
from maestro_actors.core.content import Agent, Brand, Kind, Palette
from maestro_actors.core.validation import PALETTE
from maestro_actors.providers.voices import tones

DIM = "bright_black"


def say(what: RenderableType, done: str = "", note: str = "") -> None:
    """Print it with room around: first what was done to it, then what else there is to know."""
    heading = (Text(f"✓ {done}", "green"), "") if done else ()
    footing = ("", Text(note, DIM)) if note else ()
    console = a_console()
    console.print()
    console.print(Padding(Group(*heading, what, *footing), (0, 0, 0, 2), expand=False))
    console.print()


def print_json(data: object, indent: int | None = 2) -> None:
    """Print JSON, readable where stdout can take every character and right in any case; on one line without indent."""
    every_character = sys.stdout.encoding.lower().startswith("utf")
    click.echo(json.dumps(data, indent=indent, ensure_ascii=not every_character))


def facts(about: Mapping[str, str]) -> Table:
    """What is said about each thing, in a row of its own."""
    rows = _rows()
    for what, text in about.items():
        rows.add_row(what, Text(text))
    return rows


def brand_list(brands: Sequence[Brand]) -> Table:
    """Three lines a brand, one for each kind."""
    table = _table("Brand", "Timezone, topics", "A day", "Published at")
    for brand in brands:
        for kind, (name, place) in zip(Kind, _beside(brand), strict=True):
            table.add_row(name, place, _quota(brand, kind), _times(brand, kind))
        if brand is not brands[-1]:
            table.add_row()
    return table


def brand_portrait(brand: Brand, agents: Iterable[Agent]) -> Group:
    """Everything about a brand, and which of the agents write for it."""
    writers = [agent for agent in agents if agent.writes_for(brand.slug)]
    rows = _rows()
    rows.add_row("slug", Text(brand.slug))
    rows.add_row("timezone", Text(brand.timezone))
    rows.add_row("typeface", Text(brand.typeface))
    rows.add_row("palette", _palette(brand.palette))
    rows.add_row("topics", Text(", ".join(brand.topics)))
    for kind in Kind:
        rows.add_row(kind.plural, _plan(brand, kind))
    rows.add_row("agents", Text(", ".join(f"{agent.avatar} {agent.name}" for agent in writers) or "none"))
    return Group(Text(brand.name, "bold").append(f"  @{brand.handle}", f"not bold {DIM}"), "", rows)


def agent_list(agents: Iterable[Agent], brands: Sequence[Brand]) -> Table:
    """A line an agent. A brand that it still names and that was removed is not among the brands."""
    table = _table("", "Agent", "Slug", "Voice", "Writes for")
    there_are = {brand.slug for brand in brands}
    for agent in agents:
        wanted = Text(
            ", ".join(slug if slug in there_are else _removed(slug) for slug in agent.brands) or "every brand"
        )
        table.add_row(Text(agent.avatar), Text(agent.name, "bold"), Text(agent.slug, DIM), Text(agent.voice), wanted)
    return table


def agent_portrait(agent: Agent, brands: Sequence[Brand]) -> Group:
    """Everything about an agent. A brand that it still names and that was removed is not among the brands."""
    rows = _rows()
    rows.add_row("slug", Text(agent.slug))
    rows.add_row("voice", Text(agent.voice))
    rows.add_row("tone", Text(", ".join(tone.name for tone in tones(agent.voice))))
    names = {brand.slug: brand.name for brand in brands}
    wanted = [f"{names[slug]} ({slug})" if slug in names else _removed(slug) for slug in agent.brands]
    rows.add_row("writes for", Text("\n".join(wanted) or "every brand"))
    return Group(Text(f"{agent.avatar} ").append(agent.name, "bold"), "", rows)


def _removed(slug: str) -> str:
    return f"{slug} (removed)"


def _table(*headings: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style=DIM)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _rows() -> Table:
    rows = Table.grid(padding=(0, 3, 0, 0))
    rows.add_column(style=DIM, no_wrap=True)
    rows.add_column(overflow="fold")
    return rows


def _beside(brand: Brand) -> Iterator[tuple[Text, Text]]:
    """What stands beside the three kinds."""
    topics = f"{len(brand.topics)} topic{'s' if len(brand.topics) != 1 else ''}"
    yield Text(brand.name, "bold"), Text(brand.timezone)
    yield Text(brand.slug, DIM), Text(topics, DIM)
    yield Text(), Text()


def _quota(brand: Brand, kind: Kind) -> Text:
    quota = brand.quota[kind]
    return Text(f"{quota} {kind if quota == 1 else kind.plural}", "" if quota else DIM)


def _times(brand: Brand, kind: Kind) -> Text:
    times = brand.publishing_times[kind]
    return Text(" ".join(f"{at:%H:%M}" for at in sorted(times)) or "no time", "" if times else DIM)


def _plan(brand: Brand, kind: Kind) -> str:
    times = ", ".join(f"{at:%H:%M}" for at in sorted(brand.publishing_times[kind]))
    return f"{brand.quota[kind]} a day" + (f", at {times}" if times else "")


def _palette(palette: Palette) -> Table:
    colours = [(part, getattr(palette, part)) for part in PALETTE]
    rows = Table.grid(padding=(0, 3, 0, 0))
    for pair in (colours[:2], colours[2:]):
        rows.add_row(*(Text("██ ", colour).append(f"{part} {colour}", "default") for part, colour in pair))
    return rows
