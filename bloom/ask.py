"""The questions that a database can answer, out of those that the ontology declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kaigraph.bloom import linked, told
from kaigraph.bloom.cypher import find, picked
from kaigraph.bloom.ground import Ground
from kaigraph.bloom.question import Answer, Question
from kaigraph.bloom.suggest import thing
from kaigraph.bloom.walk import walked
from kaigraph.ontology.errors import BadVocabulary
from kaigraph.ontology.phrases import Phrase
from kaigraph.ontology.terms import CORE

_Answering = Callable[[Ground, Answer], Answer | None]

#: By the name that core:answeredBy gives: as a phrase, as an action, and whether it needs claims.
_PHRASES: Mapping[str, _Answering] = {
    "sources": told.sources,
    "claims": told.claims,
    "certainty": told.certainty,
    "disagreements": told.disagreements,
    "disputes": told.disputes,
    "connection": linked.connection,
    "links": linked.links,
    "asOf": linked.as_of,
}
_ACTIONS: Mapping[str, _Answering] = {
    "sources": told.sources,
    "claims": told.claims,
    "contradictions": told.contradictions,
    "linkSources": told.link_sources,
    "links": linked.links,
    "asOf": linked.as_of_source,
}
_WITHOUT_CLAIMS = ("connection", "links")
_ON_LINKS = ("linkSources",)


def questions(phrases: Iterable[Phrase], ground: Ground) -> tuple[Question, ...]:
    """Those that can be answered: those of the domain first, by their texts.

    Raises:
        BadVocabulary: an answer that nobody knows, or a text without the gaps that its answer asks for.
    """
    asked = (_question(phrase, ground) for phrase in phrases)
    found = (question for question in asked if question)
    return tuple(sorted(found, key=lambda q: (q.iri.startswith(CORE), q.text, q.iri)))


def _question(phrase: Phrase, ground: Ground) -> Question | None:
    answer = _answer(phrase, ground)
    text = phrase.texts.get(ground.language) or phrase.texts.get("en", "")
    if answer is None or not text:
        return None
    language = ground.language if ground.language in phrase.texts else "en"
    _check(phrase, answer, phrase.gaps(language))
    return Question(
        iri=phrase.iri,
        text=text,
        description=phrase.definitions.get(language, text),
        answer=answer,
        labels=_labels(phrase, ground),
        is_action=phrase.is_action,
        on_links=phrase.answered_by in _ON_LINKS,
        example=phrase.filled(language),
    )


def _answer(phrase: Phrase, ground: Ground) -> Answer | None:
    if not phrase.answered_by:
        return walked(phrase, ground)
    known = (_ACTIONS if phrase.is_action else _PHRASES).get(phrase.answered_by)
    if known is None:
        hint = f"Known are {', '.join(sorted(_ACTIONS if phrase.is_action else _PHRASES))}."
        raise BadVocabulary(f"Nothing is called {phrase.answered_by}.", where=phrase.iri, hint=hint)
    if phrase.answered_by not in _WITHOUT_CLAIMS and not ground.has(told.CLAIM):
        return None
    start = picked("n") if phrase.is_action else find(ground.mapping, "n", "name")
    return known(ground, Answer(start, () if phrase.is_action else (thing(ground, "name"),)))


def _check(phrase: Phrase, answer: Answer, gaps: tuple[str, ...]) -> None:
    wanted = sorted(p.name for p in answer.parameters)
    if sorted(gaps) != wanted:
        hint = f"Its gaps are {', '.join('$' + name for name in wanted) or 'none'}."
        raise BadVocabulary("The text of a question has other gaps than its answer.", where=phrase.iri, hint=hint)


def _labels(phrase: Phrase, ground: Ground) -> tuple[str, ...]:
    """The labels of the class that an action is for, and of those below it."""
    if phrase.start is None or phrase.start not in ground.model.classes:
        return ()
    cls = ground.model.classes[phrase.start]
    return tuple(ground.mapping.label(iri) for iri in (cls.iri, *cls.descendants))
