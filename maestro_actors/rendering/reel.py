"""A reel: its title, then its lines, then the brand, over a picture that drifts.

Three scenes share one page. The text rises line by line; a curtain in the brand's colour ends the film.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
from PIL import Image

from maestro_actors.core.content import Brand
from maestro_actors.rendering import pages
from maestro_actors.rendering.colour import mix
from maestro_actors.rendering.composition import FOOT, standing, zone_of
from maestro_actors.rendering.encoder import encode
from maestro_actors.rendering.farewell import backdrop, farewell
from maestro_actors.rendering.fonts import typeface
from maestro_actors.rendering.layout import (
    SIGNATURE_HEIGHT,
    Copy,
    Story,
    bar,
    drawn_items,
    drawn_title,
    signature,
    story,
)
from maestro_actors.rendering.legibility import Inks
from maestro_actors.rendering.motion import Curtain, Filling, Growing, Moving, Rising, Still
from maestro_actors.rendering.pictures import read
from maestro_actors.rendering.planes import Drifting, frame_of
from maestro_actors.rendering.specs import EncodeReel, Report
from maestro_actors.rendering.stencils import Box, rectangle
from maestro_actors.rendering.typefaces import Surface

_DRIFT = 210  # pixels at most that the picture moves up, one a frame
_STAGGER = 0.09  # seconds from one line of a title to the next


@dataclass(frozen=True, slots=True)
class Times:
    """When what begins, in seconds."""

    title: float
    title_leaves: float
    lines: float
    between_lines: float
    curtain: float
    end: float


@dataclass(frozen=True, slots=True)
class Scenes:
    """The stories of the two scenes, and the zone that is high enough for either."""

    title: Story
    lines: Story | None

    @property
    def zone(self) -> Box:
        taller = max((self.title, self.lines or self.title), key=lambda set_story: set_story.height)
        return zone_of(taller, pages.REEL_SAFE)


def write(spec: EncodeReel, path: Path, report: Report = lambda share: None) -> None:
    """Encodes the reel into a file at `path`, and reports each frame."""
    frames = max(1, round(spec.seconds * spec.frames_per_second))
    drift = min(frames, _DRIFT) // 2 * 2
    width, height = pages.REEL_SIZE
    picture = read(spec.background, (width, height + drift))
    script = script_of(spec, picture, drift)
    drifting = Drifting(picture, height)
    encode(
        _reported(_frames(script, drifting, drift, frames, spec.frames_per_second), frames, report),
        pages.REEL_SIZE,
        spec.frames_per_second,
        frames / spec.frames_per_second,
        path,
    )


def _reported(pictures: Iterable[av.VideoFrame], frames: int, report: Report) -> Iterator[av.VideoFrame]:
    for number, picture in enumerate(pictures):
        report(number / frames)
        yield picture


def script_of(spec: EncodeReel, picture: Image.Image, drift: int) -> tuple[Moving, ...]:
    """All that is to be seen before the picture, from the back to the front."""
    times = _times(spec)
    scenes = _scenes(spec)
    inks, surface = standing(scenes.zone, spec.brand, picture, drift)
    safe = pages.REEL_SAFE
    foot = signature(
        spec.brand, inks, safe.left, safe.bottom - SIGNATURE_HEIGHT, safe.width, centred=scenes.title.centred
    )
    grounds = _growing(scenes, times) if typeface(spec.brand.typeface).surface is Surface.CARD else (0, 0)
    return (
        *(Growing(stencil, *grounds, times.lines - 0.2) for stencil in surface),
        Still(foot),
        *_progress(inks, safe, times.end),
        *_title_scene(scenes.title, inks, times),
        *(_lines_scene(scenes.lines, inks, times) if scenes.lines else ()),
        *_ending(spec.brand, times),
    )


def _times(spec: EncodeReel) -> Times:
    """In proportion to the film; lines come so that the last has been there for a while at the end."""
    unit = spec.seconds / 7
    between = min(0.45, 1.6 / max(1, len(spec.proposal.lines))) * unit
    leaves = 1.5 * unit if spec.proposal.lines else float("inf")
    return Times(-1.2 * unit, leaves, 1.75 * unit, between, 5.8 * unit, spec.seconds)  # the first frame is a cover


def _scenes(spec: EncodeReel) -> Scenes:
    safe, proposal = pages.REEL_SAFE, spec.proposal
    room = safe.height - FOOT
    title = story(spec.brand, Copy(proposal.title), safe.width, room, pages.TITLE_SCENE)
    if not proposal.lines:
        return Scenes(title, None)
    copy = Copy(proposal.title, proposal.lines)
    return Scenes(title, story(spec.brand, copy, safe.width, room, pages.LINES_SCENE))


def _growing(scenes: Scenes, times: Times) -> tuple[int, int]:
    """How many pixels the card is shorter than the taller scene, during the first and during the second."""
    if scenes.lines is None:
        return 0, 0
    tallest = max(scenes.title.height, scenes.lines.height)
    return tallest - scenes.title.height, tallest - scenes.lines.height


def _progress(inks: Inks, safe: Box, lasts: float) -> tuple[Moving, ...]:
    track = Box(safe.left, safe.bottom + 22, safe.right, safe.bottom + 28)
    return (
        Still((rectangle(track, mix(inks.ground, inks.ink, 0.2), 3),)),
        Filling(rectangle(track, inks.accent, 3), lasts),
    )


def _title_scene(title: Story, inks: Inks, times: Times) -> Iterator[Moving]:
    zone = zone_of(title, pages.REEL_SAFE)
    yield Rising(bar(title, inks, zone.left, zone.top), times.title, times.title_leaves)
    for number, line in enumerate(drawn_title(title, inks, zone.left, zone.top)):
        yield Rising(line, times.title + _STAGGER * (number + 1), times.title_leaves + 0.03 * number)


def _lines_scene(lines: Story, inks: Inks, times: Times) -> Iterator[Moving]:
    zone = zone_of(lines, pages.REEL_SAFE)
    yield Rising(bar(lines, inks, zone.left, zone.top), times.lines - 0.1)
    for number, line in enumerate(drawn_title(lines, inks, zone.left, zone.top)):
        yield Rising(line, times.lines + 0.06 * number)
    for number, item in enumerate(drawn_items(lines, inks, zone.left, zone.top)):
        for line in item:
            yield Rising(line, times.lines + 0.25 + times.between_lines * number)


def _ending(brand: Brand, times: Times) -> Iterator[Moving]:
    """The curtain, then the brand's mark, name and handle, one after another."""
    parts = farewell(brand, Copy(brand.name), pages.REEL_SIZE, pages.REEL_SAFE)
    yield Curtain(backdrop(brand, pages.REEL_SIZE), pages.REEL_SIZE, times.curtain)
    for number, part in enumerate(parts):
        for stencil in part:
            yield Rising(stencil, times.curtain + 0.3 + 0.12 * number)


def _frames(
    script: tuple[Moving, ...], drifting: Drifting, drift: int, frames: int, rate: int
) -> Iterator[av.VideoFrame]:
    width, height = pages.REEL_SIZE
    for number in range(frames):
        planes = drifting.at(_position(number, drift))
        for moving in script:
            planes.lay(moving.at(number / rate))
        yield frame_of(planes, width, height)


def _position(number: int, drift: int) -> int:
    """One pixel further each frame; in a longer film, back again when all has been seen."""
    if not drift:
        return 0
    there = number % (2 * drift)
    return min(there, 2 * drift - there)
