"""What is read and what is derived: a Dataset of quads, and the Facts that resolving it gives.

Terms are pyoxigraph's (exact lexical forms; language tags in lower case). Blank nodes bear stable names:
the hash of their connected component (see `kaigraph.loaders.files.blank`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal
#: Subject, predicate and, where each language may have its value, the language.
Slot = tuple[Node, NamedNode, str]

#: The graph name under which a fact of the default graph is kept.
DEFAULT_GRAPH = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file as it was named to us, and a line from 1 where it is known."""

    file: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """Quads as read from files, blank nodes renamed to stable names, duplicates removed, sorted by their N-Quads text.

    `places` gives for a graph name (a node's id, or `DEFAULT_GRAPH` + subject IRI for what the default graph
    describes) where it was read, and `described` where the default graph describes a graph of that name.
    `is_claims` is true where the default graph describes at least one claim.
    """

    quads: tuple[Quad, ...]
    prefixes: Mapping[str, str]
    places: Mapping[str, Place]
    is_claims: bool
    source: str  # the one source of a dataset without claims
    described: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """One triple with everything it rests on.

    `graphs` are the names of the graphs that assert it (claims, in a claims dataset; `DEFAULT_GRAPH` for the
    default graph; none, for what only follows from resolving). `spans` are the half-open intervals of publication
    time, as ISO dates, in which the triple is part of the derived graph (`""` = from ever, `"9999-99-99"` = for
    ever). `current`: it is part of the walkable graph of the present. `disputed`: another claimed value stood
    against it and only recency decided. `also` are the claims that support it without asserting this very triple:
    they give an equal value, and several equal ones are kept as one.
    """

    subject: Node
    predicate: NamedNode
    object: Term
    graphs: tuple[str, ...]
    spans: tuple[tuple[str, str], ...]
    current: bool
    disputed: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more equally ranked, different values of a single-valued property: blocks, through the SHACL report."""

    subject: Node
    predicate: NamedNode
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The derived graph and all that was said. `facts` sorted by subject, predicate, object.

    `contradictions` are the pairs of claims, in both orders, that give a single-valued property different values, and
    `contested` is what they give them of: subject, property, and the language where each may have its value (`""`: the
    property has one in all).
    """

    dataset: Dataset
    facts: tuple[Fact, ...]
    conflicts: tuple[Conflict, ...]
    contradictions: tuple[tuple[str, str], ...] = ()
    contested: frozenset[Slot] = frozenset()
