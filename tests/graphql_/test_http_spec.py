"""GraphQL over HTTP as a client meets it: methods, media types, statuses, one JSON error for each mistake."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kaigraph.graphql.answers import Answer
from kaigraph.graphql.http import Application, Settings
from tests.graphql_ import foreign
from tests.graphql_.http_server import (
    GRAPHQL_JSON,
    NAMES,
    Response,
    Scripted,
    asked,
    exchange,
    get,
    post,
    request,
    running,
)

JSON = "application/json"
ONE = "query One($id: ID!) { node(id: $id) { id } }"
DONALD = '{"id": "http://example.org/id/donald"}'


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with running(Application(foreign.engine())) as found:
        yield found


def test_post_and_get_say_the_same(port: int) -> None:
    posted = post(port, {"query": ONE, "variables": {"id": "http://example.org/id/donald"}, "operationName": "One"})
    got = get(port, asked(ONE, variables=DONALD, operationName="One", extensions="{}"), accept=GRAPHQL_JSON)
    assert posted.status == got.status == 200
    assert posted.body == got.body
    assert posted.json["data"] == {"node": {"id": "http://example.org/id/donald"}}


def test_head_is_get_without_the_body(port: int) -> None:
    got, head = get(port, asked(NAMES)), get(port, asked(NAMES), "HEAD")
    names = ("content-type", "content-length", "etag", "vary", "cache-control")
    assert {n: head.headers[n] for n in names} == {n: got.headers[n] for n in names}
    assert int(head.headers["content-length"]) == len(got.body) > 0
    assert head.body == b""


def test_empty_parameters_are_none(port: int) -> None:
    found = get(port, "/graphql?query=%7B__typename%7D&variables=&operationName=&extensions=", accept=GRAPHQL_JSON)
    assert found.json["data"] == {"__typename": "Query"}


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL_JSON, GRAPHQL_JSON),
        (f"{GRAPHQL_JSON}; charset=utf-8", GRAPHQL_JSON),
        (f'{JSON}; charset="UTF-8"', JSON),
        (f"{GRAPHQL_JSON}, {JSON};q=0.9", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON};q=0.8, {JSON};q=0.9", JSON),
        (f"{JSON}, {GRAPHQL_JSON}", JSON),
        (f"{GRAPHQL_JSON}, {JSON}", GRAPHQL_JSON),
        (f"*/*, {GRAPHQL_JSON}", GRAPHQL_JSON),
        (f"{JSON};q=0, */*", GRAPHQL_JSON),
        ("APPLICATION/JSON", JSON),
        ("text/html, */*;q=0.1", JSON),
        ("text/html;q=junk, */*", JSON),
        ("text/html, application/xhtml+xml, ;;;, application/json;v=1;q=0.5", JSON),
    ],
)
def test_accept(port: int, accept: str | None, sent: str) -> None:
    found = post(port, {"query": "{ __typename }"}, accept)
    assert found.status == 200
    assert found.headers["content-type"] == f"{sent}; charset=utf-8"
    assert "Accept" in found.headers["vary"].split(", ")


@pytest.mark.parametrize(
    "accept",
    ["text/html", "application/json;q=0", "*/*;q=0", "application/json; charset=euc-kr", "nonsense", "image/*"],
)
def test_what_is_not_acceptable(port: int, accept: str) -> None:
    found = post(port, {"query": "{ __typename }"}, accept)
    assert (found.status, found.code) == (406, "NOT_ACCEPTABLE")


def test_accept_over_several_lines_is_one_list(port: int) -> None:
    lines = b"POST /graphql HTTP/1.1\r\nHost: t\r\nAccept: text/html\r\nAccept: application/json;q=0.5\r\n"
    found = exchange(port, lines + b'Content-Type: application/json\r\nContent-Length: 21\r\n\r\n{"query":"{__type  "}')
    assert found.headers["content-type"].startswith(JSON)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"query": "{"}, 400, "GRAPHQL_PARSE_FAILED"),
        ({"query": ""}, 400, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ nope }"}, 400, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query ($n: Int!) { animals(first: $n) { totalCount } }"}, 400, "BAD_USER_INPUT"),
        ({"query": "mutation { a }"}, 400, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query A { __typename }", "operationName": "B"}, 422, "BAD_USER_INPUT"),
        ({"query": "query A { __typename } query B { __typename }"}, 422, "BAD_USER_INPUT"),
    ],
)
def test_an_operation_that_cannot_run(port: int, body: object, status: int, code: str) -> None:
    new, old = post(port, body), post(port, body, JSON)
    assert (new.status, new.code) == (status, code)
    assert new.headers["content-type"].startswith(GRAPHQL_JSON)
    assert (old.status, old.code) == (200, code)
    assert new.headers["cache-control"] == old.headers["cache-control"] == "no-store"
    assert "data" not in new.json


@pytest.mark.parametrize("accept", [GRAPHQL_JSON, JSON])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"3",
        b"[]",
        b'[{"query": "{ __typename }"}]',
        b"{}",
        b'{"query": null}',
        b'{"query": 1}',
        b'{"qeury": "{ __typename }"}',
        b'{"query": "{ __typename }", "variables": []}',
        b'{"query": "{ __typename }", "variables": "{}"}',
        b'{"query": "{ __typename }", "operationName": 1}',
        b'{"query": "{ __typename }", "extensions": 0}',
        b'{"query": "{ __typename }", "variables": {"a": NaN}}',
        b'{"query": "{ __typename }", "variables": {"a": Infinity}}',
        b'{"query": "{ __typename }", "variables": {"a": 1e999}}',
        b'{"query": "{ __typename }", "variables": {"a": "\xff"}}',
        b'{"query": "{ __typename }", "variables": {"a": "\\ud800"}}',
        b'{"query": "{ __typename }", "variables": {"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
        b'\xef\xbb\xbf{"query": "{ __typename }"}',
        '{"query": "{ __typename }"}'.encode("utf-16"),
    ],
)
def test_what_is_no_request(port: int, body: bytes, accept: str) -> None:
    found = post(port, body, accept)
    assert (found.status, found.code) == (400, "BAD_REQUEST")
    assert found.headers["content-type"].startswith(accept)


def test_a_batch_is_refused_in_plain_words(port: int) -> None:
    found = post(port, [{"query": "{ __typename }"}] * 2)
    assert "batches" in found.json["errors"][0]["message"]


@pytest.mark.parametrize("number", ["12345678901234567890123", "0.5", "-1e-300", "2147483648"])
def test_numbers_that_do_not_fit_are_refused_by_name(port: int, number: str) -> None:
    body = '{"query": "query ($n: Int!) { animals(first: $n) { totalCount } }", "variables": {"n": NUMBER}}'
    found = post(port, body.replace("NUMBER", number).encode())
    assert (found.status, found.code) == (400, "BAD_USER_INPUT")
    assert "$n" in found.json["errors"][0]["message"]


def test_additional_properties_are_ignored(port: int) -> None:
    assert post(port, {"query": "{ __typename }", "id": 7, "doc_id": "x", "extensions": {"a": [1]}}).status == 200


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ("application/json", 200),
        ("Application/JSON ; Charset=UTF-8", 200),
        ('application/json; charset="utf-8"; boundary=x', 200),
        ("application/json; charset=latin1", 415),
        ("application/json; charset=utf-16", 415),
        ("application/graphql", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("text/plain", 415),
        ("", 415),
        ("application/json, application/json", 415),
    ],
)
def test_content_types(port: int, content: str, status: int) -> None:
    found = post(port, {"query": "{ __typename }"}, Content_Type=content)
    assert found.status == status
    if status == 415:
        assert found.code == "UNSUPPORTED_MEDIA_TYPE"
        assert found.headers["accept-post"] == "application/json"


def test_a_post_without_a_content_type(port: int) -> None:
    assert exchange(port, request("POST", "/graphql", body=b"{}")).status == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/graphql", "/health", "/ready", "/metrics"])
def test_methods_that_are_not_answered(port: int, method: str, path: str) -> None:
    found = get(port, path, method)
    assert (found.status, found.code) == (405, "METHOD_NOT_ALLOWED")
    assert found.headers["allow"] == ("GET, HEAD, POST, OPTIONS" if path == "/graphql" else "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("path", ["/", "/graphqlx", "/graphql/", "/%00", "/%ff", "//graphql", "/graphql;x", "/../etc"])
def test_paths_where_nothing_is(port: int, path: str) -> None:
    found = get(port, path)
    assert (found.status, found.code) == (404, "NOT_FOUND")


@pytest.mark.parametrize("accept", [GRAPHQL_JSON, JSON])
@pytest.mark.parametrize(
    ("query", "more"),
    [
        ("mutation { a }", {}),
        ("mutation { __typename }", {}),
        ("query Q { __typename } mutation M { a }", {"operationName": "M"}),
    ],
)
def test_a_mutation_by_get(port: int, query: str, more: dict[str, str], accept: str) -> None:
    found = get(port, asked(query, **more), accept=accept)
    assert (found.status, found.code, found.headers["allow"]) == (405, "METHOD_NOT_ALLOWED", "POST")


@pytest.mark.parametrize("query", ["subscription { a }", "{ mutation }", "mutation { a } mutation { b }", "mutation {"])
def test_what_is_no_mutation_is_no_405(port: int, query: str) -> None:
    assert get(port, asked(query), accept=GRAPHQL_JSON).status in (400, 422)


@pytest.mark.parametrize(
    "target",
    [
        "/graphql",
        "/graphql?",
        "/graphql?query=",
        "/graphql?query=%ff",
        "/graphql?query=%7B__typename%7D&query=%7B__typename%7D",
        "/graphql?query=%7B__typename%7D&variables=%7B",
        "/graphql?query=%7B__typename%7D&variables=[]",
        "/graphql?query=%7B__typename%7D&extensions=1",
        "/graphql?" + "a=1&" * 200 + "query=%7B__typename%7D",
    ],
)
def test_parameters_that_are_no_request(port: int, target: str) -> None:
    found = get(port, target, accept=GRAPHQL_JSON)
    assert (found.status, found.code) == (400, "BAD_REQUEST")


def test_an_address_that_is_too_long(port: int) -> None:
    found = get(port, asked("{ __typename }" + " " * 20_000))
    assert (found.status, found.code) == (414, "URL_TOO_LONG")


def test_options(port: int) -> None:
    for target in ("/graphql", "/health"):
        found = get(port, target, "OPTIONS")
        assert found.status == 204
        assert "GET" in found.headers["allow"]
        assert not [name for name in found.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("given", "is_kept"),
    [("abc-123", True), ("A.b_c~:/+=@9", True), ("x" * 129, False), ("a b", False), ("a\tb", False), ("é", False)],
)
def test_request_ids(port: int, given: str, is_kept: bool) -> None:
    found = get(port, "/health", X_Request_ID=given).headers["x-request-id"]
    assert (found == given) == is_kept
    assert found


def test_request_ids_differ(port: int) -> None:
    assert len({get(port, "/health").headers["x-request-id"] for _ in range(5)}) == 5


@pytest.mark.parametrize("path", ["/graphql?query=%7B__typename%7D", "/health", "/nothing", "/graphql"])
def test_every_response_says_what_it_is_and_not_who_made_it(port: int, path: str) -> None:
    found = get(port, path)
    assert found.headers["x-content-type-options"] == "nosniff"
    assert not {"server", "x-powered-by"} & set(found.headers)


def test_a_store_that_is_loading() -> None:
    loading = Answer(503, b'{"errors":[{"message":"m","extensions":{"code":"STORE_LOADING"}}]}', None, 7)
    with running(Application(Scripted(loading))) as port:
        for found in (post(port, {"query": "{ a }"}), post(port, {"query": "{ a }"}, JSON), get(port, "/ready")):
            assert found.status == 503
            assert found.headers["retry-after"] == "7"
        assert get(port, "/health").status == 200


def test_what_nobody_expected() -> None:
    with running(Application(Scripted(RuntimeError("a secret")))) as port:
        found: Response = post(port, {"query": "{ a }"})
    assert (found.status, found.code) == (500, "INTERNAL")
    assert b"secret" not in found.body


def test_an_answer_that_is_too_large() -> None:
    with running(Application(foreign.engine(), Settings(max_response=200))) as port:
        assert post(port, {"query": "{ __typename }"}).status == 200
        found = post(port, {"query": NAMES})
        assert (found.status, found.code) == (400, "ANSWER_TOO_LARGE")
        assert post(port, {"query": NAMES}, JSON).status == 200
