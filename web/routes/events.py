"""`GET /api/maestro/events`: the snapshot whenever it changes, as server-sent events."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

from flask import Response, request
from flask_openapi3 import APIBlueprint, Tag

from maestro_actors.core.snapshot import rfc3339
from maestro_actors.errors import MaestroError
from web.callers import Caller, caller
from web.hub import News
from web.problems import ProblemError, problem_of
from web.site import Site, site
from web.spec import SECURITY

QUIET_SECONDS: Final = 15.0  # after which a comment shows that somebody is there
RETRY_MS: Final = 1000  # after which a browser comes back

TAG = Tag(name="status", description="What is going on now.")
blueprint = APIBlueprint("events", __name__, url_prefix="/api/maestro", abp_tags=[TAG], abp_security=SECURITY)

STREAM: Final = {
    "description": "A stream that ends when the token expires.",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}


@blueprint.get("/events", responses={"200": STREAM})
def get_events() -> Response:
    """The snapshots, as they change

    Each event's data is a snapshot and its id `{epoch}-{version}`; with `Last-Event-ID` nothing is said that was heard
    before. While nothing changes, an event `alive` comes every 15 s. An event `away` carries a problem: the worker is
    out of reach, and the next snapshot says that it is back.
    """
    who, here = caller(), site()
    if not here.seats.take():
        raise ProblemError(
            HTTPStatus.SERVICE_UNAVAILABLE, "too-many-watchers", "too many watch already: ask for the status instead"
        )
    last = request.headers.get("Last-Event-ID", "")
    answer = Response(_stream(here, who, last), content_type="text/event-stream")
    answer.call_on_close(here.seats.give_back)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"  # a proxy that gathers would show everything late
    return answer


def _stream(here: Site, who: Caller, last: str) -> Iterator[str]:
    yield f"retry: {RETRY_MS}\n\n"
    with here.hub.watch(who.user_id) as watcher:
        while not watcher.has_ended():
            left = who.identity.expires_at - time.time()
            if left <= 0:
                return
            news = watcher.wait(min(QUIET_SECONDS, left))
            if watcher.has_ended():
                return
            if news is None:
                yield _sign_of_life(here)
            elif news.event_id != last:
                last = news.event_id or ""
                yield _event(news)


def _sign_of_life(here: Site) -> str:
    """A comment for whatever lies between, and an event for the page, which sees no comments."""
    return f': still here\n\nevent: alive\ndata: {{"server_time": "{rfc3339(here.clock())}"}}\n\n'


def _event(news: News) -> str:
    if news.trouble is None:
        return f"id: {news.event_id}\ndata: {news.text}\n\n"
    return f"event: away\ndata: {_problem(news.trouble)}\n\n"


def _problem(error: MaestroError) -> str:
    return json.dumps(problem_of(error).problem.model_dump(exclude_none=True))
