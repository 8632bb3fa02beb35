"""Everything the offline writer could say for a brand, and the choice of what to say next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from maestro_actors.core.content import Kind
from maestro_actors.providers.ideas import IDEAS
from maestro_actors.providers.knowledge import KNOWLEDGE
from maestro_actors.providers.stories import Angle, Story
from maestro_actors.providers.topics import sentence_case, usable

MAX_TITLE, MAX_POINT, MAX_HEADING, MAX_BODY = 70, 90, 42, 160  # characters: what the layouts are drawn for
_LOVED = 0.25  # how far an angle that the voice loves comes forward; 1 would leave nothing to chance


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story about a topic. `idea` is its index among the ideas, or its own title if it knows its topic."""

    topic: str
    idea: int | str
    story: Story
    hashtags: tuple[str, ...] = ()

    @property
    def is_general(self) -> bool:
        """Whether it would fit any other topic as well."""
        return isinstance(self.idea, int)

    @property
    def key(self) -> str:
        """Its title as titles are compared."""
        return self.story.title.casefold()


@lru_cache(maxsize=64)
def repertoire(topics: tuple[str, ...]) -> tuple[Candidate, ...]:
    """Each story that fits each topic; no two have the same title."""
    found: dict[str, Candidate] = {}
    for topic in usable(topics):
        for candidate in _about(topic):
            if fits(candidate.story):
                found.setdefault(candidate.key, candidate)
    return tuple(found.values())


def fits(story: Story) -> bool:
    """Whether its texts are within the limits; a long topic can push a title over them."""
    return (
        len(story.title) <= MAX_TITLE
        and len(story.point) <= MAX_POINT
        and all(len(beat.heading) <= MAX_HEADING and len(beat.body) <= MAX_BODY for beat in story.beats)
    )


def tellable(story: Story, kind: Kind) -> bool:
    """Whether it can become this kind: a post has room for four items, and most angles need all of theirs."""
    return kind is not Kind.POST or not story.angle.is_whole or len(story.beats) <= 4


class Choice:
    """Picks candidates one after another, so that what was picked, or is to be avoided, repeats as little as can be.

    What counts, in this order: no angle on a topic twice, no idea twice, the topics in turn, what knows its topic
    before what would fit any, the angles in turn. What is left is chance, tilted to what the voice loves.
    """

    def __init__(self, candidates: Iterable[Candidate], avoid: frozenset[str], loves: frozenset[Angle]) -> None:
        self._taken: set[str] = {title.strip().casefold() for title in avoid}
        self._loves = loves
        self._pairs: Counter[tuple[str, Angle]] = Counter()
        self._ideas: Counter[int | str] = Counter()
        self._topics: Counter[str] = Counter()
        self._angles: Counter[Angle] = Counter()
        self._left: list[Candidate] = []
        for candidate in candidates:
            if candidate.key in self._taken:
                self._count(candidate)
            else:
                self._left.append(candidate)

    def __len__(self) -> int:
        return len(self._left)

    def picks(self, random: Random) -> Iterator[Candidate]:
        """Every candidate that is left, the best next one first."""
        chances = {c.key: random.random() - _LOVED * (c.story.angle in self._loves) for c in self._left}
        self._left.sort(key=lambda candidate: chances[candidate.key])
        while self._left:
            best = min(self._left, key=self._repetition)
            self._left.remove(best)
            self._count(best)
            yield best

    def _repetition(self, candidate: Candidate) -> tuple[int, int, int, bool, int]:
        return (
            self._pairs[candidate.topic, candidate.story.angle],
            self._ideas[candidate.idea],
            self._topics[candidate.topic],
            candidate.is_general,
            self._angles[candidate.story.angle],
        )

    def _count(self, candidate: Candidate) -> None:
        self._pairs[candidate.topic, candidate.story.angle] += 1
        self._ideas[candidate.idea] += 1
        self._topics[candidate.topic] += 1
        self._angles[candidate.story.angle] += 1


def _about(topic: str) -> Iterator[Candidate]:
    known = KNOWLEDGE.get(topic.casefold())
    hashtags = known.hashtags if known else ()
    for story in known.stories if known else ():
        yield Candidate(topic, story.title, story, hashtags)
    for index, idea in enumerate(IDEAS):
        yield Candidate(topic, index, told_about(idea, topic), hashtags)


def told_about(idea: Story, topic: str) -> Story:
    """A story that fits any topic, told about this one."""
    return idea.mapped(lambda text: text.replace("{T}", sentence_case(topic)).replace("{t}", topic))
