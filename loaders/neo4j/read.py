"""The store read back: every quad that was loaded, every fact, and the walkable graph out of what people see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, LiteralString

from neo4j import Query, Session
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kaigraph.loaders.graph import Dataset, Fact, Term
from kaigraph.loaders.layout import Wide
from kaigraph.loaders.neo4j.mapping import ID, TYPES, GraphMapping, Listed, mapping_of
from kaigraph.loaders.neo4j.said import facts_of
from kaigraph.loaders.store import Info
from kaigraph.loaders.terms import graph_term, literal_term, node_term, term_of
from kaigraph.ontology.model import Iri, Model
from kaigraph.ontology.terms import RDF_TYPE

_META: LiteralString = "MATCH (m:Meta_ {_id: 'meta'}) RETURN properties(m) AS meta"
_FACTS: LiteralString = (
    "MATCH (n:Resource) WHERE n._id IS NOT NULL "  # so that an index gives the order
    "MATCH (n)-[:FACTS_]->(f:Facts_) RETURN n.id AS id, properties(f) AS record ORDER BY n._id, f.chunk"
)
_NODES: LiteralString = "MATCH (n:Resource) RETURN properties(n) AS node"
_EDGES: LiteralString = (
    "MATCH (s:Resource)-[r]->(o:Resource) WHERE r._derived IS NULL RETURN s.id AS s, type(r) AS type, o.id AS o"
)
_COUNTS: LiteralString = "MATCH (n:Resource) RETURN count(n) AS nodes"
_FACT_COUNT: LiteralString = "MATCH (f:Facts_) RETURN sum(size(f.property)) AS facts"


def read_facts(session: Session) -> Iterator[Fact]:
    """Every fact with all that it rests on, by subject."""
    for record in session.run(Query(_FACTS)):
        yield from facts_of(record["id"], record["record"])


def read_quads(session: Session) -> Iterator[Quad]:
    """The dataset that was loaded, from the fact store."""
    for fact in read_facts(session):
        for graph in fact.graphs:
            yield Quad(fact.subject, fact.predicate, fact.object, graph_term(graph) or DefaultGraph())


def read_meta(session: Session) -> Mapping[str, Any] | None:
    """What the store says of itself; None, if nothing was ever loaded."""
    record = session.run(_META).single()
    return None if record is None else dict(record["meta"])


def read_info(session: Session, meta: Mapping[str, Any]) -> Info:
    """The same, in the words of every store."""
    nodes = session.run(_COUNTS).single(strict=True)["nodes"]
    facts = session.run(_FACT_COUNT).single(strict=True)["facts"]
    prefixes = dict(sorted(zip(meta["prefix_names"], meta["prefix_iris"], strict=True)))
    used = frozenset(meta["classes"])
    return Info(meta["version"], meta["model"], prefixes, meta["source"], meta["is_claims"], used, nodes, facts)


def read_dataset(session: Session, meta: Mapping[str, Any]) -> Dataset:
    """The dataset with its prefixes and source; places are not kept."""
    info = read_info(session, meta)
    quads = tuple(sorted(read_quads(session), key=str))
    return Dataset(quads, info.prefixes, {}, info.is_claims, info.source)


def derive(session: Session, model: Model) -> Iterator[Triple]:
    """The walkable graph of the present, from properties and relationships and the mapping alone."""
    mapping = mapping_of(model)
    return chain(_Readable(model, mapping).triples(session), _of_edges(session, mapping))


def _of_edges(session: Session, mapping: GraphMapping) -> Iterator[Triple]:
    iris = {type_: iri for iri, type_ in mapping.types.items()}
    for subject, type_, object_ in session.run(_EDGES):
        yield Triple(node_term(subject), NamedNode(iris.get(type_, type_)), node_term(object_))


class _Readable:
    """Reads the properties of nodes by the mapping turned round."""

    def __init__(self, model: Model, mapping: GraphMapping) -> None:
        self._wide = list(mapping.wide.values())
        self._concepts = {e.iri: {v.name: NamedNode(v.iri) for v in e.values} for e in model.enumerations.values()}
        self._lists = {mapping.listed(iri).texts: iri for iri in mapping.keys}

    def triples(self, session: Session) -> Iterator[Triple]:
        """All that properties say."""
        for record in session.run(_NODES):
            node = record["node"]
            subject = node_term(node[ID])
            for iri, value in self._of_node(node):
                yield Triple(subject, NamedNode(iri), value)

    def _of_node(self, node: Mapping[str, Any]) -> Iterator[tuple[Iri, Term]]:
        for iri in node.get(TYPES, ()):
            yield RDF_TYPE, node_term(iri)
        for wide in self._wide:
            if wide.name in node:
                yield wide.property, self._scalar(wide, node[wide.name])
        for key, iri in self._of_lists(node):
            for value in _entries(Listed(key), node):
                yield iri, value

    def _scalar(self, wide: Wide, text: str) -> Term:
        return self._concepts[wide.enum][text] if wide.enum else literal_term(text, wide.datatype, None)

    def _of_lists(self, node: Mapping[str, Any]) -> Iterator[tuple[str, Iri]]:
        """The keys that hold texts: the Model's, and those that are IRIs themselves."""
        for key in node:
            if key in self._lists:
                yield key, self._lists[key]
            elif f"_{key}.keys" in node and not key.startswith("_"):
                yield key, key


def _entries(listed: Listed, node: Mapping[str, Any]) -> Iterator[Term]:
    for i, text in enumerate(node[listed.texts]):
        concept, datatype, language = (
            node[name][i] if name in node else "" for name in (listed.concepts, listed.datatypes, listed.languages)
        )
        yield term_of(concept or None, text, datatype or None, language or None)
