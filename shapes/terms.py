"""The SHACL vocabulary as terms, and a small index over triples."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal

SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
CORE = "https://w3id.org/kaigraph/core#"

TYPE = NamedNode(RDF + "type")
FIRST, REST, NIL = NamedNode(RDF + "first"), NamedNode(RDF + "rest"), NamedNode(RDF + "nil")


def sh(name: str) -> NamedNode:
    """The SHACL term of a local name."""
    return NamedNode(SH + name)


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
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value
