"""Why a claim ranks as it does: the reasons that the editors give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, Quad

from kaigraph.loaders.quads import object_of, subject_of
from kaigraph.loaders.terms import node_id
from kaigraph.ontology.terms import CORE

#: Claim and property → language tag → reason. A claim that is judged without a reason has an empty one.
Reasons = Mapping[tuple[str, str], Mapping[str, str]]


def reasons_in(quads: Iterable[Quad]) -> Reasons:
    """The reason of each ranking, by what it judges."""
    claims: list[tuple[str, str]] = []
    properties: dict[str, list[str]] = defaultdict(list)
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in quads:
        name = quad.predicate.value.removeprefix(CORE)
        subject, value = node_id(subject_of(quad)), object_of(quad)
        if name == "ranking" and not isinstance(value, Literal):
            claims.append((subject, node_id(value)))
        elif name == "onProperty":
            properties[subject].append(value.value)
        elif name == "reason" and isinstance(value, Literal):
            texts[subject][value.language or ""] = value.value
    return {(claim, prop): texts[node] for claim, node in claims for prop in properties[node]}
