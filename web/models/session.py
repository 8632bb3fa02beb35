"""Sessions, and the secret address of the calendar."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from web.models.common import Shape


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
