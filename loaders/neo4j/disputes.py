"""Which facts of a node people should see as disputed: pure.

The embedded store has no such mark, and none is a fact: both follow from what claims say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal

from kaigraph.loaders.graph import Fact, Node, Slot
from kaigraph.ontology.terms import CORE

_CONTRADICTS = CORE + "contradicts"


class Disputes:
    """The facts of the present for which claims give different values, whatever these rank."""

    def __init__(self, contested: Iterable[Slot]) -> None:
        """Take what is contested."""
        found: dict[Node, set[tuple[str, str]]] = defaultdict(set)
        for subject, predicate, language in contested:
            found[subject].add((predicate.value, language))
        self._of: Mapping[Node, set[tuple[str, str]]] = dict(found)

    def among(self, facts: Sequence[Fact]) -> list[Fact]:
        """Those of one node's facts that are disputed."""
        slots = self._of.get(facts[0].subject) if self._of and facts else None
        if slots is None:
            return []
        return [f for f in facts if f.current and any((f.predicate.value, t) in slots for t in {"", _language(f)})]


def contradicts(facts: Iterable[Fact]) -> bool:
    """Whether a node is a claim that another one contradicts."""
    return any(f.current and f.predicate.value == _CONTRADICTS for f in facts)


def _language(fact: Fact) -> str:
    return (fact.object.language or "") if isinstance(fact.object, Literal) else ""
