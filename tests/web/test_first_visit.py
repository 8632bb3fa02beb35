"""Who has never been here finds three brands and four agents, once; a database that is away fails nobody else."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from maestro_actors.examples import EXAMPLE_AGENTS, EXAMPLE_BRANDS
from tests.support.journals import sqlite_engine
from tests.web.conftest import OTHER, OpenWeb, Web, a_token, an_app, body
from web.settings import WebSettings

BRANDS = "/api/brands"


def slugs(web: Web, token: str | None = None) -> list[str]:
    return [each["slug"] for each in body(web.get(BRANDS, token))["brands"]]


def test_the_examples_are_there_the_first_time(quiet_web: Web) -> None:
    assert slugs(quiet_web) == [brand.slug for brand in EXAMPLE_BRANDS]
    assert len(body(quiet_web.get("/api/agents"))["agents"]) == len(EXAMPLE_AGENTS)


def test_who_removed_them_does_not_get_them_again(quiet_web: Web, settings: WebSettings) -> None:
    for slug in slugs(quiet_web):
        quiet_web.call("DELETE", f"{BRANDS}/{slug}")
    assert slugs(quiet_web) == []
    with an_app(settings) as another_process:
        assert slugs(another_process) == []
        assert len(slugs(another_process, a_token(OTHER))) == len(EXAMPLE_BRANDS)


def test_who_has_been_here_is_not_looked_up_again(quiet_web: Web) -> None:
    begun: list[str] = []
    event.listen(quiet_web.site.engine, "before_cursor_execute", lambda *said: begun.append(said[2]))
    slugs(quiet_web)
    first = len(begun)
    slugs(quiet_web)
    assert [text for text in begun[first:] if "studios" in text or "alembic" in text] == []
    assert first > len(begun) - first


def test_a_burst_can_be_the_first_thing_that_somebody_asks_for(open_web: OpenWeb) -> None:
    with open_web() as web:
        started = web.post("/api/maestro/bursts", {"posts": 2}, a_token(OTHER))
        assert started.status_code == 202
        web.stage.recap(body(started)["burst_id"], user=OTHER)


@pytest.mark.parametrize("path", [BRANDS, "/api/agents", "/api/maestro/bursts", "/api/maestro/routine"])
def test_without_a_database_it_says_what_to_do_and_makes_no_file(settings: WebSettings, path: str) -> None:
    with an_app(settings) as web:
        answer = web.get(path)
        assert (answer.status_code, body(answer)["type"]) == (503, "/problems/unavailable")
        assert "run `maestro db upgrade`" in body(answer)["detail"]
        file = settings.maestro.home / "maestro.db"
        assert not file.exists()
        with sqlite_engine(file):
            assert web.get(path).status_code == 200, "and goes on once it is there"


def test_what_needs_no_database_does_without(settings: WebSettings) -> None:
    with an_app(settings) as web:
        away = web.get("/api/maestro/status")
        assert body(away)["type"] == "/problems/worker-away", "the worker was asked, and not the database"
        assert web.get("/openapi.json").status_code == 200
