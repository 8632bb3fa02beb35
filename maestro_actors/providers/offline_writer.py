"""The offline writer: proposals without a network, from notebooks, an agent's voice and a seed.

It reads no clock and no file, and keeps nothing between calls: the same request has the same answer on any machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from random import Random

from maestro_actors.core.content import Brand, Kind, Proposal, Slide
from maestro_actors.errors import ProviderError
from maestro_actors.providers.repertoire import MAX_HEADING, MAX_POINT, Candidate, Choice, repertoire, tellable
from maestro_actors.providers.stories import Angle, Story
from maestro_actors.providers.text import TextRequest
from maestro_actors.providers.topics import hashtag, usable
from maestro_actors.providers.voices import Tone, tones

MAX_LINE = 60  # characters of a reel's line, which is read while it moves
_EMOJI_SHARE = 0.25  # of captions
_HASHTAGS = (3, 4, 5)

_COVERS = {
    Angle.MYTH: "A closer look",
    Angle.MISTAKE: "A common slip",
    Angle.EXPERIMENT: "An experiment",
    Angle.CHECKLIST: "A checklist",
    Angle.BEFORE_AFTER: "Before and after",
    Angle.QUESTION: "A question",
    Angle.NUMBER: "By the numbers",
    Angle.TALE: "A short story",
    Angle.UNTOLD: "Rarely said",
    Angle.HOW_TO: "How to",
    Angle.COMPARISON: "Side by side",
    Angle.WEEK_PLAN: "A plan",
}
_ANGLE_TAGS = {
    Angle.MYTH: "#MythsRevisited",
    Angle.MISTAKE: "#LearnFromMistakes",
    Angle.EXPERIMENT: "#TryThis",
    Angle.CHECKLIST: "#Checklist",
    Angle.BEFORE_AFTER: "#BeforeAndAfter",
    Angle.QUESTION: "#GoodQuestion",
    Angle.NUMBER: "#ByTheNumbers",
    Angle.TALE: "#TinyStories",
    Angle.UNTOLD: "#RarelySaid",
    Angle.HOW_TO: "#HowTo",
    Angle.COMPARISON: "#SideBySide",
    Angle.WEEK_PLAN: "#WeekPlan",
}
_FRAMES = {
    Kind.REEL: "Vertical 9:16, subject low in the frame, calm space above",
    Kind.POST: "Portrait 4:5, one clear subject, generous negative space",
    Kind.CAROUSEL: "Portrait 4:5, quiet backdrop that carries text on every slide",
}


class OfflineWriter:
    """A `TextProvider` that needs nothing but this package.

    Within one answer no angle on a topic, and no line, comes twice while there is another; titles and captions never
    do. It has 44 stories for any topic and four more for the ones it knows.
    """

    def propose(self, request: TextRequest) -> tuple[Proposal, ...]:
        """`request.count` proposals. Raises `ProviderError` if the brand's topics do not yield as many."""
        brand, kind = request.brand, request.kind
        random = Random(f"{request.seed}/{brand.slug}/{request.agent.slug}/{kind}")  # noqa: S311 variety, not secrecy
        voice = tones(request.agent.voice)
        loves = frozenset[Angle]().union(*(tone.loves for tone in voice))
        choice = Choice((c for c in repertoire(brand.topics) if tellable(c.story, kind)), request.avoid, loves)
        if len(choice) < request.count:
            raise ProviderError(_shortage(request, len(choice)))
        drafts = (_Draft(brand, kind, candidate, random.choice(voice), random) for candidate in choice.picks(random))
        return tuple(draft.proposal() for draft in islice(drafts, request.count))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A candidate on its way to become a proposal of one kind, in one tone."""

    brand: Brand
    kind: Kind
    candidate: Candidate
    tone: Tone
    random: Random

    def proposal(self) -> Proposal:
        story = self.candidate.story
        return Proposal(
            kind=self.kind,
            brand=self.brand.slug,
            title=story.title,
            caption=self._caption(),
            image_prompt=self._image_prompt(),
            lines=() if self.kind is Kind.CAROUSEL else _reel(story) if self.kind is Kind.REEL else _post(story),
            slides=self._slides() if self.kind is Kind.CAROUSEL else (),
        )

    def _slides(self) -> tuple[Slide, ...]:
        """A cover, the beats and the point: five to seven slides."""
        story = self.candidate.story
        heading = story.title if len(story.title) <= MAX_HEADING else _COVERS[story.angle]
        cover = Slide(heading, self._about(self.random.choice(self.tone.openers)))
        return (cover, *story.beats, Slide(self.random.choice(self.tone.closings), story.point))

    def _caption(self) -> str:
        """Two to four sentences, now and then an emoji, and the hashtags in a paragraph of their own."""
        opener, closer = (self.random.choice(said) for said in (self.tone.openers, self.tone.closers))
        gist = self.candidate.story.caption
        shapes: list[tuple[str, ...]]
        if self.kind is Kind.CAROUSEL:  # its cover has said an opener
            shapes = [(gist, closer)]
        elif gist.endswith("?"):  # one question is enough
            shapes = [(opener, gist)]
        else:
            shapes = [(gist, closer), (gist, closer), (opener, gist), (opener, gist, closer)]
        text = self._about(" ".join(self.random.choice(shapes)))
        if self.random.random() < _EMOJI_SHARE:
            text = f"{text} {self.tone.emoji}"
        return f"{text}\n\n{' '.join(self._hashtags())}"

    def _hashtags(self) -> tuple[str, ...]:
        """Three to five, the most particular first."""
        own = (hashtag(self.candidate.topic), *self.candidate.hashtags, hashtag(self.brand.name))
        general = (_ANGLE_TAGS[self.candidate.story.angle], "#LearnEveryDay", "#SmallSteps")
        distinct: dict[str, str] = {}
        for tag in (*own, *general):
            if tag:
                distinct.setdefault(tag.casefold(), tag)
        return tuple(islice(distinct.values(), self.random.choice(_HASHTAGS)))

    def _about(self, text: str) -> str:
        """A sentence of the tone's, about the topic."""
        return text.replace("{t}", self.candidate.topic)

    def _image_prompt(self) -> str:
        palette = self.brand.palette
        return (
            f"{self.candidate.story.image}. Mood: {self.tone.mood}. Colours led by {palette.primary} and "
            f"{palette.accent}, grounded in {palette.dark} and {palette.light}. {_FRAMES[self.kind]}. No lettering."
        )


def _reel(story: Story) -> tuple[str, ...]:
    """The beats in a row, and the point where it is short enough to be read in passing."""
    lines = tuple(beat.heading for beat in story.beats)
    return (*lines, story.point) if len(story.point) <= MAX_LINE and len(lines) <= 4 else lines


def _post(story: Story) -> tuple[str, ...]:
    """Items are shown whole, with what explains them; any other story is told as far as its turn, then the point."""
    if story.angle.is_whole:
        return tuple(_explained(beat) for beat in story.beats)
    return (*(beat.heading for beat in story.beats[:3]), story.point)


def _explained(beat: Slide) -> str:
    """A heading with as many sentences of its body as a post's line has room for."""
    line = beat.heading
    for sentence in re.split(r"(?<=[.?!]) |(?<=[.?!]”) ", beat.body):
        if len(line) + 1 + len(sentence) > MAX_POINT:
            break
        line = f"{line} {sentence}"
    return line


def _shortage(request: TextRequest, left: int) -> str:
    brand, kind = request.brand, request.kind
    if not usable(brand.topics):
        return (
            f"{brand.name} has no topic to write about: give it one in Latin letters, such as “sleep” or “bike repair”."
        )
    return (
        f"{request.count} more {kind.plural} for {brand.name} cannot be written without repeating: "
        f"its topics have {left} left. Give the brand more topics, or ask for fewer."
    )
