"""What `kaigraph serve` says beside /graphql is the same over both stores: readiness, measures, linked data, tags."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.store import open_neo4j
from tests.neo4j_.conftest import wipe
from tests.neo4j_.serving import address, ended, started, who
from tests.test_laws import SHIPPED, prepared

NODES = ("korea-development-bank", "gpu-tranche-10000", "national-ai-committee-third-meeting", "nobody")
MEDIA = ("text/turtle", "application/ld+json", "application/n-triples", "application/trig", "text/html")
QUERY = "/graphql?query=%7B%20dataset%20%7B%20version%20modelHash%20%7D%20%7D"


@dataclass(frozen=True)
class Told:
    """One response, without what each server says of itself."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@pytest.fixture(scope="module")
def both(target: Target) -> Iterator[tuple[str, str]]:
    """A server over Neo4j and one over the embedded store, with the data that ship."""
    wipe(target)
    store = open_neo4j(target, prepared(SHIPPED).model, "write")
    store.load(prepared(SHIPPED).resolved)
    store.close()
    servers = [started(["--store", target.uri], who(target)), started([], {})]
    try:
        yield tuple(address(s).removesuffix("/graphql") for s in servers)  # type: ignore[misc]  # two
    finally:
        for server in servers:
            ended(server)


def asked(base: str, path: str, method: str = "GET", **headers: str) -> Told:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(base + path, headers=given, method=method)  # noqa: S310  # our own server
    try:
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310  # as above
            return Told(response.status, _kept(response.headers.items()), response.read())
    except urllib.error.HTTPError as error:
        return Told(error.code, _kept(error.headers.items()), error.read())


def _kept(headers: list[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers if name.lower() not in ("date", "x-request-id")}


def same(both: tuple[str, str], path: str, method: str = "GET", **headers: str) -> Told:
    one, other = (asked(base, path, method, **headers) for base in both)
    assert one == other
    return one


@pytest.mark.parametrize("media", MEDIA)
@pytest.mark.parametrize("node", NODES)
def test_linked_data_by_accept(both: tuple[str, str], node: str, media: str) -> None:
    told = same(both, f"/id/{node}", Accept=media)
    assert told.status == (406 if media == "text/html" else 404 if node == "nobody" else 200)
    if told.status != 200:
        return
    assert told.headers["content-type"].partition(";")[0] == media
    assert node.encode() in told.body
    head = same(both, f"/id/{node}", "HEAD", Accept=media)
    assert (head.status, head.headers, head.body) == (200, told.headers, b"")
    again = same(both, f"/id/{node}", Accept=media, If_None_Match=told.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == told.headers["etag"]


def test_an_answer_by_get_has_a_tag(both: tuple[str, str]) -> None:
    told = same(both, QUERY)
    assert told.status == 200
    head = same(both, QUERY, "HEAD")
    assert (head.headers, head.body) == (told.headers, b"")
    assert same(both, QUERY, If_None_Match=told.headers["etag"]).status == 304
    assert same(both, QUERY, If_None_Match='"other"') == told


def test_they_are_ready_and_hold_the_same(both: tuple[str, str]) -> None:
    assert same(both, "/ready").status == 200
    assert same(both, "/health").status == 200
    texts = [asked(base, "/metrics").body.decode() for base in both]
    for text in texts:
        assert "kaigraph_ready 1" in text
    version = re.compile(r'kaigraph_data_info\{version="([0-9a-f]+)"\}')
    assert len({m[1] for text in texts for m in [version.search(text)] if m}) == 1
    named = [{line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")} for text in texts]
    assert named[0] == named[1] >= {"kaigraph_operations_total", "kaigraph_statements_total"}
    counted = [re.findall(r"kaigraph_http_requests_total\{.*\} [0-9]+", text) for text in texts]
    assert counted[0] == counted[1]
