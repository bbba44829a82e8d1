"""Terms, and a small index over triples that takes them as they come."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kaigraph.ontology.terms import CORE, OWL, RDF, RDFS, SH, TYPE, XSD, sh

__all__ = [
    "CORE",
    "FIRST",
    "NIL",
    "OWL",
    "RDF",
    "RDFS",
    "REST",
    "SH",
    "TYPE",
    "XSD",
    "Index",
    "Node",
    "Term",
    "sh",
    "text_of",
]

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal

FIRST, REST, NIL = NamedNode(RDF + "first"), NamedNode(RDF + "rest"), NamedNode(RDF + "nil")


class Index:
    """Objects by subject and predicate, in the order in which the triples came."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Read the triples once."""
        self.by_subject: dict[Term, dict[NamedNode, list[Term]]] = {}
        for s, p, o in triples:
            self.by_subject.setdefault(s, {}).setdefault(p, []).append(o)

    def objects(self, subject: Term | None, predicate: NamedNode) -> list[Term]:
        """Every object of a subject's predicate; none for no subject."""
        return self.by_subject.get(subject, {}).get(predicate, []) if subject is not None else []

    def one(self, subject: Term | None, predicate: NamedNode) -> Term | None:
        """The first object, or None."""
        found = self.objects(subject, predicate)
        return found[0] if found else None

    def members(self, head: Term | None) -> list[Term]:
        """The members of an RDF list; a list that bites its tail ends where it would begin again."""
        found, seen = [], set()
        while head is not None and head != NIL and head not in seen:
            seen.add(head)
            found += self.objects(head, FIRST)[:1]
            head = self.one(head, REST)
        return found


def text_of(term: Term) -> str:
    """A term as a person reads it: IRI, `_:` and label, or lexical form."""
    return str(term) if isinstance(term, BlankNode) else term.value
