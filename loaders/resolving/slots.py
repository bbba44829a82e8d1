"""One property of one subject, as its claims fill it over publication time: who prevails, and since when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kaigraph.loaders.resolving.intervals import Spans, contains, union
from kaigraph.loaders.resolving.ranks import Rank
from kaigraph.ontology.datatypes.calendar import FOREVER

#: A value, and how many equal ones of the same claim come before it.
Sense = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Assertion:
    """One value that one graph gives. `value` is what equal values share, `text` the term itself."""

    graph: str
    day: str
    rank: Rank
    value: str
    text: str


@dataclass(slots=True)
class Outcome:
    """What became of a slot. `support` names for each prevailing term the graphs that give an equal value."""

    spans: dict[str, Spans] = field(default_factory=dict)  # by the text of the term
    support: dict[str, tuple[str, ...]] = field(default_factory=dict)
    disputed: frozenset[str] = frozenset()
    conflict: tuple[str, ...] = ()
    contradictions: frozenset[tuple[str, str]] = frozenset()


def settle(assertions: Iterable[Assertion], single: bool, today: str | None = None) -> Outcome:
    """Who prevails when: deprecated values never, normal ones only beside no preferred one, equal ones as one.

    In a slot for a `single` value, of several that rank alike the latest published prevails for as long as a later
    source settled the matter, and none does if nothing has settled it `today` (without a day: ever): a conflict.
    """
    given = sorted(assertions, key=lambda a: (a.day, a.graph, a.text))
    senses = _senses(given)
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    disputed: set[str] = set()
    conflict: tuple[str, ...] = ()
    days = sorted({a.day for a in given if a.rank is not Rank.DEPRECATED})
    for start, end in pairwise([*days, FOREVER]):
        standing = _standing(given, start)
        kept = standing
        if single and _differ(standing):
            if contains(((start, end),), today):
                conflict = tuple(sorted({a.graph for a in standing}))
            else:
                kept = _latest(standing)
                disputed.update(a.text for a in kept)
        for text in _representatives(kept, senses):
            found[text].append((start, end))
    outcome = Outcome({text: union(spans) for text, spans in found.items()}, disputed=frozenset(disputed))
    outcome.support = _support(given, senses, found)
    outcome.conflict = conflict
    outcome.contradictions = frozenset(_contradictions(given)) if single else frozenset()
    return outcome


def _senses(given: Sequence[Assertion]) -> dict[tuple[str, str], Sense]:
    """The sense of each (graph, text): equal values of one graph are meant to be several."""
    met: Counter[tuple[str, str]] = Counter()
    senses = {}
    for assertion in given:
        here = assertion.graph, assertion.value
        senses[assertion.graph, assertion.text] = (assertion.value, met[here])
        met[here] += 1
    return senses


def _standing(given: Sequence[Assertion], day: str) -> list[Assertion]:
    known = [a for a in given if a.day <= day and a.rank is not Rank.DEPRECATED]
    preferred = [a for a in known if a.rank is Rank.PREFERRED]
    return preferred or known


def _by_graph(given: Iterable[Assertion]) -> dict[str, frozenset[str]]:
    values: dict[str, set[str]] = defaultdict(set)
    for assertion in given:
        values[assertion.graph].add(assertion.value)
    return {graph: frozenset(found) for graph, found in values.items()}


def _differ(given: Iterable[Assertion]) -> bool:
    """Whether two graphs give different values; several values of one graph are no disagreement."""
    return len(set(_by_graph(given).values())) > 1


def _latest(given: Sequence[Assertion]) -> list[Assertion]:
    """What the latest of the graphs says, and whoever says the same."""
    last = max(given, key=lambda a: (a.day, a.graph)).graph
    values = _by_graph(given)
    return [a for a in given if values[a.graph] == values[last]]


def _representatives(kept: Iterable[Assertion], senses: dict[tuple[str, str], Sense]) -> list[str]:
    """One term of each sense: the first published."""
    chosen: dict[Sense, str] = {}
    for assertion in kept:
        chosen.setdefault(senses[assertion.graph, assertion.text], assertion.text)
    return list(dict.fromkeys(chosen.values()))


def _support(
    given: Iterable[Assertion], senses: dict[tuple[str, str], Sense], chosen: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    graphs: dict[Sense, set[str]] = defaultdict(set)
    meant: dict[str, set[Sense]] = defaultdict(set)
    for assertion in given:
        sense = senses[assertion.graph, assertion.text]
        graphs[sense].add(assertion.graph)
        meant[assertion.text].add(sense)
    return {text: tuple(sorted(set().union(*(graphs[s] for s in meant[text])))) for text in chosen}


def _contradictions(given: Iterable[Assertion]) -> Iterable[tuple[str, str]]:
    values = sorted(_by_graph(given).items())
    return ((one, other) for one, said in values for other, heard in values if said != heard)
