"""From shapes to rules: what the shapes of a class say of its properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kaigraph.ontology.bounds import BOUNDS, INTEGERS, bounds
from kaigraph.ontology.declared import Declarations
from kaigraph.ontology.targets import is_deactivated, is_true, targets
from kaigraph.ontology.terms import sh
from kaigraph.ontology.triples import Node, Term, Triples
from kaigraph.ontology.values import (
    ANYTHING,
    LITERALS,
    THINGS,
    Rule,
    Values,
    all_of,
    any_of,
    completed,
    of_class,
    of_datatype,
)

Iri = str
Step = tuple[Iri, bool]  # a property, and whether it is followed against its direction

PATH, PROPERTY, NODE = sh("path"), sh("property"), sh("node")
AND, ALTERNATIVES = sh("and"), (sh("or"), sh("xone"))
NODE_KINDS: dict[Node, Values] = {
    sh("Literal"): LITERALS,
    sh("IRI"): THINGS,
    sh("BlankNode"): THINGS,
    sh("BlankNodeOrIRI"): THINGS,
}


@dataclass(frozen=True)
class Shapes:
    """Reads shapes. `concepts` maps each concept of an enumeration to the enumeration's class."""

    graph: Triples
    declared: Declarations
    concepts: Mapping[Iri, Iri]

    def rules(self, shape: Node) -> Iterator[tuple[Step, Rule]]:
        """What a shape says, shapes it takes in by sh:node, sh:and, sh:or and sh:xone included."""
        yield from self._walk(shape, False, frozenset())

    def _walk(self, shape: Node, alternative: bool, above: frozenset[Node]) -> Iterator[tuple[Step, Rule]]:
        if shape in above or is_deactivated(self.graph, shape):
            return
        if self.graph.has(shape, PATH):
            step = self._step(shape)
            if step:
                rule = self._rule(shape, step)
                # what only one of several alternatives demands is not demanded
                yield step, Rule(values=rule.values) if alternative else rule
            return
        within = above | {shape}
        for part in [*self.graph.nodes(shape, PROPERTY), *self.graph.nodes(shape, NODE), *self._members(shape, AND)]:
            yield from self._walk(part, alternative, within)
        for part in [part for predicate in ALTERNATIVES for part in self._members(shape, predicate)]:
            yield from self._walk(part, True, within)

    def _members(self, shape: Node, predicate: NamedNode) -> list[Node]:
        members = [item for head in self.graph.objects(shape, predicate) for item in self.graph.items(head)]
        return [item for item in members if not isinstance(item, Literal)]

    def _step(self, shape: Node) -> Step | None:
        """The property that a property shape is about; None for the longer paths of SHACL, which make no field."""
        path = self.graph.objects(shape, PATH)[0]
        if isinstance(path, NamedNode):
            return path.value, False
        inverse = [] if isinstance(path, Literal) else self.graph.iris(path, sh("inversePath"))
        return (inverse[0], True) if inverse else None

    def _rule(self, shape: Node, step: Step) -> Rule:
        values = self.values(shape, frozenset())
        if step[1]:
            values = Values(literal=False, classes=values.classes)
        known = completed(values, ANYTHING if step[1] else self.declared.values(step[0]))
        integral = bool(known.datatypes) and known.datatypes <= INTEGERS
        is_filled_in = (known.datatypes, known.classes) != (values.datatypes, values.classes)
        least, greatest = bounds(self.graph, shape, integral=integral)
        return Rule(
            values=values,
            many=(self._number(shape, "maxCount", 2) > 1),
            # Of what the ontology alone says nobody checks that it is so: there may be a value, of another kind.
            mandatory=self._number(shape, "minCount", 0) >= 1 and not is_filled_in,
            unique_lang=is_true(self.graph, shape, sh("uniqueLang")),
            least=least,
            greatest=greatest,
        )

    def _number(self, shape: Node, name: str, default: int) -> int:
        return next((int(literal.value) for literal in self.graph.literals(shape, sh(name))), default)

    def values(self, shape: Node, above: frozenset[Node]) -> Values:
        """What a shape says of the value (or node) it is about."""
        if shape in above or is_deactivated(self.graph, shape):
            return ANYTHING
        within = above | {shape}
        said = [*self._plain(shape), *(self.values(part, within) for part in self._members(shape, AND))]
        said += [self._of_node_shape(part, within) for part in self.graph.nodes(shape, NODE)]
        for predicate in ALTERNATIVES:
            for head in self.graph.nodes(shape, predicate):
                said.append(
                    any_of(self.values(p, within) for p in self.graph.items(head) if not isinstance(p, Literal))
                )
        return all_of(said)

    def _plain(self, shape: Node) -> Iterator[Values]:
        yield from map(of_datatype, self.graph.iris(shape, sh("datatype")))
        yield from map(of_class, self.graph.iris(shape, sh("class")))
        yield from (NODE_KINDS.get(kind, ANYTHING) for kind in self.graph.nodes(shape, sh("nodeKind")))
        yield from (any_of(map(self._of_term, self.graph.items(head))) for head in self.graph.nodes(shape, sh("in")))
        if self.graph.has(shape, PROPERTY):
            yield THINGS  # only things have properties
        if any(self.graph.has(shape, sh(name)) for name in (*BOUNDS, "languageIn")):
            yield LITERALS

    def _of_node_shape(self, shape: Node, above: frozenset[Node]) -> Values:
        """What a value is that conforms to a node shape; the classes it targets, where it says no class itself."""
        values = self.values(shape, above)
        classes = frozenset(targets(self.graph, shape))
        return Values(literal=False, classes=classes) if classes and values.thing and not values.classes else values

    def _of_term(self, term: Term) -> Values:
        if isinstance(term, Literal):
            return of_datatype(term.datatype.value)
        concept = self.concepts.get(term.value)
        return of_class(concept) if concept else THINGS
