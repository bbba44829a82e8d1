"""A set of triples that can be asked from both ends."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kaigraph.ontology.errors import BadVocabulary
from kaigraph.ontology.terms import rdf

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal

FIRST, REST, NIL = rdf("first"), rdf("rest"), rdf("nil")


def sort_key(term: object) -> str:
    """A text to sort terms by. Blank nodes have none that is stable: never let their order matter."""
    return str(term)


class Triples:
    """Triples, indexed by (subject, predicate) and (predicate, object). Answers are sorted."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Index the triples; repeated ones count once."""
        self._objects: dict[tuple[Node, NamedNode], dict[Term, None]] = {}
        self._subjects: dict[tuple[NamedNode, Term], dict[Node, None]] = {}
        self._pairs: dict[NamedNode, dict[tuple[Node, Term], None]] = {}
        for triple in triples:
            subject, predicate, value = triple.subject, triple.predicate, triple.object
            if isinstance(subject, Triple) or isinstance(value, Triple):
                continue  # quoted triples say nothing about classes or shapes
            self._objects.setdefault((subject, predicate), {})[value] = None
            self._subjects.setdefault((predicate, value), {})[subject] = None
            self._pairs.setdefault(predicate, {})[subject, value] = None

    def objects(self, subject: Node, predicate: NamedNode) -> list[Term]:
        """Every object of the two."""
        found = self._objects.get((subject, predicate))
        return sorted(found, key=sort_key) if found else []

    def subjects(self, predicate: NamedNode, value: Term) -> list[Node]:
        """Every subject of the two."""
        found = self._subjects.get((predicate, value))
        return sorted(found, key=sort_key) if found else []

    def pairs(self, predicate: NamedNode) -> list[tuple[Node, Term]]:
        """Every subject and object of a predicate."""
        return sorted(self._pairs.get(predicate, ()), key=lambda pair: (sort_key(pair[0]), sort_key(pair[1])))

    def predicates(self) -> list[NamedNode]:
        """Every predicate."""
        return sorted(self._pairs, key=sort_key)

    def has(self, subject: Node, predicate: NamedNode) -> bool:
        """Whether the subject has the predicate at all."""
        return (subject, predicate) in self._objects

    def nodes(self, subject: Node, predicate: NamedNode) -> list[Node]:
        """The objects that are no literals."""
        return [term for term in self.objects(subject, predicate) if not isinstance(term, Literal)]

    def iris(self, subject: Node, predicate: NamedNode) -> list[str]:
        """The objects that are IRIs."""
        return [term.value for term in self.objects(subject, predicate) if isinstance(term, NamedNode)]

    def literals(self, subject: Node, predicate: NamedNode) -> list[Literal]:
        """The objects that are literals."""
        return [term for term in self.objects(subject, predicate) if isinstance(term, Literal)]

    def iri_subjects(self, predicate: NamedNode, value: Term) -> list[str]:
        """The subjects that are IRIs."""
        return [node.value for node in self.subjects(predicate, value) if isinstance(node, NamedNode)]

    def iri_pairs(self, predicate: NamedNode) -> list[tuple[str, str]]:
        """The pairs of two IRIs."""
        found = self.pairs(predicate)
        return [(s.value, o.value) for s, o in found if isinstance(s, NamedNode) and isinstance(o, NamedNode)]

    def items(self, head: Term) -> list[Term]:
        """The members of an RDF list, in its order; raises BadVocabulary where it is malformed."""
        members: list[Term] = []
        seen: set[Term] = set()
        while head != NIL:
            if isinstance(head, Literal) or head in seen:
                raise BadVocabulary("A list is malformed.", hint="Write lists in parentheses: ( … ).")
            seen.add(head)
            first, rest = self.objects(head, FIRST), self.objects(head, REST)
            if len(first) != 1 or len(rest) != 1:
                raise BadVocabulary("A list is malformed.", hint="Write lists in parentheses: ( … ).")
            members.append(first[0])
            head = rest[0]
        return members
