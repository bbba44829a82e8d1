"""The perspective as a file: of the format, the same every time, in both languages, and for any ontology."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from kaigraph.bloom.ask import questions
from kaigraph.bloom.ground import Ground, Present, ground
from kaigraph.bloom.guide import guide
from kaigraph.bloom.palette import (
    CERTAINTIES,
    CLAIMS,
    CONFLICT,
    KINDS,
    LINKS,
    OTHERS,
    SOURCES,
    STATEMENTS,
    WEAK,
    colours,
)
from kaigraph.bloom.perspective import as_json, perspective
from kaigraph.bloom.question import Question
from kaigraph.loaders.pipeline import Inputs
from kaigraph.ontology.errors import BadVocabulary
from kaigraph.ontology.model import Kind
from kaigraph.ontology.phrases import Phrase, read_phrases
from kaigraph.ontology.terms import CORE
from tests.neo4j_.json_schema import faults
from tests.test_laws import PLAIN, SHIPPED, prepared

HERE = Path(__file__).parent
SCHEMA = json.loads((HERE / "bloom.schema.json").read_text(encoding="utf-8"))
GUIDE = HERE.parents[1] / "docs" / "browser-guide.md"
LANGUAGES = ("en", "ko")
BOTH = [pytest.param(SHIPPED, id="shipped"), pytest.param(PLAIN, id="foreign")]


def on(inputs: Inputs, language: str) -> Ground:
    return ground(prepared(inputs).model, language)


@cache
def asked(inputs: Inputs, language: str) -> tuple[Question, ...]:
    return questions(read_phrases(prepared(inputs).vocabulary), on(inputs, language))


@cache
def made(inputs: Inputs, language: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(written(inputs, language))
    return found


def written(inputs: Inputs, language: str) -> bytes:
    return as_json(perspective("graph", on(inputs, language), asked(inputs, language)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("inputs", BOTH)
def test_it_is_of_the_format(inputs: Inputs, language: str) -> None:
    assert faults(made(inputs, language), SCHEMA) == []


@pytest.mark.parametrize(
    ("where", "value"),
    [("version", "1.0"), ("palette", {"colors": []}), ("categories", [{}]), ("templates", [{"text": ""}]), ("more", 1)],
)
def test_the_schema_finds_faults(where: str, value: object) -> None:
    assert faults({**made(SHIPPED, "en"), where: value}, SCHEMA)


def test_the_same_in_is_the_same_out() -> None:
    assert written(SHIPPED, "en") == written(SHIPPED, "en")
    assert made(SHIPPED, "en")["id"] != made(SHIPPED, "ko")["id"]
    later = perspective("graph", on(SHIPPED, "en"), asked(SHIPPED, "en"), 1_800_000_000_000)
    assert later["createdAt"] == 1_800_000_000_000
    assert json.loads(as_json(later))["categories"][0]["createdAt"] == 1_800_000_000_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_questions_and_each_is_itself(language: str) -> None:
    templates, actions = (made(SHIPPED, language)[k] for k in ("templates", "sceneActions"))
    assert len(templates) >= 25
    assert len(actions) >= 12
    for listed, name in ((templates, "text"), (actions, "name")):
        assert len({each[name] for each in listed}) == len({each["id"] for each in listed}) == len(listed)
        moments = [each["createdAt"] for each in listed]
        assert moments == sorted(set(moments))  # Bloom lists them by it


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_writes_and_no_phrase_trips_the_search(language: str) -> None:
    for each in (*made(SHIPPED, language)["templates"], *made(SHIPPED, language)["sceneActions"]):
        assert each["isUpdateQuery"] is False
        assert not {"CREATE", "MERGE", "SET", "DELETE", "REMOVE"} & set(each["cypher"].split())
        assert not set("()") & set(each.get("text", each["name"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_gaps_are_parameters_and_each_has_suggestions(language: str) -> None:
    labels = made(SHIPPED, language)["labels"]
    for template in made(SHIPPED, language)["templates"]:
        names = [word for word in template["text"].split() if word.startswith("$")]
        assert sorted(names) == sorted(p["name"] for p in template["params"])
        for p in template["params"]:
            assert p["name"] in template["cypher"]
            keys = {k["propertyKey"] for k in labels.get(p["suggestionLabel"], [])}
            assert p["cypher"] or p["suggestionProp"] in keys, p
    texts = {p["suggestionProp"] for t in made(SHIPPED, language)["templates"] for p in t["params"]}
    assert f"label_{language}" in texts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("inputs", BOTH)
def test_people_see_names_and_no_keys_of_machines(inputs: Inputs, language: str) -> None:
    model = prepared(inputs).model
    language = language if language in model.languages else model.languages[0]
    file = made(inputs, language)
    for category in file["categories"]:
        shown = [c["key"] for c in category["captions"] if c["isCaption"]]
        assert f"label_{language}" in shown
        hidden = {p["name"] for p in category["properties"] if p["exclude"]}
        assert hidden == {p["name"] for p in category["properties"] if p["name"].startswith("_") or "." in p["name"]}
        assert not hidden & {c["key"] for c in category["captions"]}
    names = [c["name"] for c in file["categories"]]
    assert len(set(names)) == len(names)
    assert file["hideUncategorisedData"] is True
    assert not [label for c in file["categories"] for label in c["labels"] if label.endswith("_")]
    types = {t["name"] for t in file["relationshipTypes"]}
    assert not types & set(file["hiddenRelationshipTypes"])
    assert not [t for t in types if t.endswith("_")]


def test_amounts_are_told_apart_by_what_they_amount_to() -> None:
    """They have no names: without that, every circle of money says "amount of money"."""
    shown = {
        c["labels"][0]: {s["key"] for s in c["captions"] if s["isCaption"]} for c in made(SHIPPED, "en")["categories"]
    }
    assert shown["Money"] == {"label_en", "value", "currency"}
    assert shown["Quantity"] == {"label_en", "number", "unit"}
    assert shown["Ministry"] == shown["Conversion"] == {"label_en"}


def test_names_are_those_of_the_language() -> None:
    english, korean = (
        {c["labels"][0]: c["name"] for c in made(SHIPPED, language)["categories"]} for language in LANGUAGES
    )
    assert (english["Ministry"], korean["Ministry"]) == ("ministry", "부처")
    assert (english["Resource"], korean["Resource"]) == ("thing", "대상")
    texts = {t["text"] for t in made(SHIPPED, "ko")["templates"]}
    assert "돈을 대는 사업 $name" in texts


def test_the_most_specific_category_comes_first() -> None:
    """A node is shown as the first category that it fits."""
    model, mapping = prepared(SHIPPED).model, on(SHIPPED, "en").mapping
    order = {c["labels"][0]: c["id"] for c in made(SHIPPED, "en")["categories"]}
    for cls in model.classes.values():
        for above in cls.ancestors:
            assert order[mapping.label(cls.iri)] < order[mapping.label(above)]
    assert order["Resource"] == max(order.values())


def test_certainty_and_disagreement_can_be_seen() -> None:
    by_label = {c["labels"][0]: c for c in made(SHIPPED, "en")["categories"]}
    against, *shades = by_label["Claim"]["styleRules"]
    assert {r["conditionValue"] for r in shades} == {"STATED", "PLANNED", "ESTIMATED", "UNDER_EVALUATION", "INFERRED"}
    assert {(r["basedOn"], r["applyColor"], r["applySize"]) for r in shades} == {("certainty_string", True, False)}
    assert (against["basedOn"], against["conditionValue"]) == ("contradicted_boolean", "true")
    assert (against["applyColor"], against["applySize"]) == (False, True)  # the shade stays
    assert against["size"] > by_label["Claim"]["size"]
    assert [r["conditionValue"] for r in by_label["Ranking"]["styleRules"]] == ["PREFERRED", "NORMAL", "DEPRECATED"]
    against = [t["name"] for t in made(SHIPPED, "en")["relationshipTypes"] if t["color"] == CONFLICT]
    assert against == ["CONTRADICTS"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_disputed_has_a_colour_and_a_size(language: str) -> None:
    """Every kind of thing and every arrow that stands for a fact: both halves, for those who see no colours."""
    file = made(SHIPPED, language)
    things = {c["labels"][0]: c for c in file["categories"] if c["labels"][0] not in ("Claim", "Ranking")}
    arrows = {t["name"]: t for t in file["relationshipTypes"] if t["name"] not in ("ABOUT", "FROM", "CONTRADICTS")}
    assert len(things) > 40
    assert len(arrows) > 60
    for each in (*things.values(), *arrows.values()):
        (rule,) = each["styleRules"]
        assert (rule["basedOn"], rule["condition"], rule["conditionValue"]) == ("disputed_boolean", "equals", "true")
        assert (rule["color"], rule["applyColor"], rule["applySize"]) == (CONFLICT, True, True)
        assert rule["size"] > each["size"]


@pytest.mark.parametrize("inputs", BOTH)
def test_a_rule_is_of_a_key_that_is_there_and_has_a_number_of_its_own(inputs: Inputs) -> None:
    file = made(inputs, "en")
    for each in (*file["categories"], *file["relationshipTypes"]):
        keys = {f"{p.get('name') or p['propertyKey']}_{p['dataType']}" for p in each["properties"]}
        assert {rule["basedOn"] for rule in each["styleRules"]} <= keys
    numbers = [r["id"] for each in (*file["categories"], *file["relationshipTypes"]) for r in each["styleRules"]]
    assert len(set(numbers)) == len(numbers) > 0


def test_only_what_is_there_is_shown() -> None:
    whole = on(SHIPPED, "en")
    there = Present(frozenset({"Resource", "Person"}), frozenset({"HOLDER", "FACTS_"}), frozenset())
    few = replace(whole, there=there)
    file = json.loads(as_json(perspective("few", few, questions(read_phrases(prepared(SHIPPED).vocabulary), few))))
    assert [c["labels"] for c in file["categories"]] == [["Person"], ["Resource"]]
    assert [t["name"] for t in file["relationshipTypes"]] == ["HOLDER"]
    assert file["hiddenRelationshipTypes"] == ["FACTS_"]
    assert [t["text"] for t in file["templates"]] == ["How is $name connected to $other"]
    assert faults(file, SCHEMA) == []


@pytest.mark.parametrize("inputs", BOTH)
def test_no_arrow_leads_to_a_text(inputs: Inputs) -> None:
    """What only ever holds texts, numbers or values of lists is a key of a node, and no relationship type."""
    model, mapping = prepared(inputs).model, on(inputs, "en").mapping
    kinds: dict[str, set[Kind]] = {}
    for field in (f for cls in model.classes.values() for f in cls.fields):
        kinds.setdefault(mapping.type(field.property.iri), set()).add(field.kind)
    leading = {type_ for type_, of in kinds.items() if of & {Kind.THING, Kind.MIXED}}
    shown = {t["name"] for t in made(inputs, "en")["relationshipTypes"]}
    assert leading - {"SOURCE"} <= shown
    assert not shown & (kinds.keys() - leading)
    page = guide(on(inputs, "en"), asked(inputs, "en"))
    told = set(re.findall(r"^\| `(.+)` \|", page.split("## What the arrows say")[1], re.MULTILINE))
    assert leading - {"SOURCE"} <= told <= shown
    assert not {"BYLINE", "SHA256", "PARAGRAPH", "CERTAINTY"} & told


def test_an_action_is_for_its_categories() -> None:
    file = made(SHIPPED, "en")
    names = {c["id"]: c["labels"][0] for c in file["categories"]}
    actions = {a["name"]: a["categories"] for a in file["sceneActions"]}
    assert {names[i] for i in actions["Who serves there"]} >= {"Agent", "Company", "Ministry"}
    assert "Programme" not in {names[i] for i in actions["Who serves there"]}
    assert actions["Sources of it"] is None


Colour = tuple[float, float, float]

#: Linear RGB as those see it who lack one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1).
SIGHTS: Mapping[str, tuple[Colour, Colour, Colour]] = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def lab(colour: str, sight: tuple[Colour, Colour, Colour]) -> Colour:
    """CIELAB (D65) of a colour as somebody sees it."""
    given = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in given]
    r, g, b = (min(1, max(0, sum(w * c for w, c in zip(row, linear, strict=True)))) for row in sight)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one: str, other: str, sight: str) -> float:
    pairs = zip(lab(one, SIGHTS[sight]), lab(other, SIGHTS[sight]), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


@pytest.mark.parametrize("sight", SIGHTS)
def test_kinds_are_told_apart_by_whoever_looks(sight: str) -> None:
    """A difference of 2 is just seen; 10 is plain at a glance."""
    kinds = (*KINDS, CONFLICT, OTHERS, SOURCES, STATEMENTS, CLAIMS)
    near = {pair: distance(*pair, sight) for pair in combinations(kinds, 2) if distance(*pair, sight) < 10}
    assert not near
    assert all(distance(CONFLICT, grey, sight) > 10 for grey in (LINKS, WEAK))
    shades = list(CERTAINTIES.values())
    assert all(distance(a, b, sight) > 8 for a, b in combinations(shades, 2))


def test_red_and_green_would_not_do() -> None:
    assert distance("#E41A1C", "#4D8B2F", "deuteranopia") < distance("#E41A1C", "#4D8B2F", "all cones") / 2


def test_a_colour_is_that_of_the_kind() -> None:
    model = prepared(SHIPPED).model
    of = {c.name: colours(model)[c.iri] for c in model.classes.values()}
    assert of["Ministry"] == of["Person"] == of["Agent"] == KINDS[0]
    assert len({of[name] for name in ("Agent", "Programme", "Financing", "Event", "Facility", "Place")}) == 6
    assert of["Claim"] == CLAIMS
    assert set(of.values()) == {*KINDS, CONFLICT, OTHERS, SOURCES, STATEMENTS, CLAIMS}


def test_a_foreign_ontology_gets_what_fits_it() -> None:
    """Without claims there are no questions about claims; a way between two things there is."""
    mapping = on(PLAIN, "en").mapping
    own = {type_ for iri, type_ in mapping.types.items() if not iri.startswith(CORE)}
    there = Present(frozenset({"Resource", "Book"}), frozenset({"FACTS_", *own}), frozenset())
    few = questions(read_phrases(prepared(PLAIN).vocabulary), replace(on(PLAIN, "en"), there=there))
    assert [q.text for q in few if not q.is_action] == ["How is $name connected to $other"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"answered_by": "magic"}, "Nothing is called magic"),
        ({"texts": {"en": "Sources of $thing"}}, "other gaps"),
        ({"texts": {"en": "Sources"}}, "other gaps"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told(changed: dict[str, Any], message: str) -> None:
    good = Phrase("urn:p", False, {"en": "Sources of $name"}, {"en": "Its sources."}, answered_by="sources")
    assert len(questions([good], on(SHIPPED, "en"))) == 1
    with pytest.raises(BadVocabulary, match=message):
        questions([replace(good, **changed)], on(SHIPPED, "en"))


def test_the_guide_in_the_docs_is_current() -> None:
    """To make it again: kaigraph bloom --guide --output docs/browser-guide.md."""
    assert GUIDE.read_text(encoding="utf-8") == guide(on(SHIPPED, "en"), asked(SHIPPED, "en"))


def test_the_guide_is_there_in_korean_with_values() -> None:
    page = guide(on(SHIPPED, "ko"), asked(SHIPPED, "ko"))
    assert ":param name => '한국산업은행'" in page
    assert ":param amount => 2500000000000\n" in page
    assert "| `Ministry` | 부처 |" in page
    assert page.count("```cypher") == len(asked(SHIPPED, "ko"))
