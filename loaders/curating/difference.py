"""What some files add to the rest of a dataset: new things, new facts, and what they confirm, refine or contradict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from pyoxigraph import NamedNode, Quad

from kaigraph.loaders.curating.said import Filled, Said, Slots, is_claim
from kaigraph.loaders.curating.voices import Voice, Voices, voices_of
from kaigraph.loaders.graph import Dataset, Node, Resolved
from kaigraph.loaders.quads import graph_id
from kaigraph.loaders.terms import node_id
from kaigraph.ontology.model import Model
from kaigraph.ontology.terms import RDF_TYPE


class Kind(Enum):
    """What a source does to the graph."""

    ADDED = "added"
    CONFIRMED = "confirmed"
    REFINED = "refined"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Change:
    """One property of one thing. `unresolved`: the values rank alike, and the gate will refuse them."""

    kind: Kind
    subject: Node
    predicate: str
    said: tuple[Said, ...]
    unresolved: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """All that the files do. `things` are spoken of for the first time; `claims` are the new ones."""

    claims: Mapping[str, Voice]
    things: frozenset[str]
    changes: tuple[Change, ...]


def difference(base: Dataset, whole: Resolved, model: Model) -> Difference:
    """What the whole says beyond a base that is part of it.

    What the editors say neither confirms anything nor makes a thing known; what claims say of claims is told with
    the values that they judge; a thing's classes count only where it was known before without them.
    """
    old = frozenset(base.quads)
    voices, before = voices_of(whole.dataset.quads, model), voices_of(old, model)
    claims = {iri: voice for iri, voice in voices.claims.items() if iri not in before.claims}
    things = _new_things(old, whole.dataset.quads, voices)
    changes = [c for slot in Slots(old, whole, model, voices).filled() for c in _changes(slot, voices, things)]
    unresolved = {(c.subject, c.predicate.value) for c in whole.conflicts}
    marked = (_marked(change, unresolved) for change in changes)
    return Difference(claims, things, tuple(sorted(marked, key=_order)))


def _changes(slot: Filled, voices: Voices, things: frozenset[str]) -> Iterator[Change]:
    subject, predicate, said = slot.subject, slot.predicate, slot.said
    if predicate == RDF_TYPE and node_id(subject) in things:
        return
    for key in dict.fromkeys(s.key for s in said if s.new):
        same = [s for s in said if s.key == key]
        kind = _kind(same, voices)
        if kind is Kind.CONFIRMED and predicate != RDF_TYPE:
            yield Change(kind, subject, predicate, tuple(same))
        elif kind is Kind.ADDED and not slot.differs:
            yield Change(kind, subject, predicate, tuple(s for s in same if s.new))
    if slot.differs:
        yield Change(Kind.REFINED if slot.refines else Kind.CONTRADICTED, subject, predicate, said)


def _kind(same: Sequence[Said], voices: Voices) -> Kind | None:
    """What equal values amount to, some of them new: `None` if they only repeat what was said."""
    fresh = {s.voice.source for s in same if s.new} - voices.editorial
    known = {s.voice.source for s in same if not s.new} - voices.editorial
    if not fresh:
        return None if any(not s.new for s in same) else Kind.ADDED
    if not known:
        return Kind.ADDED
    return Kind.CONFIRMED if len(fresh | known) > 1 else None


def _new_things(old: frozenset[Quad], quads: Iterable[Quad], voices: Voices) -> frozenset[str]:
    """What new quads describe and no source spoke of before."""
    known = {t for q in old if not _is_editorial(q, voices) for t in (q.subject, q.object)}
    fresh = {q.subject for q in quads if q not in old and not is_claim(q, voices)}
    return frozenset(t.value for t in fresh - known if isinstance(t, NamedNode) and t.value not in voices.sources)


def _is_editorial(quad: Quad, voices: Voices) -> bool:
    voice = voices.claims.get(graph_id(quad.graph_name))
    return voice is not None and voice.source in voices.editorial


def _marked(change: Change, unresolved: set[tuple[Node, str]]) -> Change:
    if change.kind is not Kind.CONTRADICTED or (change.subject, change.predicate) not in unresolved:
        return change
    return replace(change, unresolved=True)


def _order(change: Change) -> tuple[str, str, str, str]:
    return node_id(change.subject), change.predicate, change.kind.value, change.said[0].key
