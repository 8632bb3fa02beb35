from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from itertools import chain
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maestro_actors.core.content import Brand, Kind, Proposal
from maestro_actors.errors import ProviderError
from maestro_actors.examples import EXAMPLE_BRANDS, HEALTHY_COLLEGE
from maestro_actors.providers.offline_writer import OfflineWriter
from maestro_actors.providers.repertoire import repertoire
from maestro_actors.providers.stories import Angle
from maestro_actors.providers.text import TextProvider
from maestro_actors.providers.topics import is_drawable
from tests.providers.conftest import a_brand, request

EIGHT = ("sourdough", "remote work", "bike repair", "houseplants", "jazz", "chess", "beekeeping", "board games")
KINDS = pytest.mark.parametrize("kind", list(Kind))
BRANDS = pytest.mark.parametrize("brand", EXAMPLE_BRANDS, ids=lambda brand: brand.slug)


def drawn(proposal: Proposal) -> tuple[str, ...]:
    slides = chain.from_iterable((slide.heading, slide.body) for slide in proposal.slides)
    return (proposal.title, *proposal.lines, *slides)


def assert_within_the_limits(proposal: Proposal) -> None:
    assert 0 < len(proposal.title) <= 70
    assert all(text == text.strip() and text and is_drawable(text) for text in drawn(proposal))
    assert not any("{" in text for text in (*drawn(proposal), proposal.caption, proposal.image_prompt))
    match proposal.kind:
        case Kind.REEL:
            assert not proposal.slides
            assert 3 <= len(proposal.lines) <= 5
            assert all(len(line) <= 60 for line in proposal.lines)
        case Kind.POST:
            assert not proposal.slides
            assert 2 <= len(proposal.lines) <= 4
            assert all(len(line) <= 90 for line in proposal.lines)
        case Kind.CAROUSEL:
            assert not proposal.lines
            assert 4 <= len(proposal.slides) <= 7
            assert all(len(slide.heading) <= 42 and len(slide.body) <= 160 for slide in proposal.slides)
    text, _, tags = proposal.caption.rpartition("\n\n")
    assert len(proposal.caption) <= 2200
    assert 3 <= len(tags.split()) <= 5
    assert len({tag.casefold() for tag in tags.split()}) == len(tags.split())
    assert all(re.fullmatch(r"#\w+", tag) for tag in tags.split())
    assert text
    assert "Mood: " in proposal.image_prompt


def test_the_offline_writer_is_a_text_provider(writer: OfflineWriter) -> None:
    provider: TextProvider = writer
    assert len(provider.propose(request(HEALTHY_COLLEGE, count=3))) == 3


@KINDS
@BRANDS
def test_thirty_proposals_for_an_example_brand_do_not_repeat(writer: OfflineWriter, brand: Brand, kind: Kind) -> None:
    thirty = writer.propose(request(brand, kind, 30))
    about = {c.story.title: (c.topic, c.story.angle) for c in repertoire(brand.topics)}
    assert len({p.title for p in thirty}) == 30
    assert len({p.caption for p in thirty}) == 30
    assert len({p.image_prompt for p in thirty}) == 30
    assert len({about[p.title] for p in thirty}) == 30
    assert not [line for line, n in Counter(line for p in thirty for line in p.lines).items() if n > 1]
    assert not [slide for slide, n in Counter(slide for p in thirty for slide in p.slides).items() if n > 1]


@KINDS
def test_thirty_proposals_for_a_brand_of_ones_own_do_not_repeat_either(writer: OfflineWriter, kind: Kind) -> None:
    thirty = writer.propose(request(a_brand(*EIGHT), kind, 30))
    assert len({p.caption for p in thirty}) == 30
    assert not [line for line, n in Counter(line for p in thirty for line in p.lines).items() if n > 1]
    assert not [slide for slide, n in Counter(slide for p in thirty for slide in p.slides).items() if n > 1]


@BRANDS
def test_thirty_proposals_asked_for_one_by_one_do_not_repeat_an_idea(writer: OfflineWriter, brand: Brand) -> None:
    titles: set[str] = set()
    lines: Counter[str] = Counter()
    for seed in range(30):
        (proposal,) = writer.propose(request(brand, seed=seed, avoid=frozenset(titles)))
        titles.add(proposal.title.lower())
        lines.update(proposal.lines)
    assert len(titles) == 30
    assert max(lines.values()) == 1


@KINDS
def test_eight_topics_yield_at_least_two_hundred_proposals_of_a_kind(writer: OfflineWriter, kind: Kind) -> None:
    many = writer.propose(request(a_brand(*EIGHT), kind, 200))
    assert len({p.title.casefold() for p in many}) == 200
    assert len({p.caption for p in many}) == 200


def test_eight_topics_of_forty_characters_yield_two_hundred_as_well(writer: OfflineWriter) -> None:
    topics = (f"{letter} very long topic of forty characters"[:40].ljust(40, "s") for letter in "ABCDEFGH")
    assert len(writer.propose(request(a_brand(*topics), Kind.CAROUSEL, 200))) == 200


def test_the_same_request_has_the_same_answer(writer: OfflineWriter) -> None:
    assert writer.propose(request(HEALTHY_COLLEGE, count=10)) == OfflineWriter().propose(
        request(HEALTHY_COLLEGE, count=10)
    )


def test_the_answer_is_the_same_in_another_process_with_another_hash_seed() -> None:
    program = (
        "from maestro_actors.providers.offline_writer import OfflineWriter\n"
        "from tests.providers.conftest import request, a_brand\n"
        "print(OfflineWriter().propose(request(a_brand('tea', 'sleep', 'jazz'), count=20, voice='playful, warm')))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1


def test_another_seed_gets_another_answer(writer: OfflineWriter) -> None:
    answers = {
        tuple(p.title for p in writer.propose(request(HEALTHY_COLLEGE, count=5, seed=seed))) for seed in range(20)
    }
    assert len(answers) == 20


def test_titles_to_avoid_do_not_come_back_whatever_their_case(writer: OfflineWriter) -> None:
    first = writer.propose(request(HEALTHY_COLLEGE, count=200))
    avoid = frozenset(p.title.upper() for p in first)
    second = writer.propose(request(HEALTHY_COLLEGE, count=100, avoid=avoid))
    assert not {p.title for p in first} & {p.title for p in second}


def test_a_title_of_an_unknown_writer_is_no_obstacle(writer: OfflineWriter) -> None:
    assert writer.propose(request(HEALTHY_COLLEGE, avoid=frozenset({"Something nobody here wrote"})))


def test_another_voice_has_other_words(writer: OfflineWriter) -> None:
    captions = {
        voice: {p.caption for p in writer.propose(request(HEALTHY_COLLEGE, count=30, voice=voice))}
        for voice in ("warm", "wry", "practical", "curious", "calm", "bold", "")
    }
    assert len(set().union(*captions.values())) == 30 * len(captions)


def test_a_voice_prefers_the_angles_it_loves(writer: OfflineWriter) -> None:
    lists = {
        c.story.title for c in repertoire(HEALTHY_COLLEGE.topics) if c.story.angle in (Angle.CHECKLIST, Angle.HOW_TO)
    }

    def lists_told(voice: str) -> int:
        firsts = (writer.propose(request(HEALTHY_COLLEGE, seed=seed, voice=voice))[0] for seed in range(200))
        return sum(first.title in lists for first in firsts)

    assert lists_told("practical") > 2 * lists_told("wry")


def test_asking_for_more_than_there_is_says_how_many_are_left(writer: OfflineWriter) -> None:
    with pytest.raises(ProviderError, match=r"500 more posts for Knead & Spoke .* its topics have 44 left"):
        writer.propose(request(a_brand("tea"), Kind.POST, 500))


@pytest.mark.parametrize("topics", [(), ("",), ("🙂", "  ", "42"), ("寿司", "садоводство")])
def test_a_brand_without_a_usable_topic_is_told_what_to_do(writer: OfflineWriter, topics: tuple[str, ...]) -> None:
    with pytest.raises(ProviderError, match="no topic to write about"):
        writer.propose(request(a_brand(*topics)))


@settings(max_examples=150, deadline=None)
@given(
    topics=st.lists(st.text(max_size=60), max_size=6),
    name=st.text(max_size=30),
    kind=st.sampled_from(list(Kind)),
    count=st.integers(0, 12),
    seed=st.integers(),
    voice=st.text(max_size=20) | st.sampled_from(["warm, wry", "playful", "bold and calm"]),
)
def test_any_brand_gets_texts_within_the_limits_or_a_reason(
    topics: list[str], name: str, kind: Kind, count: int, seed: int, voice: str
) -> None:
    brand = a_brand(*topics, name=name)
    if len(repertoire(brand.topics)) < count:
        with pytest.raises(ProviderError, match="topic"):
            OfflineWriter().propose(request(brand, kind, count, seed, voice))
        return
    proposals = OfflineWriter().propose(request(brand, kind, count, seed, voice))
    assert len(proposals) == count
    for proposal in proposals:
        assert_within_the_limits(proposal)


@settings(max_examples=60, deadline=None)
@given(
    topics=st.lists(st.from_regex(r"[a-zA-Zéñü][a-zéñü &'-]{0,30}[a-z]", fullmatch=True), min_size=1, max_size=5),
    kind=st.sampled_from(list(Kind)),
    seed=st.integers(0, 2**64),
)
def test_any_topic_in_latin_letters_can_be_written_about(topics: list[str], kind: Kind, seed: int) -> None:
    for proposal in OfflineWriter().propose(request(a_brand(*topics), kind, 30, seed)):
        assert_within_the_limits(proposal)


@KINDS
@BRANDS
def test_everything_the_examples_can_say_is_within_the_limits(writer: OfflineWriter, brand: Brand, kind: Kind) -> None:
    for proposal in writer.propose(request(brand, kind, 300)):
        assert_within_the_limits(proposal)


@pytest.mark.parametrize("voice", ["warm", "wry", "practical", "curious", "calm", "bold", ""])
def test_a_caption_has_two_to_four_sentences(writer: OfflineWriter, voice: str) -> None:
    for kind in Kind:
        for proposal in writer.propose(request(HEALTHY_COLLEGE, kind, 300, voice=voice)):
            text = proposal.caption.split("\n\n")[0]
            text = re.sub(r"(?<=[ap]\.m)\.|[.?!](?=[”])", "", text)
            assert 2 <= len(re.findall(r"[.?!](?= |$)", text)) <= 4, text


def test_a_thousand_proposals_are_written_in_a_moment(writer: OfflineWriter) -> None:
    started = perf_counter()
    for seed in range(200):
        writer.propose(request(HEALTHY_COLLEGE, count=5, seed=seed))
    assert perf_counter() - started < 5  # well under one second on a quiet machine
