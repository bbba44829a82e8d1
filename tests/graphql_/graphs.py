"""A Hypothesis strategy for small graphs that conform to a Model: what resolving some data would have given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kaigraph.loaders.graph import DEFAULT_GRAPH, Dataset, Fact, Node, Resolved, Term
from kaigraph.ontology.model import Field, Iri, Kind, Model

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


def _ids(model: Model, count: int) -> list[Node]:
    return [BlankNode(f"b{i}") if i % 5 == 4 else NamedNode(f"{ID}{i % 3}{i}") for i in range(count)]


def graphs(model: Model, sizes: Settings = SIZES) -> st.SearchStrategy[Resolved]:
    """Resolved graphs. Claims are used if the draw says so; some facts are of the past."""

    @st.composite
    def made(draw: st.DrawFn) -> Resolved:  # a closure, lest Hypothesis print the Model
        return _graph(draw, model, sizes)

    return made()


def _graph(draw: st.DrawFn, model: Model, settings: Settings) -> Resolved:
    is_claims = draw(st.booleans())
    nodes = _ids(model, draw(st.integers(1, settings.most_nodes)))
    sources = [NamedNode(f"{ID}s{i}") for i in range(2)]
    claims = [NamedNode(f"{ID}c{i}") for i in range(3)]
    plain = [iri for iri in sorted(model.classes) if not iri.startswith(CORE)]
    types: dict[Node, tuple[Iri, ...]] = {
        n: tuple(draw(st.lists(st.sampled_from([*plain, UNKNOWN]), max_size=2, unique=True))) for n in nodes
    }
    facts: list[Fact] = []
    for node, own in types.items():
        for triple in _node(draw, model, node, own, types, settings):
            graphs_of = draw(st.lists(st.sampled_from([c.value for c in claims]), min_size=1, max_size=2, unique=True))
            current = draw(st.integers(0, 9)) > 0 or triple[1] == RDF_TYPE
            where = tuple(sorted(graphs_of)) if is_claims else (DEFAULT_GRAPH,)
            facts.append(Fact(*triple, where, FOR_EVER, current or not is_claims))
    if is_claims:
        facts += [Fact(*t, (DEFAULT_GRAPH,), FOR_EVER, True) for t in _described(draw, claims, sources)]
    return _resolved(facts, is_claims=is_claims, source=sources[0].value)


Triple = tuple[Node, NamedNode, Term]


def _node(
    draw: st.DrawFn, model: Model, node: Node, own: tuple[Iri, ...], types: dict[Node, tuple[Iri, ...]], sizes: Settings
) -> Iterator[Triple]:
    """What is said of one node: its types, labels, and values of the fields of its classes."""
    yield from ((node, RDF_TYPE, NamedNode(iri)) for iri in own)
    for tag in draw(st.lists(st.sampled_from(TAGS), max_size=2, unique=True)):
        yield node, NamedNode(model.label_properties[0]), Literal(draw(st.sampled_from(WORDS)), language=tag)
    fields = {f.property.iri: f for iri in own if iri in model.classes for f in model.classes[iri].fields}
    for iri in sorted(fields):
        found = fields[iri]
        if found.inverse or draw(st.integers(0, 3)) == 0:
            continue
        most = sizes.most_values if found.many else 1
        terms = _term(model, found, types)
        for term in draw(st.lists(terms, max_size=most, min_size=1, unique=True)) if terms is not None else ():
            yield node, NamedNode(iri), term
        if found.unique_lang:
            texts = draw(st.lists(st.sampled_from(TAGS), max_size=2, unique=True))
            yield from ((node, NamedNode(iri), Literal(draw(st.sampled_from(WORDS)), language=t)) for t in texts)


def _term(model: Model, found: Field, types: dict[Node, tuple[Iri, ...]]) -> st.SearchStrategy[Term] | None:
    """A value that a field may have; None where the graph holds none."""
    if found.kind is Kind.ENUM:
        return st.sampled_from([NamedNode(v.iri) for v in model.enumerations[found.enum or ""].values])
    things: list[Term] = [n for n, own in types.items() if not found.classes or _is_any(model, own, found.classes)]
    if found.kind is Kind.THING:
        return st.sampled_from(things) if things else None
    if found.unique_lang:
        return None
    literals = _literal(found)
    return st.one_of(literals, st.sampled_from(things)) if found.kind is Kind.MIXED and things else literals


def _is_any(model: Model, own: tuple[Iri, ...], classes: tuple[Iri, ...]) -> bool:
    return not set(model.closure(frozenset(own))).isdisjoint(classes)


def _literal(found: Field) -> st.SearchStrategy[Term]:
    kinds = []
    for iri in found.datatypes or ("http://www.w3.org/2001/XMLSchema#string",):
        name = iri.rpartition("#")[2].rpartition("/")[2]
        if name == "langString":
            kinds.append(st.builds(lambda w, t: Literal(w, language=t), st.sampled_from(WORDS), st.sampled_from(TAGS)))
        else:
            kinds.append(
                st.builds(lambda w, d: Literal(w, datatype=NamedNode(d)), st.sampled_from(SAMPLES[name]), st.just(iri))
            )
    return st.one_of(kinds)


def _described(draw: st.DrawFn, claims: list[NamedNode], sources: list[NamedNode]) -> Iterator[Triple]:
    edtf = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")
    for source in sources:
        yield source, RDF_TYPE, NamedNode(CORE + draw(st.sampled_from(["Source", "EditorialSource"])))
        yield source, NamedNode(CORE + "published"), Literal(draw(st.sampled_from(SAMPLES["EDTF"])), datatype=edtf)
    for claim in claims:
        yield claim, RDF_TYPE, NamedNode(CORE + "Claim")
        yield claim, NamedNode(CORE + "source"), draw(st.sampled_from(sources))


def _resolved(facts: list[Fact], *, is_claims: bool, source: str) -> Resolved:
    unique = {(str(f.subject), str(f.predicate), str(f.object)): f for f in facts}
    kept = tuple(unique[key] for key in sorted(unique))
    quads = tuple(
        Quad(f.subject, f.predicate, f.object, NamedNode(g) if g else DefaultGraph()) for f in kept for g in f.graphs
    )
    return Resolved(Dataset(tuple(sorted(quads, key=str)), {}, {}, is_claims, source), kept, ())
