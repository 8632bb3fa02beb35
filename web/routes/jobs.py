"""`/api/maestro/jobs`: what the bursts made, the whole story of one job, and making it anew."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from maestro_actors.core.content import Kind, Outcome
from maestro_actors.core.life import life
from maestro_actors.journal.history import Open
from maestro_actors.journal.naming import names_then
from maestro_actors.journal.views import job_history_view, job_view
from web.answers import json_answer
from web.callers import welcomed
from web.models import JobPage, JobPath, JobQuery, JobStory, Nothing, RegeneratedJob
from web.site import site
from web.spec import SECURITY
from web.times import span

TAG = Tag(name="jobs", description="One accepted proposal and what became of it.")
blueprint = APIBlueprint("jobs", __name__, url_prefix="/api/maestro/jobs", abp_tags=[TAG], abp_security=SECURITY)


@blueprint.get("", responses={"200": JobPage})
def list_jobs(query: JobQuery) -> Response:
    """The jobs of all bursts, the latest first"""
    who, here = welcomed(), site()
    since, until = span(query.since, query.until, lambda: here.timezone_of(who.user_id))
    page = here.history.jobs(
        who.user_id,
        brand=query.brand,
        kind=Kind(query.kind) if query.kind else None,
        outcome=outcome_of(query.outcome),
        since=since,
        until=until,
        limit=query.limit,
        cursor=query.cursor,
    )
    return json_answer({"jobs": [job_view(row, here.url_of) for row in page.items], "next": page.next})


@blueprint.get("/<uuid:job_id>", responses={"200": JobStory})
def get_job(path: JobPath) -> Response:
    """One job, with its proposal and its whole life"""
    who, here = welcomed(), site()
    found = here.history.job(who.user_id, str(path.job_id))
    names = names_then(here.history, who.user_id, found.job.burst_id, found.events)
    story = life(found.job.job_id, (row.event for row in found.events if row.event), names)
    return json_answer(job_history_view(found, story, here.url_of))


@blueprint.post(
    "/<uuid:job_id>/regenerate",
    responses={"202": RegeneratedJob, "409": {"description": "It cannot be made anew; the detail says why."}},
)
def regenerate_job(path: JobPath, body: Nothing) -> Response:
    """Make a job anew

    A new job makes the same proposal again, in the burst under way or in one of its own, and takes over the slot and
    the place of the old one when it is done. Asked again while it runs, the answer is the same job.
    """
    who, here = welcomed(), site()
    old = here.history.job_in_list(who.user_id, str(path.job_id))
    new = here.history.job_in_list(who.user_id, here.gateway.regenerate(who.user_id, old.job_id))
    url = f"/api/maestro/jobs/{new.job_id}"
    answer = json_answer({"job_id": new.job_id, "burst_id": new.burst_id, "url": url}, HTTPStatus.ACCEPTED)
    answer.headers["Location"] = url
    return answer


def outcome_of(wanted: str | None) -> Outcome | Open | None:
    """The outcome that is asked for, where `open` is that there is none yet."""
    if wanted is None:
        return None
    return "open" if wanted == "open" else Outcome(wanted)
