"""`kaigraph serve --otel` sends its spans to a collector over HTTP: what arrives, and with no value in it."""

from __future__ import annotations

import http.server
import json
import os
import re
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

ROOT = Path(__file__).parents[2]
DOMAIN = [f"--{what}=tests/foreign/{what}.ttl" for what in ("ontology", "shapes", "data")]
SECRET = "s3cr3t-v4lue"  # noqa: S105  # only looks like one
QUERY = "query Named($x: String!) { animals(where: { label: { contains: $x } }) { totalCount } }"
TRACE, CALLER = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


class Collector(http.server.ThreadingHTTPServer):
    """Takes what a server exports, as it came."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Received)
        self.bodies: list[tuple[str, bytes]] = []


class Received(http.server.BaseHTTPRequestHandler):
    """One export."""

    server: Collector

    def do_POST(self) -> None:  # the name that the library calls
        assert self.headers["Content-Type"] == "application/x-protobuf"
        self.server.bodies.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as above
        """Nothing."""


@contextmanager
def collecting() -> Iterator[Collector]:
    collector = Collector()
    thread = threading.Thread(target=collector.serve_forever)
    thread.start()
    try:
        yield collector
    finally:
        collector.shutdown()
        thread.join()
        collector.server_close()


def told(collector: Collector) -> None:
    """Have a server asked once, and ended: what waits leaves at its end."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OTEL_")}
    environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = f"http://127.0.0.1:{collector.server_address[1]}"
    words = [sys.executable, "-m", "kaigraph.cli.main", "serve", "--port", "0", "--otel", *DOMAIN]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+/graphql", process.stdout.readline())
            assert found
            body = json.dumps({"query": QUERY, "variables": {"x": SECRET}, "operationName": "Named"}).encode()
            headers = {"Content-Type": "application/json", "traceparent": f"00-{TRACE}-{CALLER}-01"}
            request = urllib.request.Request(found[0], body, headers)  # noqa: S310  # our own server
            with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310  # as above
                assert json.load(response)["data"] == {"animals": {"totalCount": 0}}
        finally:
            process.terminate()
        assert process.wait(30) == 0
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


def test_a_collector_gets_the_spans_of_an_operation() -> None:
    with collecting() as collector:
        told(collector)
    assert {path for path, _ in collector.bodies} == {"/v1/traces"}
    spans: dict[str, Span] = {}
    for _, body in collector.bodies:
        assert SECRET.encode() not in body
        assert b"contains" not in body
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            names = {a.key: a.value.string_value for a in resource.resource.attributes}
            assert names["service.name"] == "kaigraph"
            spans |= {span.name: span for scope in resource.scope_spans for span in scope.spans}
    assert set(spans) == {"POST", "operation", "plan", "statement"}
    assert {span.trace_id.hex() for span in spans.values()} == {TRACE}
    assert spans["POST"].parent_span_id.hex() == CALLER
    assert spans["operation"].parent_span_id == spans["POST"].span_id
    assert spans["plan"].parent_span_id == spans["statement"].parent_span_id == spans["operation"].span_id
    named = {a.key: a.value.string_value for a in spans["operation"].attributes}
    assert named == {"graphql.operation.type": "query", "graphql.operation.name": "Named"}
    assert all(span.start_time_unix_nano <= span.end_time_unix_nano for span in spans.values())
