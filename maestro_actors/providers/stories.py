"""The offline writer's raw material: stories, and the plain notation in which they are written down.

A story is one idea, told once and well: a title, four or so beats, the point, a caption and a picture. The beats'
headings read in a row as a reel; with their bodies they are a carousel. A notebook is text, so that it is edited
as prose:

    # sleep #SleepWell #StudentSleep

    myth: A title, at most 70 characters
    point: What to keep, at most 90.
    - A beat's heading, at most 42. | Its body, at most 160, which may
      go on in the next line.
    caption: One or two sentences.
    image: What the picture shows.

Stories are separated by blank lines. In a story that fits any topic, `{t}` stands for the topic and `{T}` for the
topic at the beginning of a sentence; it is placed where one thing, several things and stuff all read well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from maestro_actors.core.content import Slide

_FIELD = re.compile(r"^(?:(?P<name>[a-z_]+): |(?P<beat>- ))")


class Angle(StrEnum):
    """From which side a story comes at its topic."""

    MYTH = "myth"
    MISTAKE = "mistake"
    EXPERIMENT = "experiment"
    CHECKLIST = "checklist"
    BEFORE_AFTER = "before_after"
    QUESTION = "question"
    NUMBER = "number"
    TALE = "tale"
    UNTOLD = "untold"
    HOW_TO = "how_to"
    COMPARISON = "comparison"
    WEEK_PLAN = "week_plan"

    @property
    def is_whole(self) -> bool:
        """Whether a post must show all of its beats: a list counts on them, a tale on its end."""
        return self not in (Angle.MYTH, Angle.MISTAKE, Angle.UNTOLD)


@dataclass(frozen=True, slots=True)
class Story:
    """One idea, ready to become a reel, a post or a carousel."""

    angle: Angle
    title: str
    point: str
    beats: tuple[Slide, ...]
    caption: str
    image: str

    def texts(self) -> Iterator[str]:
        """Everything in it that gets drawn on an image."""
        yield self.title
        yield self.point
        for beat in self.beats:
            yield beat.heading
            yield beat.body

    def mapped(self, change: Callable[[str], str]) -> Story:
        """The same story with each of its texts passed through `change`."""
        return Story(
            angle=self.angle,
            title=change(self.title),
            point=change(self.point),
            beats=tuple(Slide(change(beat.heading), change(beat.body)) for beat in self.beats),
            caption=change(self.caption),
            image=change(self.image),
        )


@dataclass(frozen=True, slots=True)
class Topic:
    """What a notebook knows about one topic: its hashtags, with their `#`, and its stories."""

    name: str
    hashtags: tuple[str, ...]
    stories: tuple[Story, ...]


def read_topics(notebook: str) -> tuple[Topic, ...]:
    """Every topic of a notebook, in its order."""
    sections = re.split(r"^# ", notebook, flags=re.MULTILINE)[1:]
    return tuple(_read_topic(section) for section in sections)


def read_stories(notebook: str) -> tuple[Story, ...]:
    """Every story of a notebook that has no topics."""
    return tuple(_read_story(block) for block in re.split(r"\n\s*\n", notebook.strip()))


def _read_topic(section: str) -> Topic:
    head, _, notebook = section.partition("\n")
    name, *hashtags = head.split(" #")
    return Topic(name.strip(), tuple(f"#{tag.strip()}" for tag in hashtags), read_stories(notebook))


def _read_story(block: str) -> Story:
    (angle, title), *rest = _fields(block)
    beats = tuple(Slide(*text.split(" | ")) for name, text in rest if name == "beat")
    fields = {name: text for name, text in rest if name != "beat"}
    return Story(Angle(angle), title, fields["point"], beats, fields["caption"], fields["image"])


def _fields(block: str) -> Iterator[tuple[str, str]]:
    name, text = "", ""
    for line in block.splitlines():
        if (start := _FIELD.match(line)) is None:
            text = f"{text} {line.strip()}"
            continue
        if name:
            yield name, text
        name, text = start["name"] or "beat", line[start.end() :].strip()
    yield name, text
