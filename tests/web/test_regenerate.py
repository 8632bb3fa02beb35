"""`POST /api/maestro/jobs/{id}/regenerate`: a job is made anew, once, and only one that can be."""

from __future__ import annotations

import threading
import uuid

import pytest

from tests.web.conftest import OTHER, OpenWeb, Web, a_token, an_app, body
from web.settings import WebSettings

JOBS = "/api/maestro/jobs"


def the_job(web: Web) -> str:
    (job,) = body(web.get(JOBS))["jobs"]
    return str(job["job_id"])


def test_a_job_is_made_anew_and_says_where(open_web: OpenWeb) -> None:
    with open_web() as web:
        web.stage.recap(web.stage.start(1))
        old = the_job(web)
        answer = web.post(f"{JOBS}/{old}/regenerate")
        assert answer.status_code == 202
        told = body(answer)
        assert answer.headers["Location"] == told["url"] == f"{JOBS}/{told['job_id']}"
        web.stage.recap(told["burst_id"])
        assert body(web.get(told["url"]))["replaces"] == old
        assert body(web.get(f"{JOBS}/{old}"))["replaced_by"] == told["job_id"]
        again = web.post(f"{JOBS}/{old}/regenerate")
        assert (again.status_code, again.content_type) == (409, "application/problem+json")
        assert f"was replaced by {told['job_id']}" in body(again)["detail"]


def test_asked_again_while_it_runs_it_is_the_same_job(open_web: OpenWeb) -> None:
    with open_web() as web:
        web.stage.recap(web.stage.start(1))
        old, go_on = the_job(web), threading.Event()
        web.stage.bucket.fault = lambda _path: go_on.wait(10) and None
        try:
            first, again = (web.post(f"{JOBS}/{old}/regenerate") for _ in range(2))
            assert (first.status_code, again.status_code) == (202, 202)
            assert body(first) == body(again)
            young = web.post(f"{JOBS}/{body(first)['job_id']}/regenerate")
            assert young.status_code == 409
            assert "is still under way" in body(young)["detail"]
        finally:
            go_on.set()
        web.stage.recap(body(first)["burst_id"])


def test_what_is_not_there_and_what_is_another_users_are_told_apart_by_nothing(open_web: OpenWeb) -> None:
    with open_web() as web:
        web.stage.recap(web.stage.start(1))
        old, nobodys = the_job(web), str(uuid.uuid4())
        theirs = web.post(f"{JOBS}/{old}/regenerate", token=a_token(OTHER))
        nothing = web.post(f"{JOBS}/{nobodys}/regenerate")
        assert (theirs.status_code, nothing.status_code) == (404, 404)
        assert theirs.text.replace(old, "") == nothing.text.replace(nobodys, "")


@pytest.mark.parametrize("job_id", ["x", "%00", "é", "0" * 36])
def test_what_is_no_id_is_not_there(quiet_web: Web, job_id: str) -> None:
    answer = quiet_web.post(f"{JOBS}/{job_id}/regenerate")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_without_a_database_it_says_so(settings: WebSettings) -> None:
    with an_app(settings) as web:
        answer = web.post(f"{JOBS}/{uuid.uuid4()}/regenerate")
        assert answer.status_code == 503
        assert "maestro db upgrade" in body(answer)["detail"]
