"""`/api/maestro/bursts`: begin one, and look at those there were."""

from __future__ import annotations

import hashlib
import json
from http import HTTPStatus

from flask import Response, request
from flask_openapi3 import APIBlueprint, Tag

from maestro_actors.core.content import Kind
from maestro_actors.gateway.messages import StartBurst
from maestro_actors.journal.naming import names_then
from maestro_actors.journal.rows import BurstRow
from maestro_actors.journal.views import burst_view, event_view, job_view
from web.answers import json_answer
from web.callers import welcomed
from web.models import (
    BurstJobQuery,
    BurstPage,
    BurstPath,
    BurstQuery,
    BurstRecord,
    EventPage,
    JobPage,
    NewBurst,
    PageQuery,
    StartedBurst,
)
from web.problems import FieldProblem, ProblemError, unusable
from web.routes.jobs import outcome_of
from web.site import site
from web.spec import SECURITY
from web.times import span

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
    who, key = welcomed(), _key()
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


@blueprint.get("/bursts", responses={"200": BurstPage})
def list_bursts(query: BurstQuery) -> Response:
    """The bursts there were, the latest first"""
    who, here = welcomed(), site()
    since, until = span(query.since, query.until, lambda: here.timezone_of(who.user_id))
    page = here.history.bursts(
        who.user_id,
        kind=query.kind,
        outcome=query.outcome,
        since=since,
        until=until,
        limit=query.limit,
        cursor=query.cursor,
    )
    return json_answer({"bursts": [burst_view(row) for row in page.items], "next": page.next})


@blueprint.get("/bursts/<uuid:burst_id>", responses={"200": BurstRecord})
def get_burst(path: BurstPath) -> Response:
    """One burst"""
    return json_answer(burst_view(_burst(path)))


@blueprint.get("/bursts/<uuid:burst_id>/jobs", responses={"200": JobPage})
def list_jobs_of_burst(path: BurstPath, query: BurstJobQuery) -> Response:
    """The jobs of a burst, the latest first"""
    row, here = _burst(path), site()
    page = here.history.jobs(
        row.user_id,
        burst_id=row.burst_id,
        brand=query.brand,
        kind=Kind(query.kind) if query.kind else None,
        outcome=outcome_of(query.outcome),
        limit=query.limit,
        cursor=query.cursor,
    )
    return json_answer({"jobs": [job_view(each, here.url_of) for each in page.items], "next": page.next})


@blueprint.get("/bursts/<uuid:burst_id>/events", responses={"200": EventPage})
def list_events_of_burst(path: BurstPath, query: PageQuery) -> Response:
    """What happened to a burst, in order

    Each event is a sentence, in which brands and agents have the names that they had when the burst began.
    """
    row, history = _burst(path), site().history
    page = history.events(row.user_id, row.burst_id, limit=query.limit, cursor=query.cursor)
    names = names_then(history, row.user_id, row.burst_id, page.items)
    return json_answer({"events": [event_view(each, names) for each in page.items], "next": page.next})


def _burst(path: BurstPath) -> BurstRow:
    """The caller's burst. Raises `UnknownBurstError`."""
    who = welcomed()
    return site().history.burst(str(path.burst_id), who.user_id)


def _refuse_contradictions(body: NewBurst) -> None:
    counts = [count for count in (body.reels, body.posts, body.carousels) if count is not None]
    if body.kind == "daily" and (counts or body.brands):
        raise unusable("kind", "a daily burst makes the quota of every brand: leave out brands and counts")
    if counts and not any(counts):
        raise _nothing_to_make()


def _nothing_to_make() -> ProblemError:
    """It is about the three counts together, and so no field's name stands before the sentence."""
    said = "there is nothing to make: ask for at least one reel, post or carousel"
    errors = [FieldProblem(field="reels", detail=said)]
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", said, errors=errors)


def _key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not (0 < len(key) <= MOST_KEY and key.isascii() and key.isprintable()):
        raise unusable("Idempotency-Key", f"it must have 1 to {MOST_KEY} printable ASCII characters")
    return key


def _hash(body: NewBurst) -> str:
    return hashlib.sha256(json.dumps(body.model_dump(), sort_keys=True).encode()).hexdigest()
