"""`GET /api/maestro/status`: the snapshot, with an ETag."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, request
from flask_openapi3 import APIBlueprint, Tag

from maestro_actors.gateway.snapshot import Snapshot
from web.callers import caller
from web.hub import event_id_of
from web.site import site
from web.spec import SECURITY

TAG = Tag(name="status", description="What is going on now.")
blueprint = APIBlueprint("status", __name__, url_prefix="/api/maestro", abp_tags=[TAG], abp_security=SECURITY)


@blueprint.get("/status", responses={"200": Snapshot, "304": {"description": "It is as it was."}})
def get_status() -> Response:
    """The snapshot

    The same object is each event of `/events`. The ETag is weak: the clock in it goes on while nothing changes.
    """
    told = site().gateway.status(caller().user_id)
    tag = event_id_of(told.epoch, told.snapshot.version)
    if request.if_none_match.contains_weak(tag):
        answer = Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        answer = Response(told.snapshot.model_dump_json(), content_type="application/json")
    answer.set_etag(tag, weak=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
