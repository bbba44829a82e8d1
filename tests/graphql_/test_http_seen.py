"""What operators see: health, readiness, figures and logs; and what they must not see."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families

from kaigraph.graphql.answers import Answer
from kaigraph.graphql.http import Application, Lines, Log
from kaigraph.graphql.http.logs import shown
from tests.graphql_ import foreign
from tests.graphql_.http_server import GRAPHQL_JSON, Response, Scripted, Written, asked, get, post, running

SENT = "s3cr3t-value"
FILTER = f'{{ label: {{ contains: "{SENT}" }}, not: {{ label: {{ contains: $x }} }} }}'
VALUES = f"query Named($x: String) {{ animals(where: {FILTER}) {{ {SENT.replace('-', '_')}: totalCount }} }}"
GIVEN = {"x": SENT}


@pytest.fixture
def port() -> Iterator[int]:
    with running(Application(foreign.engine())) as found:
        yield found


def figures(found: Response) -> dict[str, float]:
    families = text_string_to_metric_families(found.body.decode())
    return {f"{s.name}{sorted(s.labels.values())}": s.value for family in families for s in family.samples}


def test_health_and_readiness(port: int) -> None:
    health, ready = get(port, "/health"), get(port, "/ready")
    assert (health.status, health.json) == (200, {"status": "ok"})
    assert ready.status == 200
    assert ready.json["dataVersion"] == foreign.store().info().version
    assert get(port, "/ready", "HEAD").status == 200


def test_not_ready() -> None:
    away = Answer(
        503, b'{"errors":[{"message":"bolt://u:p@h is away","extensions":{"code":"STORE_UNAVAILABLE"}}]}', None, 2
    )
    with running(Application(Scripted(away))) as port:
        ready, health, seen = get(port, "/ready"), get(port, "/health"), figures(get(port, "/metrics"))
    assert (ready.status, ready.json) == (503, {"status": "not ready", "code": "STORE_UNAVAILABLE"})
    assert ready.headers["retry-after"] == "2"
    assert health.status == 200
    assert seen["kaigraph_ready[]"] == 0
    assert not [name for name in seen if name.startswith("kaigraph_data_info")]


def test_metrics(port: int) -> None:
    before = figures(get(port, "/metrics"))
    post(port, {"query": "{ __typename }"})
    post(port, {"query": "{ nope }"}, "application/json")
    post(port, b"{")
    get(port, "/nothing")
    get(port, "/health", "PROPFIND")
    after = figures(get(port, "/metrics"))

    def grown(name: str) -> float:
        return after.get(name, 0) - before.get(name, 0)

    assert grown("kaigraph_operations_total['OK']") == 1
    assert grown("kaigraph_operations_total['GRAPHQL_VALIDATION_FAILED']") == 1
    assert grown("kaigraph_operation_seconds_count[]") == 2
    assert grown("kaigraph_http_requests_total['200', 'POST', 'graphql']") == 2
    assert grown("kaigraph_http_requests_total['400', 'POST', 'graphql']") == 1
    assert grown("kaigraph_http_requests_total['404', 'GET', 'none']") == 1
    assert grown("kaigraph_http_requests_total['405', 'health', 'other']") == 1
    assert grown("kaigraph_statements_total[]") >= 1
    assert after["kaigraph_http_in_flight[]"] == 1, "this one"
    assert after[f"kaigraph_data_info['{foreign.store().info().version}']"] == 1
    assert after["process_resident_memory_bytes[]"] > 0


def test_figures_of_the_engine() -> None:
    scripted = Scripted(Answer(200, b"{}", "v"))
    counters = scripted.counters
    counters.plan_hits, counters.plan_misses, counters.answer_hits, counters.answer_misses = 1, 2, 3, 4
    counters.statements = 5
    counters.store_errors["STORE_TIMEOUT"] = 6
    with running(Application(scripted)) as port:
        seen = figures(get(port, "/metrics"))
    names = ("plan_cache_hits", "plan_cache_misses", "answer_cache_hits", "answer_cache_misses", "statements")
    assert [seen[f"kaigraph_{name}_total[]"] for name in names] == [1, 2, 3, 4, 5]
    assert seen["kaigraph_store_errors_total['STORE_TIMEOUT']"] == 6


def test_openmetrics(port: int) -> None:
    found = get(port, "/metrics", accept="application/openmetrics-text; version=1.0.0")
    assert found.headers["content-type"].startswith("application/openmetrics-text")
    assert "kaigraph_operations" in {family.name for family in open_metrics(found.body.decode())}  # type: ignore[no-untyped-call]  # it has no types


def talk(port: int) -> None:
    """Send a value in every place that a value can be in."""
    post(port, {"query": VALUES, "variables": GIVEN, "operationName": "Named"})
    post(port, {"query": VALUES, "variables": GIVEN, "operationName": SENT.replace("-", "_")})
    post(port, {"query": VALUES.replace("totalCount", "nope"), "operationName": "Named"})
    post(port, {"query": "query ($n: Int) { animals(first: $n) { totalCount } }", "variables": {"n": SENT}})
    post(port, {"query": "{ __typename }", "extensions": {"a": SENT}}, **{"X-Custom": SENT})
    post(port, SENT.encode())
    post(port, {"query": "{ __typename }"}, Accept=SENT, Content_Type=SENT)
    post(port, {"query": "{ __typename }"}, Content_Encoding=SENT, X_Request_ID=f"{SENT} ")
    get(port, asked(VALUES, variables=f'{{"x": "{SENT}"}}', operationName=SENT), accept=GRAPHQL_JSON)
    get(port, f"/health?{SENT}")
    get(port, f"/graphql?query=%7Ba%7D&other={SENT}")
    get(port, "/graphql?query=" + quote(SENT), Authorization=SENT, Cookie=SENT)


@pytest.mark.parametrize("form", ["plain", "json"])
def test_no_value_is_logged(form: str) -> None:
    written = Written("json" if form == "json" else "plain")
    log = written.log()
    with running(Application(foreign.engine(), log=log), log) as port:
        talk(port)
    assert written.text.count("\n") == 12
    assert not re.search("s3cr3t|contains|totalCount", written.text)
    assert "operation=Named" in written.text or '"operation":"Named"' in written.text


def test_what_a_line_says() -> None:
    written = Written("json")
    log = written.log()
    with running(Application(foreign.engine(), log=log), log) as port:
        size = len(post(port, {"query": VALUES, "variables": GIVEN, "operationName": "Named"}, X_Request_ID="abc").body)
        post(port, {"query": "{ nope }"})
    first, second = written.events("request")
    assert first.pop("ms") > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", first.pop("time"))
    assert first == {
        "event": "request", "id": "abc", "method": "POST", "path": "/graphql", "status": 200, "bytes": size,
        "operation": "Named",
    }  # fmt: skip
    assert second["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert "operation" not in second


def test_an_error_that_nobody_expected_is_logged_by_its_place() -> None:
    written = Written("json")
    log = written.log()
    with running(Application(Scripted(RuntimeError(SENT)), log=log), log) as port:
        found = post(port, {"query": "{ a }"})
    (error,) = written.events("error")
    assert error["id"] == found.headers["x-request-id"]
    assert error["error"] == "RuntimeError"
    assert any("answer_async" in place for place in error["at"])
    assert SENT not in written.text


def test_a_log_without_requests_has_errors() -> None:
    taken: list[bytes] = []
    log = Log("json", Lines(taken.append), has_requests=False)
    with running(Application(Scripted(RuntimeError()), log=log), log) as port:
        post(port, {"query": "{ a }"})
    assert [json.loads(line)["event"] for line in b"".join(taken).splitlines()] == ["error"]


@given(st.text())
def test_no_path_breaks_a_line(path: str) -> None:
    assert shown(path).isprintable()
    assert len(shown(path)) <= 12 * 201


@given(st.lists(st.text(), max_size=3))
def test_no_path_makes_two_lines_of_one(paths: list[str]) -> None:
    taken: list[bytes] = []
    lines = Lines(taken.append)
    log = Log("plain", lines)
    for path in paths:
        log.request({"path": shown(path)})
    lines.close()
    assert b"".join(taken).decode().count("\n") == len(paths)


def test_a_log_that_nobody_reads_costs_lines_and_no_time() -> None:
    gate, taken = threading.Event(), list[bytes]()

    def stuck(data: bytes) -> None:
        gate.wait()
        taken.append(data)

    lines = Lines(stuck, waiting=5)
    for number in range(1000):
        lines.put(b"%d" % number)
    gate.set()
    lines.close()
    text = b"".join(taken).decode().splitlines()
    dropped = [int(line.split()[0]) for line in text if "dropped" in line]
    assert sum(dropped) == 1000 - (len(text) - len(dropped))
    assert text[0] == "0"


def test_a_log_whose_stream_is_closed() -> None:
    def closed(_: bytes) -> None:
        raise BrokenPipeError

    lines = Lines(closed)
    lines.put(b"x")
    lines.close()


def test_plain_lines_are_for_people() -> None:
    taken: list[bytes] = []
    log = Log("plain", Lines(taken.append))
    log.request({"id": "i", "method": "GET", "path": "/graphql", "status": 200})
    log.close()
    assert re.fullmatch(r"\S+Z request id=i method=GET path=/graphql status=200\n", b"".join(taken).decode())


def test_json_lines_are_json() -> None:
    written = Written("json")
    log = written.log()
    log.request({"path": 'a"b\n'})
    log.close()
    assert json.loads(written.text)["path"] == 'a"b\n'
