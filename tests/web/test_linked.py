"""A node's path answers in the format that is liked best, and says what else there is."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kaigraph.loaders.pipeline import Inputs, prepare
from kaigraph.loaders.rdf.export import describe
from kaigraph.loaders.sqlite.store import open_store
from kaigraph.web.linked import MEDIA, LinkedData, Response
from kaigraph.web.negotiate import best_of
from kaigraph.web.places import candidates
from tests.test_laws import PLAIN, SHIPPED, prepared, stored

BANK = "https://w3id.org/kaigraph/id/korea-development-bank"
PARSED = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}


@cache
def linked() -> LinkedData:
    return LinkedData(stored(SHIPPED))


def header(response: Response, name: str) -> str:
    return dict(response.headers).get(name, "")


def error(response: Response) -> dict[str, str]:
    assert header(response, "content-type") == "application/json; charset=utf-8"
    (found,) = json.loads(response.body)["errors"]
    return {"message": found["message"], **found["extensions"]}


@pytest.mark.parametrize("media", MEDIA)
def test_each_format_by_its_name(media: str) -> None:
    response = linked().respond("/id/korea-development-bank", {}, media)
    assert response.status == 200
    assert header(response, "content-type").partition(";")[0] == media
    assert header(response, "vary") == "accept"
    assert response.body == describe(stored(SHIPPED), BANK, MEDIA[media])
    assert any(q.subject.value == BANK for q in parse(response.body, format=PARSED[media]))


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/turtle"),
        ("application/*", "application/ld+json"),
        ("application/*;q=0.5, application/trig;q=0.4, application/n-quads;q=0.6", "application/n-quads"),
        ("text/turtle;q=0.8, application/ld+json;q=0.9", "application/ld+json"),
        ("text/turtle;q=0, */*;q=0.1", "application/ld+json"),
        ("*/*;q=1, text/*;q=0.2, application/ld+json;q=0.3", "application/n-triples"),
        ("APPLICATION/N-Triples ; Q=1.000 , text/turtle;q=.9", "application/n-triples"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted, x";q=0.7', "application/ld+json"),
        ("text/turtle;charset=utf-8", "text/turtle"),
        ("text/turtle;q=2, application/trig", "application/trig"),
        ("nonsense", "text/turtle"),
        (",,;", "text/turtle"),
        ("text/html", None),
        ("*/*;q=0", None),
        ("text/turtle;q=0", None),
        ("text/turtle;q=0.000, image/*", None),
    ],
)
def test_what_is_liked_best(accept: str, media: str | None) -> None:
    assert best_of(accept, tuple(MEDIA)) == media
    response = linked().respond("/id/korea-development-bank", {}, accept)
    assert response.status == (406 if media is None else 200)
    if media is None:
        assert error(response)["code"] == "NOT_ACCEPTABLE"
        assert all(name in error(response)["hint"] for name in MEDIA)


@given(st.text(max_size=80) | st.text('text/urle*;q=01.,"application ', max_size=60))
def test_any_header_has_an_answer(accept: str) -> None:
    assert best_of(accept, tuple(MEDIA)) in (*MEDIA, None)


@given(
    st.lists(
        st.tuples(st.sampled_from([*MEDIA, "image/png"]), st.integers(0, 1000)), min_size=1, unique_by=lambda t: t[0]
    )
)
def test_the_greatest_weight_wins(ranges: list[tuple[str, int]]) -> None:
    weights = {media: weight for media, weight in ranges if weight and media in MEDIA}
    best = best_of(", ".join(f"{media};q={weight / 1000:.3f}" for media, weight in ranges), tuple(MEDIA))
    assert (best is None) == (not weights)
    assert best is None or weights[best] == max(weights.values())


def test_any_node_has_an_address() -> None:
    response = linked().respond("/resource", {"iri": BANK}, "application/trig")
    assert response == linked().respond("/id/korea-development-bank", {}, "application/trig")
    assert f'<{BANK}>; rel="describes"' in header(response, "link")
    assert header(response, "content-location").endswith("korea-development-bank&format=trig")


def test_links_lead_to_the_other_formats_and_the_location_to_this_one() -> None:
    response = linked().respond("/id/korea-development-bank", {}, "text/turtle")
    links = header(response, "link").split(", ")
    assert len(links) == 6, "the node, and five other formats"
    assert 'format=jsonld>; rel="alternate"; type="application/ld+json"' in header(response, "link")
    asked = {"iri": BANK, "format": "turtle"}
    assert linked().respond("/resource", asked, "image/png").body == response.body, "a format asked for is given"


def test_json_ld_with_every_claim() -> None:
    body = linked().respond("/resource", {"iri": BANK, "format": "jsonld", "all": "1"}, "").body
    assert body == describe(stored(SHIPPED), BANK, "jsonld", everything=True)
    assert b"claim:000-11c" in body


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("/id/nobody", {}, 404, "NOT_FOUND"),
        ("/", {}, 404, "NOT_FOUND"),
        ("/id/", {}, 404, "NOT_FOUND"),
        ("/id/%00\r\nx: y", {}, 404, "NOT_FOUND"),
        ("/resource", {"iri": "http://nowhere/"}, 404, "NOT_FOUND"),
        ("/resource", {"iri": "no iri\r\nat all"}, 404, "NOT_FOUND"),
        ("/resource", {}, 400, "BAD_USE"),
        ("/resource", {"iri": ""}, 400, "BAD_USE"),
        ("/resource", {"iri": BANK, "format": "csv"}, 400, "BAD_USE"),
    ],
)
def test_what_is_not_there(path: str, query: dict[str, str], status: int, code: str) -> None:
    response = linked().respond(path, query, "text/turtle")
    assert response.status == status
    assert error(response)["code"] == code
    assert error(response)["hint"]
    assert header(response, "vary") == "accept"


def test_paths_of_a_foreign_domain_hangul_included() -> None:
    foreign = LinkedData(stored(PLAIN))
    for path in ("/id/김씨", "/id/%EA%B9%80%EC%94%A8", "/library/poems", "/id/donald"):
        response = foreign.respond(path, {}, "")
        assert response.status == 200, response.body
        assert all(value.isascii() for _, value in response.headers)
    assert foreign.respond("/zoo", {}, "").status == 404, "what is behind a # has no path"


def test_a_blank_node_is_a_resource_too() -> None:
    node = next(q.object for q in stored(PLAIN).quads() if "weighing" in q.predicate.value)
    response = LinkedData(stored(PLAIN)).respond("/resource", {"iri": str(node)}, "text/turtle")
    assert response.status == 200
    assert "describes" not in header(response, "link")


SPACES = [
    "https://w3id.org/kaigraph/id/",
    "https://w3id.org/kaigraph/",
    "http://other/id/",
    "http://site/",
    "http://h#",
]


@given(st.sampled_from(SPACES[:4]), st.text("abc/-.%한 ", min_size=1, max_size=6))
def test_an_iri_is_a_candidate_at_its_path(space: str, local: str) -> None:
    folders = space.split("/", 3)[3].split("/")
    for first in range(max(1, len(folders) - 1)):
        path = "/" + "/".join([*folders[first:-1], local])
        assert space + local in candidates(path, SPACES)


def test_more_folders_first() -> None:
    assert candidates("/kaigraph/id/x", SPACES) == [
        "https://w3id.org/kaigraph/id/x",
        "http://site/kaigraph/id/x",
    ]
    assert candidates("/id/x", SPACES) == ["http://other/id/x", "https://w3id.org/kaigraph/id/x", "http://site/id/x"]
    assert candidates("/x", ["http://h#", "urn:x:", "http://x/y"]) == [], "these have no paths"


def test_what_xml_cannot_hold_is_not_acceptable_as_xml(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text('<http://x/a> <http://x/1> "one" .', encoding="utf-8")
    made = prepare(Inputs(PLAIN.ontology, (), (file,)))
    store = open_store(":memory:", made.model, "write")
    store.load(made.resolved)
    asked = {"iri": "http://x/a"}
    refused = LinkedData(store).respond("/resource", asked, "application/rdf+xml")
    assert (refused.status, error(refused)["code"]) == (406, "NOT_IN_XML")
    assert "http://x/1" in error(refused)["message"]
    assert LinkedData(store).respond("/resource", asked, "text/turtle").status == 200
    found = LinkedData(store, ["http://x/"]).respond("/", {}, "")
    assert found.status == 404
    assert LinkedData(store, ["http://x/"]).respond("/a", {}, "").status == 200, "a namespace without a prefix, named"


def test_a_store_that_cannot_tell_says_when_to_ask_again(tmp_path: Path) -> None:
    path = tmp_path / "a.kai"
    made = prepared(PLAIN)
    store = open_store(path, made.model, "write")
    store.load(made.resolved)
    connection = apsw.Connection(str(path))
    connection.execute("DROP TABLE fact")
    connection.close()
    refused = LinkedData(store).respond("/id/donald", {}, "")
    assert (refused.status, error(refused)["code"]) == (503, "STORE_UNAVAILABLE")
    assert int(header(refused, "retry-after")) > 0
    store.close()
