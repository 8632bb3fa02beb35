"""What crosses the gateway: questions and answers, as JSON that both sides validate.

Every message names the user it acts for: whoever holds the authkey may act for any, and Maestro checks who owns
what. A question has exactly one answer; what is told has none. Whoever subscribes hears `Changed` from then on.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from maestro_actors.gateway.snapshot import Snapshot

UserId = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", description="A UUID.")]
Id = Annotated[str, Field(min_length=1, max_length=64)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", max_length=50)]
Count = Annotated[int, Field(ge=0, le=1000)]


class Word(BaseModel):
    """One message: frozen, and with no field that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# Questions.


class GetStatus(Word):
    """Answered with `Status`."""

    type: Literal["get_status"] = "get_status"
    user_id: UserId


class StartBurst(Word):
    """Begin a burst; see `system.System.start_burst`. Answered with `Started`."""

    type: Literal["start_burst"] = "start_burst"
    user_id: UserId
    kind: Literal["daily", "smart"] = "smart"
    brands: tuple[Slug, ...] | None = None
    reels: Count | None = None
    posts: Count | None = None
    carousels: Count | None = None
    seed: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    idempotency_key: Annotated[str, Field(min_length=1, max_length=255)] | None = None
    request_hash: Annotated[str, Field(max_length=64)] = ""


class CancelBurst(Word):
    """Stop a burst; whose it is does not matter with `anyones`, as for an admin. Answered with `Cancelled`."""

    type: Literal["cancel_burst"] = "cancel_burst"
    user_id: UserId
    burst_id: Id
    by: Annotated[str, Field(max_length=200)] = ""
    reason: Annotated[str, Field(max_length=500)] = ""
    anyones: bool = False


class RegenerateJob(Word):
    """Make a new job that replaces this one. Answered with `Regenerating`."""

    type: Literal["regenerate_job"] = "regenerate_job"
    user_id: UserId
    job_id: Id


class GetFigures(Word):
    """Answered with `Figures`, which are about everybody."""

    type: Literal["get_figures"] = "get_figures"


# What is told.


class Subscribe(Word):
    """Say how the user's snapshot is, and whenever it changes: `Changed`. A line that listens asks nothing."""

    type: Literal["subscribe"] = "subscribe"
    user_id: UserId


class Unsubscribe(Word):
    """Say no more about the user."""

    type: Literal["unsubscribe"] = "unsubscribe"
    user_id: UserId


class LookAgain(Word):
    """The user's daily time or pause was changed in the database."""

    type: Literal["look_again"] = "look_again"
    user_id: UserId


Question = GetStatus | StartBurst | CancelBurst | RegenerateJob | GetFigures
Told = Subscribe | Unsubscribe | LookAgain
Request = Annotated[Question | Told, Field(discriminator="type")]


# Answers.


class Status(Word):
    """The user's snapshot; `epoch` counts the workers that there have been."""

    type: Literal["status"] = "status"
    epoch: int
    snapshot: Snapshot


class Started(Word):
    """The burst is on record."""

    type: Literal["started"] = "started"
    burst_id: str


class Cancelled(Word):
    """`cancelled` is False where the burst had ended already."""

    type: Literal["cancelled"] = "cancelled"
    cancelled: bool


class Regenerating(Word):
    """The new job is on record."""

    type: Literal["regenerating"] = "regenerating"
    job_id: str


class Figures(Word):
    """What `system.System.figures` says."""

    type: Literal["figures"] = "figures"
    figures: dict[str, Any]


class Refused(Word):
    """It was not done. `code` is that of the error (`errors.MaestroError`), `burst_id` what stands in the way."""

    type: Literal["refused"] = "refused"
    code: str
    reason: str
    burst_id: str | None = None


class Changed(Word):
    """To whoever subscribed: the user's snapshot is now this."""

    type: Literal["changed"] = "changed"
    user_id: UserId
    epoch: int
    snapshot: Snapshot


Answer = Annotated[
    Status | Started | Cancelled | Regenerating | Figures | Refused | Changed, Field(discriminator="type")
]

REQUEST: TypeAdapter[Question | Told] = TypeAdapter(Request)
ANSWER: TypeAdapter[Status | Started | Cancelled | Regenerating | Figures | Refused | Changed] = TypeAdapter(Answer)
