"""From the vocabulary to the Model. The rules are written down in docs/model-rules.md."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from kaigraph.ontology.digest import digest
from kaigraph.ontology.drafts import Draft
from kaigraph.ontology.model import Model
from kaigraph.ontology.phrases import QUESTIONS
from kaigraph.ontology.texts import label_properties, languages
from kaigraph.ontology.vocabulary import Vocabulary
from kaigraph.ontology.wellformed import check_shapes


def make_model(vocabulary: Vocabulary, used_classes: frozenset[str] = frozenset()) -> Model:
    """Read the Model; raises BadVocabulary where a shape is ill-formed.

    `used_classes` are the classes that the data asserts of its nodes (the vocabulary's own concepts left out).
    """
    check_shapes(vocabulary)
    draft = Draft(vocabulary, used_classes)
    enumerations = {iri: draft.enumeration(iri) for iri in sorted(draft.members.concepts)}
    model = Model(
        classes=draft.classes(),
        properties=draft.properties,
        enumerations=enumerations,
        languages=languages(vocabulary.declared),
        label_properties=label_properties(draft.graph, draft.declared),
        prefixes=vocabulary.prefixes,
        superproperties=draft.declared.superproperties,
        class_parents={iri: tuple(sorted(up)) for iri, up in draft.members.ancestors.items() if iri not in QUESTIONS},
        renamings=draft.names.renamings,
        hash="",
    )
    return replace(model, hash=digest(model), for_classes=partial(make_model, vocabulary))
