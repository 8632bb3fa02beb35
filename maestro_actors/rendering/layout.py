"""The parts that every picture shares: a story (title and items) in a column, and the brand's signature below it.

A story is set first, then measured, and drawn when the inks for its place are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from maestro_actors.core.content import Brand
from maestro_actors.rendering import stencils
from maestro_actors.rendering.fonts import Face, normalised, typeface
from maestro_actors.rendering.legibility import Inks
from maestro_actors.rendering.stencils import Box, Stencil
from maestro_actors.rendering.typeset import Block, Sizes, column_height, set_column, set_paragraph

SIGNATURE_HEIGHT = 84
RULE_SPACE = 40  # a bar of 96 x 10 pixels, and the space below it
_BODY_LEADING = 1.34
_GAP = 0.42  # between items, in ems
_ROUNDING = 0.985  # hinted glyphs are a little wider at some sizes than in proportion


@dataclass(frozen=True, slots=True)
class Copy:
    """What a story says: a title, then items. `bulleted` puts a mark before each."""

    title: str
    items: tuple[str, ...] = ()
    bulleted: bool = True


@dataclass(frozen=True, slots=True)
class Measures:
    """The sizes that a story may take, in pixels, and the share of its height that the title may fill."""

    title: Sizes
    items: Sizes
    share: float = 0.55


@dataclass(frozen=True, slots=True)
class Story:
    """A story, set in a column of `width` pixels."""

    width: int
    title: tuple[Block, ...]
    items: tuple[Block, ...]
    indent: int
    centred: bool
    rule: int

    @property
    def height(self) -> int:
        above = self.rule + sum(block.height for block in self.title)
        return round(above + self.between + column_height(self.items, _GAP))

    @property
    def between(self) -> int:
        return 30 if self.items and self.title else 0


def story(
    brand: Brand,
    copy: Copy,
    width: int,
    height: int,
    measures: Measures,
    *,
    rule: int = RULE_SPACE,
    centred: bool = False,
) -> Story:
    """Title and items, as large as they fit a column of these pixels, below `rule` pixels for what opens it."""
    look = typeface(brand.typeface)
    title, items = normalised(copy.title), tuple(filter(None, map(normalised, copy.items)))
    room = height - rule
    column = width * _ROUNDING
    share = room * measures.share if items else room
    cased = title.upper() if look.uppercase else title
    head = (set_paragraph(cased, Face(look.display), column, share, measures.title, look.leading),) if title else ()
    rest = room - sum(block.height for block in head) - (30 if items and head else 0)
    indent = 44 if copy.bulleted and items else 0
    body = (
        set_column(items, Face(look.text), column - indent, rest, measures.items, _BODY_LEADING, _GAP) if items else ()
    )
    return Story(width, head, body, indent, centred or look.centred, rule)


def drawn_story(set_story: Story, inks: Inks, left: int, top: int) -> tuple[Stencil, ...]:
    """Title lines, then bullets and items, in reading order."""
    title = drawn_title(set_story, inks, left, top)
    return (*title, *chain.from_iterable(drawn_items(set_story, inks, left, top)))


def drawn_title(set_story: Story, inks: Inks, left: int, top: int) -> tuple[Stencil, ...]:
    """A stencil for each line of the title."""
    y, width, centred = top + set_story.rule, set_story.width, set_story.centred
    return tuple(
        line for block in set_story.title for line in stencils.text(block, inks.ink, left, y, width, centred=centred)
    )


def drawn_items(set_story: Story, inks: Inks, left: int, top: int) -> tuple[tuple[Stencil, ...], ...]:
    """For each item its bullet, if any, and its lines."""
    placed = []
    y = top + set_story.rule + sum(block.height for block in set_story.title) + set_story.between
    for block in set_story.items:
        placed.append(_item(block, set_story, inks, left, y))
        y += block.height + block.size * _GAP
    return tuple(placed)


def bar(set_story: Story, inks: Inks, left: int, top: int) -> Stencil:
    """The short bar that opens a story."""
    start = left + (set_story.width - 96) // 2 if set_story.centred else left
    return stencils.rectangle(Box(start, top, start + 96, top + 10), inks.accent, 5)


def _item(block: Block, set_story: Story, inks: Inks, left: int, top: float) -> tuple[Stencil, ...]:
    indent = set_story.indent
    centred = set_story.centred and not indent
    lines = stencils.text(block, inks.ink, left + indent, top, set_story.width - indent, centred=centred)
    if not indent:
        return lines
    diameter = max(12, block.size // 3)
    middle = top + block.ascent - block.face.cap_height(block.size) / 2
    return (stencils.disc(left, round(middle - diameter / 2), diameter, inks.accent), *lines)


def monogram(brand: Brand, inks: Inks, left: int, top: int, side: int) -> tuple[Stencil, ...]:
    """The brand's mark: its initials on a tile."""
    words = normalised(brand.name).split()
    initials = "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()
    return tile(brand, initials, inks, left, top, side)


def tile(brand: Brand, letters: str, inks: Inks, left: int, top: int, side: int) -> tuple[Stencil, ...]:
    """A few letters on a disc, a rounded square or a square, as the brand's typeface looks."""
    look = typeface(brand.typeface)
    radius = side // 2 if look.centred else min(look.radius, side // 4)
    ground = stencils.rectangle(Box(left, top, left + side, top + side), inks.accent, radius)
    face = Face(look.display)
    block = set_paragraph(letters, face, side * 0.68, side * 1.2, Sizes(12, round(side * 0.46)), 1.0)
    y = top + side / 2 - block.ascent + block.face.cap_height(block.size) / 2
    return (ground, *stencils.text(block, inks.on_accent, left, y, side, centred=True))


def signature(brand: Brand, inks: Inks, left: int, top: int, width: int, *, centred: bool) -> tuple[Stencil, ...]:
    """The mark, the name and the handle in a row of `SIGNATURE_HEIGHT` pixels."""
    look = typeface(brand.typeface)
    text_width = (width - SIGNATURE_HEIGHT - 22) * _ROUNDING
    name = set_paragraph(normalised(brand.name), Face(look.strong), text_width, 50, Sizes(22, 33), 1.0)
    handle = set_paragraph(at(brand), Face(look.text), text_width, 42, Sizes(20, 28), 1.0)
    row = SIGNATURE_HEIGHT + 22 + max(name.width, handle.width)
    start = round(left + (width - row) / 2) if centred else left
    x = start + SIGNATURE_HEIGHT + 22
    return (
        *monogram(brand, inks, start, top, SIGNATURE_HEIGHT),
        *stencils.text(name, inks.ink, x, top + 2, text_width, centred=False),
        *stencils.text(handle, inks.ink, x, top + SIGNATURE_HEIGHT - 2 - handle.height, text_width, centred=False),
    )


def at(brand: Brand) -> str:
    """The handle with its @."""
    return "@" + normalised(brand.handle).removeprefix("@")
