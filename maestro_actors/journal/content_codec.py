"""The values of `core.content` and `core.calendar` to plain JSON and back, by hand.

The readers take nothing on trust: what is missing, of another type or unknown raises `KeyError`, `TypeError` or
`ValueError`, which the callers turn into an error that names what could not be read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any, TypeVar

from maestro_actors.core.calendar import Slot
from maestro_actors.core.content import (
    Agent,
    Asset,
    Brand,
    Kind,
    Palette,
    PerKind,
    Proposal,
    Slide,
    StoredAsset,
)

T = TypeVar("T")
Json = dict[str, Any]

BRAND_VERSION = AGENT_VERSION = PROPOSAL_VERSION = 1


def a_text(data: Json, key: str) -> str:
    value = data[key]
    if type(value) is not str:
        raise TypeError(f"{key} is {value!r}, not a text")
    return value


def a_number(data: Json, key: str) -> int:
    value = data[key]
    if type(value) is not int:
        raise TypeError(f"{key} is {value!r}, not a whole number")
    return value


def a_share(data: Json, key: str) -> float:
    value = data[key]
    if type(value) not in (float, int):
        raise TypeError(f"{key} is {value!r}, not a number")
    return float(value)


def several(data: Json, key: str, read: Callable[[Any], T]) -> tuple[T, ...]:
    value = data[key]
    if type(value) is not list:
        raise TypeError(f"{key} is {value!r}, not a list")
    return tuple([read(each) for each in value])


def texts(data: Json, key: str) -> tuple[str, ...]:
    values = data[key]
    if type(values) is not list or not all(type(each) is str for each in values):
        raise TypeError(f"{key} is {values!r}, not a list of texts")
    return tuple(values)


def per_kind(values: PerKind[Any], write: Callable[[Any], Any]) -> Json:
    return {"reel": write(values.reel), "post": write(values.post), "carousel": write(values.carousel)}


def brand_json(brand: Brand) -> Json:
    palette = brand.palette
    return {
        "slug": brand.slug,
        "name": brand.name,
        "handle": brand.handle,
        "palette": {
            "dark": palette.dark,
            "light": palette.light,
            "primary": palette.primary,
            "accent": palette.accent,
        },
        "typeface": brand.typeface,
        "topics": list(brand.topics),
        "timezone": brand.timezone,
        "publishing_times": per_kind(brand.publishing_times, lambda times: [each.isoformat() for each in times]),
        "quota": per_kind(brand.quota, int),
    }


def read_brand(data: Json) -> Brand:
    palette, times, quota = data["palette"], data["publishing_times"], data["quota"]
    return Brand(
        slug=a_text(data, "slug"),
        name=a_text(data, "name"),
        handle=a_text(data, "handle"),
        palette=Palette(*(a_text(palette, key) for key in ("dark", "light", "primary", "accent"))),
        typeface=a_text(data, "typeface"),
        topics=texts(data, "topics"),
        timezone=a_text(data, "timezone"),
        publishing_times=PerKind(*(several(times, kind, time.fromisoformat) for kind in ("reel", "post", "carousel"))),
        quota=PerKind(*(a_number(quota, kind) for kind in ("reel", "post", "carousel"))),
    )


def agent_json(agent: Agent) -> Json:
    return {
        "slug": agent.slug,
        "name": agent.name,
        "avatar": agent.avatar,
        "voice": agent.voice,
        "brands": list(agent.brands),
    }


def read_agent(data: Json) -> Agent:
    slug, name, avatar, voice = (a_text(data, key) for key in ("slug", "name", "avatar", "voice"))
    return Agent(slug, name, avatar, voice, texts(data, "brands"))


def proposal_json(proposal: Proposal) -> Json:
    return {
        "kind": proposal.kind.value,
        "brand": proposal.brand,
        "title": proposal.title,
        "caption": proposal.caption,
        "image_prompt": proposal.image_prompt,
        "lines": list(proposal.lines),
        "slides": [{"heading": slide.heading, "body": slide.body} for slide in proposal.slides],
    }


def read_proposal(data: Json) -> Proposal:
    return Proposal(
        Kind(data["kind"]),
        a_text(data, "brand"),
        a_text(data, "title"),
        a_text(data, "caption"),
        a_text(data, "image_prompt"),
        texts(data, "lines"),
        several(data, "slides", lambda slide: Slide(a_text(slide, "heading"), a_text(slide, "body"))),
    )


def slot_json(slot: Slot) -> Json:
    return {
        "brand": slot.brand,
        "kind": slot.kind.value,
        "local_date": slot.local_date.isoformat(),
        "wall_time": slot.wall_time.isoformat(),
        "timezone": slot.timezone,
    }


def read_slot(data: Json) -> Slot:
    return Slot(
        a_text(data, "brand"),
        Kind(data["kind"]),
        date.fromisoformat(data["local_date"]),
        time.fromisoformat(data["wall_time"]),
        a_text(data, "timezone"),
    )


def stored_json(stored: StoredAsset) -> Json:
    asset = stored.asset
    return {
        "label": asset.label,
        "category": asset.category,
        "filename": asset.filename,
        "content_type": asset.content_type,
        "bytes": stored.bytes,
        "sha256": stored.sha256,
    }


def read_stored(data: Json) -> StoredAsset:
    asset = Asset(
        a_text(data, "label"), a_text(data, "category"), a_text(data, "filename"), a_text(data, "content_type")
    )
    return StoredAsset(asset, a_number(data, "bytes"), a_text(data, "sha256"))
