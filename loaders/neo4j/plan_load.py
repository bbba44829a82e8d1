"""What a load has to do: which nodes are new, changed and gone, and in which batches."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from itertools import chain, groupby

from pyoxigraph import Literal, NamedNode

from kaigraph.loaders.graph import Dataset, Fact, Resolved
from kaigraph.loaders.layout import PART_OF, RDF_TYPE
from kaigraph.loaders.neo4j.check import FORMAT
from kaigraph.loaders.neo4j.ids import id_key
from kaigraph.loaders.parts import closure
from kaigraph.loaders.sqlite_rows import digest
from kaigraph.loaders.terms import node_id
from kaigraph.ontology.model import Model

_DIGEST = 32  # hexadecimal digits

#: Facts in a batch: what the writer and a transaction of the server hold at a time.
BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Difference:
    """Between what is there and what should be. `facts` has every node that should be; `hashes` too."""

    facts: Mapping[str, Sequence[Fact]]
    hashes: Mapping[str, str]
    claims: frozenset[str]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]

    def size(self) -> int:
        """How much is to be written: nodes and facts."""
        return len(self.gone) + sum(1 + len(self.facts[n]) for n in (*self.new, *self.changed))

    def batches(self, nodes: Iterable[str]) -> Iterator[list[str]]:
        """Nodes, so many that their facts are about a batch."""
        batch: list[str] = []
        size = 0
        for node in nodes:
            batch.append(node)
            size += 1 + len(self.facts.get(node, ()))
            if size >= BATCH:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch


def difference(old: Mapping[str, str], resolved: Resolved) -> Difference:
    """Compare digests. A node of a load that did not end has the digest `""`."""
    facts = facts_by_node(resolved)
    claims = _claims(resolved, facts)
    hashes = {node: _hash(own, claims) for node, own in facts.items()}
    new = tuple(n for n in facts if n not in old)
    changed = tuple(n for n in facts if n in old and old[n] != hashes[n])
    return Difference(facts, hashes, claims, new, changed, tuple(n for n in old if n not in facts))


def facts_by_node(resolved: Resolved) -> dict[str, list[Fact]]:
    """Whatever is a subject or an object, and the source of plain data, in order, with what is said of it."""
    ends = chain.from_iterable((f.subject, f.object) for f in resolved.facts)
    found = {node_id(t) for t in ends if not isinstance(t, Literal)}
    if not resolved.dataset.is_claims:
        found.add(resolved.dataset.source)
    facts: dict[str, list[Fact]] = {node: [] for node in sorted(found)}
    for subject, own in groupby(resolved.facts, key=lambda f: f.subject):
        facts[node_id(subject)].extend(own)
    return facts


def _claims(resolved: Resolved, facts: Mapping[str, object]) -> frozenset[str]:
    """The graphs that are claims: those that are nodes, in a claims dataset."""
    if not resolved.dataset.is_claims:
        return frozenset()
    names = {name for f in resolved.facts for name in (*f.graphs, *f.also)}
    return frozenset(name for name in names if name in facts)


def _hash(facts: Sequence[Fact], claims: frozenset[str]) -> str:
    """The digest that the embedded store has too, then one of which graphs are claims."""
    own = sorted({name for f in facts for name in (*f.graphs, *f.also)} & claims)
    return digest(facts).hex() + (blake2b("\0".join(own).encode(), digest_size=8).hexdigest() if own else "")


def version(dataset: Dataset, hashes: Mapping[str, str]) -> str:
    """The hash of the content, as the embedded store has it: equal content, equal version."""
    about = [dataset.is_claims, dataset.source, sorted(dataset.prefixes.items())]
    hashed = sha256(json.dumps(about).encode())
    for node in sorted(hashes):
        hashed.update(node.encode() + b"\0" + bytes.fromhex(hashes[node][:_DIGEST]))
    return hashed.hexdigest()


def meta_of(dataset: Dataset, model: Model, found: str) -> dict[str, object]:
    """What the store says of itself, but for its state."""
    types = {q.object.value for q in dataset.quads if q.predicate.value == RDF_TYPE and isinstance(q.object, NamedNode)}
    prefixes = sorted(dataset.prefixes.items())
    return {
        "format": FORMAT,
        "model": model.hash,
        "version": found,
        "source": dataset.source,
        "is_claims": dataset.is_claims,
        "classes": sorted(types),
        "prefix_names": [name for name, _ in prefixes],
        "prefix_iris": [iri for _, iri in prefixes],
    }


def parts_of(resolved: Resolved, model: Model) -> set[tuple[str, str]]:
    """The closure over core:partOf and the properties below it, as pairs of `_id`s."""
    names = {PART_OF, *(iri for iri, above in model.superproperties.items() if PART_OF in above)}
    keys = [
        (id_key(node_id(f.subject)), id_key(node_id(f.object)))
        for f in resolved.facts
        if f.current and f.predicate.value in names and not isinstance(f.object, Literal)
    ]
    nodes = sorted({end for pair in keys for end in pair})
    numbers = {node: i for i, node in enumerate(nodes)}
    return {(nodes[p], nodes[w]) for p, w in closure((numbers[a], numbers[b]) for a, b in keys)}
