"""Ranks: what the editors judge of one claim's values of one property, wherever the judgement stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import IntEnum

from pyoxigraph import Literal, NamedNode, Quad

from kaigraph.loaders.graph import Node
from kaigraph.loaders.quads import object_of, subject_of
from kaigraph.ontology.terms import CORE


class Rank(IntEnum):
    """Wikidata's ranks; of several judgements of one thing the greatest holds."""

    NORMAL = 0
    PREFERRED = 1
    DEPRECATED = 2


#: Claim and property → rank, where it is not normal.
Ranks = Mapping[tuple[str, str], Rank]

_RANKS = {CORE + rank.name.lower(): rank for rank in Rank}


def ranks_in(quads: Iterable[Quad]) -> Ranks:
    """The ranks that the quads of all graphs give: judgements hold at every date."""
    judged: dict[Node, set[str]] = defaultdict(set)
    properties: dict[Node, set[str]] = defaultdict(set)
    ranks: dict[Node, set[Rank]] = defaultdict(set)
    for quad in quads:
        name = quad.predicate.value.removeprefix(CORE)
        subject, value = subject_of(quad), object_of(quad)
        if name == "ranking" and isinstance(subject, NamedNode) and not isinstance(value, Literal):
            judged[value].add(subject.value)
        elif name == "onProperty":
            properties[subject].add(value.value)
        elif name == "rank" and value.value in _RANKS:
            ranks[subject].add(_RANKS[value.value])
    found: dict[tuple[str, str], Rank] = {}
    for node, claims in judged.items():
        rank = max(ranks.get(node, {Rank.NORMAL}))
        for pair in ((claim, prop) for claim in claims for prop in properties.get(node, ())):
            found[pair] = max(rank, found.get(pair, Rank.NORMAL))
    return found
