"""The questions that an ontology declares, and that the Model knows nothing of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kaigraph.ontology import DEFAULT_ONTOLOGY, make_model, read_vocabulary
from kaigraph.ontology.errors import BadVocabulary
from kaigraph.ontology.phrases import QUESTIONS, Phrase, read_phrases
from kaigraph.ontology.steps import MOST, Step
from kaigraph.ontology.terms import CORE, TYPE
from kaigraph.ontology.vocabulary import Vocabulary

HEAD = """@prefix core: <https://w3id.org/kaigraph/core#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix ex: <urn:ex:> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def vocabulary(tmp_path: Path, text: str) -> Vocabulary:
    path = tmp_path / "own.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return read_vocabulary([path], [])


def own(tmp_path: Path, text: str) -> Phrase:
    (found,) = [p for p in read_phrases(vocabulary(tmp_path, text)) if p.iri.startswith("urn:ex:")]
    return found


def test_all_that_is_declared_is_read(tmp_path: Path) -> None:
    found = own(
        tmp_path,
        """ex:q a core:SearchPhrase ; rdfs:label "What is above $amount in $unit"@en ; skos:definition "It."@en ;
        skos:example "What is above 12 in kg"@en ; core:startsAt ex:Parcel ; core:endsAt ex:Box ; core:along ex:in ;
        core:compares ex:weight ; core:comparison "above" ;
        core:keepsProperty ex:kind ; core:keepsValue ex:b , ex:a .""",
    )
    assert found == Phrase(
        iri="urn:ex:q",
        is_action=False,
        texts={"en": "What is above $amount in $unit"},
        definitions={"en": "It."},
        examples={"en": "What is above 12 in kg"},
        start="urn:ex:Parcel",
        steps=(Step(("urn:ex:in",)),),
        end="urn:ex:Box",
        keeps=("urn:ex:kind", ("urn:ex:a", "urn:ex:b")),
        compares="urn:ex:weight",
        comparison="above",
    )
    assert found.gaps("en") == ("amount", "unit")
    assert found.filled("en") == {"amount": "12", "unit": "kg"}
    assert found.filled("ko") == {}


A, B = "urn:ex:a", "urn:ex:b"


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("ex:a", [Step((A,))]),
        ("( ex:a ex:b )", [Step((A,)), Step((B,))]),
        ("[ sh:inversePath ex:a ]", [Step((A,), backward=True)]),
        ("[ sh:inversePath [ sh:inversePath ex:a ] ]", [Step((A,))]),
        ("[ sh:alternativePath ( ex:b ex:a ) ]", [Step((B, A))]),
        ("[ sh:inversePath [ sh:alternativePath ( ex:a ex:b ) ] ]", [Step((A, B), backward=True)]),
        ("[ sh:alternativePath ( [ sh:inversePath ex:a ] [ sh:inversePath ex:b ] ) ]", [Step((A, B), backward=True)]),
        ("[ sh:alternativePath ( ex:a [ sh:inversePath ex:a ] ) ]", [Step((A,), both=True)]),
        ("[ sh:zeroOrOnePath ex:a ]", [Step((A,), least=0, most=1)]),
        ("[ sh:oneOrMorePath [ sh:inversePath ex:a ] ]", [Step((A,), backward=True, most=MOST)]),
        ("( [ sh:zeroOrMorePath ex:a ] ex:b )", [Step((A,), least=0, most=MOST), Step((B,))]),
    ],
)
def test_a_path_is_steps(tmp_path: Path, path: str, steps: list[Step]) -> None:
    assert own(tmp_path, f"ex:q a core:SceneAction ; core:along {path} .").steps == tuple(steps)


@pytest.mark.parametrize(
    "path",
    [
        '"a"',
        "[]",
        "[ sh:alternativePath ( ex:a [ sh:inversePath ex:b ] ) ]",
        "[ sh:alternativePath () ]",
        "[ sh:zeroOrMorePath ( ex:a ex:b ) ]",
        "[ sh:inversePath [ sh:oneOrMorePath ex:a ] ]",
    ],
)
def test_a_path_that_no_arrow_shows_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(BadVocabulary, match="cannot be followed") as found:
        own(tmp_path, f"ex:q a core:SceneAction ; core:along {path} .")
    assert found.value.where == "urn:ex:q"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ex:q a core:SearchPhrase .", "Nothing answers"),
        ("ex:q a core:SearchPhrase ; core:compares ex:a .", "what is compared"),
        ('ex:q a core:SearchPhrase ; core:compares ex:a ; core:comparison "before" .', "what is compared"),
        ('ex:q a core:SearchPhrase ; core:startsAt ex:C ; core:compares ex:a ; core:comparison "like" .', "compared"),
    ],
)
def test_what_cannot_be_answered_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BadVocabulary, match=message):
        own(tmp_path, text)


def test_the_model_does_not_know_them(tmp_path: Path) -> None:
    """With and without questions the Model is the same, and so is its hash: no database has to be made again."""
    declared = 'ex:C a <http://www.w3.org/2002/07/owl#Class> ; rdfs:label "c"@en , "다"@ko .'
    asked = declared + 'ex:q a core:SearchPhrase ; rdfs:label "Sources of $name"@en ; core:answeredBy "sources" .'
    with_questions = make_model(vocabulary(tmp_path, asked))
    assert with_questions.hash == make_model(vocabulary(tmp_path, declared)).hash
    assert not set(QUESTIONS) & set(with_questions.class_parents)
    assert not [p for p in with_questions.properties if p.startswith(CORE + "answered")]


def test_every_question_that_ships_is_in_both_languages_with_the_same_gaps() -> None:
    found = read_phrases(read_vocabulary([DEFAULT_ONTOLOGY], []))
    declared = read_vocabulary([DEFAULT_ONTOLOGY], []).graph
    assert len(found) == sum(len(declared.iri_subjects(TYPE, NamedNode(kind))) for kind in QUESTIONS)
    for phrase in found:
        assert set(phrase.texts) == set(phrase.definitions) == {"en", "ko"}, phrase.iri
        assert sorted(phrase.gaps("en")) == sorted(phrase.gaps("ko")), phrase.iri
        if not phrase.is_action:
            assert all(set(phrase.filled(tag)) == set(phrase.gaps(tag)) for tag in ("en", "ko")), phrase.iri
        assert not phrase.is_action or not phrase.gaps("en")
