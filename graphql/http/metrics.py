"""Figures for Prometheus, kept per process as plain numbers, and made into its form when /metrics is read."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from math import inf

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.utils import floatToGoString

from kaigraph.graphql.http.answerer import Answerer

#: From a cached answer to the longest that a statement may take.
_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_LABELS = ("route", "method", "status")
_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"}


class Metrics:
    """Counts what the server does. Labels have few values each; none comes from outside."""

    def __init__(self, engine: Answerer) -> None:
        """Take the engine whose figures are shown beside."""
        self.registry = registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=registry)
        registry.register(_OfEngine(engine))
        self.in_flight = 0
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._operations: Counter[str] = Counter()
        self._buckets = [0] * (len(_SECONDS) + 1)
        self._seconds = 0.0
        registry.register(self)
        self._data = _Data()
        registry.register(self._data)

    def request(self, route: str, method: str, status: int) -> None:
        """Count a request that was answered."""
        self._requests[route, method if method in _METHODS else "other", status] += 1

    def operation(self, code: str, seconds: float) -> None:
        """Count an operation that was answered."""
        self._operations[code] += 1
        self._buckets[bisect_left(_SECONDS, seconds)] += 1
        self._seconds += seconds

    def collect(self) -> Iterator[Metric]:
        """What was counted, as Prometheus wants it."""
        yield GaugeMetricFamily("kaigraph_http_in_flight", "Requests that are being answered", value=self.in_flight)
        requests = CounterMetricFamily("kaigraph_http_requests", "Requests answered", labels=_LABELS)
        for (route, method, status), number in self._requests.items():
            requests.add_metric((route, method, str(status)), number)
        yield requests
        text = "Operations answered, by the error's code, or OK"
        operations = CounterMetricFamily("kaigraph_operations", text, labels=("code",))
        for code, number in self._operations.items():
            operations.add_metric((code or "OK",), number)
        yield operations
        names = [floatToGoString(n) for n in (*_SECONDS, inf)]  # type: ignore[no-untyped-call]  # typed only in part
        buckets = [*zip(names, accumulate(self._buckets), strict=True)]
        text = "Time to an operation's answer"
        yield HistogramMetricFamily("kaigraph_operation_seconds", text, buckets=buckets, sum_value=self._seconds)

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
