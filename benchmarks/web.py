"""What people notice of the web while every core renders: how soon the status is there, and how soon a change is seen.

gunicorn, worker and storage are processes of their own, and share the cores with the renderers; so does this program.
"""

from __future__ import annotations

import http.client
import json
import selectors
import socket
import statistics
import time
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from benchmarks.report import Line, figure
from benchmarks.serving import Studio, studio
from benchmarks.waiting import until

REELS = 60  # more than are rendered meanwhile
RATE, SECONDS = 50, 30  # requests a second
WATCHERS, WATCHED_SECONDS = 100, 20


def measure() -> list[Line]:
    with studio() as here:
        burst_id = here.start(reels=REELS)
        until(lambda: here.status()["counts"]["rendering"] >= 2, pause=0.1)
        asked = _ask(here)
        watched = _watch(here)
        began = time.perf_counter()
        here.cancel(burst_id)
        answered = time.perf_counter() - began
    return [
        figure(f"GET /status, {RATE} a second for {SECONDS} s: p50", 1e3 * statistics.median(asked), "ms"),
        figure("… p99", 1e3 * _percentile(asked, 99), "ms", at_most=25),
        figure("… the slowest", 1e3 * max(asked), "ms"),
        figure(f"from a stage's change to the last of {WATCHERS}, median", 1e3 * statistics.median(watched), "ms"),
        figure("… the slowest", 1e3 * max(watched), "ms", at_most=250),
        figure("a cancel until it is answered", 1e3 * answered, "ms"),
    ]


def _percentile(values: list[float], nth: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[nth - 1]


def _ask(here: Studio) -> list[float]:
    """Seconds of each answer; one that is due while another is awaited counts from when it was due."""
    connection = http.client.HTTPConnection("127.0.0.1", here.port, timeout=10)
    began, seconds = time.perf_counter(), []
    for nth in range(RATE * SECONDS):
        due = began + nth / RATE
        time.sleep(max(0.0, due - time.perf_counter()))
        connection.request("GET", "/api/maestro/status", headers=here.headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200 or not body:
            raise SystemExit(f"a benchmark was answered {answer.status}")
        seconds.append(time.perf_counter() - due)
    connection.close()
    return seconds


@dataclass
class _Watcher:
    """One stream: each snapshot with its version, and when it was whole."""

    socket: socket.socket
    rest: bytes = b""
    versions: list[int] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)

    def read(self) -> None:
        chunk = self.socket.recv(1 << 20)
        at = time.time()
        *events, self.rest = (self.rest + chunk).split(b"\n\n")
        for event in events:
            place = event.find(b"id: ")
            if place >= 0:
                id_, _, data = event[place + 4 :].partition(b"\n")
                self.versions.append(int(id_.partition(b"-")[2]))
                self.arrivals.append(at)
                self.texts.append(data.removeprefix(b"data: "))

    def had(self, version: int) -> float | None:
        """When this version was there, or a newer one in its place."""
        place = bisect_left(self.versions, version)
        return self.arrivals[place] if place < len(self.versions) else None


def _watch(here: Studio) -> list[float]:
    """Seconds from each change of a job's stage, by the clock of the worker, until the last watcher has it."""
    watchers = [_watcher(here) for _ in range(WATCHERS)]
    with selectors.DefaultSelector() as selector:
        for watcher in watchers:
            selector.register(watcher.socket, selectors.EVENT_READ, watcher)
        end = time.monotonic() + WATCHED_SECONDS
        while time.monotonic() < end:
            for key, _ in selector.select(0.1):
                key.data.read()
    for watcher in watchers:
        watcher.socket.close()
    return _lags(watchers)


def _watcher(here: Studio) -> _Watcher:
    connected = socket.create_connection(("127.0.0.1", here.port))
    asking = f"GET /api/maestro/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {here.token}\r\n\r\n"
    connected.sendall(asking.encode())
    return _Watcher(connected)


def _lags(watchers: list[_Watcher]) -> list[float]:
    first, *_ = watchers
    known: dict[str, tuple[str, str]] = {}
    lags = []
    for nth, (version, text) in enumerate(zip(first.versions, first.texts, strict=True)):
        arrivals = [watcher.had(version) for watcher in watchers]
        seen = [at for at in arrivals if at is not None]
        for job in json.loads(text)["jobs"]:
            state = job["stage"], job["since"]
            if nth and job["outcome"] is None and known.get(job["job_id"]) != state and len(seen) == len(watchers):
                lags.append(max(seen) - _moment(job))
            known[job["job_id"]] = state
    if not lags:
        raise SystemExit("a benchmark saw no stage change")
    return lags


def _moment(job: dict[str, Any]) -> float:
    return datetime.fromisoformat(job["since"]).timestamp()
