"""What the tests of the gate share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, Triple, parse

from kaigraph.shapes.terms import Node

ROOT = Path(__file__).parents[2]
HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix core: <https://w3id.org/kaigraph/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix shapes: <https://w3id.org/kaigraph/shapes#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


@dataclass(frozen=True)
class Words:
    """A vocabulary as the gate needs it."""

    ontology: tuple[Triple, ...] = ()
    shapes: tuple[Triple, ...] = ()
    places: Mapping[Node, str] = field(default_factory=dict)


def turtle(text: str) -> tuple[Triple, ...]:
    """The triples of Turtle text; the prefixes of `HEAD` are known."""
    return tuple(q.triple for q in parse(HEAD + text, format=RdfFormat.TURTLE))


def files(paths: Iterable[Path]) -> tuple[Triple, ...]:
    """The triples of Turtle files."""
    return tuple(q.triple for path in sorted(paths) for q in parse(path=path, format=RdfFormat.TURTLE))


def canonical(report: str) -> set[str]:
    """The triples of a report, whatever its blank nodes are called."""
    graph = Dataset(parse(report, format=RdfFormat.TURTLE))
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad.triple) for quad in graph}
