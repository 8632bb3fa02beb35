"""`GET /api/maestro/status`: the snapshot, as the worker has it, and never that of anybody else."""

from __future__ import annotations

from benchmarks.empty import USER
from tests.web.conftest import EPOCH, OTHER, OpenWeb, a_token, an_app, body
from web.settings import WebSettings

STATUS = "/api/maestro/status"


def test_the_snapshot_is_what_the_worker_says(open_web: OpenWeb) -> None:
    with open_web() as web:
        web.stage.recap(web.stage.start(3))
        told = web.get(STATUS)
        assert told.status_code == 200
        assert told.content_type == "application/json"
        moving = ("server_time",)
        known = web.stage.look()
        assert {name: value for name, value in told.json.items() if name not in moving} == {
            name: value for name, value in known.items() if name not in moving
        }
        assert told.json["recent_burst"]["scheduled"] == 3


def test_what_has_not_changed_is_not_said_again(open_web: OpenWeb) -> None:
    with open_web() as web:
        first = web.get(STATUS)
        tag = first.headers["ETag"]
        assert tag == f'W/"{EPOCH}-{first.json["version"]}"'
        again = web.get(STATUS, headers={"If-None-Match": tag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
        web.stage.recap(web.stage.start(1))
        assert web.get(STATUS, headers={"If-None-Match": tag}).status_code == 200


def test_everybody_sees_their_own(open_web: OpenWeb) -> None:
    with open_web() as web:
        web.stage.recap(web.stage.start(2))
        assert web.get(STATUS, a_token(USER)).json["recent_burst"]["created"] == 2
        assert web.get(STATUS, a_token(OTHER)).json["recent_burst"] is None


def test_without_a_worker_it_says_so_and_what_to_do(settings: WebSettings) -> None:
    with an_app(settings) as web:
        answer = web.get(STATUS)
        assert answer.status_code == 503
        assert answer.content_type == "application/problem+json"
        assert body(answer)["type"] == "/problems/worker-away"
        assert "start one with `maestro worker`" in body(answer)["detail"]
        assert answer.headers["Retry-After"] == "2"
