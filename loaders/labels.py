"""What a thing is called: one text a language, always."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote

from pyoxigraph import BlankNode, Literal, NamedNode

from kaigraph.loaders.graph import Fact, Node, Resolved
from kaigraph.loaders.terms import node_id
from kaigraph.ontology.model import Model, Texts
from kaigraph.ontology.terms import RDF_TYPE

__all__ = ["all_labels", "labels", "node_id"]

# A hyphen between two digits belongs to a number.
_JOINTS = re.compile(r"(?<=[^\W\d_])[-_.]+|[-_.]+(?=[^\W\d_])")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SHORT = 8

#: Language tag → the best text.
_Found = dict[str, str]


def labels(node: Node, facts: Iterable[Fact], model: Model) -> dict[str, str]:
    """The label of a node in each language of the Model, from the facts about it that are to count.

    In each: the best label property in that language, then in the Model's languages in their order, then without a
    language, then in the smallest tag; of several, the smallest text. A node without any is called by its IRI's last
    part, a blank node by the label of its class.
    """
    given = list(facts)
    found = _given(given, model)
    instead = {} if found else _instead(node, given, model)
    return {language: _best(found or instead, language, model.languages) for language in model.languages}


def all_labels(resolved: Resolved, model: Model) -> dict[str, dict[str, str]]:
    """The labels of every node of the walkable graph, by its id."""
    about: dict[Node, list[Fact]] = defaultdict(list)
    for fact in resolved.facts:
        if fact.current:
            about[fact.subject].append(fact)
            if not isinstance(fact.object, Literal):
                about[fact.object]
    return {node_id(node): labels(node, facts, model) for node, facts in about.items()}


def _given(facts: Iterable[Fact], model: Model) -> _Found:
    """Per language tag the label that the best property gives."""
    best: dict[str, tuple[float, str]] = {}
    for fact in facts:
        rank = _rank(fact.predicate.value, model) if isinstance(fact.object, Literal) else None
        if rank is not None and isinstance(fact.object, Literal) and fact.object.value.strip():
            tag = (fact.object.language or "").lower()
            candidate = rank, fact.object.value
            best[tag] = min(candidate, best.get(tag, candidate))
    return {tag: text for tag, (_, text) in best.items()}


def _rank(predicate: str, model: Model) -> float | None:
    """The place of a property among the label properties; one below a label property comes right after it."""
    if predicate in model.label_properties:
        return model.label_properties.index(predicate)
    above = [model.label_properties.index(p) for p in model.superproperties.get(predicate, ()) if _is_label(p, model)]
    return min(above) + 0.5 if above else None


def _is_label(predicate: str, model: Model) -> bool:
    return predicate in model.label_properties


def _instead(node: Node, facts: Sequence[Fact], model: Model) -> _Found:
    """What to call a node that has no label."""
    if isinstance(node, NamedNode):
        return {"": _humanised(node.value)}
    types = frozenset(
        f.object.value for f in facts if f.predicate.value == RDF_TYPE and isinstance(f.object, NamedNode)
    )
    specific = model.most_specific(types)
    texts: Texts = model.classes[specific].labels if specific is not None else {}
    return {tag.lower(): text for tag, text in texts.items() if text} or {"": _shortened(node)}


def _shortened(node: BlankNode) -> str:
    return f"_:{node.value[:_SHORT]}"


def _humanised(iri: str) -> str:
    """The last part of an IRI as words."""
    local = unquote(re.split(r"[/#:]", iri.rstrip("/#:"))[-1])
    return " ".join(_HUMPS.sub(" ", _JOINTS.sub(" ", local)).split()) or iri


def _best(found: Mapping[str, str], language: str, languages: Sequence[str]) -> str:
    return next(found[tag] for wanted in (language, *languages, "") for tag in _matching(found, wanted))


def _matching(found: Mapping[str, str], wanted: str) -> Iterator[str]:
    """The tags that a wanted one matches, best first; for no language, what remains."""
    tag = wanted.lower()
    if tag in found:
        yield tag
    yield from sorted(t for t in found if not tag or t.startswith(f"{tag}-"))
