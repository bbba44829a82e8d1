"""Colours that readers tell apart, colour-blind ones too: those of Okabe and Ito, and greys by lightness.

What a colour means is decided by the Model alone, so that it stays when data are added.
"""

from __future__ import annotations

from collections.abc import Mapping

from kaigraph.loaders.layout import SOURCE_CLASS
from kaigraph.ontology.model import Class, Iri, Model
from kaigraph.ontology.terms import CORE

#: For the kinds of things that have the most kinds below them, in this order.
KINDS = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#CC79A7")
#: What disagrees: contradictions and the judgements of them.
CONFLICT = "#D55E00"
#: All other kinds.
OTHERS = "#DDDDDD"
SOURCES, STATEMENTS, CLAIMS = "#000000", "#882255", "#707070"
#: Claims by certainty: the firmer, the darker.
CERTAINTIES = {
    CORE + "stated": "#333333",
    CORE + "planned": "#595959",
    CORE + "estimated": "#808080",
    CORE + "underEvaluation": "#A6A6A6",
    CORE + "inferred": "#C4C4C4",
}
LINKS, WEAK = "#666666", "#A5ABB6"

_OF_CORE = {
    SOURCE_CLASS: SOURCES,
    CORE + "Statement": STATEMENTS,
    CORE + "Claim": CLAIMS,
    CORE + "Ranking": CONFLICT,
}


def colours(model: Model) -> Mapping[Iri, str]:
    """The colour of each class: that of its kind, the topmost class above it."""
    roots = [c for c in model.classes.values() if not c.parents and not c.iri.startswith(CORE)]
    ranked = sorted(roots, key=lambda c: (-len(c.descendants), -len(c.fields), c.iri))
    first = {c.iri: colour for c, colour in zip(ranked, KINDS, strict=False)} | _OF_CORE
    return {c.iri: next((first[k] for k in _kinds(c) if k in first), OTHERS) for c in model.classes.values()}


def _kinds(cls: Class) -> list[Iri]:
    return [cls.iri, *cls.ancestors]
