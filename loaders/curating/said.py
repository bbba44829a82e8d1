"""What claims say of one property of one thing, old and new, and with what rank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Quad

from kaigraph.loaders.curating.judgements import reasons_in
from kaigraph.loaders.curating.voices import Voice, Voices
from kaigraph.loaders.graph import DEFAULT_GRAPH, Node, Resolved, Term
from kaigraph.loaders.quads import graph_id, object_of, subject_of
from kaigraph.loaders.resolving.finer import are_refinements
from kaigraph.loaders.resolving.ranks import Rank, ranks_in
from kaigraph.loaders.resolving.single import Singles
from kaigraph.loaders.resolving.values import Values
from kaigraph.ontology.model import Model

#: Subject, predicate and, where each language may have its value, the language.
Slot = tuple[Node, str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """One value that one claim gives. `taken`: it is in the walkable graph; `new`: one of the given files says it."""

    value: Term
    key: str  # equal values share it
    claim: str
    voice: Voice
    rank: Rank
    reasons: Mapping[str, str]
    taken: bool
    new: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """All values of a property. `differs`: only one can hold; `refines`: and they differ in exactness alone."""

    subject: Node
    predicate: str
    said: tuple[Said, ...]
    differs: bool
    refines: bool


class Slots:
    """The values of each property, with all that is known of who gives them."""

    def __init__(self, old: frozenset[Quad], whole: Resolved, model: Model, voices: Voices) -> None:
        """Take the quads that were there before, and the whole that they are part of."""
        quads = whole.dataset.quads
        self._old, self._quads, self._voices = old, quads, voices
        self._is_claims = whole.dataset.is_claims
        self._values = Values(quads)
        self._singles = Singles(quads, model)
        self._ranks, self._reasons = ranks_in(quads), reasons_in(quads)
        self._current = {(f.subject, f.predicate.value, f.object) for f in whole.facts if f.current}
        self._reached = {q.object for q in quads if isinstance(q.object, BlankNode)}

    def filled(self) -> Iterator[Filled]:
        """Each slot into which a new quad puts something."""
        slots: dict[Slot, list[Quad]] = defaultdict(list)
        single: dict[Slot, bool] = {}
        for quad in filter(self._is_fact, self._quads):
            subject, predicate = subject_of(quad), quad.predicate.value
            language, one = self._singles.slot(subject, predicate, object_of(quad))
            slots[subject, predicate, language].append(quad)
            single[subject, predicate, language] = one
        for slot, quads in slots.items():
            if not self._old.issuperset(quads):
                said = self._said(quads)
                differs = single[slot] and _differ(said)
                yield Filled(slot[0], slot[1], tuple(said), differs, differs and self._refine(slot, said))

    def _is_fact(self, quad: Quad) -> bool:
        """Whether a quad says something of a thing: not of a claim or a source, and not inside a structured value."""
        if self._is_claims and (graph_id(quad.graph_name) == DEFAULT_GRAPH or is_claim(quad, self._voices)):
            return False
        return quad.subject not in self._reached

    def _said(self, quads: Sequence[Quad]) -> list[Said]:
        keys = [self._values.key(object_of(q), graph_id(q.graph_name)) for q in quads]
        taken = {k for k, q in zip(keys, quads, strict=True) if self._is_current(q)}
        return [self._one(q, key, key in taken) for q, key in zip(quads, keys, strict=True)]

    def _one(self, quad: Quad, key: str, taken: bool) -> Said:
        claim = graph_id(quad.graph_name)
        judged = claim, quad.predicate.value
        voice = self._voices.claims.get(claim, Voice(""))
        rank, reasons = self._ranks.get(judged, Rank.NORMAL), self._reasons.get(judged, {})
        return Said(object_of(quad), key, claim, voice, rank, reasons, taken, quad not in self._old)

    def _is_current(self, quad: Quad) -> bool:
        return (subject_of(quad), quad.predicate.value, object_of(quad)) in self._current

    def _refine(self, slot: Slot, said: Sequence[Said]) -> bool:
        """Whether the values form a chain, and a judgement says so; what was never true before does not count."""
        judged = any((s.claim, slot[1]) in self._reasons for s in said)
        standing = [(s.value, s.claim) for s in said if s.new or s.rank is not Rank.DEPRECATED]
        return judged and are_refinements(standing, self._values)


def _differ(said: Iterable[Said]) -> bool:
    """Whether two claims give different values; several values of one claim are no disagreement."""
    by_claim: dict[str, set[str]] = defaultdict(set)
    for one in said:
        by_claim[one.claim].add(one.key)
    return len(set(map(frozenset, by_claim.values()))) > 1


def is_claim(quad: Quad, voices: Voices) -> bool:
    """Whether a quad says something of a claim."""
    return isinstance(quad.subject, NamedNode) and quad.subject.value in voices.claims
