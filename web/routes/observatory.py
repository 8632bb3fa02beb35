"""The Observatory: one page, whatever the path; what it shows is drawn in the browser from what the worker says."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import quote

from flask import redirect, render_template, request
from flask_openapi3 import APIBlueprint
from werkzeug.wrappers import Response as AnyResponse

from maestro_actors.errors import MaestroError
from web.callers import caller
from web.problems import ProblemError
from web.site import site

PATHS = (
    "/",
    "/history",
    "/history/<path:rest>",
    "/library",
    *(f"/{each}{rest}" for each in ("brands", "agents") for rest in ("", "/<path:rest>")),
)

SCRIPTS: Final = Path(__file__).parent.parent / "static" / "js"
IMPORT: Final = re.compile(r'^(?:im|ex)port .* from "\./(.+)";$', re.MULTILINE)


def _needed(name: str, found: tuple[str, ...] = ()) -> tuple[str, ...]:
    """A module and those it imports: named in the page, so that a browser fetches them side by side."""
    if name in found:
        return found
    found = (*found, name)
    for each in IMPORT.findall((SCRIPTS / name).read_text()):
        found = _needed(each, found)
    return found


FIRST: Final = _needed("app.js")
AT_HOME: Final = _needed("observatory.js", FIRST)
ELSEWHERE: Final = _needed("pages.js", FIRST)

blueprint = APIBlueprint("observatory", __name__, doc_ui=False)


def observatory(rest: str = "") -> str | AnyResponse:
    """The page, with the snapshot as it is now; whoever is not signed in goes there first."""
    try:
        who = caller()
    except ProblemError as error:
        if error.problem.status != HTTPStatus.UNAUTHORIZED:
            raise
        return redirect(f"/sign-in?next={quote(request.path)}", HTTPStatus.SEE_OTHER)
    return render_template(
        "observatory.html",
        modules=AT_HOME if request.path == "/" else ELSEWHERE,
        snapshot=_snapshot(who.user_id),
        renditions=site().settings.renditions,
    )


for path in PATHS:
    blueprint.add_url_rule(path, view_func=observatory, endpoint=f"observatory{PATHS.index(path)}")


def _snapshot(user_id: str) -> str:
    """As JSON that may stand in a page; null while the worker is away, which the page then says."""
    try:
        told = site().gateway.status(user_id).snapshot.model_dump_json()
    except MaestroError:
        return json.dumps(None)
    return told.replace("<", "\\u003c").replace("&", "\\u0026").replace("\u2028", "\\u2028")
