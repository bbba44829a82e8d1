"""`--otel`: where spans go."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kaigraph.graphql.http import Application
from kaigraph.graphql.http.running import Served
from kaigraph.ontology.errors import BadUse

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter

_EXPORTER, _SERVICE = "OTEL_TRACES_EXPORTER", "OTEL_SERVICE_NAME"


@contextmanager
def spans(is_wanted: bool) -> Iterator[None]:
    """Have spans sent while this lasts, as the environment says; those that wait leave at its end.

    Raises:
        BadUse: the extra `otel` is not installed, or the environment names an exporter that there is none of.
    """
    if not is_wanted:
        yield
        return
    try:
        from opentelemetry import trace
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        exporter = _exporter(os.environ.get(_EXPORTER, "otlp"))
    except ImportError as error:
        raise BadUse("--otel needs packages that are not here", hint="pip install 'kaigraph[otel]'") from error
    provider = TracerProvider(resource=Resource.create({} if _SERVICE in os.environ else {"service.name": "kaigraph"}))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    try:
        yield
    finally:
        provider.shutdown()


def traced(application: Application) -> Served:
    """An application with a span for each request."""
    from kaigraph.graphql.http.otel import TracedApplication

    return TracedApplication(application)


def _exporter(name: str) -> SpanExporter:
    if name == "otlp":
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        return OTLPSpanExporter()
    if name == "console":
        from opentelemetry.sdk.trace.export import ConsoleSpanExporter

        return ConsoleSpanExporter()
    raise BadUse(f"{_EXPORTER} is {name!r}", hint="it can be otlp or console")
