"""Tags, 304, compression, and who may read: what is between an answer and its bytes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # it has no types
import pytest

from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine
from kaigraph.graphql.http import Application, Settings
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.pipeline import Inputs, prepare
from kaigraph.loaders.sqlite.store import open_store
from tests.graphql_ import foreign
from tests.graphql_.http_server import GRAPHQL_JSON, NAMES, asked, exchange, get, post, request, running

LONG = "{ animals { nodes { id iri label classes facts { property value } } } }"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with running(Application(foreign.engine())) as found:
        yield found


@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
@pytest.mark.parametrize("accept", [GRAPHQL_JSON, "application/json"])
def test_what_a_client_has_is_not_sent_again(port: int, accept: str, coding: str) -> None:
    first = get(port, asked(LONG), accept=accept, accept_encoding=coding)
    again = get(port, asked(LONG), accept=accept, accept_encoding=coding, if_none_match=first.headers["etag"])
    assert (first.status, again.status, again.body) == (200, 304, b"")
    for name in ("etag", "cache-control", "vary"):
        assert again.headers[name] == first.headers[name]
    assert "content-type" not in again.headers
    assert first.headers["cache-control"] == "no-cache"


def test_each_representation_has_a_strong_tag_of_its_own(port: int) -> None:
    tags = [
        get(port, asked(query), accept=accept, accept_encoding=coding).headers["etag"]
        for query in (LONG, NAMES)
        for accept in (GRAPHQL_JSON, "application/json")
        for coding in ("gzip", "br", "identity")
        if query == LONG or coding == "identity"
    ]
    assert len(set(tags)) == len(tags)
    assert not [tag for tag in tags if tag.startswith("W/")]


@pytest.mark.parametrize(
    ("form", "status"), [("W/{}", 304), ('"a", {}', 304), ("*", 304), ('"x"', 200), ("{}x", 304), ("", 200)]
)
def test_how_a_tag_comes_back(port: int, form: str, status: int) -> None:
    tag = get(port, asked(NAMES)).headers["etag"]
    assert get(port, asked(NAMES), if_none_match=form.format(tag)).status == status


def test_variables_and_names_are_in_the_address(port: int) -> None:
    query = "query A($n: Int) { animals(first: $n) { nodes { id } } }"
    tags = {get(port, asked(query, variables=json.dumps({"n": n}))).headers["etag"] for n in (1, 2, 3)}
    assert len(tags) == 3


def test_post_and_errors_are_kept_by_nobody(port: int) -> None:
    for found in (
        post(port, {"query": NAMES}),
        get(port, asked("{ nope }")),
        get(port, "/health"),
        get(port, "/metrics"),
    ):
        assert found.headers["cache-control"] == "no-store"
        assert "etag" not in found.headers
    assert post(port, {"query": NAMES}, If_None_Match="*").status == 200


def test_a_load_changes_every_tag(tmp_path: Path) -> None:
    """The store is loaded with less by another connection, between two requests."""
    folder = foreign.FOLDER
    prepared = prepare(Inputs((folder / "ontology.ttl",), (folder / "shapes.ttl",), (folder / "data.ttl",)))
    less = tmp_path / "less.ttl"
    less.write_text((folder / "data.ttl").read_text().replace('"Wanda"@en', '"Wanda II"@en'))
    other = prepare(Inputs((folder / "ontology.ttl",), (folder / "shapes.ttl",), (less,)))
    writer = open_store(str(tmp_path / "graph.kai"), prepared.model, "write")
    writer.load(prepared.resolved)
    reader = open_store(str(tmp_path / "graph.kai"), prepared.model)
    api = derive_api(prepared.model)
    engine = Engine(prepared.model, api, build_schema(api)._schema, Embedded(reader), 10_000_000)
    with running(Application(engine)) as found:
        for query in (NAMES, "{ __typename }"):
            tag = get(found, asked(query)).headers["etag"]
            assert get(found, asked(query), if_none_match=tag).status == 304
            writer.load(other.resolved if query == NAMES else prepared.resolved)
            assert get(found, asked(query), if_none_match=tag).status == 200
    for store in (reader, writer):
        store.close()


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("gzip;q=0.5, br;q=0.4", "gzip"),
        ("identity, gzip;q=0.5", None),
        ("br;q=0, gzip;q=0", None),
        ("identity;q=0", None),
        ("deflate", None),
        ("", None),
        ("gzip;q=2", None),
    ],
)
def test_codings(port: int, accept: str, coding: str | None) -> None:
    plain = post(port, {"query": LONG})
    found = post(port, {"query": LONG}, Accept_Encoding=accept)
    assert found.headers.get("content-encoding") == coding
    assert "Accept-Encoding" in found.headers["vary"]
    read = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}[coding]
    assert read(found.body) == plain.body
    assert len(plain.body) > 1_200
    assert coding is None or len(found.body) < len(plain.body) / 2


def test_small_answers_are_not_compressed(port: int) -> None:
    assert "content-encoding" not in post(port, {"query": "{ __typename }"}, Accept_Encoding="gzip, br").headers


def test_introspection_is_compressed_beside_the_event_loop(port: int) -> None:
    found = post(
        port, {"query": "{ __schema { types { name description fields { name description } } } }"}, Accept_Encoding="br"
    )
    assert len(json.loads(brotli.decompress(found.body))["data"]["__schema"]["types"]) > 50


def compressed(port: int, body: bytes, coding: str = "gzip") -> tuple[int, str]:
    found = post(port, body, Content_Encoding=coding)
    return found.status, "" if found.status == 200 else found.code


def test_requests_in_gzip(port: int) -> None:
    ask = json.dumps({"query": "{ __typename }"}).encode()
    assert compressed(port, gzip.compress(ask)) == (200, "")
    assert compressed(port, gzip.compress(ask), "X-GZIP") == (200, "")
    assert compressed(port, ask, "identity") == (200, "")
    assert compressed(port, ask) == (400, "BAD_REQUEST")
    assert compressed(port, gzip.compress(ask)[:-3]) == (400, "BAD_REQUEST")
    assert compressed(port, gzip.compress(ask) + b"more") == (400, "BAD_REQUEST")
    assert compressed(port, b"") == (400, "BAD_REQUEST")


@pytest.mark.parametrize("coding", ["br", "deflate", "zstd", "gzip, gzip", "aws-chunked"])
def test_other_codings_of_requests(port: int, coding: str) -> None:
    found = post(port, b"{}", Content_Encoding=coding)
    assert (found.status, found.code, found.headers["accept-encoding"]) == (415, "UNSUPPORTED_ENCODING", "gzip")


def test_a_bomb(port: int) -> None:
    bomb = gzip.compress(b'{"query":"' + b" " * 200_000_000, 9)
    assert len(bomb) < 1_000_000
    assert compressed(port, bomb) == (413, "REQUEST_TOO_LARGE")


def test_a_request_that_is_too_large() -> None:
    with running(Application(foreign.engine(), Settings(max_request=100))) as port:
        for size, status in ((100, 200), (101, 413), (3_000_000, 413)):
            body = b'{"query":"{ __typename }"}'.ljust(size)
            found = post(port, body)
            assert found.status == status
        assert (found.code, found.headers["connection"]) == ("REQUEST_TOO_LARGE", "close")


SITE = "https://example.org"


def test_any_origin() -> None:
    with running(Application(foreign.engine(), Settings(origins=("*",)))) as port:
        for found in (
            get(port, "/health", origin=SITE),
            get(port, "/nothing", origin=SITE),
            post(port, b"{", Origin=SITE),
        ):
            assert found.headers["access-control-allow-origin"] == "*"
            assert "ETag" in found.headers["access-control-expose-headers"]
            assert "access-control-allow-credentials" not in found.headers


def test_some_origins() -> None:
    with running(Application(foreign.engine(), Settings(origins=(SITE + "/", "http://localhost:3000")))) as port:
        allowed, denied, none = (
            get(port, "/health", **given) for given in ({"origin": SITE}, {"origin": "https://evil"}, {})
        )
        assert allowed.headers["access-control-allow-origin"] == SITE
        for found in (denied, none):
            assert not [name for name in found.headers if name.startswith("access-control")]
        for found in (allowed, denied, none):
            assert "Origin" in found.headers["vary"].split(", ")


def test_preflight() -> None:
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,x-request-id"}
    with running(Application(foreign.engine(), Settings(origins=(SITE,)))) as port:
        found = exchange(port, request("OPTIONS", "/graphql", {"Origin": SITE} | asks))
        assert found.status == 204
        assert found.headers["access-control-allow-origin"] == SITE
        assert "POST" in found.headers["access-control-allow-methods"].split(", ")
        assert found.headers["access-control-allow-headers"] == "content-type,x-request-id"
        odd = exchange(
            port, request("OPTIONS", "/graphql", {"Origin": SITE} | asks | {"Access-Control-Request-Headers": "a:b"})
        )
        assert odd.headers["access-control-allow-headers"] == "Content-Type"
        denied = exchange(port, request("OPTIONS", "/graphql", {"Origin": "https://evil"} | asks))
        assert "access-control-allow-origin" not in denied.headers
