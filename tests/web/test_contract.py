"""The description of the API is true: whatever is sent, the answers are those that it promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import booleans
from pydantic import BaseModel
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from maestro_actors.gateway import snapshot
from tests.web.conftest import OpenWeb, Web, a_token, an_admin_token, body
from web import models
from web.models import BurstQuery, JobQuery

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 15  # of each call, in each way
STREAM = "/api/maestro/events"  # which never ends


@pytest.fixture
def web(open_web: OpenWeb) -> Iterator[Web]:
    with open_web({"project": "https://media.example.org"}) as opened:
        opened.stage.recap(opened.stage.start(3))
        yield opened


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["as it should be", "not so"])
def test_every_answer_is_as_described_when_what_is_sent_is(web: Web, mode: GenerationMode) -> None:
    api: Any = schemathesis.openapi.from_wsgi("/openapi.json", web.app).exclude(path=STREAM)
    calls = [found.ok() for found in api.get_all_operations()]
    assert len(calls) > 20
    for call in calls:
        with suppress(Unsatisfiable) if mode is GenerationMode.NEGATIVE else nullcontext():  # some take nothing
            try_out(call, mode, known(web))


def known(web: Web) -> dict[str, str]:
    """What there is, by the names of path parameters."""
    (job,) = body(web.get("/api/maestro/jobs?limit=1"))["jobs"]
    return {"burst_id": job["burst_id"], "job_id": job["job_id"], "slug": "bench-1"}


def try_out(call: Any, mode: GenerationMode, there_is: dict[str, str]) -> None:
    """Send examples, to what there is and to what there is not."""
    token = an_admin_token() if "/admin/" in call.path else a_token()

    @settings(
        max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, suppress_health_check=[*HealthCheck]
    )
    @given(call.as_strategy(generation_mode=mode), booleans())
    def answer_is_as_described(case: Case[Any], to_what_there_is: bool) -> None:
        if to_what_there_is:
            case.path_parameters.update({name: there_is[name] for name in case.path_parameters})
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)

    answer_is_as_described()


def test_every_route_of_the_api_is_described(web: Web) -> None:
    described = {
        (path, method.upper()) for path, calls in body(web.get("/openapi.json"))["paths"].items() for method in calls
    }
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method)
        for rule in web.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/")
    }
    assert routes <= described


def test_no_two_shapes_share_a_name() -> None:
    """The later one would take the place of the other in the description."""
    modules = [snapshot, *(import_module(f"web.models.{each.name}") for each in iter_modules(models.__path__))]
    shapes = {
        shape
        for module in modules
        for shape in vars(module).values()
        if isinstance(shape, type) and issubclass(shape, BaseModel) and shape is not BaseModel
    }
    names = [shape.__name__ for shape in shapes]
    assert len(names) > 40
    assert sorted(names) == sorted(set(names))


def test_a_query_is_described_to_the_framework_once() -> None:
    assert JobQuery.model_json_schema() is JobQuery.model_json_schema()
    assert JobQuery.model_json_schema() != BurstQuery.model_json_schema()
