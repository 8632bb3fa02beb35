"""Pause, resume and the daily time: written by the web itself, and seen by the worker at once."""

from __future__ import annotations

import pytest

from benchmarks.empty import USER
from tests.support.patience import eventually
from tests.web.conftest import OpenWeb, Web, body

ROUTINE = "/api/maestro/routine"
PAUSE, RESUME = "/api/maestro/pause", "/api/maestro/resume"


def test_nobody_has_a_daily_time_until_it_is_set(quiet_web: Web) -> None:
    nothing = {"daily_time": None, "timezone": "UTC", "paused": False, "next_run_at": None}
    assert body(quiet_web.get(ROUTINE)) == nothing
    told = quiet_web.call("PUT", ROUTINE, json={"daily_time": "7:05", "timezone": "Asia/Tokyo"})
    assert told.status_code == 200
    routine = body(told)
    assert (routine["daily_time"], routine["timezone"], routine["paused"]) == ("07:05", "Asia/Tokyo", False)
    assert routine["next_run_at"].endswith("T22:05:00.000Z")
    assert body(quiet_web.get(ROUTINE)) == routine


def test_without_a_timezone_it_stays_what_it_is(quiet_web: Web) -> None:
    quiet_web.call("PUT", ROUTINE, json={"daily_time": "07:30", "timezone": "Asia/Tokyo"})
    told = body(quiet_web.call("PUT", ROUTINE, json={"daily_time": None}))
    assert (told["daily_time"], told["timezone"], told["next_run_at"]) == (None, "Asia/Tokyo", None)


def test_the_same_again_leaves_a_run_due(quiet_web: Web) -> None:
    def since(sent: dict[str, str]) -> object:
        quiet_web.call("PUT", ROUTINE, json=sent)
        return quiet_web.site.library.routine(USER, quiet_web.site.clock()).since

    set_at = since({"daily_time": "07:30", "timezone": "Asia/Tokyo"})
    assert since({"daily_time": "07:30", "timezone": "Asia/Tokyo"}) == set_at
    assert since({"daily_time": "07:30"}) == set_at
    assert since({"daily_time": "07:31"}) != set_at


def test_a_pause_lasts_until_it_is_resumed(quiet_web: Web) -> None:
    quiet_web.call("PUT", ROUTINE, json={"daily_time": "07:30"})
    for _ in range(2):
        told = body(quiet_web.post(PAUSE))
        assert (told["paused"], told["next_run_at"], told["daily_time"]) == (True, None, "07:30")
    for _ in range(2):
        told = body(quiet_web.post(RESUME))
        assert (told["paused"], told["next_run_at"] is None) == (False, False)


def test_the_snapshot_shows_it_at_once(open_web: OpenWeb) -> None:
    with open_web() as web:
        web.stage.look()
        web.call("PUT", ROUTINE, json={"daily_time": "07:30"})
        eventually(lambda: web.stage.look()["next_run_at"])
        web.post(PAUSE)
        eventually(lambda: web.stage.look()["paused"])
        web.post(RESUME)
        eventually(lambda: not web.stage.look()["paused"])


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        *(({"daily_time": bad}, "daily_time") for bad in ("", "7", "25:00", "07:30:00", "٠٧:٣٠", 730, ["07:30"])),
        ({"timezone": "UTC"}, "daily_time"),
        *(({"daily_time": None, "timezone": bad}, "timezone") for bad in ("", "Lisbon", "\0", "../UTC", 1)),
        ({"daily_time": None, "paused": True}, "paused"),
    ],
)
def test_what_cannot_be_set_is_named_and_nothing_changes(quiet_web: Web, sent: object, field: str) -> None:
    answer = quiet_web.call("PUT", ROUTINE, json=sent)
    assert (answer.status_code, [each["field"] for each in body(answer)["errors"]]) == (422, [field])
    assert quiet_web.site.library.routine(USER, quiet_web.site.clock()).since is None
