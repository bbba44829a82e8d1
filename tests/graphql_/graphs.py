"""A Hypothesis strategy for small graphs that conform to a Model: what resolving some data would have given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kaigraph.loaders.graph import DEFAULT_GRAPH, Dataset, Fact, Node, Resolved, Term
from kaigraph.ontology.model import Field, Iri, Kind, Model
from tests.graphql_.draws import Draws
from tests.graphql_.models import LANG_STRING, XSD

RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
CORE = "https://w3id.org/kaigraph/core#"
ID = "http://example.org/id/"
FOR_EVER = (("", "9999-99-99"),)
UNKNOWN = "http://example.org/Unknown"

#: Few values, so that ties, groups and equal texts happen; and the ones that go wrong.
WORDS = ["a", "A", "b", "é", "가", "나", "a b", "ab", "", "10", "9", "😀", "\uffe6", 'q"\\', "100%", "_", "x\ny"]
TAGS = ["en", "ko", "de"]
SAMPLES: dict[str, list[str]] = {
    "integer": ["0", "-1", "2", "10", "9007199254740993"],
    "decimal": ["0", "0.5", "-2.25", "10", "2500000000000"],
    "int": ["0", "7", "-3"],
    "short": ["0", "7", "-3"],
    "double": ["0.5", "1.0E0", "-2.25"],
    "boolean": ["true", "false"],
    "date": ["2025-01-01", "2025-02-28", "2024-12-31"],
    "dateTime": ["2025-01-01T00:00:00Z", "2025-01-01T09:00:00+09:00", "2025-02-28T12:30:00"],
    "EDTF": ["2025", "2025-02", "2025-02-20", "2024/2025-01", "2025-02-20/..", "2025-01/"],
    "string": WORDS,
}


@dataclass(frozen=True)
class Settings:
    """How large graphs are."""

    most_nodes: int = 8
    most_values: int = 3


SIZES = Settings()


def _ids(count: int) -> list[Node]:
    return [BlankNode(f"b{i}") if i % 5 == 4 else NamedNode(f"{ID}{i % 3}{i}") for i in range(count)]


def graphs(model: Model, sizes: Settings = SIZES) -> st.SearchStrategy[Resolved]:
    """Resolved graphs. Claims are used if the draw says so; some facts are of the past."""

    @st.composite
    def made(draw: st.DrawFn) -> Resolved:  # a closure, lest Hypothesis print the Model
        return _graph(Draws(draw), model, sizes)

    return made()


def _graph(draws: Draws, model: Model, sizes: Settings) -> Resolved:
    is_claims = not draws.one_in(3)
    nodes = _ids(1 + draws.below(sizes.most_nodes))
    sources = [NamedNode(f"{ID}s{i}") for i in range(2)]
    claims = [NamedNode(f"{ID}c{i}") for i in range(3)]
    plain = [iri for iri in sorted(model.classes) if not iri.startswith(CORE)]
    kinds = [*((iri,) for iri in plain), (), (UNKNOWN,), *pairwise(plain)]
    types: dict[Node, tuple[Iri, ...]] = {n: draws.pick(kinds) for n in nodes}
    places = [(c.value,) for c in claims] * 2 + [(claims[0].value, claims[2].value), ()]
    facts: list[Fact] = []
    for node, own in types.items():
        for triple in _node(draws, model, node, own, types, sizes):
            asserted = draws.pick(places) if is_claims else (DEFAULT_GRAPH,)
            past = asserted == () and triple[1] != RDF_TYPE
            facts.append(Fact(*triple, asserted or places[0], FOR_EVER, not past))
    if is_claims:
        facts += [Fact(*t, (DEFAULT_GRAPH,), FOR_EVER, True) for t in _described(draws, claims, sources)]
    return _resolved(facts, is_claims=is_claims, source=sources[0].value)


Triple = tuple[Node, NamedNode, Term]


def _node(
    draws: Draws, model: Model, node: Node, own: tuple[Iri, ...], types: dict[Node, tuple[Iri, ...]], sizes: Settings
) -> Iterator[Triple]:
    """What is said of one node: its types, labels, and values of the fields of its classes."""
    yield from ((node, RDF_TYPE, NamedNode(iri)) for iri in own)
    yield from ((node, NamedNode(model.label_properties[0]), text) for text in _texts(draws))
    fields = {f.property.iri: f for iri in own if iri in model.classes for f in model.classes[iri].fields}
    for iri in sorted(fields):
        found = fields[iri]
        if found.inverse or draws.one_in(3):
            continue
        if found.unique_lang:
            values: list[Term] = _texts(draws)
        else:
            values = draws.some(_terms(model, found, types), sizes.most_values if found.many else 1, 1)
        yield from ((node, NamedNode(iri), value) for value in values)


def _texts(draws: Draws) -> list[Term]:
    return [Literal(draws.pick(WORDS), language=tag) for tag in draws.some(TAGS, 2)]


def _terms(model: Model, found: Field, types: dict[Node, tuple[Iri, ...]]) -> list[Term]:
    """The values that a field may have in a graph."""
    if found.kind is Kind.ENUM:
        return [NamedNode(v.iri) for v in model.enumerations[found.enum or ""].values]
    things: list[Term] = [n for n, own in types.items() if not found.classes or _is_any(model, own, found.classes)]
    if found.kind is Kind.THING:
        return things
    literals = _literals(found.datatypes or (XSD + "string", XSD + "integer"))
    least, greatest = found.bounds
    if least is not None and greatest is not None:
        literals = [t for t in literals if isinstance(t, Literal) and least <= int(t.value) <= greatest]
    return literals + (things if found.kind is Kind.MIXED else [])


def _literals(datatypes: tuple[Iri, ...]) -> list[Term]:
    """Every sample of some datatypes."""
    plain = [iri for iri in datatypes if iri != LANG_STRING]
    made: list[Term] = [Literal(w, datatype=NamedNode(iri)) for iri in plain for w in SAMPLES[_local(iri)]]
    tagged: list[Term] = [Literal(w, language=t) for w in WORDS for t in TAGS] if LANG_STRING in datatypes else []
    return made + tagged


def _local(iri: Iri) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def _is_any(model: Model, own: tuple[Iri, ...], classes: tuple[Iri, ...]) -> bool:
    return not set(model.closure(frozenset(own))).isdisjoint(classes)


def _described(draws: Draws, claims: list[NamedNode], sources: list[NamedNode]) -> Iterator[Triple]:
    edtf = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")
    for source in sources:
        yield source, RDF_TYPE, NamedNode(CORE + draws.pick(["Source", "EditorialSource"]))
        yield source, NamedNode(CORE + "published"), Literal(draws.pick(SAMPLES["EDTF"]), datatype=edtf)
    for claim in claims:
        yield claim, RDF_TYPE, NamedNode(CORE + "Claim")
        yield claim, NamedNode(CORE + "source"), draws.pick(sources)


def _resolved(facts: list[Fact], *, is_claims: bool, source: str) -> Resolved:
    unique = {(str(f.subject), str(f.predicate), str(f.object)): f for f in facts}
    kept = tuple(unique[key] for key in sorted(unique))
    quads = tuple(
        Quad(f.subject, f.predicate, f.object, NamedNode(g) if g else DefaultGraph()) for f in kept for g in f.graphs
    )
    return Resolved(Dataset(tuple(sorted(quads, key=str)), {}, {}, is_claims, source), kept, ())
