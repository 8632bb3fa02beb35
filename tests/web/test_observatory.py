"""The Observatory's page: a frame, the snapshot in it, and nothing inline that could run."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from maestro_actors.core.snapshot import Json
from tests.web.conftest import OpenWeb, an_app
from web.routes.observatory import AT_HOME, ELSEWHERE, PATHS
from web.routes.styles import PARTS, SHEETS
from web.settings import WebSettings

NASTY = "</script><script>alert(1)</script> & <b>"


def snapshot_in(page: str) -> Json:
    """What the page was sent with."""
    found = re.search(r'<script type="application/json" id="snapshot">(.*?)</script>', page, re.DOTALL)
    assert found
    told: Json = json.loads(found[1])
    return told


@pytest.mark.parametrize("path", [path.replace("<path:rest>", "something") for path in PATHS])
def test_it_is_one_page_with_the_snapshot_whatever_the_path(open_web: OpenWeb, path: str) -> None:
    with open_web() as web:
        answer = web.get(path)
        assert (answer.status_code, answer.mimetype) == (200, "text/html")
        assert snapshot_in(answer.text)["headline"] == "The studio is quiet"


def test_whoever_is_not_signed_in_goes_there_first(settings: WebSettings) -> None:
    with an_app(settings) as web:
        answer = web.get("/history", token="")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?next=/history")


def test_without_a_worker_there_is_a_page_that_says_so(settings: WebSettings) -> None:
    with an_app(settings) as web:
        answer = web.get("/")
        assert answer.status_code == 200
        assert snapshot_in(answer.text) is None


def test_what_people_wrote_cannot_end_the_snapshot(open_web: OpenWeb) -> None:
    with open_web() as web:

        def refuse(path: str) -> None:
            raise OSError(NASTY)

        web.stage.bucket.fault = refuse
        web.stage.recap(web.stage.start(1))
        page = web.get("/").text
        assert "alert(1)</script>" not in page
        assert NASTY in snapshot_in(page)["recent_burst"]["failures"][0]["reason"]


def test_nothing_in_it_is_inline_and_nothing_comes_from_elsewhere(settings: WebSettings) -> None:
    with an_app(settings) as web:
        answer = web.get("/")
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|https?://", answer.text)
        scripts = re.findall(r"<script(?![^>]*application/json)[^>]*>([^<]*)</script>", answer.text)
        assert scripts == [""]
        assert "'unsafe" not in answer.headers["Content-Security-Policy"]


def test_whatever_it_names_is_there(settings: WebSettings) -> None:
    with an_app(settings) as web:
        for path, modules in (("/", AT_HOME), ("/history", ELSEWHERE)):
            files = set(re.findall(r'(?:href|src)="(/(?:static|styles)/[^"]+)"', web.get(path).text))
            assert files > {f"/static/js/{name}" for name in modules}
            for file in files:
                with web.get(file, token="") as answer:
                    assert answer.status_code == 200, file


def test_it_says_whether_the_storage_makes_pictures_smaller(settings: WebSettings) -> None:
    for renditions in (False, True):
        with an_app(replace(settings, renditions=renditions)) as web:
            assert ("<body data-renditions>" in web.get("/").text) == renditions


def test_a_pages_styles_are_one_sheet_with_every_part_that_it_has(settings: WebSettings) -> None:
    names = {"observatory": "/", "sign-in": "/sign-in"}
    with an_app(settings) as web:
        for name, path in names.items():
            assert re.findall(r'rel="stylesheet" href="([^"]+)"', web.get(path).text) == [f"/styles/{name}.css"]
            sheet = web.get(f"/styles/{name}.css", token="")
            assert (sheet.status_code, sheet.mimetype) == (200, "text/css")
            again = web.get(f"/styles/{name}.css", token="", headers={"If-None-Match": sheet.headers["ETag"]})
            assert (again.status_code, again.data) == (304, b"")
        assert web.get("/styles/another.css", token="").status_code == 404
    sheets = "".join(SHEETS.values())
    for part in PARTS.glob("*.css"):
        assert part.read_text() in sheets, f"{part.name} is on no page"
