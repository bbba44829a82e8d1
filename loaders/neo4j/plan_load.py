"""What a load has to do: which nodes are new, changed and gone, and in which batches."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b, sha256
from typing import Literal as OneOf
from typing import TypeVar

from pyoxigraph import Literal, NamedNode

from kaigraph.loaders.graph import Dataset, Fact, Resolved
from kaigraph.loaders.layout import PART_OF
from kaigraph.loaders.neo4j.check import FORMAT
from kaigraph.loaders.neo4j.disputes import Disputes
from kaigraph.loaders.neo4j.ids import id_key
from kaigraph.loaders.neo4j.large import large
from kaigraph.loaders.neo4j.ledger import Entry, Ledger, by_subject
from kaigraph.loaders.neo4j.mapping import LARGE
from kaigraph.loaders.rows import digest
from kaigraph.loaders.store import Count
from kaigraph.loaders.terms import node_id
from kaigraph.ontology.model import Model
from kaigraph.ontology.terms import RDF_TYPE

_DIGEST = 32  # hexadecimal digits

#: Facts in a batch: what the writer and a transaction of the server hold at a time.
BATCH = 5_000

T = TypeVar("T")
Kind = OneOf["new", "changed", "same", "gone"]


@dataclass(frozen=True, slots=True)
class Todo:
    """A node with all facts of which it is the subject, and their digest."""

    node: str
    facts: Sequence[Fact]
    digest: str

    def size(self) -> int:
        """It, and its facts."""
        return 1 + len(self.facts)


class Claims(Container[str]):
    """The names of the graphs that are claims: those that are nodes, in a claims dataset."""

    def __init__(self, ledger: Ledger, *, are_there: bool) -> None:
        """Take where the nodes are listed, and whether there are claims at all."""
        self._ledger = ledger
        self._are_there = are_there

    def __bool__(self) -> bool:
        """Whether there are claims at all."""
        return self._are_there

    def __contains__(self, name: object) -> bool:
        """Whether a graph is a claim."""
        return self._are_there and isinstance(name, str) and bool(name) and self._ledger.has(name)


class Difference:
    """Between what is there and what should be."""

    def __init__(self, ledger: Ledger, resolved: Resolved, *, anew: bool = False) -> None:
        """Take what was listed; see `difference`."""
        self.anew = anew
        #: What is there and has to be written again: what is the same too, where it was made for another Model.
        self.again: tuple[Kind, ...] = ("changed", "same") if anew else ("changed",)
        self._ledger = ledger
        self._facts = resolved.facts
        self.claims = Claims(ledger, are_there=resolved.dataset.is_claims)
        sizes = {kind: ledger.size(kind) for kind in ("new", "gone", *self.again)}
        self.nodes = Count(*(sizes[kind][0] for kind in ("new", "gone", "changed")))
        self.new_facts = sizes["new"][1]
        self.version = version(resolved.dataset, ledger)
        #: How much is to be written: nodes and facts.
        self.size = sum(nodes + facts for nodes, facts in sizes.values())

    def batches(self, *kinds: Kind) -> Iterator[list[Todo]]:
        """Nodes, so many that their facts are about a batch."""
        for kind in kinds:
            yield from _grouped(map(self._todo, self._ledger.entries(kind)), Todo.size, BATCH)

    def steps(self, limit: int, *kinds: Kind) -> Iterator[list[list[Todo]]]:
        """Batches, so many that a transaction takes them: up to a limit, but one at least."""
        yield from _grouped(self.batches(*kinds), size_of, max(1, limit - BATCH))

    def _todo(self, entry: Entry) -> Todo:
        return Todo(entry.node, self._facts[entry.first : entry.first + entry.facts], entry.digest)

    def parts(self) -> Iterator[list[list[str]]]:
        """What is part of what, in batches of `_id`s."""
        return pairs(self._ledger.parts())

    def compare_parts(self, there: Iterable[tuple[str, str]]) -> None:
        """Take the parts that are there; then `parts_gone` and `parts_new` tell."""
        self._ledger.compare_parts(there)

    def parts_gone(self) -> Iterator[list[list[str]]]:
        """The parts that are there and should not be."""
        return pairs(self._ledger.parts_gone())

    def parts_new(self) -> Iterator[list[list[str]]]:
        """The parts that should be there and are not."""
        return pairs(self._ledger.parts_new())


def size_of(batch: Iterable[Todo]) -> int:
    """How many nodes and facts there are in a batch."""
    return sum(map(Todo.size, batch))


def _grouped(items: Iterable[T], size: Callable[[T], int], most: int) -> Iterator[list[T]]:
    """Lists of items; each is full as soon as it has a size."""
    group: list[T] = []
    filled = 0
    for item in items:
        group.append(item)
        filled += size(item)
        if filled >= most:
            yield group
            group, filled = [], 0
    if group:
        yield group


@contextmanager
def difference(
    old: Iterable[tuple[str, str]], resolved: Resolved, model: Model, *, anew: bool = False
) -> Iterator[Difference]:
    """Compare ids and digests. A node of a load that did not end has the digest `""`.

    `anew` says that what is there was made for another Model.
    """
    ledger = Ledger(old)
    try:
        ledger.add(resolved.facts, *(() if resolved.dataset.is_claims else (resolved.dataset.source,)))
        claims = Claims(ledger, are_there=resolved.dataset.is_claims)
        disputes = Disputes(resolved.contested)
        ledger.describe(
            Entry(node, first, len(own), _hash(own, claims, disputes))
            for node, first, own in by_subject(resolved.facts)
        )
        ledger.describe_others(_hash((), claims, disputes))
        ledger.add_parts(_parts(resolved, model))
        yield Difference(ledger, resolved, anew=anew)
    finally:
        ledger.close()


def pairs(found: Iterable[tuple[str, str]]) -> Iterator[list[list[str]]]:
    """Pairs as lists, in batches."""
    yield from _grouped(map(list, found), lambda _: 1, BATCH)


def _hash(facts: Sequence[Fact], claims: Claims, disputes: Disputes) -> str:
    """The digest that the embedded store has too, then one of which graphs are claims, and what these dispute."""
    names = {name for f in facts for name in (*f.graphs, *f.also)} if claims else ()
    own = sorted(name for name in names if name in claims)
    own += sorted(f"{f.predicate} {f.object}" for f in disputes.among(facts))
    return digest(facts).hex() + (blake2b("\0".join(own).encode(), digest_size=8).hexdigest() if own else "")


def version(dataset: Dataset, ledger: Ledger) -> str:
    """The hash of the content, as the embedded store has it: equal content, equal version."""
    about = [dataset.is_claims, dataset.source, sorted(dataset.prefixes.items())]
    hashed = sha256(json.dumps(about).encode())
    for node, found in ledger.digests():
        hashed.update(node.encode() + b"\0" + bytes.fromhex(found[:_DIGEST]))
    return hashed.hexdigest()


def meta_of(resolved: Resolved, model: Model, found: str) -> dict[str, str | int | list[str]]:
    """What the store says of itself, but for its state."""
    dataset = resolved.dataset
    types = {q.object.value for q in dataset.quads if q.predicate.value == RDF_TYPE and isinstance(q.object, NamedNode)}
    prefixes = sorted(dataset.prefixes.items())
    return {
        "format": FORMAT,
        "model": model.hash,
        "version": found,
        "source": dataset.source,
        "is_claims": dataset.is_claims,
        "classes": sorted(types),
        LARGE: large(resolved.facts),
        "prefix_names": [name for name, _ in prefixes],
        "prefix_iris": [iri for _, iri in prefixes],
    }


def _parts(resolved: Resolved, model: Model) -> Iterator[tuple[str, str]]:
    """What is said to be part of what, by core:partOf and the properties below it, as pairs of `_id`s."""
    names = {PART_OF, *(iri for iri, above in model.superproperties.items() if PART_OF in above)}
    for f in resolved.facts:
        if f.current and f.predicate.value in names and not isinstance(f.object, Literal):
            yield id_key(node_id(f.subject)), id_key(node_id(f.object))
