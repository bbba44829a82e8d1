"""Terms as people read them: labels in one language, and IRIs as short as the prefixes make them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from pyoxigraph import BlankNode, Literal, NamedNode

from kaigraph.loaders.graph import Resolved, Term
from kaigraph.loaders.labels import all_labels
from kaigraph.loaders.quads import object_of
from kaigraph.loaders.resolving.values import Values
from kaigraph.loaders.terms import node_id
from kaigraph.ontology import Model
from kaigraph.ontology.model import Texts
from kaigraph.ontology.terms import RDF_TYPE

_LOCAL = re.compile(r"[\w-][\w.-]*")


class Wording:
    """The words for what a dataset speaks of."""

    def __init__(self, resolved: Resolved, model: Model, language: str) -> None:
        """Take the labels of everything, and those of the vocabulary."""
        self.language = language if language in model.languages else model.languages[0]
        self._prefixes: Mapping[str, str] = {**model.prefixes, **resolved.dataset.prefixes}
        self._labels = {iri: texts[self.language] for iri, texts in all_labels(resolved, model).items()}
        self._terms: dict[str, Texts] = {c.iri: c.labels for c in model.classes.values()}
        self._terms |= {p.iri: p.labels for p in model.properties.values()}
        self._terms |= {value.iri: value.labels for e in model.enumerations.values() for value in e.values}
        self._values = Values(resolved.dataset.quads)
        self._model, self._types = model, _types(resolved)

    def thing(self, iri: str) -> str:
        """The label of a thing."""
        return self._labels.get(iri) or self.term(iri)

    def kind(self, iri: str) -> str:
        """The label of a thing's most specific class, empty if it has none."""
        specific = self._model.most_specific(frozenset(self._types.get(iri, ())))
        return "" if specific is None else self.term(specific)

    def term(self, iri: str) -> str:
        """The label of a class, a property or an enumerated value."""
        if iri == RDF_TYPE:
            return "is a"
        return self.text(self._terms.get(iri, {})) or self.short(iri)

    def text(self, texts: Texts) -> str:
        """The best of a text in several languages."""
        fitting = (texts[tag] for tag in (self.language, "en", "", *sorted(texts)) if tag in texts)
        return next(fitting, "")

    def short(self, iri: str) -> str:
        """An IRI with its prefix."""
        fitting = [(len(base), name) for name, base in self._prefixes.items() if iri.startswith(base)]
        for length, name in sorted(fitting, reverse=True):
            if _LOCAL.fullmatch(iri[length:]):
                return f"{name}:{iri[length:]}"
        return f"<{iri}>" if ":" in iri and not iri.startswith("_:") else iri

    def is_foreign(self, term: Term) -> bool:
        """Whether a value is a text in another language."""
        return isinstance(term, Literal) and term.language not in {None, self.language}

    def value(self, term: Term, graph: str) -> str:
        """A value as a graph gives it: a text, a label, or what a structured value holds."""
        if isinstance(term, Literal):
            return term.value
        if isinstance(term, BlankNode):
            return self._structure(term, graph)
        return self.term(term.value) if term.value in self._terms else self.thing(term.value)

    def _structure(self, node: BlankNode, graph: str, within: tuple[BlankNode, ...] = ()) -> str:
        if node in within:
            return "…"
        parts = []
        for quad in self._values.within(node, graph):
            value = object_of(quad)
            if quad.subject == node and quad.predicate.value != RDF_TYPE and not self.is_foreign(value):
                said = (
                    self._structure(value, graph, (*within, node))
                    if isinstance(value, BlankNode)
                    else self.value(value, graph)
                )
                parts.append(f"{self.term(quad.predicate.value)} {said}")
        return f"({', '.join(sorted(parts))})"


def _types(resolved: Resolved) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for fact in resolved.facts:
        if fact.predicate.value == RDF_TYPE and isinstance(fact.object, NamedNode):
            found[node_id(fact.subject)].add(fact.object.value)
    return found
