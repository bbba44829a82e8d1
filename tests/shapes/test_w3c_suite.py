"""W3C's SHACL test suite, core and SPARQL, on both engines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kaigraph.ontology.errors import BadVocabulary
from kaigraph.shapes import validate
from kaigraph.shapes.paths import read_path
from kaigraph.shapes.terms import Index, Term, sh
from tests.shapes.support import Words

SUITE = Path(__file__).parent / "w3c"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"

#: What fails, by engine, and why. A test that is listed and passes fails: the list stays true.
KNOWN_FAILURES: dict[str, dict[str, str]] = {
    "shacl": {"sparql/pre-binding/unsupported-sparql-004.ttl": "runs a query that W3C wants refused"},
    "pyshacl": {
        "core/property/uniqueLang-002.ttl": 'takes "1"^^xsd:boolean for true',
        "sparql/node/prefixes-001.ttl": "does not follow owl:imports from sh:prefixes",
        "sparql/pre-binding/shapesGraph-001.ttl": "has no $shapesGraph (optional in the recommendation)",
    },
}


@cache
def triples(file: Path) -> tuple[Triple, ...]:
    text = file.read_bytes()
    return tuple(
        q.triple for q in parse(text, format=RdfFormat.TURTLE, base_iri=file.as_uri(), rename_blank_nodes=False)
    )


def entries(manifest: Path) -> Iterator[Path]:
    graph = Index(triples(manifest))
    for included in graph.objects(NamedNode(manifest.as_uri()), NamedNode(MF + "include")):
        yield from entries(Path(included.value.removeprefix("file://")))
    if graph.objects(NamedNode(manifest.as_uri()), NamedNode(MF + "entries")):
        yield manifest


CASES = sorted(entries(SUITE / "manifest.ttl"))


def rows(graph: Index, report: Term) -> Counter[tuple[object, ...]]:
    found: Counter[tuple[object, ...]] = Counter()
    for result in graph.objects(report, sh("result")):
        path = graph.one(result, sh("resultPath"))
        names = ("focusNode", "value", "resultSeverity", "sourceConstraintComponent", "sourceShape")
        terms = tuple(graph.one(result, sh(name)) for name in names)
        found[(*terms, str(read_path(path, graph)) if path else None)] += 1
    return found


def file_of(graph: Index, action: Term, name: str) -> Path:
    return Path(graph.objects(action, NamedNode(SHT + name))[0].value.removeprefix("file://"))


@pytest.mark.parametrize("engine", ["shacl", "pyshacl"])
@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c.relative_to(SUITE)))
def test_w3c(case: Path, engine: str, request: pytest.FixtureRequest) -> None:
    reason = KNOWN_FAILURES[engine].get(str(case.relative_to(SUITE)))
    if reason:
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    graph = Index(triples(case))
    for entry in graph.members(graph.one(NamedNode(case.as_uri()), NamedNode(MF + "entries"))):
        run_entry(graph, entry, engine)


def run_entry(graph: Index, entry: Term, engine: str) -> None:
    action = graph.objects(entry, NamedNode(MF + "action"))[0]
    expected = graph.objects(entry, NamedNode(MF + "result"))[0]
    data, shapes = (triples(file_of(graph, action, name)) for name in ("dataGraph", "shapesGraph"))
    if expected == NamedNode(SHT + "Failure"):
        with pytest.raises(BadVocabulary):
            validate(data, Words((), shapes), engine)
        return
    report = validate(data, Words((), shapes), engine)
    got = Counter(
        (
            r.focus,
            r.value,
            NamedNode(r.severity),
            NamedNode(r.component),
            r.shape,
            str(r.path) if r.path else None,
        )
        for r in report.results
    )
    assert got == rows(graph, expected)
    assert [report.conforms] == [o.value == "true" for o in graph.objects(expected, sh("conforms"))]


def test_the_whole_suite_is_there() -> None:
    assert len(CASES) > 110
