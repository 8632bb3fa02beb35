"""What a brand and an agent are until somebody says otherwise, as plain JSON that nobody has judged yet."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from maestro_actors.core.validation import KINDS, MAX_HANDLE, MAX_SLUG

Json = dict[str, Any]


def merged(below: Json, above: Json) -> Json:
    """Both, and where they differ what is above; so too in the objects within."""
    both = below | above
    for name in below.keys() & above.keys():
        if isinstance(below[name], dict) and isinstance(above[name], dict):
            both[name] = merged(below[name], above[name])
    return both


def usual_brand(wanted: Json, timezone: str) -> Json:
    """What is wanted of a brand, and what is usual in this timezone for the rest."""
    brand = merged(_looks() | _slug(wanted) | {"timezone": timezone}, wanted)
    return merged(_handle(brand) | {"quota": _one_for_each_time(brand)}, brand)


def usual_agent(wanted: Json) -> Json:
    """What is wanted of an agent, and what is usual for the rest."""
    return {"avatar": "🤖", "voice": "plain", "brands": []} | _slug(wanted) | wanted


def _looks() -> Json:
    return {
        "palette": {"dark": "#14202e", "light": "#f7f3ea", "primary": "#205e7a", "accent": "#f0a040"},
        "typeface": "grotesk",
        "publishing_times": {"reel": ["08:00"], "post": ["12:30"], "carousel": ["18:00"]},
    }


def _slug(wanted: Json) -> Json:
    """A slug like the name, where that has letters for one."""
    name = wanted.get("name")
    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() if isinstance(name, str) else ""
    slug = re.sub(r"[^a-z0-9]+", "-", latin.lower()).strip("-")[:MAX_SLUG].strip("-")
    return {"slug": slug} if slug else {}


def _handle(brand: Json) -> Json:
    """A handle like the slug."""
    slug = brand.get("slug")
    return {"handle": slug.replace("-", ".")[:MAX_HANDLE].strip(".")} if isinstance(slug, str) else {}


def _one_for_each_time(brand: Json) -> Json:
    """A quota for each kind, of as many as there are times for it in a day."""
    times = brand["publishing_times"]
    each = {kind: times.get(kind) for kind in KINDS} if isinstance(times, dict) else {}
    return {kind: len(found) for kind, found in each.items() if isinstance(found, list)}
