"""From the facts about one node to the relationships that it owns: pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Protocol

from pyoxigraph import Literal, NamedNode

from kaigraph.loaders.graph import Fact
from kaigraph.loaders.layout import SOURCE, layout_of
from kaigraph.loaders.neo4j.ids import id_key
from kaigraph.loaders.neo4j.mapping import ABOUT, DISPUTED, FROM, mapping_of
from kaigraph.loaders.neo4j.numbering import Numbering
from kaigraph.loaders.neo4j.records import Properties
from kaigraph.loaders.rows import RowMaker
from kaigraph.loaders.terms import node_id
from kaigraph.ontology.model import Iri, Model
from kaigraph.ontology.terms import RDF_TYPE

#: The property and the id of the object of a link of a node.
Link = tuple[Iri, str]
#: The claims that each link of a node rests on.
Rests = Mapping[Link, Sequence[str]]


class Names(Protocol):
    """Names of graphs that are not all held in memory."""

    def __bool__(self) -> bool:
        """Whether there can be any."""
        ...

    def __contains__(self, name: object) -> bool:
        """Whether a name is one of them."""
        ...


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship, its ends by `_id`."""

    type: str
    start: str
    end: str
    properties: Properties


class EdgeMaker:
    """Makes the relationships of one Model and one dataset."""

    def __init__(self, model: Model, claims: Names) -> None:
        """Take the names of the graphs that are claims: none, in a dataset without claims."""
        self._model = model
        self._claims = claims
        self._mapping = mapping_of(model)
        layout = layout_of(model)
        self._numbers = Numbering(layout.numbers)
        self._rows = RowMaker(model, layout, self._numbers)

    def make(self, node: str, facts: Sequence[Fact], disputed: Iterable[Fact] = ()) -> Iterator[Edge]:
        """The edges of a node, from all facts of which it is the subject, and those of them that are disputed."""
        own, rests, against = id_key(node), self._rests(facts), frozenset(_links(disputed))
        ends: dict[Iri, list[str]] = defaultdict(list)
        for number, end in self._rows.edges(facts):
            iri = self._numbers.iri(number)
            if iri != RDF_TYPE:
                ends[iri].append(end)
                properties = _marked(_with_claims({}, rests.get((iri, end), ())), (iri, end) in against)
                yield Edge(self._mapping.type(iri), own, id_key(end), properties)
        yield from self._about(own, facts)
        if node in self._claims:
            for source in ends.get(SOURCE, ()):
                yield Edge(FROM, own, id_key(source), {"_derived": True})
        yield from self._contractions(own, facts, ends, rests, against)

    def _rests(self, facts: Iterable[Fact]) -> Rests:
        if not self._claims:
            return {}
        links = (f for f in facts if f.current and not isinstance(f.object, Literal))
        return {(f.predicate.value, node_id(f.object)): self._claims_of(f) for f in links}  # type: ignore[arg-type]  # no literal

    def _about(self, own: str, facts: Sequence[Fact]) -> Iterator[Edge]:
        """Which claims say something of the node, and of which of its properties."""
        said: dict[str, set[str]] = defaultdict(set)
        for fact in facts if self._claims else ():
            for claim in self._claims_of(fact):
                said[claim].add(self._mapping.key(fact.predicate.value))
        for claim in sorted(said):
            yield Edge(ABOUT, claim, own, {"properties": sorted(said[claim]), "_derived": True})

    def _contractions(
        self,
        own: str,
        facts: Iterable[Fact],
        ends: Mapping[Iri, Sequence[str]],
        rests: Rests,
        against: Container[Link],
    ) -> Iterator[Edge]:
        """The plain edges that a relation with facts of its own stands for; each pair of properties once."""
        done: set[tuple[Iri, Iri]] = set()
        for cls, pair in self._contracting(facts):
            if pair in done:
                continue
            done.add(pair)
            for start, end in product(*(sorted(set(ends.get(p, ()))) for p in pair)):
                links = ((pair[0], start), (pair[1], end))
                claims = sorted({claim for link in links for claim in rests.get(link, ())})
                properties = _with_claims({"via": own, "_derived": True}, claims)
                marked = _marked(properties, any(link in against for link in links))
                yield Edge(self._mapping.contracted[cls], id_key(start), id_key(end), marked)

    def _contracting(self, facts: Iterable[Fact]) -> Iterator[tuple[Iri, tuple[Iri, Iri]]]:
        """The classes of a node that contract, the most specific first."""
        if not self._mapping.contracted:
            return
        objects = (f.object for f in facts if f.current and f.predicate.value == RDF_TYPE)
        types = frozenset(o.value for o in objects if isinstance(o, NamedNode))
        classes = [self._model.classes[iri] for iri in self._model.closure(types)]
        for cls in sorted(classes, key=lambda c: (-len(c.ancestors), c.iri)):
            if cls.contraction:
                yield cls.iri, cls.contraction

    def _claims_of(self, fact: Fact) -> list[str]:
        if not self._claims:
            return []
        return sorted(id_key(name) for name in {*fact.graphs, *fact.also} if name in self._claims)


def _links(facts: Iterable[Fact]) -> Iterator[Link]:
    return ((f.predicate.value, node_id(f.object)) for f in facts if not isinstance(f.object, Literal))


def _marked(properties: Properties, is_disputed: bool) -> Properties:
    return {**properties, DISPUTED: True} if is_disputed else properties


def _with_claims(properties: Properties, claims: Sequence[str]) -> Properties:
    return {**properties, "claims": list(claims)} if claims else properties
