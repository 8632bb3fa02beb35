"""What a studio makes: brands, agents, proposals, and the assets of a job with their place in storage.

Nothing here reads a clock, touches a file or knows an actor. Every value is frozen and pickles small, because
it travels between actors and into renderer processes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")

BUCKET = "media"
MAX_SLIDES = 10  # what Instagram takes in one carousel


class Kind(StrEnum):
    """What can be published. A reel stands 9:16, posts and carousels 4:5, as Instagram shows them."""

    REEL = "reel"
    POST = "post"
    CAROUSEL = "carousel"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return (1080, 1920) if self is Kind.REEL else (1080, 1350)

    @property
    def plural(self) -> str:
        return f"{self.value}s"


@dataclass(frozen=True, slots=True)
class PerKind(Generic[T]):
    """One value for each kind: a quota, an order, publishing times."""

    reel: T
    post: T
    carousel: T

    def __getitem__(self, kind: Kind) -> T:
        match kind:
            case Kind.REEL:
                return self.reel
            case Kind.POST:
                return self.post
            case Kind.CAROUSEL:
                return self.carousel

    def items(self) -> Iterator[tuple[Kind, T]]:
        return ((kind, self[kind]) for kind in Kind)


@dataclass(frozen=True, slots=True)
class Palette:
    """A brand's colours, each `#rrggbb`: a dark, a light, and two that carry the brand."""

    dark: str
    light: str
    primary: str
    accent: str


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand of the user. `timezone` is an IANA name; `publishing_times` are wall-clock times in it."""

    slug: str
    name: str
    handle: str
    palette: Palette
    typeface: str
    topics: tuple[str, ...]
    timezone: str
    publishing_times: PerKind[tuple[time, ...]]
    quota: PerKind[int]


@dataclass(frozen=True, slots=True)
class Agent:
    """A named AI persona. `brands` are the slugs it writes for; none means every brand."""

    slug: str
    name: str
    avatar: str
    voice: str
    brands: tuple[str, ...] = ()

    def writes_for(self, brand: str) -> bool:
        return not self.brands or brand in self.brands


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide of a carousel."""

    heading: str
    body: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an agent suggests. Reels and posts have `lines`, carousels have `slides`."""

    kind: Kind
    brand: str
    title: str
    caption: str
    image_prompt: str
    lines: tuple[str, ...] = ()
    slides: tuple[Slide, ...] = ()


class Stage(StrEnum):
    """How far a job is; a settled job stays at the stage it reached."""

    QUEUED = "queued"
    GENERATING = "generating"
    RENDERING = "rendering"
    UPLOADING = "uploading"
    SCHEDULING = "scheduling"


class Outcome(StrEnum):
    """How a job ended. Final, never undone."""

    SCHEDULED = "scheduled"
    FAILED = "failed"
    CANCELLED = "cancelled"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that a job makes: what people call it, where it belongs and what it is."""

    label: str
    category: str
    filename: str
    content_type: str

    def path(self, user_id: str, brand: str) -> str:
        """Where the object lies in the bucket. Object paths are built here and nowhere else."""
        return f"{user_id}/{brand}/{self.category}/{self.filename}"


@dataclass(frozen=True, slots=True)
class StoredAsset:
    """An asset that the bucket has: its size in bytes and its SHA-256, in hexadecimal."""

    asset: Asset
    bytes: int
    sha256: str


def assets_of(job_id: str, proposal: Proposal) -> tuple[Asset, ...]:
    """Every asset the job owes, in the order in which it is rendered and uploaded."""
    match proposal.kind:
        case Kind.REEL:
            return (
                Asset("the thumbnail", "thumbnails", f"{job_id}_thumbnail.png", "image/png"),
                Asset("the reel", "reels", f"{job_id}_reel.mp4", "video/mp4"),
            )
        case Kind.POST:
            return (_background(job_id), Asset("the post", "posts", f"{job_id}_slide_1.png", "image/png"))
        case Kind.CAROUSEL:
            slides = len(proposal.slides)
            return (
                _background(job_id),
                *(
                    Asset(f"slide {n} of {slides}", "posts", f"{job_id}_slide_{n}.png", "image/png")
                    for n in range(1, slides + 1)
                ),
            )


def paths_of(user_id: str, job_id: str, proposal: Proposal) -> tuple[str, ...]:
    """Where every object that the job could ever have stored lies."""
    return tuple(asset.path(user_id, proposal.brand) for asset in assets_of(job_id, proposal))


def _background(job_id: str) -> Asset:
    return Asset("the background", "posts", f"{job_id}_background.png", "image/png")
