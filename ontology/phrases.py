"""The questions that an ontology declares for those who browse the graph: search phrases and scene actions.

They are no part of the Model: no type, no field and no hash knows of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kaigraph.ontology.errors import BadVocabulary
from kaigraph.ontology.model import Iri, Texts
from kaigraph.ontology.steps import Step, steps_of
from kaigraph.ontology.terms import LABEL, TYPE, core, skos
from kaigraph.ontology.triples import Triples
from kaigraph.ontology.vocabulary import Vocabulary

#: Their instances stand in ontologies, never in data: the Model does not know these classes.
QUESTIONS = (core("SceneAction").value, core("SearchPhrase").value)
COMPARISONS = ("before", "after", "above", "below")
_GAP = re.compile(r"\$([A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One question. Its texts have gaps, as `$name`; those of an action have none."""

    iri: Iri
    is_action: bool
    texts: Texts
    definitions: Texts
    examples: Texts = field(default_factory=dict)
    start: Iri | None = None
    steps: tuple[Step, ...] = ()
    end: Iri | None = None
    keeps: tuple[Iri, tuple[Iri, ...]] | None = None  # a property, and the values to keep by
    compares: Iri | None = None
    comparison: str = ""
    answered_by: str = ""

    def gaps(self, language: str) -> tuple[str, ...]:
        """The names of the gaps in the text of a language, in its order."""
        return tuple(_GAP.findall(self.texts.get(language, "")))

    def filled(self, language: str) -> Mapping[str, str]:
        """The values with which the example of a language fills the gaps; none, if it has no such example."""
        parts = _GAP.split(self.texts.get(language, ""))
        pattern = "".join(f"(?P<{part}>.+)" if i % 2 else re.escape(part) for i, part in enumerate(parts))
        match = re.fullmatch(pattern, self.examples.get(language, ""))
        return match.groupdict() if match else {}


def read_phrases(vocabulary: Vocabulary) -> tuple[Phrase, ...]:
    """The questions of a vocabulary, by IRI.

    Raises:
        BadVocabulary: a path that cannot be followed, a comparison that is none, or nothing that answers.
    """
    graph = vocabulary.graph
    kinds = {iri: kind for kind in QUESTIONS for iri in graph.iri_subjects(TYPE, NamedNode(kind))}
    return tuple(_phrase(graph, iri, kinds[iri] == QUESTIONS[0]) for iri in sorted(kinds))


def _phrase(graph: Triples, iri: Iri, is_action: bool) -> Phrase:
    node = NamedNode(iri)
    heads = graph.objects(node, core("along"))
    kept, values = graph.iris(node, core("keepsProperty")), graph.iris(node, core("keepsValue"))
    found = Phrase(
        iri=iri,
        is_action=is_action,
        texts=_texts(graph, node, LABEL),
        definitions=_texts(graph, node, skos("definition")),
        examples=_texts(graph, node, skos("example")),
        start=_one(graph.iris(node, core("startsAt"))),
        steps=steps_of(graph, heads[0], iri) if heads else (),
        end=_one(graph.iris(node, core("endsAt"))),
        keeps=(kept[0], tuple(values)) if kept else None,
        compares=_one(graph.iris(node, core("compares"))),
        comparison=_text(graph, node, "comparison"),
        answered_by=_text(graph, node, "answeredBy"),
    )
    _check(found)
    return found


def _check(phrase: Phrase) -> None:
    if not (phrase.steps or phrase.compares or phrase.answered_by):
        hint = "Give core:along, core:compares or core:answeredBy."
        raise BadVocabulary("Nothing answers this question.", where=phrase.iri, hint=hint)
    if phrase.compares and (phrase.comparison not in COMPARISONS or not phrase.start):
        hint = f"Give core:startsAt and a core:comparison: {', '.join(COMPARISONS)}."
        raise BadVocabulary("It is not said what is compared, or how.", where=phrase.iri, hint=hint)


def _texts(graph: Triples, node: NamedNode, predicate: NamedNode) -> dict[str, str]:
    return {text.language or "": text.value for text in graph.literals(node, predicate)}


def _text(graph: Triples, node: NamedNode, name: str) -> str:
    found = graph.literals(node, core(name))
    return found[0].value if found else ""


def _one(iris: list[Iri]) -> Iri | None:
    return iris[0] if iris else None
