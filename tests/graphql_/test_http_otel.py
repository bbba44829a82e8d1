"""Spans: request → operation → plan → statement, and no value in any of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.http import Application
from kaigraph.graphql.http.otel import TracedApplication, TracedEngine, TracedStore
from kaigraph.graphql.schema import build_schema
from tests.graphql_ import foreign
from tests.graphql_.http_server import post, running

SENT = "s3cr3t"
NAMED = "query Named($x: String!) { animals(where: { label: { contains: $x } }) { totalCount } }"
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

_EXPORTER = InMemorySpanExporter()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(_EXPORTER))
    trace.set_tracer_provider(provider)
    model = foreign.prepared().model
    api = derive_api(model)
    engine = TracedEngine(model, api, build_schema(api)._schema, TracedStore(Embedded(foreign.store())), 1_000_000)
    with running(TracedApplication(Application(engine))) as found:
        yield found


def spans(port: int, body: object, **headers: str) -> dict[str, ReadableSpan]:
    _EXPORTER.clear()
    post(port, body, **headers)
    found: Sequence[ReadableSpan] = _EXPORTER.get_finished_spans()
    for span in found:
        assert SENT not in span.to_json()
        assert "contains" not in span.to_json()
    by_name = {span.name: span for span in found}
    assert len(by_name) == len(found)
    return by_name


def parent(span: ReadableSpan) -> int:
    assert span.parent is not None
    return span.parent.span_id


def own(span: ReadableSpan) -> int:
    context = span.get_span_context()
    assert context is not None
    return context.span_id


def test_one_operation(port: int) -> None:
    body = {"query": NAMED, "variables": {"x": SENT}, "operationName": "Named"}
    found = spans(port, body, Traceparent=PARENT)
    assert set(found) == {"POST", "operation", "plan", "statement"}
    assert parent(found["POST"]) == 0xB7AD6B7169203331
    assert parent(found["operation"]) == own(found["POST"])
    assert parent(found["plan"]) == parent(found["statement"]) == own(found["operation"])
    assert dict(found["operation"].attributes or {}) == {
        "graphql.operation.type": "query",
        "graphql.operation.name": "Named",
    }
    assert dict(found["plan"].attributes or {}) == {"kaigraph.plan.cached": False}
    assert dict(found["POST"].attributes or {})["http.response.status_code"] == 200


def test_the_next_one_is_planned_already_and_the_one_after_it_answered(port: int) -> None:
    other = {"query": NAMED, "variables": {"x": SENT + "2"}}
    spans(port, other)
    assert dict(spans(port, {"query": NAMED, "variables": {"x": "z"}})["plan"].attributes or {})["kaigraph.plan.cached"]
    spans(port, other)
    assert set(spans(port, other)) == {"POST", "operation"}, "an answer is kept by the second time, whatever the policy"


def test_an_operation_that_is_refused(port: int) -> None:
    found = spans(port, {"query": "{ " + SENT + " }"})
    attributes = dict(found["operation"].attributes or {})
    assert attributes["error.type"] == "GRAPHQL_VALIDATION_FAILED"
    assert not found["operation"].status.is_ok
    assert not found["plan"].events


def test_a_request_that_is_no_operation(port: int) -> None:
    assert set(spans(port, SENT.encode())) == {"POST"}
