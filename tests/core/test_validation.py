from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maestro_actors.core.content import Agent, Brand, Palette, PerKind
from maestro_actors.core.fields import InvalidError, Problem
from maestro_actors.core.validation import (
    MAX_AVATAR,
    MAX_NAME,
    MAX_QUOTA,
    MAX_SLUG,
    MAX_TIMES,
    MAX_TOPIC,
    MAX_TOPICS,
    MAX_VOICE,
    agent_from,
    agent_problems,
    brand_from,
    brand_problems,
    time_of_day,
    timezone_problem,
)
from maestro_actors.examples import COPPER_TERN, EXAMPLE_AGENTS, EXAMPLE_BRANDS, HEALTHY_COLLEGE
from maestro_actors.journal.content_codec import agent_json, brand_json
from maestro_actors.rendering.typefaces import TYPEFACES
from tests.core.strategies import patient

SLUGS = tuple(brand.slug for brand in EXAMPLE_BRANDS)
BRAND, AGENT = brand_json(HEALTHY_COLLEGE), agent_json(EXAMPLE_AGENTS[1])
PLACES = sorted(available_timezones() - {"localtime", "Factory"})

# What comes in.
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)


def paths(data: dict[str, Any]) -> list[tuple[str, ...]]:
    """Where the fields of an object are, and of the objects within."""
    inner = [(name, *path) for name, value in data.items() if isinstance(value, dict) for path in paths(value)]
    return [(name,) for name in data] + inner


def but(data: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """The same with another value in one place."""
    name, *rest = path
    return data | {name: but(data[name], tuple(rest), value) if rest else value}


@st.composite
def damaged(draw: st.DrawFn, whole: dict[str, Any]) -> dict[str, Any]:
    """An object in which one thing or another is not as it should be."""
    data = whole
    for path in draw(st.lists(st.sampled_from(paths(whole)), max_size=3)):
        try:
            data = but(data, path, draw(plain))
        except (KeyError, TypeError):
            continue  # the object that it was in is gone
    kept = draw(st.sets(st.sampled_from(list(data)), min_size=len(data) - 1))
    return {name: value for name, value in data.items() if name in kept} | draw(
        st.dictionaries(st.text(max_size=5), plain, max_size=1)
    )


# What is right.
slugs = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?", fullmatch=True)
colours = st.from_regex(r"#[0-9A-Fa-f]{6}", fullmatch=True)
wall_times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
times = st.lists(wall_times, min_size=1, max_size=MAX_TIMES, unique=True).map(tuple)
counts = st.integers(0, MAX_QUOTA)


FILLERS = "\u115f\u1160\u3164\uffa0\u2800"


def is_seen(text: str) -> bool:
    return any(unicodedata.category(each)[0] in "LNPS" and each not in FILLERS for each in text)


def lines_of(most: int) -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=most).filter(is_seen)


brands = st.builds(
    Brand,
    slug=slugs,
    name=lines_of(MAX_NAME),
    handle=st.from_regex(r"[A-Za-z0-9._-]{1,30}", fullmatch=True),
    palette=st.builds(Palette, colours, colours, colours, colours),
    typeface=st.sampled_from(list(TYPEFACES)),
    topics=st.lists(lines_of(MAX_TOPIC), min_size=1, max_size=4, unique_by=str.casefold).map(tuple),
    timezone=st.sampled_from(PLACES),
    publishing_times=st.builds(PerKind, times, times, times),
    quota=st.builds(PerKind, counts, counts, counts),
)
agents = st.builds(
    Agent,
    slug=slugs,
    name=lines_of(MAX_NAME),
    avatar=lines_of(MAX_AVATAR),
    voice=lines_of(MAX_VOICE),
    brands=st.lists(st.sampled_from(SLUGS), unique=True).map(tuple),
)


def found_in_brand(data: object) -> tuple[Problem, ...]:
    with pytest.raises(InvalidError) as caught:
        brand_from(data, TYPEFACES)
    return caught.value.problems


def found_in_agent(data: object) -> tuple[Problem, ...]:
    with pytest.raises(InvalidError) as caught:
        agent_from(data, SLUGS)
    return caught.value.problems


def test_nothing_is_wrong_with_the_examples() -> None:
    assert [brand_from(brand_json(brand), TYPEFACES) for brand in EXAMPLE_BRANDS] == list(EXAMPLE_BRANDS)
    assert [agent_from(agent_json(agent), SLUGS) for agent in EXAMPLE_AGENTS] == list(EXAMPLE_AGENTS)


@patient
@given(brands)
def test_what_is_right_has_no_problem_and_comes_back_from_its_json(brand: Brand) -> None:
    assert brand_problems(brand, TYPEFACES) == ()
    assert brand_from(json.loads(json.dumps(brand_json(brand))), TYPEFACES) == brand


@patient
@given(agents)
def test_so_it_is_with_agents(agent: Agent) -> None:
    assert agent_problems(agent, SLUGS) == ()
    assert agent_from(json.loads(json.dumps(agent_json(agent))), SLUGS) == agent


@patient
@given(plain | damaged(BRAND))
def test_whatever_json_comes_in_it_is_a_brand_without_problems_or_all_its_problems(data: object) -> None:
    try:
        brand = brand_from(data, TYPEFACES)
    except InvalidError as error:
        assert_plain(error)
    else:
        assert brand_problems(brand, TYPEFACES) == ()
        assert brand_from(brand_json(brand), TYPEFACES) == brand


@patient
@given(plain | damaged(AGENT))
def test_whatever_json_comes_in_it_is_an_agent_without_problems_or_all_its_problems(data: object) -> None:
    try:
        agent = agent_from(data, SLUGS)
    except InvalidError as error:
        assert_plain(error)
    else:
        assert agent_problems(agent, SLUGS) == ()
        assert agent_from(agent_json(agent), SLUGS) == agent


def assert_plain(error: InvalidError) -> None:
    """There are problems, and each is one line for people: what is wrong, and after a colon what to do."""
    assert error.problems
    for problem in error.problems:
        assert str(problem).isprintable()
        assert ": " in problem.text
        assert len(str(problem)) < 1000


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("slug", "", "is '': it must be 1 to 50 of a-z, 0-9 and, between them, hyphens"),
        ("slug", "Healthy College", "is 'Healthy College': it must be"),
        ("slug", "-tea", "is '-tea': it must be"),
        ("slug", "tea-", "is 'tea-': it must be"),
        ("slug", "té", "is 'té': it must be"),
        ("slug", "x" * (MAX_SLUG + 1), "of 51 characters: it must be 1 to 50"),
        ("name", " ", "is blank: it must be a line of 1 to 80 visible characters"),
        ("name", "x" * (MAX_NAME + 1), "has 81 characters: it must be a line of 1 to 80"),
        ("name", "a\0b", "has invisible control characters: it must be"),
        ("name", "a\nb", "has invisible control characters: it must be"),
        ("name", "a\x1b[31mb", "has invisible control characters: it must be"),
        ("name", "a\u202eb", "has invisible control characters: it must be"),
        ("name", "a\ud800b", "has invisible control characters: it must be"),
        ("handle", "", "is '': it must be 1 to 30 letters, digits, dots, underscores or hyphens"),
        ("handle", "a b", "is 'a b': it must be"),
        ("handle", "x" * 31, "of 31 characters: it must be 1 to 30"),
        ("palette.dark", "red", "is 'red': it must be a colour as #rrggbb, such as #1d3557"),
        ("palette.light", "#fff", "is '#fff': it must be a colour"),
        ("palette.accent", "#12345g", "is '#12345g': it must be a colour"),
        ("typeface", "comic", "is 'comic': it must be one of grotesk, editorial, poster, friendly"),
        ("topics", [], "has 0 topics: it must be a list of 1 to 50 different topics"),
        ("topics", [f"topic {n}" for n in range(MAX_TOPICS + 1)], "has 51 topics: it must be a list of 1 to 50"),
        ("topics", ["tea", " "], "has '', which is blank: it must be"),
        ("topics", ["x" * (MAX_TOPIC + 1)], "which has 81 characters: it must be"),
        ("topics", ["Tea", "tea"], "has 'tea' more than once: it must be a list of 1 to 50 different topics"),
        ("topics", "tea", "is a text: it must be a list of"),
        ("topics", [1, None, {}], "has a number, null, an object in it: it must be a list of"),
        ("timezone", "Mars/Base", "is 'Mars/Base': it must be an IANA timezone, such as Europe/Lisbon"),
        ("timezone", "lisbon", "is 'lisbon' (did you mean Europe/Lisbon?): it must be"),
        ("timezone", "america/new york", "is 'america/new york' (did you mean America/New_York?): it must be"),
        ("timezone", "localtime", "is 'localtime': it must be an IANA timezone"),
        ("timezone", "/usr/share/zoneinfo/UTC", "is '/usr/share/zoneinfo/UTC': it must be an IANA timezone"),
        ("timezone", "../UTC", "is '../UTC': it must be an IANA timezone"),
        ("timezone", "Europe", "is 'Europe': it must be an IANA timezone"),
        ("timezone", "UTC\0", r"is 'UTC\x00': it must be an IANA timezone"),
        ("publishing_times.reel", ["25:00"], "has '25:00' in it: it must be a list of at most 24 different times"),
        ("publishing_times.reel", ["07:30:15"], "has '07:30:15' in it: it must be"),
        ("publishing_times.reel", ["07:30Z", "noon"], "has '07:30Z', 'noon' in it: it must be"),
        ("publishing_times.reel", ["07:30", "7:30"], "has '07:30' more than once: it must be"),
        ("publishing_times.reel", [f"07:{n:02}" for n in range(25)], "has 25 times: it must be a list of at most 24"),
        ("publishing_times.reel", [], "has no time, and the quota of reels is 3: add a time, or make the quota 0"),
        ("quota.reel", -1, "is out of range: it must be a whole number from 0 to 100"),
        ("quota.reel", 101, "is out of range: it must be"),
        ("quota.reel", 1.5, "is a number: it must be a whole number"),
        ("quota.reel", True, "is true: it must be a whole number"),
        ("quota", [1, 1, 1], "is a list: it must be an object with reel, post, carousel"),
        ("palette", None, "is missing: it must be an object with dark, light, primary, accent"),
    ],
)
def test_each_problem_of_a_brand_names_the_field_and_the_remedy(field: str, value: Any, said: str) -> None:
    (problem,) = found_in_brand(but(BRAND, tuple(field.split(".")), value))
    assert problem.field == field
    assert said in problem.text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("slug", "Mira!", "is 'Mira!': it must be 1 to 50 of a-z"),
        ("name", "", "is blank: it must be"),
        ("avatar", "", "is blank: it must be an emoji, or 1 to 10 visible characters"),
        ("avatar", "x" * (MAX_AVATAR + 1), "has 11 characters: it must be an emoji"),
        ("voice", "", "is blank: it must be a line of 1 to 200 visible characters, such as warm, practical"),
        ("voice", "x" * (MAX_VOICE + 1), "has 201 characters: it must be"),
        ("brands", ["nobody"], "has 'nobody': it must be a list of different brands of healthy-college, copper-tern"),
        ("brands", [SLUGS[0]] * 2, "has 'healthy-college' more than once: it must be"),
        ("brands", SLUGS[0], "is a text: it must be a list of different brands"),
        ("brands", None, "is missing: it must be a list of different brands"),
    ],
)
def test_each_problem_of_an_agent_names_the_field_and_the_remedy(field: str, value: Any, said: str) -> None:
    (problem,) = found_in_agent(but(AGENT, (field,), value))
    assert problem.field == field
    assert said in problem.text


def test_all_problems_are_found_at_once() -> None:
    wrong = but(BRAND, ("palette",), {"dark": "red", "light": 1, "gold": "#ffd700"}) | {"topics": [], "mood": "calm"}
    del wrong["name"]
    assert [problem.field for problem in found_in_brand(wrong)] == [
        *("brand", "palette", "name"),
        *("palette.light", "palette.primary", "palette.accent", "palette.dark", "topics"),
    ]


def test_unknown_fields_are_named_with_the_known_ones() -> None:
    (problem,) = found_in_agent(AGENT | {"tone": "wry", "\x1b": 1})
    assert str(problem) == (
        r"agent has 'tone', '\x1b', which nobody knows: there are slug, name, avatar, voice, brands"
    )


@pytest.mark.parametrize("data", [None, 1, "a brand", [BRAND]])
def test_what_is_no_object_has_that_problem_alone(data: object) -> None:
    (problem,) = found_in_brand(data)
    assert problem.field == "brand"
    assert "it must be an object with slug, name, handle" in problem.text


def test_hundreds_of_thousands_of_mistakes_are_said_in_a_line() -> None:
    many = [f"no brand {n}" for n in range(200_000)]
    (problem,) = found_in_agent(AGENT | {"brands": many})
    assert "and 199990 more" in problem.text
    assert_plain(InvalidError((problem,)))
    assert_plain(InvalidError(found_in_agent(AGENT | {"brands": many * 2} | dict.fromkeys(many))))


def test_spaces_around_texts_and_the_at_of_a_handle_do_not_count() -> None:
    loose = BRAND | {"name": " Healthy College\n", "handle": "@healthy.college", "topics": [" tea "]}
    assert brand_from(loose, TYPEFACES) == replace(HEALTHY_COLLEGE, topics=("tea",))


def test_values_are_judged_like_json() -> None:
    brand = replace(COPPER_TERN, publishing_times=PerKind((time(7, 30, 15),), (time(8, tzinfo=UTC),), (time(9),)))
    assert [str(problem).partition(":")[0] for problem in brand_problems(replace(brand, name=" x"), TYPEFACES)] == [
        "name begins or ends with a space",
        "publishing_times.reel has 07",
        "publishing_times.post has 08",
    ]


unseen = st.text(st.characters(categories=("Cf", "Z", "M"), include_characters=FILLERS), max_size=8)


@patient
@given(unseen, st.sampled_from(["brand", "agent"]))
def test_a_name_of_which_nothing_can_be_seen_is_refused(name: str, of: str) -> None:
    found = found_in_brand(BRAND | {"name": name}) if of == "brand" else found_in_agent(AGENT | {"name": name})
    assert {problem.field for problem in found} == {"name"}
    assert_plain(InvalidError(found))


@pytest.mark.parametrize(
    "text", ["\u200b", "\u200d", "\u3164", "\uffa0", "\u2800", "\ufe0f", "\u0301", "\u2060 \u200b"]
)
def test_so_it_is_with_everything_that_is_a_line(text: str) -> None:
    said = "has nothing that can be seen: it must be a"
    for field in ("name", "avatar", "voice"):
        (problem,) = found_in_agent(AGENT | {field: text})
        assert (problem.field, problem.text[: len(said)]) == (field, said)
    (problem,) = found_in_brand(BRAND | {"topics": [text]})
    assert "which has nothing that can be seen" in problem.text


@given(lines_of(4), lines_of(4), st.sampled_from(["\u200c", "\u200d", "\u00ad", "\u2060"]))
def test_between_what_can_be_seen_joiners_stay(before: str, after: str, joiner: str) -> None:
    name = f"{before}{joiner}{after}"
    assert brand_from(BRAND | {"name": name}, TYPEFACES).name == name


@pytest.mark.parametrize("name", ["می\u200cخواهم", "क्\u200dष", "👨\u200d👩\u200d👧", "☕\ufe0f", "e\u0301"])
def test_names_that_need_joiners_or_marks_are_names(name: str) -> None:
    assert agent_from(AGENT | {"name": name, "avatar": name}, SLUGS).name == name


def test_an_agents_name_is_not_asked_for_as_a_brands() -> None:
    (of_agent,), (of_brand,) = found_in_agent(AGENT | {"name": ""}), found_in_brand(BRAND | {"name": ""})
    assert of_agent.text.endswith(", such as Wren")
    assert of_brand.text.endswith(", such as Healthy College")


def test_the_longest_emoji_is_an_avatar_and_names_are_of_any_script() -> None:
    kiss = "👩🏻‍❤️‍💋‍👩🏿"
    assert agent_from(AGENT | {"avatar": kiss, "name": "مقهى ☕"}, SLUGS).avatar == kiss


@given(st.sampled_from(PLACES))
def test_a_timezone_that_exists_has_no_problem(name: str) -> None:
    assert ZoneInfo(name)
    assert timezone_problem(name) is None


@given(st.text())
def test_a_timezone_that_does_not_exist_has_a_problem(name: str) -> None:
    problem = timezone_problem(name)
    assert name in PLACES if problem is None else "it must be an IANA timezone" in problem


@given(wall_times)
def test_a_time_of_day_is_read_as_it_is_written(at: time) -> None:
    assert time_of_day(f"{at:%H:%M}") == at


@given(st.text() | st.from_regex(r"[0-9]{0,3}:?[0-9]{0,3}(:[0-9]{2})?[Z+]?"))
def test_nothing_else_is_a_time_of_day(text: str) -> None:
    at = time_of_day(text)
    assert at is None or datetime.strptime(text, "%H:%M").time() == at


@pytest.mark.parametrize("text", ["", "noon", "24:00", "07:60", "07:30:15", "07:30Z", "07.30", "٠٧:٣٠", "07:30\n"])
def test_no_other_notation_is_a_time_of_day(text: str) -> None:
    assert time_of_day(text) is None
