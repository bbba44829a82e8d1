"""Terms as people read them: labels in one language, and IRIs as short as the prefixes make them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import BlankNode, Literal

from kaigraph.loaders.graph import Resolved, Term
from kaigraph.loaders.labels import all_labels
from kaigraph.loaders.quads import RDF_TYPE, object_of
from kaigraph.loaders.values import Values
from kaigraph.ontology import Model
from kaigraph.ontology.model import Texts

_LOCAL = re.compile(r"[\w-][\w.-]*")


class Wording:
    """The words for what a dataset speaks of."""

    def __init__(self, resolved: Resolved, model: Model, language: str) -> None:
        """Take the labels of everything, and those of the vocabulary."""
        self.language = language if language in model.languages else model.languages[0]
        self._prefixes: Mapping[str, str] = {**model.prefixes, **resolved.dataset.prefixes}
        self._labels = {iri: texts[self.language] for iri, texts in all_labels(resolved, model).items()}
        self._terms = {iri: known.labels for iri, known in [*model.classes.items(), *model.properties.items()]}
        self._terms |= {value.iri: value.labels for e in model.enumerations.values() for value in e.values}
        self._values = Values(resolved.dataset.quads)

    def thing(self, iri: str) -> str:
        """The label of a thing."""
        return self._labels.get(iri) or self.term(iri)

    def term(self, iri: str) -> str:
        """The label of a class, a property or an enumerated value."""
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

    def value(self, term: Term, graph: str) -> str:
        """A value as a graph gives it: a text, a label, or what a structured value holds."""
        if isinstance(term, Literal):
            return term.value
        if isinstance(term, BlankNode):
            return self._structure(term, graph)
        return self._labels.get(term.value) or self.term(term.value)

    def _structure(self, node: BlankNode, graph: str, within: tuple[BlankNode, ...] = ()) -> str:
        if node in within:
            return "…"
        parts = []
        for quad in self._values.within(node, graph):
            value = object_of(quad)
            if quad.subject == node and quad.predicate.value != RDF_TYPE:
                inner = isinstance(value, BlankNode)
                said = self._structure(value, graph, (*within, node)) if inner else self.value(value, graph)
                parts.append(f"{self.term(quad.predicate.value)} {said}")
        return f"({', '.join(sorted(parts))})"
