"""`/openapi.json` and `/docs`: the description of the API, and a page to read it and try it, without other hosts."""

from __future__ import annotations

from pathlib import Path

import flask_openapi3_swagger
from flask import Flask, Response, current_app, redirect, render_template, send_from_directory
from flask_openapi3 import APIBlueprint

from web.answers import json_answer
from web.spec import Described

ASSETS = Path(flask_openapi3_swagger.__file__).parent / "templates" / "swagger"
DAY = 86_400

blueprint = APIBlueprint("documentation", __name__, doc_ui=False)


@blueprint.get("/openapi.json", doc_ui=False)
def openapi() -> Response:
    """The description of the API."""
    assert isinstance(current_app, Described) or hasattr(current_app, "api_doc")
    return json_answer(current_app.api_doc)


@blueprint.get("/docs", doc_ui=False)
def docs() -> str:
    """A page to read it and to try it."""
    return render_template("docs.html")


@blueprint.get("/docs/assets/<path:name>", doc_ui=False)
def assets(name: str) -> Response:
    """What the page is made with."""
    return send_from_directory(ASSETS, name, max_age=DAY)


def welcome(app: Flask) -> None:
    """Lead whoever comes to the front door here, where nothing else is."""
    if not any(rule.rule == "/" for rule in app.url_map.iter_rules()):
        app.add_url_rule("/", "welcome", lambda: redirect("/docs"))
