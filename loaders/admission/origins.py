"""Where a result of the gate comes from: the claims that say it, and where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pyoxigraph import BlankNode, Literal, NamedNode

from kaigraph.loaders.graph import DEFAULT_GRAPH, Fact, Place, Resolved, Term
from kaigraph.loaders.terms import node_id
from kaigraph.ontology.terms import CORE, TYPE
from kaigraph.shapes import Origin, Result
from kaigraph.shapes.checks import UNDESCRIBED_GRAPH, UNSOURCED_FACT

_MOST = 5  # claims named where a whole thing, rather than one of its values, is wrong
_SOURCE, _CLAIM = NamedNode(CORE + "source"), NamedNode(CORE + "Claim")
_OF_GRAPHS = {CORE + "factCount", CORE + "contradicts"}  # derived of a claim from what its graph asserts


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
        claims = () if result.component == UNSOURCED_FACT else result.claims or self._claims(result)
        place = self._description(result) or self._place(claims, result.focus)
        known = self._dataset.places
        origins = [Origin(c, p.file, p.line) for c in claims for p in (known.get(c, Place("")),)]
        if len(origins) == 1:
            origins = [Origin(claims[0], place.file, place.line)]
        return replace(result, claims=claims, places=tuple(origins), file=place.file, line=place.line)

    def _description(self, result: Result) -> Place | None:
        """Where the claim is described that a result is about, unless it is about what its graph asserts."""
        if not isinstance(result.focus, NamedNode) or result.component == UNDESCRIBED_GRAPH:
            return None
        asserted = result.path is not None and result.path.iri in _OF_GRAPHS
        return None if asserted else self._dataset.described.get(result.focus.value)

    def _claims(self, result: Result) -> tuple[str, ...]:
        if not self._dataset.is_claims:
            return ()
        if isinstance(result.focus, NamedNode) and self._is_graph(result.focus.value):
            return (result.focus.value,)
        return _graphs(self._about(result))

    def _is_graph(self, iri: str) -> bool:
        said = [f for f in self._facts.get(NamedNode(iri), ()) if f.graphs]
        return any(f.predicate == _SOURCE or (f.predicate == TYPE and f.object == _CLAIM) for f in said)

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
            names += [] if isinstance(focus, Literal) else [DEFAULT_GRAPH + node_id(focus)]
            focus = self._above[focus].subject if focus in self._above else focus
        places = (self._dataset.places.get(name) for name in names)
        return next((p for p in places if p is not None), Place(""))


def _graphs(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(sorted({g for f in facts for g in f.graphs if g != DEFAULT_GRAPH})[: _MOST * 2])
