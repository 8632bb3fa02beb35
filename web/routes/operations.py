"""`/healthz`, `/readyz` and `/metrics`: for whoever runs the process."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from http import HTTPStatus

from flask import Response, request
from flask_openapi3 import APIBlueprint, Tag
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from maestro_actors.errors import MaestroError
from maestro_actors.journal.database import require_current
from web import origins, problems
from web.answers import json_answer
from web.site import site

NOBODY = "00000000-0000-4000-8000-000000000000"

TAG = Tag(name="operations", description="For whoever runs it.")
blueprint = APIBlueprint("operations", __name__, abp_tags=[TAG])


@blueprint.get("/healthz", responses={"200": {"description": "This process lives."}})
def healthz() -> Response:
    """Whether this process lives"""
    return json_answer({"status": "ok"})


@blueprint.get("/readyz", responses={"200": {"description": "Database and worker can be reached."}})
def readyz() -> Response:
    """Whether it can answer: the database is of this version, and a worker can be reached"""
    here = site()
    found = {
        "database": _trouble(lambda: require_current(here.engine)),
        "worker": _trouble(lambda: here.gateway.status(NOBODY)),
    }
    ready = not any(found.values())
    checks = {name: trouble or "ok" for name, trouble in found.items()}
    answer = {"status": "ok" if ready else "not ready", "checks": checks}
    return json_answer(answer, HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE)


@blueprint.get("/metrics", responses={"200": {"description": "Figures for Prometheus."}})
def metrics() -> Response:
    """Figures for Prometheus

    Off this machine, or behind a proxy, only with `Authorization: Bearer` and the token of MAESTRO_METRICS_TOKEN.
    """
    here = site()
    if not (origins.is_near() or _has_token(here.settings.metrics_token)):
        raise problems.unauthorized("figures need the token that MAESTRO_METRICS_TOKEN sets")
    return Response(generate_latest(here.figures.registry), content_type=CONTENT_TYPE_LATEST)


def _has_token(token: str | None) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return token is not None and hmac.compare_digest(given.encode(), token.encode())


def _trouble(look: Callable[[], object]) -> str | None:
    try:
        look()
    except MaestroError as error:
        return str(error)
    return None
