"""The server as a client meets it: a real process, a real port."""

from __future__ import annotations

import json
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

ROOT = Path(__file__).parent.parent.parent
FOREIGN = [
    "--ontology", "tests/foreign/ontology.ttl", "--shapes", "tests/foreign/shapes.ttl",
    "--data", "tests/foreign/data.ttl",
]  # fmt: skip


def start() -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "kaigraph.cli.main", "serve", "--port", "0", *FOREIGN],
        cwd=ROOT,
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
    assert (sent["Allow"] == "POST") == (status == 405)


def test_another_path(url: str) -> None:
    assert post(url + "x", b"{}")[0] == 404


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
