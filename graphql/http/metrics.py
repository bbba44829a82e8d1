"""Figures for Prometheus, kept per process and read at /metrics."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder

from kaigraph.graphql.http.answerer import Answerer

#: From a cached answer to the longest that a statement may take.
_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"}


class Metrics:
    """Counts what the server does. Labels have few values each; none comes from outside."""

    def __init__(self, engine: Answerer) -> None:
        """Take the engine whose figures are shown beside."""
        disable_created_metrics()  # type: ignore[no-untyped-call]  # prometheus-client types only a part of itself
        self.registry = registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=registry)
        registry.register(_OfEngine(engine))
        self.in_flight = 0
        gauge = Gauge("kaigraph_http_in_flight", "Requests that are being answered", registry=registry)
        gauge.set_function(lambda: self.in_flight)
        self._requests = Counter(
            "kaigraph_http_requests", "Requests answered", ("route", "method", "status"), registry=registry
        )
        self._operations = Counter(
            "kaigraph_operations",
            "Operations answered, by the error's code, or OK",
            ("code",),
            registry=registry,
        )
        self._seconds = Histogram(
            "kaigraph_operation_seconds", "Time to an operation's answer", registry=registry, buckets=_SECONDS
        )
        self._data = _Data()
        registry.register(self._data)
        self._known: dict[tuple[str, str, int], Counter] = {}
        self._codes: dict[str, Counter] = {}

    def request(self, route: str, method: str, status: int) -> None:
        """Count a request that was answered."""
        key = (route, method if method in _METHODS else "other", status)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._requests.labels(key[0], key[1], str(status))
        found.inc()

    def operation(self, code: str, seconds: float) -> None:
        """Count an operation that was answered."""
        found = self._codes.get(code)
        if found is None:
            found = self._codes[code] = self._operations.labels(code or "OK")
        found.inc()
        self._seconds.observe(seconds)

    def exposition(self, accept: str, version: str | None) -> tuple[bytes, bytes]:
        """All figures as text, with its media type.

        Args:
            accept: the value of `Accept`: Prometheus' own format, or OpenMetrics.
            version: that of the data, None where the store cannot tell.
        """
        self._data.version = version
        encode, media = choose_encoder(accept)
        text: bytes = encode(self.registry)
        return text, media.encode()


class _Data:
    """What is known of the data at the moment of a scrape."""

    version: str | None = None

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("kaigraph_ready", "Whether the store answers", value=float(self.version is not None))
        info = GaugeMetricFamily("kaigraph_data_info", "The version of the data", labels=("version",))
        if self.version is not None:
            info.add_metric((self.version,), 1.0)
        yield info


class _OfEngine:
    """The engine's own counters, read when asked."""

    def __init__(self, engine: Answerer) -> None:
        self._engine = engine

    def collect(self) -> Iterator[Metric]:
        found = self._engine.counters
        for name, text, value in (
            ("plan_cache_hits", "Operations whose plan was cached", found.plan_hits),
            ("plan_cache_misses", "Operations that were planned", found.plan_misses),
            ("answer_cache_hits", "Operations whose answer was cached", found.answer_hits),
            ("answer_cache_misses", "Operations that the store answered", found.answer_misses),
            ("statements", "Statements sent to the store", found.statements),
        ):
            yield CounterMetricFamily(f"kaigraph_{name}", text, value=value)
        errors = CounterMetricFamily("kaigraph_store_errors", "Errors of the store, by code", labels=("code",))
        for code, number in sorted(found.store_errors.items()):
            errors.add_metric((code,), number)
        yield errors
