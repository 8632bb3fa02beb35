"""What a brand's topics are in sentences and hashtags: topics are whatever a person typed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PUNCTUATION = frozenset(" .,:;!?'\"()-–—‘’“”…&%/+#@*°€$£")


def usable(topics: tuple[str, ...]) -> tuple[str, ...]:
    """The topics that can be written about, tidied, each once.

    Emoji and control characters are dropped from a topic. A topic with no letter, or with letters that the
    typefaces do not draw (they are Latin), is left out.
    """
    each: dict[str, str] = {}
    for topic in map(tidy, topics):
        if any(c.isalpha() for c in topic) and is_drawable(topic):
            each.setdefault(topic.casefold(), topic)
    return tuple(each.values())


def tidy(text: str) -> str:
    """The text on one line, without the symbols that no typeface draws."""
    composed = unicodedata.normalize("NFC", text)
    letters = "".join(c if c.isalnum() or c in _PUNCTUATION else " " if c.isspace() else "" for c in composed)
    return " ".join(letters.split())


def is_drawable(text: str) -> bool:
    """Whether text is made of Latin letters, digits and ordinary punctuation alone."""
    return all(_is_drawable(c) for c in text)


def sentence_case(topic: str) -> str:
    """A topic as it begins a sentence; what follows its first letter stays as it was typed."""
    return topic[:1].upper() + topic[1:]


@lru_cache(maxsize=1024)
def hashtag(text: str) -> str | None:
    """`cheap meals` as `#CheapMeals`; None where nothing is left to make one of."""
    words = re.findall(r"[^\W_]+", tidy(text).replace("'", "").replace("’", ""))
    joined = "".join(word[:1].upper() + word[1:] for word in words)
    return f"#{joined}" if any(c.isalpha() for c in joined) else None


@lru_cache(maxsize=4096)
def _is_drawable(c: str) -> bool:
    return c in _PUNCTUATION or c in "0123456789" or unicodedata.name(c, "").startswith("LATIN ")
