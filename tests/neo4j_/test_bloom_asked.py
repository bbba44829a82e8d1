"""Every phrase and every action, asked of a real Neo4j with the data that ship: what comes back, and by which plan."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

import pytest
from neo4j import READ_ACCESS, Session
from neo4j.graph import Node, Path, Relationship

from kaigraph.bloom.ask import questions
from kaigraph.bloom.ground import Ground, ground, present
from kaigraph.bloom.question import Question
from kaigraph.loaders.labels import all_labels
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.store import Neo4jStore, open_neo4j
from kaigraph.loaders.terms import node_id
from kaigraph.ontology.phrases import Phrase, read_phrases
from kaigraph.ontology.steps import Step
from kaigraph.ontology.terms import CORE
from tests.cli.command import kaigraph
from tests.neo4j_.conftest import wipe
from tests.neo4j_.json_schema import faults
from tests.neo4j_.test_bloom_file import SCHEMA
from tests.test_laws import SHIPPED, prepared

LANGUAGES = ("en", "ko")
KAI = "https://w3id.org/kaigraph/ontology#"
Values = Mapping[str, Any]
CENTRE = "National AI Computing Center"

#: What the examples in the ontology must lead to, by the files in data/: the last nodes of the ways.
ANSWERS = {
    "Amounts above $amount in $unit": {
        "AI concentration fund",
        "AI policy financing 2025",
        "EU plan to mobilise AI capital",
        "Stargate Project",
    },
    "Events after $date": {
        "Remarks of Bae Kyung-hoon at the launch",
        "Launch of the foundation model project",
        "Unveiling of the National AI Strategy Committee",
        "Science ministry's account of the plan (001)",
    },
    "Events attended by $name": {"Third meeting of the National AI Committee"},
    "Facilities in $name": {"Global AI Frontier Lab"},
    "Positions of $name": {"Government of South Korea", "Ministry of Economy and Finance"},
    "Products developed by $name": {"NVIDIA H100"},
    "Programmes financed by $name": {"South Korea's AI push (002)", "Foundation model project"},
    "Programmes promoted by $name": {"Foundation model project"},
    "Targets due before $date": {
        "Five unicorn companies by 2027",
        "GPU target of the computing centre (002)",
    },
    "What is financed by $name": {CENTRE},
    "What was announced by $name": {"18,000-GPU acquisition plan", "National AI Capability Enhancement Plan"},
    "Who attended $name": {"Bae Kyung-hoon", "Kim Yu-won", "Lim Yoo-hyung"},
    "Who leads $name": {"Choi Soo-yeon"},
    "Who was selected for $name": {
        "LG AI Research team",
        "Naver Cloud team",
        "NC AI team",
        "SK Telecom team",
        "Upstage team",
    },
    "How is $name connected to $other": {"Government of South Korea"},
    "Not to be confused with $name": {"Data centres", "Sixth national supercomputer"},
    "What may be the same as $name": {"AI concentration fund"},
    "Plain links of $name": {
        "Government of South Korea",
        "Homegrown LLM project (002)",
        "Ministry of Economy and Finance",
        "Third meeting of the National AI Committee",
    },
    "Wholes of $name": {
        "AI support measures (003)",
        "Direction 2: AI talent",
        "National AI Capability Enhancement Plan",
        "Talent line of the plan (001)",
    },
}


@pytest.fixture(scope="module")
def store(target: Target) -> Iterator[Neo4jStore]:
    """The database with the data that ship."""
    wipe(target)
    found = open_neo4j(target, prepared(SHIPPED).model, "write")
    found.load(prepared(SHIPPED).resolved)
    with found.driver.session() as session:
        session.run("CALL db.prepareForReplanning()").consume()
    yield found
    found.close()


@pytest.fixture(scope="module")
def grounds(store: Neo4jStore) -> Mapping[str, Ground]:
    there = present(store)
    return {language: ground(store.model, language, there) for language in LANGUAGES}


@pytest.fixture
def session(store: Neo4jStore) -> Iterator[Session]:
    """Bloom asks as this does: it may not write."""
    with store.driver.session(default_access_mode=READ_ACCESS) as found:
        yield found


def asked(grounds: Mapping[str, Ground], language: str, *, actions: bool = False) -> dict[str, Question]:
    phrases = read_phrases(prepared(SHIPPED).vocabulary)
    return {q.text: q for q in questions(phrases, grounds[language]) if q.is_action is actions}


def given(question: Question) -> dict[str, Any]:
    """The values of the example, as the browser would give them."""
    types = {p.name: p.type for p in question.answer.parameters}
    return {name: int(v) if types[name] == "Integer" else v for name, v in question.example.items()}


def rows(session: Session, statement: str, values: Values) -> list[list[Any]]:
    return [list(record.values()) for record in session.run(cast("Any", statement), dict(values))]


def labels(found: list[list[Any]], language: str = "en") -> set[str]:
    """What the last node of each row is called."""
    last = (next(v for v in reversed(row) if isinstance(v, Node | Path)) for row in found)
    return {(v.end_node if isinstance(v, Path) else v)[f"label_{language}"] for v in last if v is not None}


def drawn(found: list[list[Any]]) -> set[str]:
    """What a picture of the rows has in it."""
    values = [value for row in found for value in row if value is not None]
    parts = [(*v.nodes, *v.relationships) if isinstance(v, Path) else (v,) for v in values]
    return {part.element_id for each in parts for part in each}


def on_way(found: list[list[Any]]) -> set[str]:
    """What all nodes of the ways are called."""
    return {node["label_en"] for row in found for value in row if isinstance(value, Path) for node in value.nodes}


def steps(session: Session, statement: str, values: Values) -> list[str]:
    plan = session.run(cast("Any", f"EXPLAIN {statement}"), dict(values)).consume().plan
    assert plan is not None
    return list(_below(plan))


def _below(step: Mapping[str, Any]) -> Iterator[str]:
    yield step["operatorType"]
    for child in step.get("children", ()):
        yield from _below(child)


def scans(found: list[str]) -> list[str]:
    bad = ("AllNodesScan", "NodeByLabelScan", "AllRelationshipsScan", "CartesianProduct", "UnionNodeByLabelsScan")
    return [step for step in found if step.split("@")[0] in bad]


def picked(session: Session, *names: str) -> Values:
    """The selection of a scene: things by their English names, and links none."""
    ids = [r[0] for r in session.run("MATCH (n:Resource) WHERE n.label_en IN $names RETURN elementId(n)", names=names)]
    assert len(ids) == len(names)
    return {"nodes": ids, "relationships": []}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_answers_its_example(grounds: Mapping[str, Ground], session: Session, language: str) -> None:
    found = asked(grounds, language)
    assert len(found) >= 25
    for text, question in found.items():
        if question.answer.parameters:
            assert question.example, text
        answer = rows(session, question.answer.statement, given(question))
        assert answer, text
        assert all(isinstance(v, Node | Path | Relationship | None) for row in answer for v in row), (
            "it makes no picture"
        )


def test_both_languages_find_the_same(grounds: Mapping[str, Ground], session: Session) -> None:
    english, korean = ({q.iri: q for q in asked(grounds, language).values()} for language in LANGUAGES)
    assert english.keys() == korean.keys()
    for iri, question in english.items():
        one = labels(rows(session, question.answer.statement, given(question)))
        other = labels(rows(session, korean[iri].answer.statement, given(korean[iri])))
        assert one == other, iri


@pytest.mark.parametrize("text", ANSWERS)
def test_a_phrase_says_what_the_articles_say(grounds: Mapping[str, Ground], session: Session, text: str) -> None:
    question = asked(grounds, "en")[text]
    assert labels(rows(session, question.answer.statement, given(question))) == ANSWERS[text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_case_and_blanks_around_make_no_difference(
    grounds: Mapping[str, Ground], session: Session, language: str
) -> None:
    for text, question in asked(grounds, language).items():
        types = {p.name: p.type for p in question.answer.parameters}
        exact = given(question)
        wanted = drawn(rows(session, question.answer.statement, exact))
        for change in (str.lower, str.upper, "  {} ".format):
            loose = {k: change(v) if types[k] == "String" and k != "date" else v for k, v in exact.items()}
            assert drawn(rows(session, question.answer.statement, loose)) == wanted, (text, loose)


def test_money_is_what_lies_behind(grounds: Mapping[str, Ground], session: Session) -> None:
    question = asked(grounds, "en")["Money behind $name"]
    (row,) = rows(session, question.answer.statement, given(question))
    assert (row[0].end_node["value"], row[0].end_node["currency"]) == ("2500000000000.0", "KRW")
    assert on_way([row]) == {CENTRE, "KDB loan for the National AI Computing Center", "amount of money"}


def test_sources_are_the_articles(grounds: Mapping[str, Ground], session: Session) -> None:
    question = asked(grounds, "en")["Sources of $name"]
    found = labels(rows(session, question.answer.statement, given(question)))
    assert {name[:11] for name in found} == {
        "Article 000",
        "Article 001",
        "Article 002",
        "Article 003",
        "kaigraph ed",
    }


def test_claims_of_one_certainty(grounds: Mapping[str, Ground], session: Session) -> None:
    question = asked(grounds, "en")["Claims put as $certainty about $name"]
    found = rows(session, question.answer.statement, given(question))
    assert {row[0].end_node["certainty"] for row in found} == {"PLANNED"}
    assert "000-11i" in labels(found)
    whole = asked(grounds, "en")["Claims about $name"]
    assert len(found) < len(rows(session, whole.answer.statement, {"name": CENTRE}))


def test_who_disagrees(grounds: Mapping[str, Ground], session: Session) -> None:
    question = asked(grounds, "en")["Who disagrees about $name"]
    found = on_way(rows(session, question.answer.statement, given(question)))
    assert "IT industry source (001, paragraph 12)" in found
    tranche = on_way(rows(session, question.answer.statement, {"name": "10,000-GPU tranche"}))
    assert {"000-10i", "002-5e"} <= tranche  # two articles date it differently
    standings = {
        node["standing"]
        for row in rows(session, question.answer.statement, given(question))
        for node in row[0].nodes
        if "standing" in node
    }
    assert standings <= {"ALLEGATION", "CRITICISM", "DENIAL", "DOUBT", "WARNING"}


def test_disputes_are_those_of_the_data(grounds: Mapping[str, Ground], session: Session) -> None:
    found = rows(session, asked(grounds, "en")["Disputed facts"].answer.statement, {})
    contradicts = "https://w3id.org/kaigraph/core#contradicts"
    pairs = {
        frozenset((str(f.subject.value), str(f.object.value)))
        for f in prepared(SHIPPED).resolved.facts
        if f.predicate.value == contradicts
    }
    assert {frozenset(n["id"] for n in row[0].nodes if "Claim" in n.labels) for row in found} == pairs


def test_what_somebody_said(grounds: Mapping[str, Ground], session: Session) -> None:
    question = asked(grounds, "en")["What was said by $name"]
    found = labels(rows(session, question.answer.statement, given(question)))
    assert "Choi Byeong-ho on Korea as a latecomer (001, paragraph 17)" in found
    official = labels(rows(session, question.answer.statement, {"name": "Science ministry official (000)"}))
    assert "000-11e" in official  # a claim attributed to him


def test_what_was_known_on_a_day(grounds: Mapping[str, Ground], session: Session) -> None:
    statement = asked(grounds, "en")["Neighbours of $name as of $date"].answer.statement
    project = "Foundation model project"
    days = ("2025-02-19", "2025-02-20", "2025-03-01", "2026-01-01")
    seen = [labels(rows(session, statement, {"name": CENTRE, "date": day})) for day in days[:3]]
    assert "KDB loan for the National AI Computing Center" in seen[1]
    assert "KDB loan for the National AI Computing Center" not in seen[0]
    before, after = (labels(rows(session, statement, {"name": project, "date": day})) for day in days[2:])
    assert "South Korea" not in before
    assert {"Ministry of Science and ICT", "Selection of the Upstage team"} <= after


def test_numbers_are_compared_exactly(grounds: Mapping[str, Ground], session: Session) -> None:
    """At each amount, and a hair beside it: what is above and what is below is what arithmetic says."""
    above = Phrase(
        "urn:a", False, {"en": "above $amount $unit"}, {"en": ""}, start=KAI + "Money", compares=KAI + "value"
    )
    above = replace(above, comparison="above")
    below = replace(above, iri="urn:b", texts={"en": "below $amount $unit"}, comparison="below")
    larger, smaller = questions([above, below], grounds["en"])
    amounts = [Decimal(r[0]) for r in session.run("MATCH (m:Money {currency: 'KRW'}) RETURN m.value")]
    for limit in sorted({int(a) + beside for a in amounts for beside in (-1, 0, 1)} | {0, -1, -(10**15), 7}):
        values = {"amount": limit, "unit": "KRW"}
        found = [Decimal(row[0]["value"]) for row in rows(session, larger.answer.statement, values)]
        assert sorted(found) == sorted(a for a in amounts if a > limit), limit
        found = [Decimal(row[0]["value"]) for row in rows(session, smaller.answer.statement, values)]
        assert sorted(found) == sorted(a for a in amounts if a < limit), limit


def test_an_amount_is_found_by_what_is_printed_beside_it(grounds: Mapping[str, Ground], session: Session) -> None:
    """An article prints 500 billion dollars and, beside it, about 730 trillion won: either finds it."""
    statement = asked(grounds, "en")["Amounts above $amount in $unit"].answer.statement
    for limit, unit, printed in (
        (600 * 10**12, "KRW", [("730000000000000.0", "KRW"), ("500000000000.0", "USD")]),
        (400 * 10**9, "USD", [("500000000000.0", "USD")]),
    ):
        (row,) = rows(session, statement, {"amount": limit, "unit": unit})
        *amounts, thing = row[0].nodes
        assert [(amount["value"], amount["currency"]) for amount in amounts] == printed
        assert thing["label_en"] == "Stargate Project"
    assert rows(session, statement, {"amount": 600 * 10**12, "unit": "USD"}) == []


@pytest.mark.parametrize(
    ("date", "count"), [("2025-12-31", 0), ("2026-01-01", 1), ("2026", 1), ("2027", 1), ("2028", 2), ("2031-01", 3)]
)
def test_dates_are_bounds(grounds: Mapping[str, Ground], session: Session, date: str, count: int) -> None:
    """A deadline within a year is kept on its last day: before 2028 means by the end of 2027."""
    question = asked(grounds, "en")["Targets due before $date"]
    assert len(rows(session, question.answer.statement, {"date": date})) == count


@pytest.mark.parametrize("date", ["soon", "", "2027-", "27-1-1", "9' OR 1=1 //"])
def test_what_is_no_date_finds_nothing(grounds: Mapping[str, Ground], session: Session, date: str) -> None:
    for text in ("Targets due before $date", "Events after $date"):
        assert rows(session, asked(grounds, "en")[text].answer.statement, {"date": date}) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_scans(grounds: Mapping[str, Ground], session: Session, language: str) -> None:
    for text, question in asked(grounds, language).items():
        assert scans(steps(session, question.answer.statement, given(question))) == [], text


def test_no_action_scans(grounds: Mapping[str, Ground], session: Session) -> None:
    for text, question in asked(grounds, "en", actions=True).items():
        found = steps(session, question.answer.statement, {"nodes": [], "relationships": []})
        assert scans(found) == [], text
        assert any("ByElementIdSeek" in step for step in found), text


def test_a_scan_would_be_seen(session: Session) -> None:
    assert scans(steps(session, "MATCH (n:Agent) WHERE n.label_en = $name RETURN n", {"name": "x"}))
    assert scans(steps(session, "MATCH (n:Agent), (m:Place) RETURN n, m", {}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_suggestions_come_from_the_data(grounds: Mapping[str, Ground], session: Session, language: str) -> None:
    """Each example's value is among what its gap suggests, or is a number or a day of its own."""
    for text, question in asked(grounds, language).items():
        for p in question.answer.parameters:
            own = f"MATCH (n:`{p.label}`) RETURN DISTINCT n.`{p.key}`"
            found = [r[0] for r in session.run(cast("Any", p.statement or own))]
            assert found, (text, p.name)
            if p.statement:
                assert not scans(steps(session, p.statement, {})), text
            if not p.statement or p.name in ("name", "other"):
                assert question.example[p.name] in found, (text, p.name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_suggested_of_what_has_one(grounds: Mapping[str, Ground], session: Session, language: str) -> None:
    """No id of a claim, and nothing that is called as all of its kind are: an amount, a ranking, a node of a list."""
    resolved, model = prepared(SHIPPED).resolved, prepared(SHIPPED).model
    labelled = {node_id(f.subject) for f in resolved.facts if f.current and f.predicate.value in model.label_properties}
    called = all_labels(resolved, model)
    asked_for = [p for q in asked(grounds, language).values() for p in q.answer.parameters if p.label is None]
    names = [p for p in asked_for if p.name in ("name", "other")]
    assert len(names) > 10
    for statement in {str(p.statement) for p in names}:
        found = [r[0] for r in session.run(cast("Any", statement))]
        assert sorted(found) == sorted({called[iri][language] for iri in labelled})
        assert not {"000-10a", "ranking", "amount of money", "순위", "금액"} & set(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_that_starts_at_claims_suggests_them(
    grounds: Mapping[str, Ground], session: Session, language: str
) -> None:
    texts = {"en": "Claims that $name contradicts"}
    phrase = Phrase("urn:c", False, texts, texts, start=CORE + "Claim", steps=(Step((CORE + "contradicts",)),))
    (question,) = questions([phrase], grounds[language])
    (p,) = question.answer.parameters
    found = {r[0] for r in session.run(cast("Any", f"MATCH (n:`{p.label}`) RETURN n.`{p.key}`"))}
    assert "000-10a" in found


ODD = [
    "x' OR 1=1 //",
    'x" OR "',
    "back\\slash",
    "`MATCH`",
    "}) RETURN 1 //",
    "*:*",
    "AND",
    "name:~^[",
    "$name",
    "",
    " ",
    "\u0000",
    "😀",
    "/.*/",
]


@pytest.mark.parametrize("value", ODD)
def test_nothing_typed_is_run(grounds: Mapping[str, Ground], session: Session, value: str) -> None:
    """Odd texts find nothing, and break nothing: not Cypher, and not the full-text index's own language."""
    for text in ("Sources of $name", "How is $name connected to $other", "Targets due before $date"):
        answer = asked(grounds, "en")[text].answer
        assert rows(session, answer.statement, {p.name: value for p in answer.parameters}) == [], text


def test_in_no_phrase(grounds: Mapping[str, Ground], session: Session) -> None:
    for text, question in asked(grounds, "en").items():
        odd = {p.name: "\\\"'}) OR 1=1 RETURN 1 //*:*[^" for p in question.answer.parameters if p.type == "String"}
        if odd:
            assert rows(session, question.answer.statement, {**given(question), **odd}) == [], text


def test_an_odd_name_is_found(store: Neo4jStore, grounds: Mapping[str, Ground], session: Session) -> None:
    """By its letters, whatever the index makes of its words."""
    name = 'Odd "name" \\ of (a) thing\'s *parts* [AND] /more/ 부품: 1+1'
    with store.driver.session() as writing:
        make = (
            "CREATE (:Resource {_id: 'urn:odd', id: 'urn:odd', label_en: $name})-[:PART_OF]->(:Resource {_id: 'urn:o'})"
        )
        writing.run(make, name=name).consume()
    try:
        statement = asked(grounds, "en")["Wholes of $name"].answer.statement
        assert len(rows(session, statement, {"name": name})) == 1
        assert len(rows(session, statement, {"name": name.lower()})) == 1
        assert rows(session, statement, {"name": name[:-1]}) == []
    finally:
        with store.driver.session() as writing:
            writing.run("MATCH (n:Resource) WHERE n._id IN ['urn:odd', 'urn:o'] DETACH DELETE n").consume()


#: Of each action, what is selected and what must be among the answers.
PICKED = {
    "Sources of it": ((CENTRE,), {"Article 000: Korea sets out for a world-class AI model (20 February 2025)"}),
    "Claims about it": ((CENTRE,), {"000-11i"}),
    "What contradicts it": (("10,000-GPU tranche",), {"000-10i", "002-5e"}),
    "Opinions about it": (("World Best LLM project",), {"Government of South Korea"}),
    "Who says so": (("000-11e",), {"Science ministry official (000)"}),
    "What may be the same": (("AI startup fund",), {"AI concentration fund"}),
    "Parts of it": (("AI support measures (003)",), {"Direction 1: AI models", "World Best LLM project"}),
    "What it is part of": (("Global AI Challenge",), {"AI support measures (003)"}),
    "Money behind it": ((CENTRE,), {"amount of money"}),
    "Who finances it": ((CENTRE,), {"Korea Development Bank"}),
    "Who serves there": (("Naver",), {"Choi Soo-yeon"}),
    "Announced where and by whom": (("18,000-GPU acquisition plan",), {"Ministry of Science and ICT"}),
    "Neighbours as of the selected source": (
        (CENTRE, "Article 000: Korea sets out for a world-class AI model (20 February 2025)"),
        {"KDB loan for the National AI Computing Center"},
    ),
}


def test_every_action_is_tried(grounds: Mapping[str, Ground]) -> None:
    assert set(asked(grounds, "en", actions=True)) == {*PICKED, "Sources of the selected links"}


@pytest.mark.parametrize("text", PICKED)
def test_an_action_answers_for_what_is_picked(grounds: Mapping[str, Ground], session: Session, text: str) -> None:
    names, wanted = PICKED[text]
    question = asked(grounds, "en", actions=True)[text]
    found = rows(session, question.answer.statement, picked(session, *names))
    assert wanted <= labels(found)
    assert rows(session, question.answer.statement, {"nodes": [], "relationships": []}) == []


def test_the_picked_source_decides_the_day(grounds: Mapping[str, Ground], session: Session) -> None:
    question = asked(grounds, "en", actions=True)["Neighbours as of the selected source"]
    article = "Article 000: Korea sets out for a world-class AI model (20 February 2025)"
    early = labels(rows(session, question.answer.statement, picked(session, "Foundation model project", article)))
    late = labels(rows(session, question.answer.statement, picked(session, "Foundation model project")))
    assert early < late


def test_links_have_their_sources(grounds: Mapping[str, Ground], session: Session) -> None:
    question = asked(grounds, "en", actions=True)["Sources of the selected links"]
    (link,) = session.run("MATCH ()-[r:LENDER]->() RETURN elementId(r) AS id").single(strict=True).values()
    (row,) = rows(session, question.answer.statement, {"relationships": [link]})
    assert (row[0]["label_en"], row[2]["label_en"]) == (
        "KDB loan for the National AI Computing Center",
        "Korea Development Bank",
    )
    assert on_way([row]) == {
        "000-11e",
        "Article 000: Korea sets out for a world-class AI model (20 February 2025)",
    }


def test_the_command_shows_what_the_database_holds(
    store: Neo4jStore, grounds: Mapping[str, Ground], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", store.target.password)
    ran = kaigraph("bloom", "--store", store.target.uri)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == kaigraph("bloom", "--store", store.target.uri).out
    made = json.loads(ran.out)
    assert faults(made, SCHEMA) == []
    there = {label for c in made["categories"] for label in c["labels"]}
    assert there == grounds["en"].there.labels
    assert "Law" in there
    assert made["hiddenRelationshipTypes"] == ["FACTS_", "PART_", "SOURCE"]
    segments = {tuple(s.values()) for s in made["metadata"]["pathSegments"]}
    assert ("Loan", "FINANCES", "ComputingCenter") in segments
    assert ("Bank", "LOAN", "ComputingCenter") in segments  # the plain arrow
