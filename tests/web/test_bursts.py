"""A burst is started, and an admin cancels it, through HTTP."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest

from benchmarks.empty import BRANDS, USER
from maestro_actors.journal.history import History
from tests.web.conftest import OTHER, OpenWeb, Web, a_token, an_admin_token, body

BURSTS = "/api/maestro/bursts"


def cancel(web: Web, burst_id: str, token: str | None = None, **sent: Any) -> Any:
    return web.post(f"/api/maestro/admin/bursts/{burst_id}/cancel", sent, token or an_admin_token())


def test_a_burst_is_on_record_when_its_start_is_answered(open_web: OpenWeb) -> None:
    with open_web() as web:
        answer = web.post(BURSTS, {"posts": 4, "brands": [BRANDS[0].slug]})
        started = body(answer)
        assert (answer.status_code, answer.headers["Location"]) == (202, f"{BURSTS}/{started['burst_id']}")
        assert History(web.stage.engine).burst(started["burst_id"], USER).kind == "smart"
        assert web.stage.recap(started["burst_id"])["scheduled"] == 4


def test_what_nothing_lacks_has_ended_at_once(open_web: OpenWeb) -> None:
    with open_web() as web:
        web.stage.recap(body(web.post(BURSTS, {}))["burst_id"])
        again = web.post(BURSTS, {})
        assert again.status_code == 202
        assert web.stage.recap(body(again)["burst_id"])["created"] == 0


def test_while_one_is_under_way_another_is_refused_and_told_where_it_is(open_web: OpenWeb) -> None:
    released = threading.Event()
    with open_web() as web:
        web.stage.bucket.fault = lambda _path: released.wait(20) and None
        first = body(web.post(BURSTS, {"posts": 2}))
        answer = web.post(BURSTS, {"posts": 1})
        assert (answer.status_code, body(answer)["type"]) == (409, "/problems/under-way")
        assert body(answer)["burst"] == answer.headers["Location"] == first["url"]
        released.set()
        web.stage.recap(first["burst_id"])


def test_the_same_key_is_the_same_burst_and_with_another_body_a_conflict(open_web: OpenWeb) -> None:
    with open_web() as web:
        once = {"headers": {"Idempotency-Key": "monday"}}
        first = web.post(BURSTS, {"posts": 1}, **once)
        assert body(web.post(BURSTS, {"posts": 1}, **once)) == body(first)
        web.stage.recap(body(first)["burst_id"])
        assert body(web.post(BURSTS, {"kind": "smart", "posts": 1}, **once)) == body(first)
        other = web.post(BURSTS, {"posts": 2}, **once)
        assert (other.status_code, body(other)["type"]) == (409, "/problems/idempotency-conflict")


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "regenerate"},
        {"kind": "daily", "posts": 1},
        {"kind": "daily", "brands": ["bench-1"]},
        {"reels": 0, "posts": 0},
        {"posts": -1},
        {"posts": 1001},
        {"posts": "3"},
        {"posts": 1.5},
        {"posts": True},
        {"brands": []},
        {"brands": ["No Slug"]},
        {"brands": "bench-1"},
        {"brands": ["x" * 51]},
        {"more": 1},
        [],
        "text",
        None,
    ],
)
def test_what_no_burst_can_be_is_refused(quiet_web: Web, sent: Any) -> None:
    """Before anybody asks the worker, which is not even there."""
    answer = quiet_web.post(BURSTS, sent)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert body(answer)["errors"] or body(answer)["detail"]


def test_what_is_wrong_with_all_the_counts_together_names_none_of_them(quiet_web: Web) -> None:
    answer = quiet_web.post(BURSTS, {"reels": 0, "posts": 0, "carousels": 0})
    assert body(answer)["detail"].startswith("there is nothing to make: ")


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb"])
def test_a_key_that_is_none_is_refused(quiet_web: Web, key: str) -> None:
    assert quiet_web.post(BURSTS, {"posts": 1}, headers={"Idempotency-Key": key}).status_code == 422


def test_an_admin_cancels_anyones_burst_and_who_and_why_is_on_record(open_web: OpenWeb) -> None:
    released = threading.Event()
    with open_web() as web:
        web.stage.bucket.fault = lambda _path: released.wait(20) and None
        burst_id = body(web.post(BURSTS, {"posts": 6}))["burst_id"]
        web.stage.until(lambda snapshot: snapshot["counts"]["uploading"])  # which no cancel interrupts
        for _ in range(2):
            answer = cancel(web, burst_id, reason="too many posts")
            assert answer.status_code == 202
            assert body(answer) == {"burst_id": burst_id, "cancelled": True, "cancelling": True}
        assert body(web.get("/api/maestro/status"))["cancelling"]
        released.set()
        assert web.stage.recap(burst_id)["outcome"] == "cancelled"
        answer = web.call("POST", f"/api/maestro/admin/bursts/{burst_id}/cancel", an_admin_token())
        assert (answer.status_code, body(answer)["cancelled"]) == (200, False), "without a body, too"
        row = History(web.stage.engine).burst(burst_id)
        assert (row.cancelled_by, row.cancel_reason) == (f"{OTHER[:8]}@example.org", "too many posts")


def test_nobody_else_cancels_not_even_their_own(open_web: OpenWeb) -> None:
    with open_web() as web:
        burst_id = web.stage.start(1)
        answer = cancel(web, burst_id, a_token())
        assert (answer.status_code, body(answer)["type"]) == (403, "/problems/forbidden")
        assert web.stage.recap(burst_id)["outcome"] == "finished"


def test_a_burst_that_nobody_knows_cannot_be_cancelled(open_web: OpenWeb) -> None:
    with open_web() as web:
        assert cancel(web, str(uuid.uuid4())).status_code == 404
        assert cancel(web, "nonsense").status_code == 404


def test_without_a_worker_nothing_begins(quiet_web: Web) -> None:
    answer = quiet_web.post(BURSTS, {"posts": 1})
    assert (answer.status_code, body(answer)["type"]) == (503, "/problems/worker-away")
