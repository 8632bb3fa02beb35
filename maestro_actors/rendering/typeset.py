"""Text into boxes, at any length: the largest size that fits, even lines, and no single word left alone.

Pure arithmetic on what a face measures. The means, in order: a smaller size, breaking a word that is wider than
its box, and at the smallest size an ellipsis.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from maestro_actors.rendering.fonts import Face

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Sizes:
    """From the smallest to the largest size of a text, in pixels."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, set: its lines at `size`, their baselines `leading` pixels apart.

    `width` and `height` are the box that its ink stays in, in pixels; the first baseline is `ascent` below its top.
    """

    face: Face
    size: int
    leading: int
    lines: tuple[str, ...]

    @property
    def width(self) -> float:
        return max((self.face.width(line, self.size) for line in self.lines), default=0.0)

    @property
    def ascent(self) -> float:
        return self.face.ascent(self.size)

    @property
    def height(self) -> float:
        return _height(self.face, self.size, self.leading, len(self.lines))


def set_paragraph(text: str, face: Face, width: float, height: float, sizes: Sizes, leading: float) -> Block:
    """One paragraph, as large as it fits a box of these pixels. `leading` is in ems.

    It is set up to a quarter smaller where that makes its lines even and gives the last word company.
    """
    face = face.suited(text)
    largest = set_column((text,), face, width, height, sizes, leading, 0.0)[0]
    least = max(sizes.least, largest.size * 3 // 4)
    smaller = (
        Block(face, size, round(size * leading), wrap(text, face, size, width, broken=True))
        for size in range(largest.size - 1, least - 1, -1)
    )
    fitting = [block for block in smaller if len(block.lines) <= len(largest.lines)]
    return max((largest, *fitting), key=_grace)


def _grace(block: Block) -> float:
    """How good a title looks: large, of even lines, with no last word alone."""
    if len(block.lines) < 2:
        return float(block.size)
    widths = [block.face.width(line, block.size) for line in block.lines]
    alone = " " not in block.lines[-1] and sum(line.count(" ") for line in block.lines) > 1
    return block.size * (0.3 + 0.7 * min(widths) / max(widths)) * (0.8 if alone else 1.0)


def set_column(
    texts: Sequence[str], face: Face, width: float, height: float, sizes: Sizes, leading: float, gap: float
) -> tuple[Block, ...]:
    """Paragraphs under one another, all of one size, `gap` ems apart, as large as they fit together.

    Text that does not fit at the least size ends in an ellipsis; paragraphs for which there is no line at all
    are left out.
    """
    face = face.suited("".join(texts))
    whole_words = _largest(texts, face, width, height, sizes, leading, gap, broken=False)
    size = whole_words or _largest(texts, face, width, height, sizes, leading, gap, broken=True) or sizes.least
    wrapped = [wrap(text, face, size, width, broken=True) for text in texts]
    limits = _shares([len(lines) for lines in wrapped], face, size, height, leading, gap)
    return tuple(
        Block(face, size, round(size * leading), clipped(lines, limit, face, size, width))
        for lines, limit in zip(wrapped, limits, strict=False)
    )


def column_height(blocks: Sequence[Block], gap: float) -> float:
    """The height of set paragraphs with `gap` ems between them, in pixels."""
    return sum(block.height for block in blocks) + sum(block.size * gap for block in blocks[1:])


def wrap(text: str, face: Face, size: float, width: float, *, broken: bool) -> tuple[str, ...]:
    """Even lines, as few as the width allows. A word wider than that is broken, or else stands out."""
    words = [piece for word in text.split() for piece in (_pieces(word, face, size, width) if broken else (word,))]
    if not words:
        return ()
    widths = [face.width(word, size) for word in words]
    space = face.width(" ", size)
    counts = _even(widths, space, width)
    ends = list(accumulate(counts))
    return tuple(" ".join(words[start:end]) for start, end in zip([0, *ends], ends, strict=False))


def clipped(lines: tuple[str, ...], limit: int, face: Face, size: float, width: float) -> tuple[str, ...]:
    """At most `limit` lines; what is cut off shows as an ellipsis that still fits the width."""
    if len(lines) <= limit:
        return lines
    last = lines[limit - 1]
    while last and face.width(last + ELLIPSIS, size) > width:
        last = last[:-1]
    return (*lines[: limit - 1], last.rstrip(" ,;:.-–—") + ELLIPSIS)


def _largest(
    texts: Sequence[str],
    face: Face,
    width: float,
    height: float,
    sizes: Sizes,
    leading: float,
    gap: float,
    *,
    broken: bool,
) -> int | None:
    def fits(size: int) -> bool:
        counts = [_fewest_lines(text, face, size, width, broken=broken) for text in texts]
        if None in counts:
            return False
        heights = (_height(face, size, round(size * leading), count) for count in counts if count is not None)
        return sum(heights) + gap * size * (len(texts) - 1) <= height

    low, high = sizes.least, max(sizes.least, sizes.most)
    if not fits(low):
        return None
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def _fewest_lines(text: str, face: Face, size: int, width: float, *, broken: bool) -> int | None:
    """None where a whole word is wider than the line."""
    words = [piece for word in text.split() for piece in (_pieces(word, face, size, width) if broken else (word,))]
    widths = [face.width(word, size) for word in words]
    if not broken and max(widths, default=0.0) > width:
        return None
    return len(_greedy(widths, face.width(" ", size), width))


def _height(face: Face, size: float, leading: int, lines: int) -> float:
    return face.ascent(size) + face.descent(size) + leading * (lines - 1) if lines else 0.0


def _greedy(widths: Sequence[float], space: float, width: float) -> list[int]:
    """How many words each line takes."""
    counts: list[int] = []
    reach = 0.0
    for word in widths:
        if counts and reach + space + word <= width:
            counts[-1] += 1
            reach += space + word
        else:
            counts.append(1)
            reach = word
    return counts


def _even(widths: Sequence[float], space: float, width: float) -> list[int]:
    """How many words each line takes: no more lines than need be, near one width, the last with company."""
    fewest = len(_greedy(widths, space, width))
    aim = _narrowest(widths, space, width, fewest)
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]  # up to each word: lines, their cost, where the last begins
    for end in range(1, len(widths) + 1):
        best.append(min(_endings(best, widths, space, max(width, max(widths)), aim, end)))
    counts: list[int] = []
    while end:
        counts.append(end - best[end][2])
        end = best[end][2]
    return counts[::-1]


def _endings(
    best: Sequence[tuple[int, float, int]], widths: Sequence[float], space: float, width: float, aim: float, end: int
) -> Iterator[tuple[int, float, int]]:
    """Every last line that can end before word `end`, with the best of what goes before it."""
    reach = -space
    for start in range(end - 1, -1, -1):
        reach += space + widths[start]
        if reach > width:
            return
        lines, cost, _ = best[start]
        alone = start == end - 1 and start > 0 and end == len(widths)
        yield lines + 1, cost + (reach - aim) ** 2 + alone * aim**2, start


def _narrowest(widths: Sequence[float], space: float, width: float, lines: int) -> float:
    """The least width, to a pixel, at which the words still take no more than `lines` lines."""
    low, high = max(widths), max(width, max(widths))
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_greedy(widths, space, middle)) <= lines else (middle, high)
    return high


def _pieces(word: str, face: Face, size: float, width: float) -> tuple[str, ...]:
    """The word, or where it is wider than a line, even parts of it that end in hyphens."""
    if face.width(word, size) <= width:
        return (word,)
    for parts in range(max(2, int(face.width(word, size) / width)), len(word) + 1):
        step = -(-len(word) // parts)
        pieces = [word[start : start + step] for start in range(0, len(word), step)]
        hyphened = [piece + "-" if piece[-1].isalpha() else piece for piece in pieces[:-1]] + pieces[-1:]
        if all(face.width(piece, size) <= width for piece in hyphened):
            return tuple(hyphened)
    return tuple(word)


def _shares(counts: Sequence[int], face: Face, size: int, height: float, leading: float, gap: float) -> list[int]:
    """How many lines each paragraph may keep, so that all fit; the longest give first, then the last go."""
    kept = list(counts)
    line = round(size * leading)

    def total() -> float:
        return sum(_height(face, size, line, count) for count in kept) + gap * size * (len(kept) - 1)

    while (len(kept) > 1 and total() > height) or (kept and total() > height and kept[0] > 1):
        longest = max(kept)
        if longest > 1:
            kept[len(kept) - 1 - kept[::-1].index(longest)] -= 1
        else:
            kept.pop()
    return kept
