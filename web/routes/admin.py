"""`/api/maestro/admin`: what an admin may do, also to what is another user's."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from maestro_actors.gateway.messages import CancelBurst
from web.answers import json_answer
from web.callers import admin
from web.models import BurstPath, Cancellation, CancelReason
from web.site import site
from web.spec import SECURITY

MOST_NAME = 200  # characters of a name on record

TAG = Tag(name="admin", description="For those whose token says app_metadata.role = admin.")
blueprint = APIBlueprint("admin", __name__, url_prefix="/api/maestro/admin", abp_tags=[TAG], abp_security=SECURITY)


@blueprint.post(
    "/bursts/<uuid:burst_id>/cancel",
    responses={
        "202": Cancellation,
        "200": Cancellation,
        "403": {"description": "Not an admin."},
        "404": {"description": "There is no such burst."},
    },
)
def cancel_burst(path: BurstPath, body: CancelReason) -> Response:
    """Cancel a burst

    Anyone's: it is the one call that crosses users. Who did it and why is on record. 202 while it stops, also when it
    is asked again; 200 where it had ended before.
    """
    who, here = admin(), site()
    row = here.history.burst(str(path.burst_id))
    cancelled = row.finished_at is None and here.gateway.cancel_burst(
        CancelBurst(
            user_id=who.user_id,
            burst_id=row.burst_id,
            by=(who.identity.email or who.user_id)[:MOST_NAME],
            reason=body.reason,
            anyones=True,
        )
    )
    answer = {"burst_id": row.burst_id, "cancelled": cancelled, "cancelling": cancelled}
    return json_answer(answer, HTTPStatus.ACCEPTED if cancelled else HTTPStatus.OK)
