"""The description of the API, and the page that shows it: with nothing from elsewhere."""

from __future__ import annotations

import re

from tests.web.conftest import an_app
from web.settings import WebSettings


def test_whatever_the_page_is_made_with_is_there(settings: WebSettings) -> None:
    with an_app(settings) as web:
        page = web.get("/docs", token="").text
        files = re.findall(r'(?:href|src)="(/[^"]+)"', page)
        assert len(files) == 3
        for file in files:
            with web.get(file, token="") as answer:
                assert (answer.status_code, len(answer.data) > 100) == (200, True), file
        assert web.get("/docs/assets/nothing.js", token="").status_code == 404
        assert web.get("/docs/assets/../swagger/index.html", token="").status_code == 404
