"""Where a result of the gate comes from: the claims that say it, and where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pyoxigraph import BlankNode, NamedNode

from kaigraph.loaders.graph import DEFAULT_GRAPH, Fact, Place, Resolved, Term
from kaigraph.ontology.terms import TYPE
from kaigraph.shapes import Result

_MOST = 5  # claims named where a whole thing, rather than one of its values, is wrong


class Origins:
    """Finds the facts that a result rests on, and so its claims, file and line."""

    def __init__(self, resolved: Resolved) -> None:
        """Index the facts by subject and by blank object."""
        self._dataset = resolved.dataset
        self._facts: dict[Term, list[Fact]] = defaultdict(list)
        self._above: dict[Term, Fact] = {}
        for fact in resolved.facts:
            self._facts[fact.subject].append(fact)
            if isinstance(fact.object, BlankNode):
                self._above.setdefault(fact.object, fact)

    def fill(self, result: Result) -> Result:
        """The result with its claims, file and line."""
        claims = result.claims or self._claims(result)
        place = self._place(claims, result.focus)
        return replace(result, claims=claims, file=place.file, line=place.line)

    def _claims(self, result: Result) -> tuple[str, ...]:
        if not self._dataset.is_claims:
            return ()
        if isinstance(result.focus, NamedNode) and self._is_graph(result.focus.value):
            return (result.focus.value,)
        return _graphs(self._about(result))

    def _is_graph(self, iri: str) -> bool:
        return any(f.predicate.value.endswith("core#source") for f in self._facts.get(NamedNode(iri), ()))

    def _about(self, result: Result) -> Sequence[Fact]:
        """The facts with the result's value, else with its property, else of its node (its types first)."""
        facts = self._facts.get(result.focus, [])
        path = result.path
        if path is not None and path.op == "inversePath" and result.value is not None:
            return [f for f in self._facts.get(result.value, []) if f.object == result.focus]
        same = [f for f in facts if path is not None and f.predicate.value == path.iri]
        exact = [f for f in same if f.object == result.value]
        typed = [f for f in facts if f.predicate == TYPE]
        return exact or [f for f in same if f.current] or same or (typed or facts)[:_MOST]

    def _place(self, claims: Iterable[str], focus: Term) -> Place:
        """The place of the first claim that has one, else of the node, else of the node that leads to it."""
        seen: set[Term] = set()
        names = list(claims)
        while focus not in seen:
            seen.add(focus)
            names += [DEFAULT_GRAPH + focus.value] if isinstance(focus, NamedNode) else []
            focus = self._above[focus].subject if focus in self._above else focus
        places = (self._dataset.places.get(name) for name in names)
        return next((p for p in places if p is not None), Place(""))


def _graphs(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(sorted({g for f in facts for g in f.graphs if g != DEFAULT_GRAPH})[: _MOST * 2])
