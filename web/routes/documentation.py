"""`/openapi.json` and `/docs`: the description of the API, and a page to read it and try it, without other hosts."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import flask_openapi3_swagger
from flask import Response, current_app, render_template, send_from_directory
from flask_openapi3 import APIBlueprint

from web.answers import json_answer
from web.spec import Described

ASSETS = Path(flask_openapi3_swagger.__file__).parent / "templates" / "swagger"
DAY = 86_400

blueprint = APIBlueprint("documentation", __name__, doc_ui=False)


@blueprint.get("/openapi.json", doc_ui=False)
def openapi() -> Response:
    """The description of the API."""
    return json_answer(cast(Described, current_app).api_doc)


@blueprint.get("/docs", doc_ui=False)
def docs() -> str:
    """A page to read it and to try it."""
    return render_template("docs.html")


def assets(name: str) -> Response:
    """What the page is made with."""
    return send_from_directory(ASSETS, name, max_age=DAY)


blueprint.add_url_rule("/docs/assets/<path:name>", view_func=assets)
