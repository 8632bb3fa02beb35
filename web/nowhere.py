"""What a browser is shown at an address that leads nowhere: a page, where a program is told of a problem."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, make_response, render_template, request


def is_looked_at() -> bool:
    """Whether a browser goes there to look: it names HTML, which a program that takes anything does not."""
    if f"{request.path}/".startswith("/api/"):
        return False
    return any(kind == "text/html" and quality > 0 for kind, quality in request.accept_mimetypes)


def page() -> Response:
    """For whoever is signed in or not: it says nothing of anybody, and needs no script."""
    return make_response(render_template("nowhere.html"), HTTPStatus.NOT_FOUND)
