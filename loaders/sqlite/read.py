"""The embedded store read back: every quad that was loaded, every fact, and the walkable graph out of its tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain

import apsw
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kaigraph.loaders.graph import Dataset, Fact
from kaigraph.loaders.layout import Layout, Wide
from kaigraph.loaders.sqlite.schema import quoted
from kaigraph.loaders.store import Info
from kaigraph.loaders.terms import graph_term, literal_term, node_term, term_of
from kaigraph.ontology.model import Model

#: Every name with its table: a Model may call a property, and so a column of `node`, like any of them.
_FACT = """
SELECT fact.f, subject.id, property.iri, object.id, fact.text, fact.datatype, fact.lang, fact.current, fact.disputed
FROM fact
JOIN node AS subject ON subject.n = fact.s
JOIN property ON property.p = fact.p
LEFT JOIN node AS object ON object.n = fact.o
"""


def read_quads(connection: apsw.Connection) -> Iterator[Quad]:
    """The dataset that was loaded, from the fact store."""
    rows = connection.execute(
        f"SELECT graph.name, said.* FROM ({_FACT}) AS said JOIN support USING (f) JOIN graph USING (g) WHERE exact"
    )
    for graph, _, s, p, *value, _, _ in rows:
        yield Quad(node_term(s), NamedNode(p), term_of(*value), graph_term(graph) or DefaultGraph())


def read_dataset(connection: apsw.Connection) -> Dataset:
    """The dataset with its prefixes and source; places are not kept."""
    info = read_info(connection)
    quads = tuple(sorted(read_quads(connection), key=str))
    return Dataset(quads, info.prefixes, {}, info.is_claims, info.source)


def read_facts(connection: apsw.Connection) -> Iterator[Fact]:
    """Every fact with all that it rests on, by subject, predicate and object as they were resolved."""
    graphs = "SELECT name FROM support JOIN graph USING (g) WHERE f = ? AND exact = ? ORDER BY name"
    spans = "SELECT since, until FROM span WHERE f = ? ORDER BY since, until"
    for f, s, p, *value, current, disputed in connection.execute(f"{_FACT} ORDER BY 2, fact.f"):
        names, also = (tuple(name for (name,) in connection.execute(graphs, (f, exact))) for exact in (1, 0))
        held = tuple((since, until) for since, until in connection.execute(spans, (f,)))
        yield Fact(node_term(s), NamedNode(p), term_of(*value), names, held, bool(current), bool(disputed), also)


def derive(connection: apsw.Connection, model: Model, layout: Layout) -> Iterator[Triple]:
    """The walkable graph of the present, from the readable tables (`node`, `value`, `edge`) and the Model alone."""
    wide = chain.from_iterable(_of_column(connection, model, w) for w in layout.wide.values())
    return chain(wide, _of_values(connection), _of_edges(connection))


def _of_column(connection: apsw.Connection, model: Model, wide: Wide) -> Iterator[Triple]:
    concepts = {v.name: NamedNode(v.iri) for v in model.enumerations[wide.enum].values} if wide.enum else {}
    column = quoted(wide.name)
    for node, text in connection.execute(f"SELECT id, {column} FROM node WHERE {column} IS NOT NULL"):
        value = concepts[text] if wide.enum else literal_term(text, wide.datatype, None)
        yield Triple(node_term(node), NamedNode(wide.property), value)


def _of_values(connection: apsw.Connection) -> Iterator[Triple]:
    rows = (
        "SELECT node.id, property.iri, value.concept, value.text, value.datatype, value.lang "
        "FROM value JOIN node ON node.n = value.n JOIN property ON property.p = value.prop"
    )
    for node, property_, *value in connection.execute(rows):
        yield Triple(node_term(node), NamedNode(property_), term_of(*value))


def _of_edges(connection: apsw.Connection) -> Iterator[Triple]:
    rows = (
        "SELECT subject.id, property.iri, object.id FROM edge "
        "JOIN node AS subject ON subject.n = edge.s JOIN property ON property.p = edge.prop "
        "JOIN node AS object ON object.n = edge.o"
    )
    for subject, property_, object_ in connection.execute(rows):
        yield Triple(node_term(subject), NamedNode(property_), node_term(object_))


def read_info(connection: apsw.Connection) -> Info:
    """What the store says of itself."""
    meta = dict(connection.execute("SELECT key, value FROM meta"))
    prefixes = dict(connection.execute("SELECT name, iri FROM prefix ORDER BY name"))
    nodes, facts = connection.execute("SELECT (SELECT count(*) FROM node), (SELECT count(*) FROM fact)").get
    classes = frozenset(json.loads(meta["classes"]))
    return Info(meta["version"], meta["model"], prefixes, meta["source"], meta["claims"] == "1", classes, nodes, facts)
