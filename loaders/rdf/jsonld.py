"""JSON-LD: compact by a context made from the Model, and exact. Numbers are never JSON's own: `1.00` stays `1.00`.

What fits the shapes is a plain string under its term; what does not says itself what it is. A named graph that the
default graph describes lies inside its description.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import orjson
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kaigraph.loaders.graph import Node
from kaigraph.loaders.graph import Term as Value
from kaigraph.loaders.quads import graph_id, object_of
from kaigraph.loaders.rdf.jsonld_coercion import ID, STRING
from kaigraph.loaders.rdf.jsonld_context import Context, Term
from kaigraph.loaders.rdf.nesting import NIL, Nesting, nesting_of, shared_blanks
from kaigraph.loaders.terms import node_id, node_term
from kaigraph.ontology.model import Iri, Model
from kaigraph.ontology.terms import RDF_TYPE

Json = dict[str, object]


def document(quads: Sequence[Quad], prefixes: Mapping[str, Iri], model: Model | None) -> Iterator[str]:
    """The text of a document, of quads that are sorted by graph."""
    context = Context(model, prefixes, _iris(quads))
    yield f'{{\n  "@context": {context.text("  ")},\n  "@graph": ['
    between = "\n    "
    for node in _Document(quads, context).nodes():
        yield between + _dumped(node, "    ")
        between = ",\n    "
    yield "\n  ]\n}\n"


def _dumped(found: Json, indent: str) -> str:
    return orjson.dumps(found, option=orjson.OPT_INDENT_2).decode().replace("\n", "\n" + indent)


def _iris(quads: Iterable[Quad]) -> set[Iri]:
    found = set()
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, NamedNode):
                found.add(term.value)
        if isinstance(quad.object, Literal):
            found.add(quad.object.datatype.value)
    return found


class _Document:
    def __init__(self, quads: Sequence[Quad], context: Context) -> None:
        self._context = context
        self._shared = shared_blanks(quads)
        self._graphs = {g: list(found) for g, found in groupby(quads, key=lambda q: graph_id(q.graph_name))}

    def nodes(self) -> Iterator[Json]:
        """The nodes of the default graph, with named graphs inside; then graphs that nothing describes."""
        default = graph_id(DefaultGraph())
        waiting = dict.fromkeys(graph for graph in self._graphs if graph != default)
        for subject, node in self._of(self._graphs.get(default, [])):
            if node_id(subject) in waiting:
                del waiting[node_id(subject)]
                node["@graph"] = self._inner(node_id(subject))
            yield node
        for graph in waiting:
            yield {"@id": _name(node_term(graph), self._context), "@graph": self._inner(graph)}

    def _inner(self, graph: str) -> list[Json]:
        return [node for _, node in self._of(self._graphs[graph])]

    def _of(self, quads: Sequence[Quad]) -> Iterator[tuple[Node, Json]]:
        nesting = nesting_of(quads, self._shared)
        graph = _Graph(self._context, nesting)
        for subject in nesting.said:
            if subject not in nesting.inside:
                yield subject, {"@id": _name(subject, self._context), **graph.body(subject)}


@dataclass(frozen=True, slots=True)
class _Graph:
    context: Context
    nesting: Nesting

    def body(self, subject: Node) -> Json:
        """What is said of a subject, the class first."""
        values: dict[Iri, list[Value]] = defaultdict(list)
        for quad in self.nesting.said[subject]:
            values[quad.predicate.value].append(object_of(quad))
        body: Json = {}
        types = [self.context.cls(v.value) for v in values.get(RDF_TYPE, ()) if isinstance(v, NamedNode)]
        if types:
            body["@type"] = _one_or_all(types)
            values[RDF_TYPE] = [v for v in values[RDF_TYPE] if not isinstance(v, NamedNode)]
        for property_, found in values.items():
            body |= self._under(self.context.term(property_), found)
        return body

    def _under(self, term: Term, values: list[Value]) -> Json:
        """The values of a property under its key, and what cannot stand there under its IRI."""
        if term.coercion.by_language:
            texts = [v for v in values if isinstance(v, Literal) and (v.language or v.datatype.value == STRING)]
            others = [self._value(v, None) for v in values if v not in texts]
            body: Json = {term.key: _by_language(texts, many=term.coercion.many)} if texts else {}
            return body | ({term.full: _one_or_all(others)} if others else {})
        key = term.full if term.full == RDF_TYPE else term.key  # as a type it would have to be an IRI
        written = [self._value(v, term.coercion.type) for v in values]
        return {key: written if term.coercion.many else _one_or_all(written)} if written else {}

    def _value(self, value: Value, type_: Iri | None) -> object:
        if isinstance(value, Literal):
            return _literal(value, type_, self.context)
        if value == NIL:
            return {"@list": []}
        if value in self.nesting.inside and value in self.nesting.said:
            members = self.nesting.members(value)
            return self.body(value) if members is None else {"@list": [self._value(m, type_) for m in members]}
        name = _name(value, self.context)
        return name if type_ == ID else {"@id": name}


def _literal(literal: Literal, type_: Iri | None, context: Context) -> object:
    datatype = literal.datatype.value
    if literal.language is not None:
        return {"@value": literal.value, "@language": literal.language}
    if datatype == (type_ or STRING):
        return literal.value
    return {"@value": literal.value} | ({} if datatype == STRING else {"@type": context.short(datatype)})


def _by_language(texts: Iterable[Value], *, many: bool) -> Json:
    found: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        if isinstance(text, Literal):
            found[text.language or "@none"].append(text.value)
    return {language: found[language] if many else _one_or_all(found[language]) for language in sorted(found)}


def _one_or_all(values: Sequence[object]) -> object:
    return values[0] if len(values) == 1 else values


def _name(node: Node, context: Context) -> str:
    return f"_:{node.value}" if isinstance(node, BlankNode) else context.short(node.value)
