"""For whoever runs it: whether it lives, whether it can answer, and its figures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.web.conftest import OpenWeb, an_app, body
from web.settings import WebSettings

TOKEN = "a token of ours"  # noqa: S105 - as it says


def samples(text: str) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_process_that_lives_says_so_whatever_is_away(settings: WebSettings) -> None:
    with an_app(settings) as web:
        assert body(web.get("/healthz", token="")) == {"status": "ok"}
        ready = web.get("/readyz", token="")
    assert ready.status_code == 503
    assert "run `maestro db upgrade`" in body(ready)["checks"]["database"]
    assert "start one with `maestro worker`" in body(ready)["checks"]["worker"]


def test_it_is_ready_when_database_and_worker_answer(open_web: OpenWeb) -> None:
    with open_web() as web:
        answer = web.get("/readyz", token="")
    assert (answer.status_code, body(answer)["checks"]) == (200, {"database": "ok", "worker": "ok"})


def test_the_figures_are_those_of_the_worker_and_of_this_process(open_web: OpenWeb) -> None:
    with open_web() as web:
        web.stage.recap(web.stage.start(5))
        web.get("/api/maestro/status")
        answer = web.get("/metrics", token="")
    assert answer.status_code == 200
    told = samples(answer.text)
    assert told["maestro_worker_up",] == 1
    assert told["maestro_job_outcomes_total", "scheduled"] == 5
    assert told["maestro_bursts_ended_total", "smart", "finished"] == 1
    assert told["maestro_bursts_live",] == 0
    assert told["maestro_jobs", "rendering"] == 0
    assert told["maestro_queue_length", "uploads"] == 0
    assert told["maestro_renderers", "total"] == 2
    assert told["maestro_upload_seconds_count",] == 5
    assert told["maestro_upload_seconds_bucket", "+Inf"] == 5
    assert told["maestro_render_seconds_count", "nothing"] == 5
    assert told["maestro_http_requests_total", "GET", "/api/maestro/status", "200"] == 1
    assert told["maestro_http_request_seconds_count", "GET", "/api/maestro/status"] == 1


def test_without_a_worker_the_figures_say_so(settings: WebSettings) -> None:
    with an_app(settings) as web:
        assert samples(web.get("/metrics", token="").text)["maestro_worker_up",] == 0


@pytest.mark.parametrize(
    "asked",
    [
        {"environ_base": {"REMOTE_ADDR": "10.0.0.9"}},
        {"headers": {"X-Forwarded-For": "10.0.0.9"}},
        {"headers": {"Forwarded": "for=10.0.0.9"}},
    ],
)
def test_off_this_machine_the_figures_need_their_token(settings: WebSettings, asked: dict[str, Any]) -> None:
    with an_app(settings) as web:
        assert web.get("/metrics", token="", **asked).status_code == 401
    with an_app(replace(settings, metrics_token=TOKEN)) as web:
        assert web.get("/metrics", token="", **asked).status_code == 401
        assert web.get("/metrics", **asked).status_code == 401, "a user's token is another"
        known = asked | {"headers": asked.get("headers", {}) | {"Authorization": f"Bearer {TOKEN}"}}
        assert web.get("/metrics", token="", **known).status_code == 200


def test_every_answer_has_the_headers_that_keep_a_page_to_itself(settings: WebSettings) -> None:
    with an_app(replace(settings, project="https://project.example")) as web:
        for path in ("/healthz", "/api/maestro/status", "/nowhere"):
            headers = web.get(path).headers
            policy = headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert "img-src 'self' data: https://project.example" in policy
            assert "frame-ancestors 'none'" in policy
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "no-referrer"
