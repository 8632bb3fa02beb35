"""`/api/brands` and `/api/agents`: listed, added, changed and removed, and judged as on the command line."""

from __future__ import annotations

from typing import Any

import pytest

from maestro_actors.examples import EXAMPLE_AGENTS, EXAMPLE_BRANDS
from maestro_actors.journal.content_codec import agent_json, brand_json
from tests.web.conftest import OTHER, Web, a_token, body

BRANDS, AGENTS = "/api/brands", "/api/agents"
LOAF = {"name": "Loaf", "topics": ["bread"]}
PIP = {"name": "Pip"}
KINDS = pytest.mark.parametrize(("path", "new"), [(BRANDS, LOAF), (AGENTS, PIP)], ids=["brands", "agents"])


def fields(answer: Any) -> list[str]:
    return [each["field"] for each in body(answer)["errors"]]


def test_the_lists_have_them_in_the_order_in_which_they_came(quiet_web: Web) -> None:
    assert body(quiet_web.get(BRANDS)) == {"brands": [brand_json(each) for each in EXAMPLE_BRANDS]}
    assert body(quiet_web.get(AGENTS)) == {"agents": [agent_json(each) for each in EXAMPLE_AGENTS]}


@KINDS
def test_what_was_added_is_there_until_it_is_removed(quiet_web: Web, path: str, new: dict[str, Any]) -> None:
    added = quiet_web.post(path, new)
    assert added.status_code == 201
    where = added.headers["Location"]
    assert where == f"{path}/{body(added)['slug']}"
    assert body(quiet_web.get(where)) == body(added)
    assert body(added) in body(quiet_web.get(path))[path.removeprefix("/api/")]
    taken = quiet_web.post(path, new)
    assert (taken.status_code, body(taken)["type"]) == (409, "/problems/slug-taken")
    gone = quiet_web.call("DELETE", where)
    assert (gone.status_code, gone.data) == (204, b"")
    for method, sent in (("GET", None), ("DELETE", None), ("PATCH", new), ("PUT", body(added))):
        answer = quiet_web.call(method, where, json=sent)
        assert (answer.status_code, body(answer)["type"]) == (404, "/problems/unknown-slug")
    assert quiet_web.post(path, new).status_code == 201, "its slug is free again"


def test_what_is_left_out_of_a_brand_is_usual(quiet_web: Web) -> None:
    quiet_web.call("PUT", "/api/maestro/routine", json={"daily_time": None, "timezone": "Asia/Tokyo"})
    added = body(quiet_web.post(BRANDS, LOAF | {"palette": {"dark": "#000000"}, "publishing_times": {"reel": []}}))
    assert (added["slug"], added["handle"], added["timezone"]) == ("loaf", "loaf", "Asia/Tokyo")
    assert (added["palette"]["dark"], added["palette"]["light"]) == ("#000000", "#f7f3ea")
    assert added["quota"] == {"reel": 0, "post": 1, "carousel": 1}


@KINDS
def test_a_patch_changes_what_it_says_and_nothing_else(quiet_web: Web, path: str, new: dict[str, Any]) -> None:
    before = body(quiet_web.post(path, new))
    where = f"{path}/{before['slug']}"
    assert body(quiet_web.call("PATCH", where, json={})) == before
    options = {"content_type": "application/merge-patch+json", "data": '{"name": "Else"}'}
    assert body(quiet_web.call("PATCH", where, **options)) == before | {"name": "Else"}
    assert body(quiet_web.get(where)) == before | {"name": "Else"}


def test_a_patch_reaches_into_objects_and_replaces_lists(quiet_web: Web) -> None:
    before = body(quiet_web.post(BRANDS, LOAF))
    sent = {"quota": {"reel": 2}, "topics": ["rye"], "palette": {"dark": "#000000"}}
    changed = body(quiet_web.call("PATCH", f"{BRANDS}/loaf", json=sent))
    assert changed["quota"] == before["quota"] | {"reel": 2}
    assert changed["palette"] == before["palette"] | {"dark": "#000000"}
    assert changed["topics"] == ["rye"]
    nothing = quiet_web.call("PATCH", f"{BRANDS}/loaf", json={"handle": None})
    assert (nothing.status_code, fields(nothing)) == (422, ["handle"])


@KINDS
def test_a_put_is_whole(quiet_web: Web, path: str, new: dict[str, Any]) -> None:
    before = body(quiet_web.post(path, new))
    where = f"{path}/{before['slug']}"
    wanted = {name: value for name, value in (before | {"name": "Else"}).items() if name != "slug"}
    assert body(quiet_web.call("PUT", where, json=wanted)) == before | {"name": "Else"}
    for name in wanted:
        lacking = quiet_web.call("PUT", where, json={key: value for key, value in wanted.items() if key != name})
        assert (lacking.status_code, fields(lacking)[0].partition(".")[0]) == (422, name)


@KINDS
def test_a_slug_never_changes(quiet_web: Web, path: str, new: dict[str, Any]) -> None:
    before = body(quiet_web.post(path, new))
    for method, sent in (("PUT", before | {"slug": "else"}), ("PATCH", {"slug": "else"}), ("PATCH", {"slug": None})):
        answer = quiet_web.call(method, f"{path}/{before['slug']}", json=sent)
        assert (answer.status_code, fields(answer)) == (422, ["slug"])
        assert "a slug never changes" in body(answer)["detail"]


def test_everything_that_is_wrong_is_named_at_once(quiet_web: Web) -> None:
    wrong = {"name": "a\0b", "topics": [], "colour": "red", "quota": {"reel": 10**30}, "typeface": "Comic"}
    answer = quiet_web.post(
        BRANDS, wrong | {"slug": "Ü", "palette": {"dark": "red"}, "publishing_times": {"post": [1]}}
    )
    assert answer.status_code == 422
    assert sorted(fields(answer)) == sorted(
        ["brand", "slug", "name", "handle", "palette.dark", "typeface", "topics", "publishing_times.post", "quota.reel"]
    )
    nobody = quiet_web.post(AGENTS, {"name": "Pip", "brands": ["nobodys"], "voice": "", "avatar": "x" * 11})
    assert (nobody.status_code, sorted(fields(nobody))) == (422, ["avatar", "brands", "voice"])


def test_an_agent_may_go_on_naming_a_brand_that_was_removed(quiet_web: Web) -> None:
    quiet_web.post(BRANDS, LOAF)
    quiet_web.post(AGENTS, PIP | {"brands": ["loaf"]})
    quiet_web.call("DELETE", f"{BRANDS}/loaf")
    assert body(quiet_web.call("PATCH", f"{AGENTS}/pip", json={"voice": "dry"}))["brands"] == ["loaf"]
    assert quiet_web.post(AGENTS, {"name": "Pop", "brands": ["loaf"]}).status_code == 422


@KINDS
@pytest.mark.parametrize("slug", ["ü", "%00", "x" * 500, "a%20b", "-", "Loaf", "%F0%9F%90%A6"])
def test_what_can_be_no_slug_is_not_there(quiet_web: Web, path: str, new: dict[str, Any], slug: str) -> None:
    quiet_web.post(path, new)
    for method in ("GET", "DELETE", "PATCH", "PUT"):
        answer = quiet_web.call(method, f"{path}/{slug}", json=None if method in ("GET", "DELETE") else {})
        assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_everybody_has_their_own(quiet_web: Web) -> None:
    quiet_web.post(BRANDS, LOAF)
    assert quiet_web.get(f"{BRANDS}/loaf", a_token(OTHER)).status_code == 404
    assert quiet_web.post(BRANDS, LOAF | {"topics": ["rye"]}, a_token(OTHER)).status_code == 201
    assert body(quiet_web.get(f"{BRANDS}/loaf"))["topics"] == ["bread"]
