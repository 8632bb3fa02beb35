"""The shapes of requests, and of answers that are not the snapshot's."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from maestro_actors.gateway.messages import Count, Slug

Uuid = Annotated[str, Field(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")]


class Shape(BaseModel):
    """What is sent: of known fields alone, and of the very types."""

    model_config = ConfigDict(extra="forbid", strict=True)


class BurstPath(BaseModel):
    """Which burst."""

    burst_id: Uuid


class NewBurst(Shape):
    """What to make. Without counts, what the kind of burst makes; with counts, so many in all, dealt to the brands."""

    kind: Literal["daily", "smart"] = "smart"
    brands: Annotated[list[Slug], Field(min_length=1, max_length=100)] | None = None
    reels: Count | None = None
    posts: Count | None = None
    carousels: Count | None = None


class StartedBurst(BaseModel):
    """The burst is on record, and begins. Where nothing lacks it has ended already."""

    burst_id: str
    url: str


class CancelReason(Shape):
    """Why, for the record."""

    reason: Annotated[str, Field(max_length=500)] = ""


class Cancellation(BaseModel):
    """`cancelled` is false where the burst had ended before; otherwise it stops now, and `cancelling` says so."""

    burst_id: str
    cancelled: bool
    cancelling: bool


class Credentials(Shape):
    """Who wants to sign in."""

    email: Annotated[str, Field(min_length=1, max_length=320)]
    password: Annotated[str, Field(min_length=1, max_length=1000, repr=False)]


class LinkToken(Shape):
    """What the link that signs in once has in its fragment."""

    token: Annotated[str, Field(min_length=1, max_length=200, repr=False)]


class SignedIn(BaseModel):
    """Who is signed in. Every write must send `csrf_token` as X-CSRF-Token; the session goes on after `expires_at`."""

    user_id: str
    email: str
    admin: bool
    csrf_token: str
    expires_at: str


class Feed(BaseModel):
    """The calendar's feed. Its `url` is a secret that is told once, when it is made."""

    created_at: str
    url: str | None


class FeedPath(BaseModel):
    """Which feed."""

    secret: Annotated[str, Field(max_length=100)]
