"""`/api/maestro/routine`, `pause` and `resume`: when the daily burst runs."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from maestro_actors.journal.views import routine_view
from web.answers import json_answer
from web.callers import Caller, welcomed
from web.models import NewRoutine, Nothing, RoutineView
from web.site import site
from web.spec import SECURITY

TAG = Tag(name="routine", description="When the daily burst runs.")
blueprint = APIBlueprint("routine", __name__, url_prefix="/api/maestro", abp_tags=[TAG], abp_security=SECURITY)


@blueprint.get("/routine", responses={"200": RoutineView})
def get_routine() -> Response:
    """When the daily burst runs"""
    return _told(welcomed())


@blueprint.put("/routine", responses={"200": RoutineView})
def set_routine(body: NewRoutine) -> Response:
    """Set when the daily burst runs

    On every day at that time in the timezone, with each brand's whole quota. A time that is earlier today begins
    tomorrow; with null there is no daily burst.
    """
    who, here = welcomed(), site()
    here.library.set_daily(who.user_id, body.daily_time, body.timezone, here.clock())
    return _changed(who)


@blueprint.post("/pause", responses={"200": RoutineView})
def pause(body: Nothing) -> Response:
    """Let no daily burst begin until it is resumed

    One that is under way goes on.
    """
    who = welcomed()
    site().library.pause(who.user_id)
    return _changed(who)


@blueprint.post("/resume", responses={"200": RoutineView})
def resume(body: Nothing) -> Response:
    """Let daily bursts begin again

    From the next on: what was missed meanwhile is not made up for.
    """
    who, here = welcomed(), site()
    here.library.resume(who.user_id, here.clock())
    return _changed(who)


def _changed(who: Caller) -> Response:
    """Let the worker see it at once, and say how it is now."""
    site().gateway.look_again(who.user_id)
    return _told(who)


def _told(who: Caller) -> Response:
    here = site()
    now = here.clock()
    return json_answer(routine_view(here.library.routine(who.user_id, now), now))
