"""What holds for every route there is, also for those to come: a token, a user's own alone, problems for errors."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.routing import Rule

from benchmarks.empty import USER
from tests.web.conftest import OTHER, OpenWeb, Web, a_token, an_admin_token, body
from web.routes.observatory import PATHS

PROBLEM = "application/problem+json"
# Whatever stands here needs no token, for a reason.
OPEN = {
    "/api/session": "where people say who they are",
    "/api/session/link": "where people say who they are",
    "/sign-in": "where people say who they are",
    "/calendar/<secret>.ics": "has its secret in its address",
    "/metrics": "needs a token of its own, off this machine",
    **dict.fromkeys(PATHS, "leads whoever is unknown to the sign-in"),
    "/healthz": "asked by whatever keeps the process alive",
    "/readyz": "asked by whatever sends it requests",
    "/openapi.json": "says what everybody may know",
    "/docs": "says what everybody may know",
    "/docs/assets/<path:name>": "what that page is made with",
    "/styles/<name>.css": "what pages are made with",
    "/static/<path:filename>": "what pages are made with",
}
# Calls that need more than an empty object.
BODIES: dict[str, Any] = {
    "POST /api/brands": {"name": "Loaf", "topics": ["bread"]},
    "POST /api/agents": {"name": "Pip"},
    "PUT /api/maestro/routine": {"daily_time": None},
    "POST /api/maestro/bursts": {"kind": "smart"},
}
STREAM = "/api/maestro/events"  # which never ends; that it is the user's own, its own tests say


def calls(web: Web) -> Iterator[tuple[str, Rule]]:
    """Every call of the API: its method, and its route."""
    for rule in web.app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, rule


def filled(rule: Rule, values: dict[str, str]) -> str:
    """The route's path with these values in it."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], rule.rule)


def made_up() -> dict[str, str]:
    unknown = {name: str(uuid.uuid4()) for name in ("burst_id", "job_id")}
    return unknown | {"slug": f"x-{uuid.uuid4()}"} | dict.fromkeys(("name", "filename", "rest", "secret"), "x")


def test_every_route_needs_a_token_unless_there_is_a_reason(quiet_web: Web) -> None:
    for method, rule in calls(quiet_web):
        if rule.rule in OPEN:
            continue
        for token in ("", "x.y.z"):
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            answer = quiet_web.call(method, filled(rule, made_up()), token="", headers=headers)
            assert (answer.status_code, answer.content_type) == (401, PROBLEM), f"{method} {rule.rule}"
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_nothing_in_the_list_of_open_routes_is_out_of_date(quiet_web: Web) -> None:
    assert set(OPEN) <= {rule.rule for _, rule in calls(quiet_web)}


def test_a_method_that_a_route_has_not_is_a_problem(quiet_web: Web) -> None:
    for _, rule in calls(quiet_web):
        answer = quiet_web.call("TRACE", filled(rule, made_up()))
        assert (answer.status_code, answer.content_type) == (405, PROBLEM), rule.rule
        assert "GET" in answer.headers["Allow"] or "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/maestro", "/api/maestro/x", "/static/x", "/%00", "/é"])
def test_a_path_that_leads_nowhere_is_a_problem(quiet_web: Web, path: str) -> None:
    answer = quiet_web.get(path)
    assert (answer.status_code, answer.content_type) == (404, PROBLEM)


def test_every_write_refuses_what_is_no_json(quiet_web: Web) -> None:
    for method, rule in calls(quiet_web):
        if method == "GET":
            continue
        path = filled(rule, made_up())
        refused: dict[int, dict[str, Any]] = {
            400: {"data": "{", "content_type": "application/json"},
            413: {"data": b"x" * 10_000_000, "content_type": "application/json"},
            415: {"data": "{}", "content_type": "text/plain"},
            422: {"data": "[]", "content_type": "application/json"},
        }
        for status, sent in refused.items():
            answer = quiet_web.call(method, path, **sent)
            assert (answer.status_code, answer.content_type) == (status, PROBLEM), f"{method} {rule.rule}"


def test_every_call_that_begins_something_refuses_a_field_that_it_does_not_know(quiet_web: Web) -> None:
    for method, rule in calls(quiet_web):
        if method == "POST":
            answer = quiet_web.call(method, filled(rule, made_up()), json={"nobody": "knows it"})
            assert (answer.status_code, answer.content_type) == (422, PROBLEM), f"{method} {rule.rule}"


def test_what_needs_no_body_is_described_so(quiet_web: Web) -> None:
    paths = body(quiet_web.get("/openapi.json"))["paths"]
    assert not paths["/api/maestro/pause"]["post"]["requestBody"]["required"]
    assert paths["/api/maestro/bursts"]["post"]["requestBody"]["required"]


@pytest.mark.parametrize("text", ["[" * 30_000, '{"a":' * 10_000, "\ud800", '{"a": ' + "9" * 5000 + "}", "\xff"])
def test_json_that_cannot_be_read_is_a_problem(quiet_web: Web, text: str) -> None:
    data = text.encode("latin-1") if text == "\xff" else text.encode(errors="surrogatepass")
    answer = quiet_web.call("POST", "/api/brands", data=data, content_type="application/json")
    assert (answer.status_code, answer.content_type) == (400, PROBLEM)


@pytest.mark.parametrize("path", ["/api/maestro/bursts", "/api/brands", "/api/agents"])
def test_half_a_character_breaks_nothing(quiet_web: Web, path: str) -> None:
    sent = '{"\\ud800": 1, "kind": "\\ud800", "name": "\\udfff"}'
    answer = quiet_web.call("POST", path, data=sent, content_type="application/json")
    assert (answer.status_code, answer.content_type) == (422, PROBLEM)


def test_a_bug_is_a_problem_that_tells_nothing(quiet_web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr("web.site.Site.history", property(broken))
    answer = quiet_web.get("/api/maestro/bursts")
    assert (answer.status_code, answer.content_type) == (500, PROBLEM)
    assert "secret" not in answer.text


def test_nobody_sees_or_touches_what_is_another_users(open_web: OpenWeb) -> None:
    """Every call, with the ids of somebody else's burst, job, brand and agent, and with some that nobody has."""
    with open_web() as web:
        web.stage.recap(web.stage.start(2))
        (job, _) = body(web.get("/api/maestro/jobs"))["jobs"]
        theirs = {"burst_id": job["burst_id"], "job_id": job["job_id"]}
        before = everything(web)
        for method, rule in calls(web):
            if rule.rule in (*OPEN, STREAM):
                continue
            there_is = theirs | {"slug": "zero" if "agents" in rule.rule else "bench-1"}
            sent = None if method in ("GET", "DELETE") else BODIES.get(f"{method} {rule.rule}", {})
            told = web.call(method, filled(rule, there_is), a_token(OTHER), json=sent)
            assert told.status_code < 500
            said = told.text.replace(job["burst_id"], "") if "burst_id" in rule.arguments else told.text
            for secret in (USER, job["burst_id"], job["title"], "Bench 1", "Zero"):
                assert secret not in said, f"{method} {rule.rule}"
            if rule.arguments and "/admin/" not in rule.rule:
                nothing = made_up()
                unknown = web.call(method, filled(rule, nothing), a_token(OTHER), json=sent)
                assert (told.status_code, unknown.status_code) == (404, 404), f"{method} {rule.rule}"
                assert wording(told.text, there_is) == wording(unknown.text, nothing)
        assert everything(web) == before


def everything(web: Web) -> list[Any]:
    """What the first user has."""
    paths = ("maestro/bursts", "maestro/jobs", "maestro/calendar", "maestro/routine", "brands", "agents")
    return [body(web.get(f"/api/{path}")) for path in paths]


def wording(text: str, values: dict[str, str]) -> str:
    for value in values.values():
        text = text.replace(value, "…")
    return text


def test_only_an_admin_may_what_crosses_users(open_web: OpenWeb) -> None:
    with open_web() as web:
        burst_id = web.stage.start(1)
        web.stage.recap(burst_id)
        for _, rule in calls(web):
            if "/admin/" not in rule.rule:
                continue
            path = filled(rule, {"burst_id": burst_id})
            assert web.post(path, {}).status_code == 403
            assert web.post(path, {}, an_admin_token()).status_code == 200


BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize("path", ["/nope", "/static/x", "/history/", "/apiary"])
@pytest.mark.parametrize("token", [None, ""], ids=["signed in", "unknown"])
def test_a_browser_that_is_led_nowhere_is_shown_a_page(quiet_web: Web, path: str, token: str | None) -> None:
    answer = quiet_web.get(path, token, headers=BROWSER)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "There is no such page" in answer.text
    assert "<script" not in answer.text
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "accept"),
    [("/nope", "*/*"), ("/nope", "application/json"), ("/nope", "text/html;q=0"), ("/api", BROWSER["Accept"])]
    + [(f"/api/{path}", BROWSER["Accept"]) for path in ("", "nope", "maestro/bursts/xyz")],
)
def test_whoever_else_is_led_nowhere_is_told_what_there_is(quiet_web: Web, path: str, accept: str) -> None:
    answer = quiet_web.get(path, headers={"Accept": accept})
    assert (answer.status_code, answer.content_type) == (404, PROBLEM)
    assert body(answer)["detail"] == "nothing is at this address: /openapi.json lists what there is"
