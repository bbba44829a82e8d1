"""OpenTelemetry spans around an engine and its server: request → operation → plan → statement.

No value and no text of an operation or a statement is in a span. This module needs the extra `otel`; nothing imports it
unless spans are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from opentelemetry import trace
from opentelemetry.propagate import extract
from opentelemetry.trace import Span, SpanKind, Status, StatusCode

from kaigraph.graphql.answering import Answering
from kaigraph.graphql.answers import Answer
from kaigraph.graphql.engine import Engine, Operation, Prepared
from kaigraph.graphql.http.application import Application
from kaigraph.graphql.http.asgi import Receive, Scope, Send
from kaigraph.graphql.http.operation import name_of
from kaigraph.graphql.http.retry import code_of

_TRACER = trace.get_tracer("kaigraph")
_OK, _SERVER = 200, 500


def _span(name: str) -> AbstractContextManager[Span]:
    """A span within the present one. Of an exception it records nothing: messages may hold values."""
    return _TRACER.start_as_current_span(name, record_exception=False, set_status_on_exception=False)


class TracedEngine(Engine):
    """An engine with a span for each operation, and in it one for its plan."""

    async def answer_async(self, request: Operation) -> Answer:
        """The answer to a request."""
        with _span("operation") as span:
            answer = await super().answer_async(request)
            span.set_attribute("graphql.operation.type", "query")
            if name := name_of(request):
                span.set_attribute("graphql.operation.name", name)
            if answer.status != _OK:
                span.set_attribute("error.type", code_of(answer.body))
                span.set_status(Status(StatusCode.ERROR))
            return answer

    def prepare(self, request: Operation) -> tuple[Prepared, Mapping[str, object]]:
        """The plan and statement for a request, and its coerced variables.

        Raises:
            BadOperation: it cannot be planned.
        """
        known = self.counters.plan_hits
        with _span("plan") as span:
            found = super().prepare(request)
            span.set_attribute("kaigraph.plan.cached", self.counters.plan_hits > known)
            return found


class TracedStore:
    """A store with a span for each statement."""

    def __init__(self, store: Answering) -> None:
        """Take the store that answers."""
        self._store = store
        self.waits = store.waits
        self.compile = store.compile
        self.is_still = store.is_still
        self.close_async = store.close_async

    def run(self, statement: str, params: Sequence[object], known: str | None = None) -> tuple[bytes | None, str]:
        """The JSON of `data`, and the data version that it was read at."""
        with _span("statement"):
            return self._store.run(statement, params, known)

    async def run_async(
        self, statement: str, params: Sequence[object], known: str | None = None
    ) -> tuple[bytes | None, str]:
        """The same, within an event loop."""
        with _span("statement"):
            return await self._store.run_async(statement, params, known)


class TracedApplication:
    """An ASGI application with a span for each request, below the client's own where it names one (`traceparent`)."""

    def __init__(self, application: Application) -> None:
        """Take the application."""
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection event."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        given = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        with _TRACER.start_as_current_span(
            scope["method"], extract(given), SpanKind.SERVER, record_exception=False, set_status_on_exception=False
        ) as span:

            async def sent(message: MutableMapping[str, Any]) -> None:
                if message["type"] == "http.response.start":
                    _note(span, scope["method"], message["status"])
                await send(message)

            await self._application(scope, receive, sent)


def _note(span: Span, method: str, status: int) -> None:
    span.set_attributes({"http.request.method": method, "http.response.status_code": status})
    if status >= _SERVER:
        span.set_status(Status(StatusCode.ERROR))
