from __future__ import annotations

from itertools import chain

import pytest

from maestro_actors.core.content import Kind, Slide
from maestro_actors.examples import EXAMPLE_BRANDS
from maestro_actors.providers.ideas import IDEAS
from maestro_actors.providers.knowledge import KNOWLEDGE
from maestro_actors.providers.repertoire import fits, tellable, told_about
from maestro_actors.providers.stories import Angle, Story, read_stories, read_topics
from maestro_actors.providers.topics import hashtag, is_drawable, usable
from maestro_actors.providers.voices import tones

TOLD = tuple(told_about(idea, "tea") for idea in IDEAS)
WRITTEN = tuple(chain.from_iterable(topic.stories for topic in KNOWLEDGE.values()))


def test_a_notebook_is_read_with_texts_that_go_on_in_the_next_line() -> None:
    (topic,) = read_topics("""
# tea time #Tea #TeaTime

myth: Milk goes
  first
point: It does not matter.
- One. | The first
  body.
- Two. | The second.
caption: A caption.
image: A cup
""")
    assert (topic.name, topic.hashtags) == ("tea time", ("#Tea", "#TeaTime"))
    assert topic.stories == (
        Story(
            Angle.MYTH,
            "Milk goes first",
            "It does not matter.",
            (Slide("One.", "The first body."), Slide("Two.", "The second.")),
            "A caption.",
            "A cup",
        ),
    )


def test_a_story_of_an_unknown_angle_is_refused() -> None:
    with pytest.raises(ValueError, match="rumour"):
        read_stories("rumour: A title\npoint: P.\n- A. | B.\ncaption: C.\nimage: D")


@pytest.mark.parametrize("story", WRITTEN + TOLD, ids=lambda story: story.title)
def test_every_story_is_within_the_limits_and_can_be_drawn(story: Story) -> None:
    assert fits(story)
    assert 3 <= len(story.beats) <= 5
    assert all(is_drawable(text) for text in story.texts())
    assert all(tellable(story, kind) for kind in Kind)
    assert story.caption.endswith((".", "?"))
    assert not story.image.endswith(".")


def test_no_sentence_is_used_in_two_stories() -> None:
    sentences = [text for story in WRITTEN + TOLD for text in story.texts()]
    repeated = {text for text in sentences if sentences.count(text) > 1}
    assert not repeated


def test_each_topic_is_told_from_four_different_angles() -> None:
    assert all(len({story.angle for story in topic.stories}) == 4 for topic in KNOWLEDGE.values())


def test_every_topic_of_the_examples_has_stories_of_its_own() -> None:
    assert {topic for brand in EXAMPLE_BRANDS for topic in brand.topics} == set(KNOWLEDGE)


def test_topics_are_tidied_and_taken_once() -> None:
    assert usable((" Sleep 😴", "sleep", "bike\nrepair", "日本", "R&B", "42")) == ("Sleep", "bike repair", "R&B")


@pytest.mark.parametrize(
    ("text", "tag"),
    [("cheap meals", "#CheapMeals"), ("pour-over", "#PourOver"), ("New Year’s Eve", "#NewYearsEve"), ("!!", None)],
)
def test_a_hashtag_is_made_of_letters_and_digits(text: str, tag: str | None) -> None:
    assert hashtag(text) == tag


def test_a_voice_is_heard_through_the_words_it_knows() -> None:
    assert [tone.name for tone in tones("Wry, but kind")] == ["wry", "warm"]
    assert [tone.name for tone in tones("playful")] == ["wry", "curious"]
    assert [tone.name for tone in tones("like a lighthouse")] == ["plain"]
