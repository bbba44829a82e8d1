"""What the ontology itself declares of properties: what they hold, and of which classes they are."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode

from kaigraph.ontology.errors import BadVocabulary
from kaigraph.ontology.hierarchy import acyclic, closure
from kaigraph.ontology.terms import RDF, TYPE, XSD, owl, rdfs, sh
from kaigraph.ontology.triples import Triples
from kaigraph.ontology.values import ANYTHING, LITERALS, THINGS, Values, all_of, any_of, of_class, of_datatype

Iri = str

LITERAL = rdfs("Literal")
THING_PROPERTIES = [owl(f"{name}Property") for name in (
    "Object", "Symmetric", "Asymmetric", "Transitive", "Reflexive", "Irreflexive", "InverseFunctional",
)]  # fmt: skip
RDF_DATATYPES = {RDF + name for name in ("langString", "dirLangString", "HTML", "XMLLiteral", "JSON", "PlainLiteral")}


@dataclass(frozen=True)
class Declarations:
    """Answers from one graph; `superproperties` is the closure of rdfs:subPropertyOf."""

    graph: Triples
    superproperties: dict[Iri, tuple[Iri, ...]]
    _known: dict[Iri, Values] = field(default_factory=dict)

    def values(self, prop: Iri) -> Values:
        """What a property holds: by its kind and range, else by those of its superproperties."""
        if prop not in self._known:
            own = self._own(prop)
            above = [self._own(other) for other in self.superproperties.get(prop, ())] if own.says_nothing else []
            self._known[prop] = all_of([own, *above])
        return self._known[prop]

    def _own(self, prop: Iri) -> Values:
        node = NamedNode(prop)
        kinds = self.graph.nodes(node, TYPE)
        things = any(kind in kinds for kind in THING_PROPERTIES)
        literals = owl("DatatypeProperty") in kinds
        said = {(True, False): THINGS, (False, True): LITERALS}.get((things, literals), ANYTHING)
        ranges = [iri for term in self.graph.nodes(node, rdfs("range")) for iri in named_classes(self.graph, term)]
        held = any_of(self._range(iri, literals and not things) for iri in ranges)
        return all_of([said, held])

    def _range(self, iri: Iri, literals: bool) -> Values:
        if iri == LITERAL.value:
            return LITERALS
        if iri == rdfs("Resource").value:
            return ANYTHING
        if iri == owl("Thing").value:
            return THINGS
        return of_datatype(iri) if literals or self._is_datatype(NamedNode(iri)) else of_class(iri)

    def _is_datatype(self, node: NamedNode) -> bool:
        declared = bool(self.graph.subjects(sh("datatype"), node)) or rdfs("Datatype") in self.graph.nodes(node, TYPE)
        return declared or node.value.startswith(XSD) or node.value in RDF_DATATYPES

    def domains(self) -> dict[Iri, list[Iri]]:
        """The properties that each class is the rdfs:domain of."""
        found: dict[Iri, list[Iri]] = {}
        for prop, domain in self.graph.pairs(rdfs("domain")):
            if isinstance(prop, NamedNode) and not isinstance(domain, Literal):
                for iri in named_classes(self.graph, domain):
                    found.setdefault(iri, []).append(prop.value)
        return found


def declarations(graph: Triples) -> Declarations:
    """Read the hierarchy of properties once."""
    edges = graph.iri_pairs(rdfs("subPropertyOf"))
    above = closure(acyclic(edges, graph.iri_pairs(owl("equivalentProperty"))))
    return Declarations(graph, {prop: tuple(sorted(found)) for prop, found in above.items()})


def named_classes(graph: Triples, node: NamedNode | BlankNode) -> list[Iri]:
    """The class itself, or the named members of an owl:unionOf; other class expressions name none."""
    if isinstance(node, NamedNode):
        return [node.value]
    heads = graph.objects(node, owl("unionOf"))
    try:
        return [item.value for head in heads for item in graph.items(head) if isinstance(item, NamedNode)]
    except BadVocabulary as error:
        message = "An owl:unionOf holds a malformed list."
        raise BadVocabulary(message, hint=error.hint) from error
