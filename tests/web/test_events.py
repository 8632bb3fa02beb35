"""`GET /api/maestro/events`: who watches sees every change in time, and hears when the worker is away."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from werkzeug.serving import make_server

from maestro_actors.gateway.address import address_of
from maestro_actors.gateway.server import serving
from tests.support.patience import eventually
from tests.web.conftest import EPOCH, OTHER, OpenWeb, Web, a_token, an_app, body
from web.routes import events
from web.settings import WebSettings

EVENTS = "/api/maestro/events"


@dataclass
class Event:
    type: str = "message"
    id: str | None = None
    data: str = ""

    @property
    def json(self) -> dict[str, Any]:
        return dict(json.loads(self.data))


@dataclass
class Stream:
    """What came of one request; `status` is None until it is answered."""

    events: list[Event] = field(default_factory=list)
    comments: int = 0
    signs: int = 0  # of life
    status: int | None = None
    ended: bool = False


@contextmanager
def on_a_port(web: Web) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, web.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        web.site.hub.close()
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def watching(url: str, token: str | None = None, last: str | None = None) -> Iterator[Stream]:
    """A stream that is read in a thread of its own."""
    stream = Stream()
    headers = {"Authorization": f"Bearer {token or a_token()}"} | ({"Last-Event-ID": last} if last else {})
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
    connection.connect()
    opened = connection.sock  # which it lets go of when the answer has no end that is known

    def read() -> None:
        try:
            connection.request("GET", EVENTS, headers=headers)
            answer = connection.getresponse()
            stream.status = answer.status
            _read((line.decode().rstrip("\n") for line in answer), stream)
        except (OSError, http.client.HTTPException, ValueError):
            return
        finally:
            stream.ended = True

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    try:
        yield stream
    finally:
        with suppress(OSError):
            opened.shutdown(socket.SHUT_RDWR)
        thread.join(5)
        connection.close()


def _read(lines: Iterator[str], stream: Stream) -> None:
    event = Event()
    for line in lines:
        name, _, value = line.partition(": ")
        match name:
            case "id":
                event.id = value
            case "event":
                event.type = value
            case "data":
                event.data = value
            case "" if line.startswith(":"):
                stream.comments += 1
            case "" if event.type == "alive":
                stream.signs += 1
                event = Event()
            case "" if event.data:
                stream.events.append(event)
                event = Event()


def test_a_watcher_sees_how_it_is_and_every_change_until_the_end(open_web: OpenWeb) -> None:
    with open_web() as web, on_a_port(web) as url, watching(url) as stream:
        (first,) = eventually(lambda: stream.events)
        assert first.json["current_phase"] is None
        burst_id = web.stage.start(20)
        web.stage.recap(burst_id)
        eventually(lambda: stream.events[-1].json["recent_burst"])
        last = stream.events[-1]
        assert last.json == {**body(web.get("/api/maestro/status")), "server_time": last.json["server_time"]}
        assert last.id == f"{EPOCH}-{last.json['version']}"
        versions = [each.json["version"] for each in stream.events]
        assert versions == sorted(set(versions))
        phases = [each.json["current_phase"] for each in stream.events if each.json["burst_id"] == burst_id]
        assert phases
        assert None not in phases


def test_nobody_hears_of_another_user(open_web: OpenWeb) -> None:
    with open_web() as web, on_a_port(web) as url, watching(url, a_token(OTHER)) as stream:
        eventually(lambda: stream.events)
        web.stage.recap(web.stage.start(5))
        assert len(stream.events) == 1
        assert stream.events[0].json["recent_burst"] is None


def test_whoever_comes_back_hears_only_what_is_new(open_web: OpenWeb) -> None:
    with open_web() as web, on_a_port(web) as url:
        with watching(url) as stream:
            (first,) = eventually(lambda: stream.events)
        with watching(url, last=first.id) as again:
            eventually(lambda: again.status == 200)
            web.stage.recap(web.stage.start(1))
            new = eventually(lambda: again.events[0])
            assert new.id != first.id


def test_many_who_watch_cost_one_line_to_the_worker(open_web: OpenWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "QUIET_SECONDS", 0.2)  # whoever has gone is noticed by the next thing that is said
    with open_web() as web, on_a_port(web) as url:
        with watching(url) as one, watching(url) as two, watching(url, a_token(OTHER)) as three:
            eventually(lambda: one.events and two.events and three.events)
            lines = [each for each in threading.enumerate() if each.name == "gateway line"]
            assert len(lines) == 1
            assert web.site.hub.watching == 3
            web.stage.recap(web.stage.start(2))
            eventually(lambda: one.events[-1].data == two.events[-1].data and one.events[-1].json["recent_burst"])
        eventually(lambda: web.site.hub.watching == 0)


def test_a_worker_that_goes_away_is_said_and_so_is_its_return(open_web: OpenWeb, settings: WebSettings) -> None:
    with open_web() as web, on_a_port(web) as url:
        address = address_of(settings.maestro.home, None, None)
        with watching(url) as stream:
            eventually(lambda: stream.events)
            web.worker.close()
            away = eventually(lambda: [each for each in stream.events if each.type == "away"])
            assert away[0].json["type"] == "/problems/worker-away"
            assert away[0].json["status"] == 503
            with serving(web.stage.system, address, EPOCH + 1):
                eventually(lambda: stream.events[-1].type == "message")
                assert str(stream.events[-1].id).startswith(f"{EPOCH + 1}-")
            assert len([each for each in stream.events if each.type == "away"]) <= 2, "said once, not at every try"


def test_a_watcher_while_the_worker_is_away_is_told_at_once(settings: WebSettings) -> None:
    with an_app(settings) as web, on_a_port(web) as url, watching(url) as stream:
        (away,) = eventually(lambda: stream.events)
        assert (away.type, stream.status) == ("away", 200)
        assert "start one with" in str(away.json["detail"])


def test_a_stream_ends_when_its_token_expires(open_web: OpenWeb) -> None:
    with open_web() as web, on_a_port(web) as url, watching(url, a_token(exp=int(time.time()) + 2)) as stream:
        eventually(lambda: stream.events)
        eventually(lambda: stream.ended, 10)
        assert stream.status == 200


def test_a_quiet_stream_shows_that_it_lives(open_web: OpenWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "QUIET_SECONDS", 0.1)
    with open_web() as web, on_a_port(web) as url, watching(url) as stream:
        eventually(lambda: stream.comments > 3)
        eventually(lambda: stream.signs > 3)
        assert len(stream.events) == 1


def test_streams_end_when_the_app_does(open_web: OpenWeb) -> None:
    with open_web() as web, on_a_port(web) as url, watching(url) as stream:
        eventually(lambda: stream.events)
        web.site.hub.close()
        eventually(lambda: stream.ended)
        with watching(url) as late:
            eventually(lambda: late.ended)


def test_a_stream_too_many_is_refused_until_another_ends(open_web: OpenWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "QUIET_SECONDS", 0.2)
    monkeypatch.setattr("web.app.MOST_WATCHERS", 1)
    with open_web() as web, on_a_port(web) as url:
        with watching(url) as stream:
            eventually(lambda: stream.events)
            with watching(url) as refused:
                eventually(lambda: refused.status == 503)
        eventually(web.site.seats.take)
        web.site.seats.give_back()
        with watching(url) as welcome:
            eventually(lambda: welcome.events)


def test_without_a_good_token_there_is_no_stream(open_web: OpenWeb) -> None:
    with open_web() as web:
        assert web.get(EVENTS, token="").status_code == 401
        assert web.get(EVENTS, a_token(secret="x" * 40)).status_code == 401
