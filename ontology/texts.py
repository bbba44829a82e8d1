"""What terms are called and what they mean, for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kaigraph.ontology.declared import Declarations
from kaigraph.ontology.model import Texts
from kaigraph.ontology.naming import words
from kaigraph.ontology.terms import (
    CORE,
    DCTERMS,
    FOAF,
    LABEL,
    PREF_LABEL,
    SCHEMA,
    SCHEMA_HTTP,
    TYPE,
    core,
    owl,
    rdf,
    rdfs,
    skos,
)  # fmt: skip
from kaigraph.ontology.triples import Triples

Iri = str

DEFINITIONS = [skos("definition"), rdfs("comment"), NamedNode(DCTERMS + "description")]
TERM_KINDS = [owl("Class"), rdfs("Class"), rdf("Property")] + [
    owl(f"{kind}Property") for kind in ("Object", "Datatype", "Annotation", "Symmetric", "Transitive", "Functional")
]
LABEL_PROPERTIES = [
    PREF_LABEL.value, LABEL.value, f"{DCTERMS}title", f"{SCHEMA}name", f"{SCHEMA_HTTP}name", f"{FOAF}name",
]  # fmt: skip


@dataclass(frozen=True)
class Writer:
    """Reads texts from a graph."""

    graph: Triples

    def labels(self, iri: Iri, name: str) -> Texts:
        """The labels of a term, by language; where it has none, its name in words."""
        return self._first(iri, [LABEL, PREF_LABEL]) or {"": words(name)}

    def definitions(self, iri: Iri, labels: Texts) -> Texts:
        """The definitions of a term, by language; where it has none, its labels."""
        return self._first(iri, DEFINITIONS) or labels

    def examples(self, iri: Iri) -> tuple[str, ...]:
        """The examples of a term."""
        return tuple(dict.fromkeys(text.value for text in self.graph.literals(NamedNode(iri), skos("example"))))

    def _first(self, iri: Iri, properties: Iterable[NamedNode]) -> dict[str, str]:
        found: dict[str, str] = {}
        for prop in properties:
            for literal in self.graph.literals(NamedNode(iri), prop):
                found.setdefault(literal.language or "", literal.value)
        return dict(sorted(found.items()))


def languages(declared: Triples) -> tuple[str, ...]:
    """The languages of the labels of declared terms, English first; core: counts only where it is alone."""
    terms = {iri for kind in TERM_KINDS for iri in declared.iri_subjects(TYPE, kind)}
    own = {iri for iri in terms if not iri.startswith(CORE)} or terms
    labels = (text for iri in own for prop in (LABEL, PREF_LABEL) for text in declared.literals(NamedNode(iri), prop))
    tags = sorted({text.language for text in labels if text.language}, key=lambda tag: (tag != "en", tag))
    return tuple(tags) or ("en",)


def label_properties(graph: Triples, declared: Declarations) -> tuple[Iri, ...]:
    """The properties whose value is a thing's label, the best first, each followed by its subproperties."""
    asked = {value.value for _, value in graph.pairs(core("labelProperty")) if isinstance(value, NamedNode)}
    first = [PREF_LABEL.value, LABEL.value]
    best = sorted(asked, key=lambda iri: (first.index(iri) if iri in first else len(first), iri))
    below: dict[Iri, list[Iri]] = {}
    for prop, above in sorted(declared.superproperties.items()):
        for other in above:
            below.setdefault(other, []).append(prop)
    return tuple(dict.fromkeys(iri for top in [*best, *LABEL_PROPERTIES] for iri in (top, *below.get(top, []))))
