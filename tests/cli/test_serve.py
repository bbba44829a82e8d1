"""The server as a client meets it: a real process, a real port."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kaigraph.cli.serve import _listen
from tests.cli.command import kaigraph

ROOT = Path(__file__).parent.parent.parent
FOREIGN = [
    "--ontology", "tests/foreign/ontology.ttl", "--shapes", "tests/foreign/shapes.ttl",
    "--data", "tests/foreign/data.ttl",
]  # fmt: skip


def start(*options: str, **environment: str) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "kaigraph.cli.main", "serve", "--port", "0", *FOREIGN, *options],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://\S+/graphql", line)
    assert found, line
    return process, found[0]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    process, found = start()
    yield found
    process.terminate()
    assert process.wait(20) == 0


def post(url: str, body: bytes, headers: dict[str, str] | None = None, method: str = "POST") -> tuple[int, Any, Any]:
    request = urllib.request.Request(url, body, headers or {"Content-Type": "application/json"}, method=method)  # noqa: S310  # our own server
    try:
        with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310  # our own server
            return response.status, json.load(response), response.headers
    except urllib.error.HTTPError as error:
        return error.code, json.load(error), error.headers


def ask(url: str, query: object, accept: str = "application/json", **more: object) -> tuple[int, Any]:
    headers = {"Content-Type": "application/json", "Accept": accept}
    status, body, _ = post(url, json.dumps({"query": query, **more}).encode(), headers)
    return status, body


def test_an_answer(url: str) -> None:
    query = "query ($n: Int) { animals(first: $n) { totalCount nodes { id } } }"
    status, body = ask(url, query, variables={"n": 1})
    assert status == 200
    assert len(body["data"]["animals"]["nodes"]) == 1
    assert re.fullmatch("[0-9a-f]{64}", body["extensions"]["dataVersion"])


@pytest.mark.parametrize("query", ["{ nope }", "{", "{ animals(first: -1) { totalCount } }"])
def test_a_client_mistake_has_a_status_where_the_media_type_has_one(url: str, query: str) -> None:
    assert ask(url, query)[0] == 200
    status, body = ask(url, query, "application/graphql-response+json")
    assert status == 400
    assert body["errors"][0]["extensions"]["code"]


@pytest.mark.parametrize(
    ("body", "headers", "method", "status"),
    [
        (b"{", None, "POST", 400),
        (b"[]", None, "POST", 400),
        (b"{}", None, "POST", 400),
        (b'{"query": 1}', None, "POST", 400),
        (b'{"query": "{a}", "variables": []}', None, "POST", 400),
        (b'{"query": "{a}", "operationName": 1}', None, "POST", 400),
        (b"\xff", None, "POST", 400),
        (b"{}", {"Content-Type": "text/plain"}, "POST", 415),
        (b"{}", None, "PUT", 405),
        (b'{"query": "' + b" " * 1_000_001 + b'"}', None, "POST", 413),
    ],
)
def test_what_is_no_request(url: str, body: bytes, headers: dict[str, str] | None, method: str, status: int) -> None:
    found, answer, sent = post(url, body, headers, method)
    assert found == status
    assert answer["errors"][0]["message"]
    assert (sent["Allow"] == "GET, HEAD, POST, OPTIONS") == (status == 405)


def test_another_path(url: str) -> None:
    assert get(url + "x")[0] == 404


def get(url: str, accept: str = "*/*", **more: str) -> tuple[int, bytes, Any]:
    headers = {"Accept": accept} | {name.replace("_", "-"): value for name, value in more.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as response:  # noqa: S310  # our own server
            return response.status, response.read(), response.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read(), error.headers


def test_browsers_get_a_page_and_its_files(url: str) -> None:
    status, body, headers = get(url, "text/html,*/*;q=0.8")
    assert (status, headers.get_content_type()) == (200, "text/html")
    assert "Accept" in headers["Vary"].split(", ")
    for name in re.findall(r'(?:src|href)="(assets/[^"]+)"', body.decode()):
        assert get(url.replace("graphql", name))[0] == 200
    assert get(url.replace("graphql", "assets/none.js"))[0] == 404
    assert get(url)[0] == 400, "nobody else asked for a page"


def test_nodes_have_paths(url: str) -> None:
    donald = url.replace("graphql", "resource?iri=http%3A%2F%2Fexample.org%2Fid%2Fdonald")
    status, turtle, headers = get(donald, "text/turtle")
    assert (status, headers.get_content_type()) == (200, "text/turtle")
    assert b"Donald" in turtle
    assert get(donald, "text/turtle", If_None_Match=headers["ETag"])[0] == 304
    assert get(donald, "application/ld+json")[2].get_content_type() == "application/ld+json"
    assert get(donald.replace("donald", "nobody"))[0] == 404
    assert get(donald, "image/png")[0] == 406


def test_health(url: str) -> None:
    version = json.loads(get(url.replace("graphql", "ready"))[1])["dataVersion"]
    assert f'kaigraph_data_info{{version="{version}"}} 1.0'.encode() in get(url.replace("graphql", "metrics"))[1]
    assert get(url.replace("graphql", "health"))[0] == 200


def test_options() -> None:
    limits = ("--max-request", "200", "--max-response", "300", "--log", "json")
    process, url = start("--cors", "https://a.example", "https://b.example", *limits)
    assert post(url, b" " * 201)[0] == 413
    query = 'query Named { animals(where: { label: { contains: "s3cr3t" } }) { totalCount } }'
    assert ask(url, query)[0] == 200
    assert ask(url, "{ __schema { types { name } } }")[1]["errors"][0]["extensions"]["code"] == "ANSWER_TOO_LARGE"
    found = get(url, Origin="https://b.example")[2]
    assert found["Access-Control-Allow-Origin"] == "https://b.example"
    process.terminate()
    assert process.wait(20) == 0
    assert process.stderr is not None
    written = process.stderr.read()
    lines = [json.loads(line) for line in written.splitlines()]
    assert [line["status"] for line in lines] == [413, 200, 200, 400]
    assert lines[1]["operation"] == "Named"
    assert "s3cr3t" not in written


def test_spans_on_the_console() -> None:
    process, url = start("--otel", "--log", "off", OTEL_TRACES_EXPORTER="console")
    ask(url, "{ __typename }")
    process.terminate()
    out, err = process.communicate(timeout=20)
    assert set(re.findall(r'"name": "(\w+)"', out)) == {"POST", "operation", "plan", "statement"}
    assert err == ""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--cors", "example.org"], "origin"),
        (["--cors", "https://example.org/path"], "origin"),
        (["--max-request", "0"], "--max-request"),
        (["--max-response", "-1"], "--max-response"),
        (["--max-request", "many"], "--max-request"),
        (["--log", "xml"], "--log"),
    ],
)
def test_options_that_cannot_be_meant(options: list[str], said: str) -> None:
    ran = kaigraph("serve", "--port", "0", *options)
    assert ran.code == 2
    assert said in ran.err


def test_an_exporter_that_there_is_none_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", "smoke")
    ran = kaigraph("serve", "--port", "0", "--otel", *FOREIGN)
    assert ran.code == 2
    assert "otlp or console" in ran.err


def test_answers_in_two_writes_do_not_wait_for_each_other() -> None:
    with _listen("127.0.0.1", 0) as listener:
        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_variables_that_do_not_fit(url: str) -> None:
    query = "query ($n: Int!) { animals(first: $n) { totalCount } }"
    for variables in ({}, {"n": "one"}, {"n": None}, {"n": 2**40}):
        status, body = ask(url, query, "application/graphql-response+json", variables=variables)
        assert status == 400
        assert "$n" in body["errors"][0]["message"]


def test_introspection_and_data_in_one_operation(url: str) -> None:
    _, body = ask(
        url, '{ __schema { queryType { name } } animals { totalCount } again: __type(name: "Query") { name } }'
    )
    assert list(body["data"]) == ["__schema", "animals", "again"]


def test_a_port_in_use() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = subprocess.run(
            [sys.executable, "-m", "kaigraph.cli.main", "serve", "--port", port, *FOREIGN],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    assert ran.returncode == 2
    assert port in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly(number: signal.Signals) -> None:
    process, _ = start()
    process.send_signal(number)
    assert process.wait(20) == 0
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
