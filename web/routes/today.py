"""`GET /api/maestro/today`: what the user's local day has of each brand's quota, as a smart burst would see it."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from maestro_actors.core.daily import local_date
from maestro_actors.journal.reader import JournalReader
from web.answers import json_answer
from web.callers import caller
from web.models import Today
from web.site import site
from web.spec import SECURITY

TAG = Tag(name="status", description="What is going on now.")
blueprint = APIBlueprint("today", __name__, url_prefix="/api/maestro", abp_tags=[TAG], abp_security=SECURITY)


@blueprint.get("/today", responses={"200": Today})
def get_today() -> Response:
    """What today has, of what it should have

    For each brand and kind, how many are scheduled or may still be, of its daily quota. What is not made yet is what a
    smart burst makes.
    """
    user_id, here = caller().user_id, site()
    now = here.clock()
    timezone = here.library.routine(user_id, now).timezone
    day = local_date(now, timezone)
    brands = here.library.brands.all(user_id)
    made = JournalReader(here.engine).made_on(user_id, day, timezone)
    answer = {
        "date": day.isoformat(),
        "timezone": timezone,
        "brands": [
            {
                "slug": brand.slug,
                "name": brand.name,
                "kinds": [
                    {"kind": kind.value, "made": made.get((brand.slug, kind), 0), "quota": quota}
                    for kind, quota in brand.quota.items()
                ],
            }
            for brand in brands
        ],
    }
    return json_answer(answer)
