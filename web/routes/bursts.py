"""`/api/maestro/bursts`: begin one, and look at those there were."""

from __future__ import annotations

import hashlib
import json
from http import HTTPStatus

from flask import Response, request
from flask_openapi3 import APIBlueprint, Tag

from maestro_actors.gateway.messages import StartBurst
from web.answers import json_answer
from web.callers import caller
from web.models import NewBurst, StartedBurst
from web.problems import FieldProblem, ProblemError
from web.site import site
from web.spec import SECURITY

TAG = Tag(name="bursts", description="One run of the agents and what they make.")
blueprint = APIBlueprint("bursts", __name__, url_prefix="/api/maestro", abp_tags=[TAG], abp_security=SECURITY)

MOST_KEY = 255


@blueprint.post(
    "/bursts",
    responses={"202": StartedBurst, "409": {"description": "A burst is under way, or the key stood for another."}},
)
def start_burst(body: NewBurst) -> Response:
    """Begin a burst

    With an `Idempotency-Key` the same request answers with the same burst, however often it is sent.
    """
    _refuse_contradictions(body)
    who, key = caller(), _key()
    wish = StartBurst(
        user_id=who.user_id,
        kind=body.kind,
        brands=tuple(body.brands) if body.brands else None,
        reels=body.reels,
        posts=body.posts,
        carousels=body.carousels,
        idempotency_key=key,
        request_hash=_hash(body) if key else "",
    )
    burst_id = site().gateway.start_burst(wish)
    url = f"/api/maestro/bursts/{burst_id}"
    answer = json_answer({"burst_id": burst_id, "url": url}, HTTPStatus.ACCEPTED)
    answer.headers["Location"] = url
    return answer


def _refuse_contradictions(body: NewBurst) -> None:
    counts = [count for count in (body.reels, body.posts, body.carousels) if count is not None]
    if body.kind == "daily" and (counts or body.brands):
        raise _unusable("kind", "a daily burst makes the quota of every brand: leave out brands and counts")
    if counts and not any(counts):
        raise _unusable("reels", "there is nothing to make: ask for at least one reel, post or carousel")


def _key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not (0 < len(key) <= MOST_KEY and key.isascii() and key.isprintable()):
        raise _unusable("Idempotency-Key", f"it must have 1 to {MOST_KEY} printable ASCII characters")
    return key


def _hash(body: NewBurst) -> str:
    return hashlib.sha256(json.dumps(body.model_dump(), sort_keys=True).encode()).hexdigest()


def _unusable(field: str, detail: str) -> ProblemError:
    errors = [FieldProblem(field=field, detail=detail)]
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", f"{field}: {detail}", errors=errors)
