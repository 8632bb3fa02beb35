"""The style sheets: written one for each part of a page, and sent as one for each page."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from flask import Response, request
from flask_openapi3 import APIBlueprint
from werkzeug.exceptions import NotFound

PARTS: Final = Path(__file__).parent.parent / "static" / "css"
MODES: Final = ("progress", "live", "recap", "overview")
PAGES: Final = ("pages", "history", "library", "shelves")


def _joined(*names: str) -> str:
    return "\n".join((PARTS / f"{name}.css").read_text("utf-8") for name in ("base", "controls", *names))


# Joined once: a browser asks for a dozen files one after the other, and paints nothing before it has the last.
SHEETS: Final = {"observatory": _joined("gallery", "frame", *MODES, *PAGES), "sign-in": _joined("sign_in")}

blueprint = APIBlueprint("styles", __name__, doc_ui=False)


def get_styles(name: str) -> Response:
    """A page's styles, if they are others than the browser has."""
    if name not in SHEETS:
        raise NotFound
    answer = Response(SHEETS[name], mimetype="text/css")
    answer.headers["Cache-Control"] = "no-cache"  # as of the other static files: it asks whether they are still these
    answer.add_etag()
    answer.make_conditional(request)
    return answer


blueprint.add_url_rule("/styles/<name>.css", view_func=get_styles)
