"""`GET /api/maestro/calendar`: which publishing slots are taken."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from maestro_actors.core.calendar import HORIZON_DAYS
from maestro_actors.core.daily import local_date
from maestro_actors.journal.views import taken_slot_view
from web.answers import json_answer
from web.callers import welcomed
from web.models import CalendarQuery, CalendarView
from web.problems import unusable
from web.site import site
from web.spec import SECURITY

MOST_DAYS: Final = 366
MOST_SLOTS: Final = 5000  # in one answer, which is about 3 MB

TAG = Tag(name="calendar", description="When what was made is published.")
blueprint = APIBlueprint("calendar", __name__, url_prefix="/api/maestro", abp_tags=[TAG], abp_security=SECURITY)


@blueprint.get("/calendar", responses={"200": CalendarView})
def get_calendar(query: CalendarQuery) -> Response:
    """The publishing slots that are taken

    Days are those of each brand, as they were when a slot was taken; a slot keeps its wall time when clocks change.
    """
    who, here = welcomed(), site()
    since = query.since or local_date(here.clock(), here.timezone_of(who.user_id))
    until = query.until or since + timedelta(days=HORIZON_DAYS)
    _refuse_impossible(since, until)
    taken = here.history.taken_slots(
        who.user_id, brand=query.brand, since=since, until=until + timedelta(days=1), most=MOST_SLOTS + 1
    )
    if len(taken) > MOST_SLOTS:
        raise unusable("until", f"these days have more than {MOST_SLOTS} slots: ask for fewer days, or for one brand")
    slots = [taken_slot_view(each) for each in taken]
    return json_answer({"since": since.isoformat(), "until": until.isoformat(), "slots": slots})


def _refuse_impossible(since: date, until: date) -> None:
    if until < since:
        raise unusable("until", f"it must not be before since, which is {since}")
    if (until - since).days > MOST_DAYS:
        raise unusable("until", f"it must be {MOST_DAYS} days after since at most, which is {since}")
