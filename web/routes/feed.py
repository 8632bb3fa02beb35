"""The publishing calendar as a feed that other calendars subscribe to, under an address that is a secret."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from flask import Response, request
from flask_openapi3 import APIBlueprint, Tag

from maestro_actors import ical_feed
from maestro_actors.core.snapshot import rfc3339
from maestro_actors.journal.errors import DatabaseError
from web import problems
from web.answers import json_answer
from web.callers import caller
from web.models import Feed, FeedPath, Nothing
from web.site import Site, site
from web.spec import SECURITY

FRESH_SECONDS: Final = 300  # calendars ask every few minutes at most
PAST: Final = timedelta(days=31)  # a calendar forgets what its feed leaves out

TAG = Tag(name="calendar", description="The publishing slots that are taken.")
blueprint = APIBlueprint("feed", __name__, abp_tags=[TAG])

NONE = {"description": "There is no such feed."}


@blueprint.get("/api/maestro/calendar/feed", responses={"200": Feed, "404": NONE}, security=SECURITY)
def get_feed() -> Response:
    """Whether there is a feed, and since when

    Its address is not told again.
    """
    created = site().passes.feed_of(caller().user_id)
    if created is None:
        raise problems.not_found("calendar feed: make one with POST")
    return json_answer({"created_at": rfc3339(created), "url": None})


@blueprint.post("/api/maestro/calendar/feed", responses={"201": Feed}, security=SECURITY)
def open_feed(body: Nothing) -> Response:
    """Make a feed, or give it a new address

    The old address then leads nowhere.
    """
    who, here = caller(), site()
    now = here.clock()
    secret = here.passes.open_feed(who.user_id, now)
    url = f"{request.host_url}calendar/{secret}.ics"
    return json_answer({"created_at": rfc3339(now), "url": url}, HTTPStatus.CREATED)


@blueprint.delete("/api/maestro/calendar/feed", responses={"204": {"description": "There is none."}}, security=SECURITY)
def close_feed() -> Response:
    """Take the feed away"""
    site().passes.close_feed(caller().user_id)
    return Response(status=HTTPStatus.NO_CONTENT)


@blueprint.get(
    "/calendar/<secret>.ics",
    responses={
        "200": {"description": "iCalendar.", "content": {"text/calendar": {"schema": {"type": "string"}}}},
        "304": {"description": "It is as it was."},
        "404": NONE,
    },
)
def read_feed(path: FeedPath) -> Response:
    """The feed

    Who knows its address needs no token.
    """
    here = site()
    user_id = here.passes.owner_of_feed(path.secret)
    if user_id is None:
        raise problems.not_found("such calendar feed")
    return _calendar(here, user_id)


def _calendar(here: Site, user_id: str) -> Response:
    now = here.clock()
    taken, brands = here.history.taken_slots(user_id, since=(now - PAST).date()), _brands(here, user_id)
    tag = hashlib.sha256(repr((taken, sorted(brands.items()))).encode("utf-8", "replace")).hexdigest()[:32]
    if request.if_none_match.contains_weak(tag):
        answer = Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        answer = Response(ical_feed.feed(taken, brands, now), content_type="text/calendar; charset=utf-8")
        answer.headers["Content-Disposition"] = 'inline; filename="maestro.ics"'
    answer.set_etag(tag, weak=True)  # the same calendar is stamped anew each time
    answer.headers["Cache-Control"] = f"private, max-age={FRESH_SECONDS}"
    return answer


def _brands(here: Site, user_id: str) -> dict[str, str]:
    try:
        return {brand.slug: brand.name for brand in here.library.brands.all(user_id)}
    except DatabaseError:  # a brand that cannot be read has its slug
        return {}
