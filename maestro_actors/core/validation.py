"""What people give about a brand or an agent, judged: every problem at once, each with its field and its remedy.

`brand_problems` and `agent_problems` judge values. `brand_from` and `agent_from` read plain JSON, whatever it is, and
answer only what has no problem. What cannot be known here is an argument: the typefaces there are, the user's brands.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import time
from zoneinfo import available_timezones

from maestro_actors.core.content import Agent, Brand, Kind, Palette, PerKind
from maestro_actors.core.fields import Fields, Problem, Problems, Rule, named, shown

MAX_SLUG, MAX_NAME, MAX_TOPIC, MAX_VOICE = 50, 80, 80, 200  # characters
MAX_HANDLE = 30  # characters, as on Instagram
MAX_AVATAR = 10  # code points, as many as the longest emoji has
MAX_TOPICS, MAX_TIMES, MAX_QUOTA = 50, 24, 100
TIME_OF_DAY = "HH:MM without seconds, such as 07:30"

BRAND = ("slug", "name", "handle", "palette", "typeface", "topics", "timezone", "publishing_times", "quota")
AGENT = ("slug", "name", "avatar", "voice", "brands")
PALETTE = ("dark", "light", "primary", "accent")
KINDS = tuple(kind.value for kind in Kind)

_SLUG = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_HANDLE = re.compile(r"[A-Za-z0-9._-]+")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
# Controls, line ends, half characters, and what turns the direction of text around it. Joiners stay: they make emoji.
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
# Controls, formats, separators and marks show nothing alone. What Unicode got after this Python may well be an emoji.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Mc", "Me"})
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # four fillers count as letters, Braille's blank as a symbol
_NO_PLACES = frozenset({"localtime", "Factory"})  # which some systems have among the names of their timezones


# The rules.


def _line(most: int, must_be: str) -> Rule[str]:
    def findings(text: str) -> Iterator[str]:
        if not text.strip():
            yield "is blank"
        elif not _can_be_seen(text):
            yield "has nothing that can be seen"
        elif text != text.strip():
            yield "begins or ends with a space"
        if len(text) > most:
            yield f"has {len(text)} characters"
        if _INVISIBLE.search(text):
            yield "has invisible control characters"

    return Rule(must_be.format(most=most), findings)


def _can_be_seen(text: str) -> bool:
    return any(each not in _BLANK and unicodedata.category(each) not in _UNSEEN for each in text)


def _pattern(pattern: re.Pattern[str], most: int, must_be: str) -> Rule[str]:
    def findings(text: str) -> Iterator[str]:
        if len(text) > most:
            yield f"is {shown(text)}, of {len(text)} characters"
        elif not pattern.fullmatch(text):
            yield f"is {shown(text)}"

    return Rule(must_be.format(most=most), findings)


def _topics(topics: Sequence[str]) -> Iterator[str]:
    if not 1 <= len(topics) <= MAX_TOPICS:  # without a topic there is nothing to write about
        yield f"has {len(topics)} topics"
        return
    for topic in dict.fromkeys(topics):
        yield from (f"has {shown(topic)}, which {finding}" for finding in TOPIC.findings(topic))
    yield from _repeated(topic.casefold() for topic in topics)


def _times(times: Sequence[time]) -> Iterator[str]:
    if len(times) > MAX_TIMES:
        yield f"has {len(times)} times"
        return
    yield from (f"has {at}" for at in times if at.tzinfo or at.second or at.microsecond)
    yield from _repeated(f"{at:%H:%M}" for at in times)


def _timezone(name: str) -> Iterator[str]:
    names = available_timezones() - _NO_PLACES
    if name not in names:
        place = name.strip().casefold().replace(" ", "_")
        alike = sorted(each for each in names if place in (each.casefold(), each.rpartition("/")[2].casefold()))
        yield f"is {shown(name)}" + (f" (did you mean {alike[0]}?)" if alike else "")


def _quota(count: int) -> Iterator[str]:
    if not 0 <= count <= MAX_QUOTA:
        yield "is out of range"


def _repeated(entries: Iterable[str]) -> Iterator[str]:
    repeated = [shown(entry) for entry, times in Counter(entries).items() if times > 1]
    if repeated:
        yield f"has {named(repeated)} more than once"


def _typeface(typefaces: Collection[str]) -> Rule[str]:
    def findings(name: str) -> Iterator[str]:
        if name not in typefaces:
            yield f"is {shown(name)}"

    return Rule(f"one of {named(typefaces)}", findings)


def _brands(known: Collection[str]) -> Rule[Sequence[str]]:
    there_are = frozenset(known)

    def findings(slugs: Sequence[str]) -> Iterator[str]:
        unknown = [slug for slug in slugs if slug not in there_are]
        if unknown:
            yield f"has {named(map(shown, unknown))}"
        yield from _repeated(slugs)

    return Rule(f"a list of different brands of {named(known) or 'yours'}, or empty for every brand", findings)


SLUG = _pattern(_SLUG, MAX_SLUG, "1 to {most} of a-z, 0-9 and, between them, hyphens, such as healthy-college")
BRAND_NAME = _line(MAX_NAME, "a line of 1 to {most} visible characters, such as Healthy College")
AGENT_NAME = _line(MAX_NAME, "a line of 1 to {most} visible characters, such as Wren")
HANDLE = _pattern(_HANDLE, MAX_HANDLE, "1 to {most} letters, digits, dots, underscores or hyphens, such as the.college")
COLOUR = _pattern(_COLOUR, 7, "a colour as #rrggbb, such as #1d3557")
TOPIC = _line(MAX_TOPIC, "a line of 1 to {most} visible characters, such as cheap meals")
TOPICS: Rule[Sequence[str]] = Rule(f"a list of 1 to {MAX_TOPICS} different topics, each {TOPIC.must_be}", _topics)
TIMEZONE = Rule("an IANA timezone, such as Europe/Lisbon", _timezone)
TIMES: Rule[Sequence[time]] = Rule(f"a list of at most {MAX_TIMES} different times as {TIME_OF_DAY}", _times)
QUOTA = Rule(f"a whole number from 0 to {MAX_QUOTA}", _quota)
AVATAR = _line(MAX_AVATAR, "an emoji, or 1 to {most} visible characters")
VOICE = _line(MAX_VOICE, "a line of 1 to {most} visible characters, such as warm, practical")


# Whole values.


def brand_problems(brand: Brand, typefaces: Collection[str]) -> Problems:
    """All that is wrong with a brand, where these are the typefaces there are."""
    return (
        *SLUG.judge("slug", brand.slug),
        *BRAND_NAME.judge("name", brand.name),
        *HANDLE.judge("handle", brand.handle),
        *(problem for part in PALETTE for problem in COLOUR.judge(f"palette.{part}", getattr(brand.palette, part))),
        *_typeface(typefaces).judge("typeface", brand.typeface),
        *TOPICS.judge("topics", brand.topics),
        *TIMEZONE.judge("timezone", brand.timezone),
        *(problem for kind in Kind for problem in _plan_problems(brand, kind)),
    )


def _plan_problems(brand: Brand, kind: Kind) -> Iterator[Problem]:
    times, quota = brand.publishing_times[kind], brand.quota[kind]
    yield from TIMES.judge(f"publishing_times.{kind}", times)
    yield from QUOTA.judge(f"quota.{kind}", quota)
    if not times and 0 < quota <= MAX_QUOTA:  # each would be made, and then find no slot
        yield Problem(
            f"publishing_times.{kind}",
            f"has no time, and the quota of {kind.plural} is {quota}: add a time, or make the quota 0",
        )


def agent_problems(agent: Agent, brands: Collection[str]) -> Problems:
    """All that is wrong with an agent, where these are the slugs of the brands there are."""
    return (
        *SLUG.judge("slug", agent.slug),
        *AGENT_NAME.judge("name", agent.name),
        *AVATAR.judge("avatar", agent.avatar),
        *VOICE.judge("voice", agent.voice),
        *_brands(brands).judge("brands", agent.brands),
    )


def timezone_problem(name: str) -> str | None:
    """What is wrong with the name of a timezone, and what to do."""
    return next((problem.text for problem in TIMEZONE.judge("", name)), None)


def time_of_day(text: str) -> time | None:
    """The time that HH:MM stands for, and no other notation."""
    match = _TIME.fullmatch(text)
    return time(int(match[1]), int(match[2])) if match else None


# Plain JSON.


def brand_from(data: object, typefaces: Collection[str]) -> Brand:
    """The brand that plain JSON describes; spaces around texts and the @ of a handle do not count.

    Raises:
        InvalidError: something is missing, unknown, of the wrong type or not allowed.
    """
    fields = Fields(data, "brand", BRAND)
    palette, times = fields.part("palette", PALETTE), fields.part("publishing_times", KINDS)
    quota = fields.part("quota", KINDS)
    brand = Brand(
        slug=fields.text("slug", SLUG),
        name=fields.text("name", BRAND_NAME),
        handle=fields.text("handle", HANDLE).removeprefix("@"),
        palette=Palette(*(palette.text(part, COLOUR) for part in PALETTE)),
        typeface=fields.text("typeface", _typeface(typefaces)),
        topics=fields.each("topics", TOPICS, str),
        timezone=fields.text("timezone", TIMEZONE),
        publishing_times=PerKind(*(times.each(kind, TIMES, _written_time) for kind in KINDS)),
        quota=PerKind(*(quota.number(kind, QUOTA) for kind in KINDS)),
    )
    fields.require(brand_problems(brand, typefaces))
    return brand


def agent_from(data: object, brands: Collection[str]) -> Agent:
    """The agent that plain JSON describes; raises as `brand_from`."""
    fields = Fields(data, "agent", AGENT)
    agent = Agent(
        slug=fields.text("slug", SLUG),
        name=fields.text("name", AGENT_NAME),
        avatar=fields.text("avatar", AVATAR),
        voice=fields.text("voice", VOICE),
        brands=fields.each("brands", _brands(brands), str),
    )
    fields.require(agent_problems(agent, brands))
    return agent


def _written_time(text: str) -> time | None:
    """A time of day, also with the seconds that every time has where it was written as ISO 8601."""
    return time_of_day(text.removesuffix(":00") if text.count(":") > 1 else text)
