"""The graph as it was known on a day: what the claims published by then say, ranked among themselves.

A source whose date is only bounded counts from the earliest day that it can be of; `Past.maybe_later` tells of those.
What the editors add is in force at every date.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from pyoxigraph import BlankNode, NamedNode

from kaigraph.loaders.graph import Dataset, Fact, Resolved
from kaigraph.loaders.resolving.claims import Claims, claims_of
from kaigraph.loaders.resolving.intervals import contains
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.loaders.terms import node_id
from kaigraph.ontology.datatypes.calendar import EVER
from kaigraph.ontology.model import Model


class Past:
    """What a dataset of claims tells of every day; plain data were as they are on all of them."""

    def __init__(self, dataset: Dataset, model: Model) -> None:
        """Take everything that was said, and resolve it."""
        self._resolved = resolve(dataset, model)
        self._claims = claims_of(dataset, model) if dataset.is_claims else Claims({}, {}, {})

    def last_change(self, day: str) -> str:
        """The last day up to a day (ISO 8601) on which anything was published; `EVER` before the first."""
        at = bisect_right(self._days, day)
        return self._days[at - 1] if at else EVER

    def is_present(self, day: str) -> bool:
        """Whether nothing was published after a day."""
        return not self._days or day >= self._days[-1]

    def maybe_later(self, day: str) -> tuple[str, ...]:
        """The sources that count on a day, but may have been published after it."""
        return tuple(sorted(s for s, (first, last) in self._claims.published.items() if first <= day < last))

    def as_of(self, day: str) -> Resolved:
        """The facts that were known on a day; those that gave way by then are among them, as in the present."""
        claims = self._claims
        later = {claim for claim, known in claims.days.items() if known > day}
        later |= {source for source, (first, _) in claims.published.items() if first > day}
        known = [_as_of(f, day, later) for f in self._resolved.facts if _is_known(f, later)]
        facts = tuple(_anchored(known, _led_to(self._resolved.facts)))
        pairs = tuple(p for p in self._resolved.contradictions if later.isdisjoint(p))
        return Resolved(self._resolved.dataset, facts, (), pairs)

    @cached_property
    def _days(self) -> list[str]:
        days = {*self._claims.days.values(), *(first for first, _ in self._claims.published.values())}
        return sorted(days - {EVER})


def _is_known(fact: Fact, later: set[str]) -> bool:
    """Whether a fact speaks of nothing that came later, and somebody had said it, or nobody needs to."""
    if node_id(fact.subject) in later or (isinstance(fact.object, NamedNode) and fact.object.value in later):
        return False
    return not fact.graphs or not later.issuperset(fact.graphs)


def _as_of(fact: Fact, day: str, later: set[str]) -> Fact:
    graphs, also = (tuple(name for name in names if name not in later) for names in (fact.graphs, fact.also))
    return replace(fact, graphs=graphs, also=also, current=contains(fact.spans, day))


def _led_to(facts: Iterable[Fact]) -> set[BlankNode]:
    return {f.object for f in facts if isinstance(f.object, BlankNode) and f.object != f.subject}


def _anchored(facts: list[Fact], led_to: set[BlankNode]) -> list[Fact]:
    """Without what is said of blank nodes that only what was not known yet led to."""
    lost = led_to - _led_to(facts)
    kept = [f for f in facts if f.subject not in lost]
    return kept if len(kept) == len(facts) else _anchored(kept, led_to)
