"""From claims to the graph that people walk: nothing thrown away, and everything with its interval of publication.

Derived, never written by hand. The result does not depend on the order of files or quads.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from kaigraph.loaders.graph import DEFAULT_GRAPH, Conflict, Dataset, Fact, Node, Resolved, Slot, Term
from kaigraph.loaders.quads import graph_id, object_of, subject_of, triple_text
from kaigraph.loaders.resolving.claims import Claims, claims_of
from kaigraph.loaders.resolving.derived import derived
from kaigraph.loaders.resolving.follow import Draft, follow
from kaigraph.loaders.resolving.intervals import ALWAYS, NEVER, contains
from kaigraph.loaders.resolving.ranks import Rank
from kaigraph.loaders.resolving.single import Singles
from kaigraph.loaders.resolving.slots import Assertion, Outcome, settle
from kaigraph.loaders.resolving.values import Values
from kaigraph.ontology.collection import without_collection
from kaigraph.ontology.model import Model

__all__ = ["derived", "resolve", "walkable"]

Key = tuple[Node, NamedNode, Term]


def resolve(dataset: Dataset, model: Model, today: str | None = None) -> Resolved:
    """The facts of a dataset, and the conflicts that stand in the way of a graph.

    `today` (an ISO date) leaves out of the present what was published later; without it the present is all there is.
    """
    with without_collection():
        graphs = _graphs(dataset.quads)
        if not dataset.is_claims:
            plain = (Fact(*key, names, ALWAYS, True) for key, names in graphs.items())
            return Resolved(dataset, tuple(sorted(plain, key=triple_text)), ())
        return _resolve_claims(dataset, model, graphs, today)


def _resolve_claims(
    dataset: Dataset, model: Model, graphs: Mapping[Key, tuple[str, ...]], today: str | None
) -> Resolved:
    drafts = {key: Draft(Triple(*key), names, ALWAYS) for key, names in graphs.items()}
    values = Values(dataset.quads)
    slots = _slots(dataset.quads, claims_of(dataset, model), Singles(dataset.quads, model), values)
    outcomes = {slot: settle(given, single, today) for slot, (given, single) in slots.items()}
    _apply(drafts, slots, outcomes, values)
    follow(list(drafts.values()))
    facts = [_fact(d, today) for d in drafts.values()]
    contested = frozenset(slot for slot, outcome in outcomes.items() if outcome.contradictions)
    resolved = Resolved(dataset, tuple(facts), _conflicts(outcomes), _contradictions(outcomes), contested)
    return replace(resolved, facts=tuple(sorted([*facts, *_derived(resolved, drafts)], key=triple_text)))


def _derived(resolved: Resolved, said: Container[Key]) -> Iterator[Fact]:
    """What follows, as facts that no graph asserts: people walk it, and the dataset does not hold it."""
    for triple in derived(resolved):
        if _key(triple) not in said:
            yield Fact(*_key(triple), graphs=(), spans=ALWAYS, current=True)


def walkable(resolved: Resolved) -> Iterator[Triple]:
    """The graph of the present."""
    return (Triple(f.subject, f.predicate, f.object) for f in resolved.facts if f.current)


def _graphs(quads: Iterable[Quad]) -> dict[Key, tuple[str, ...]]:
    """Each triple, with the graphs that assert it."""
    found: dict[Key, tuple[str, ...]] = {}
    alone: dict[str, tuple[str, ...]] = {}  # one tuple a graph, for the many triples that only it asserts
    for quad in quads:
        key, graph = _key(quad), graph_id(quad.graph_name)
        known = found.get(key)
        found[key] = alone.setdefault(graph, (graph,)) if known is None else tuple(sorted({*known, graph}))
    return found


def _slots(
    quads: Iterable[Quad], claims: Claims, singles: Singles, values: Values
) -> dict[Slot, tuple[list[Assertion], bool]]:
    """What claims assert, by what competes. What the default graph says competes with nothing."""
    slots: dict[Slot, tuple[list[Assertion], bool]] = {}
    for quad in quads:
        graph = graph_id(quad.graph_name)
        if graph == DEFAULT_GRAPH:
            continue
        predicate = quad.predicate.value
        subject, term = subject_of(quad), object_of(quad)
        language, single = singles.slot(subject, predicate, term)
        rank = claims.ranks.get((graph, predicate), Rank.NORMAL)
        given, _ = slots.setdefault((subject, quad.predicate, language), ([], single))
        given.append(Assertion(graph, claims.day(graph), rank, values.key(term, graph), str(term)))
    return slots


def _apply(
    drafts: Mapping[Key, Draft],
    slots: Mapping[Slot, tuple[list[Assertion], bool]],
    outcomes: Mapping[Slot, Outcome],
    values: Values,
) -> None:
    """Give each draft its spans, and those that stand for equal ones the graphs of these."""
    by_text = {(d.triple.subject, d.triple.predicate, str(d.triple.object)): d for d in drafts.values()}
    for slot, (given, _) in slots.items():
        outcome = outcomes[slot]
        for text in {a.text for a in given}:
            draft = by_text[slot[0], slot[1], text]
            if DEFAULT_GRAPH not in draft.graphs:
                draft.spans = outcome.spans.get(text, NEVER)
                draft.disputed = text in outcome.disputed
            _support(draft, outcome.support.get(text, ()), drafts, values)


def _support(draft: Draft, support: tuple[str, ...], drafts: Mapping[Key, Draft], values: Values) -> None:
    """Name the graphs that give an equal value, also for what a structured value says."""
    if set(support) <= set(draft.graphs):
        return
    node = draft.triple.object
    within = [q for graph in draft.graphs for q in values.within(node, graph)] if isinstance(node, BlankNode) else []
    for supported in [draft, *(drafts[_key(q)] for q in within)]:
        supported.also = tuple(sorted({*supported.also, *support} - {*supported.graphs}))


def _fact(draft: Draft, today: str | None) -> Fact:
    subject, predicate, value = _key(draft.triple)
    current = contains(draft.spans, today)
    return Fact(subject, predicate, value, draft.graphs, draft.spans, current, draft.disputed, draft.also)


def _conflicts(outcomes: Mapping[Slot, Outcome]) -> tuple[Conflict, ...]:
    found = {Conflict(s, p, outcome.conflict) for (s, p, _), outcome in outcomes.items() if outcome.conflict}
    return tuple(sorted(found, key=lambda c: (str(c.subject), str(c.predicate), c.claims)))


def _contradictions(outcomes: Mapping[Slot, Outcome]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({pair for outcome in outcomes.values() for pair in outcome.contradictions}))


def _key(quad: Quad | Triple) -> Key:
    return subject_of(quad), quad.predicate, object_of(quad)
