"""The secret of a feed's address, kept out of what servers write down."""

from __future__ import annotations

import logging

import pytest

from web import masking


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("/calendar/secret.ics", "/calendar/…"),
        ('"GET /calendar/secret.ics?a=b HTTP/1.1" 200', '"GET /calendar/…?a=b HTTP/1.1" 200'),
        ("/api/maestro/calendar/feed", "/api/maestro/calendar/feed"),
        ("/calendar", "/calendar"),
    ],
)
def test_a_path_is_told_without_its_secret(said: str, kept: str) -> None:
    assert masking.masked(said) == kept


@pytest.mark.parametrize("name", ["werkzeug", "gunicorn.access", "gunicorn.error"])
def test_servers_write_down_requests_without_it(name: str, caplog: pytest.LogCaptureFixture) -> None:
    masking.register()
    masking.register()
    with caplog.at_level(logging.INFO, name):
        logging.getLogger(name).info('%(h)s "%(r)s"', {"h": "127.0.0.1", "r": "GET /calendar/secret.ics HTTP/1.1"})
        logging.getLogger(name).info("%s is %d", "one", 1)
    assert [record.getMessage() for record in caplog.records] == [
        '127.0.0.1 "GET /calendar/… HTTP/1.1"',
        "one is 1",
    ]
