"""Figures for Prometheus: this process's own, and the worker's, which are asked for when somebody looks."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any, Final

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from maestro_actors.errors import MaestroError
from maestro_actors.gateway.client import Gateway
from web.hub import Hub

BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 15.0)  # seconds
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
STREAM: Final = "text/event-stream"


class Figures:
    """What one app counts, with the worker's figures beside it."""

    def __init__(self, gateway: Gateway, hub: Hub) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "maestro_http_requests",
            "Requests that were answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "maestro_http_request_seconds",
            "How long answers took; streams are not among them.",
            ("method", "route"),
            buckets=BUCKETS,
            registry=self.registry,
        )
        watchers = Gauge("maestro_watchers", "Streams of events that are open.", registry=self.registry)
        watchers.set_function(lambda: hub.watching)
        self.registry.register(_Worker(gateway))

    def register(self, app: Flask) -> None:
        """Count every request of the app."""

        @app.before_request
        def begin() -> None:
            g.began = time.perf_counter()

        @app.after_request
        def count(answer: Response) -> Response:
            route = request.url_rule.rule if request.url_rule else "none"
            method = request.method if request.method in METHODS else "other"  # whoever calls may invent some
            self._requests.labels(method, route, answer.status_code).inc()
            if answer.mimetype != STREAM and "began" in g:
                self._seconds.labels(method, route).observe(time.perf_counter() - g.began)
            return answer


class _Worker(Collector):
    """The worker's figures as metrics; without a worker, that there is none."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def describe(self) -> Iterable[Metric]:
        return ()  # so that registering does not ask

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("maestro_worker_up", "1 if a worker answers.")
        try:
            told: dict[str, Any] = self._gateway.figures()
        except MaestroError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield from _now(told)
        yield from _since_start(told)
        yield from _durations(told.get("durations", {}))


def _now(told: dict[str, Any]) -> Iterator[Metric]:
    yield _gauges("maestro_queue_length", "Pieces of work that wait.", "queue", told.get("queues", {}))
    yield _gauges("maestro_jobs", "Jobs of live bursts, by stage.", "stage", told.get("jobs", {}).get("stages", {}))
    renderers = told.get("renderers", {})
    states = {name: renderers[name] for name in ("total", "busy") if name in renderers}
    yield _gauges("maestro_renderers", "Renderer processes.", "state", states)
    bursts = told.get("bursts", {})
    if "live" in bursts:
        yield GaugeMetricFamily("maestro_bursts_live", "Bursts that are under way.", value=bursts["live"])
    yield _gauges("maestro_actor_silent", "Actors that did not answer.", "actor", dict.fromkeys(told["silent"], 1))


def _since_start(told: dict[str, Any]) -> Iterator[Metric]:
    bursts = told.get("bursts", {})
    outcomes = told.get("jobs", {}).get("outcomes", {})
    yield _counters("maestro_job_outcomes", "Jobs of bursts that ended, by outcome.", "outcome", outcomes)
    ended = CounterMetricFamily("maestro_bursts_ended", "Bursts that ended.", labels=("kind", "outcome"))
    for each in bursts.get("ended", ()):
        ended.add_metric([each["kind"], each["outcome"]], each["count"])
    yield ended
    for name, of in (
        ("resumed", "Bursts that this worker went on with."),
        ("daily_runs", "Daily bursts that it began."),
    ):
        if name in bursts:
            yield CounterMetricFamily(f"maestro_bursts_{name}", of, value=bursts[name])
    replaced = told.get("renderers", {}).get("replaced")
    if replaced is not None:
        yield CounterMetricFamily("maestro_renderers_replaced", "Renderer processes that died.", value=replaced)
    for name, of in (("failures", "Pieces of work that failed."), ("retries", "Tries that were made again.")):
        yield _counters(f"maestro_{name}", of, "work", told.get(name, {}))


def _durations(durations: dict[str, Any]) -> Iterator[Metric]:
    renders = HistogramMetricFamily("maestro_render_seconds", "How long renders took.", labels=("makes",))
    for makes, histogram in durations.get("render", {}).items():
        renders.add_metric([makes], *_buckets(histogram))
    yield renders
    for name in ("upload", "painting"):
        if name in durations:
            whole = HistogramMetricFamily(f"maestro_{name}_seconds", f"How long one {name} took.")
            whole.add_metric([], *_buckets(durations[name]))
            yield whole


def _buckets(histogram: dict[str, Any]) -> tuple[list[tuple[str, float]], float]:
    """As Prometheus has them: each counts all that took no longer than its bound."""
    bounds = [*map(str, histogram["bounds"]), "+Inf"]
    return list(zip(bounds, accumulate(histogram["counts"]), strict=True)), histogram["sum"]


def _gauges(name: str, of: str, label: str, values: dict[str, float]) -> Metric:
    family = GaugeMetricFamily(name, of, labels=(label,))
    for value, count in values.items():
        family.add_metric([value], count)
    return family


def _counters(name: str, of: str, label: str, values: dict[str, float]) -> Metric:
    family = CounterMetricFamily(name, of, labels=(label,))
    for value, count in values.items():
        family.add_metric([value], count)
    return family
