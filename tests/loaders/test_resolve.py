"""Each rule of resolving on a few claims, and its laws on generated ones."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Quad, RdfFormat, parse

from kaigraph.loaders.files.read import make_dataset
from kaigraph.loaders.quads import object_of, subject_of
from kaigraph.loaders.resolving.intervals import contains
from kaigraph.loaders.resolving.resolve import derived, resolve, walkable
from kaigraph.ontology.model import Class, Field, Kind, Model, Property

X = "http://x/"
CORE = "https://w3id.org/kaigraph/core#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
HEAD = f"""
@prefix : <{X}> . @prefix c: <{X}c/> . @prefix core: <{CORE}> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
:jan core:published "2025-01-05"^^edtf:EDTF . :feb core:published "2025-02"^^edtf:EDTF .
:mar core:published "2025-03-01T10:00:00"^^edtf:EDTF . :mid core:published "2025-01-20/2025-02-10"^^edtf:EDTF .
:open core:published "../2025-02"^^edtf:EDTF . :unknown core:published "/2025-02"^^edtf:EDTF .
:editors a core:EditorialSource ; core:published "2026"^^edtf:EDTF . :bad core:published "2025-02-30"^^edtf:EDTF .
"""


def field(name: str, *, many: bool, unique: bool = False) -> Field:
    return Field(Property(X + name, name, f"{name}Of", {}, {}), Kind.MIXED, many, unique_lang=unique)


def cls(name: str, *fields: Field) -> Class:
    return Class(X + name, 0, name, f"{name}s", {}, {}, (), (), (), (), fields)


FIELDS = (field("one", many=False), field("many", many=True), field("name", many=True, unique=True))
MODEL = Model(
    classes={X + "T": cls("T", *FIELDS), X + "M": cls("M", field("value", many=False))},
    properties={},
    enumerations={},
    languages=("en", "ko"),
    label_properties=(),
    prefixes={},
    superproperties={},
    class_parents={X + "Own": (CORE + "EditorialSource", CORE + "Source")},
    renamings=(),
    hash="",
)


def quads_of(text: str) -> list[Quad]:
    return list(parse(HEAD + text, format=RdfFormat.TRIG))


def claim(name: str, source: str, asserted: str, ranking: str = "") -> str:
    rank = (
        f"GRAPH c:e-{name} {{ c:{name} core:ranking [ {ranking} ] }} c:e-{name} core:source :editors ."
        if ranking
        else ""
    )
    return f"c:{name} {{ {asserted} }} c:{name} core:source :{source} . {rank}\n"


def rank(property_: str, which: str) -> str:
    return f'core:onProperty "{X}{property_}"^^xsd:anyURI ; core:rank core:{which} ; core:reason "so"@en'


class Case:
    """Claims, resolved; each fact by the end of its predicate and its object's text."""

    def __init__(self, text: str, today: str | None = None) -> None:
        self.resolved = resolve(make_dataset(quads_of(f":a a :T . {text}")), MODEL, today)
        self.facts = {
            (f.predicate.value.rpartition("/")[2], f.object.value): f
            for f in self.resolved.facts
            if not f.predicate.value.startswith(CORE)
        }
        self.conflicts = [
            (c.predicate.value.removeprefix(X), *(n.removeprefix(X + "c/") for n in c.claims))
            for c in self.resolved.conflicts
        ]

    def current(self, predicate: str) -> list[str]:
        return sorted(o for (p, o), f in self.facts.items() if p == predicate and f.current)

    def at(self, day: str, predicate: str) -> list[str]:
        return sorted(o for (p, o), f in self.facts.items() if p == predicate and contains(f.spans, day))


def test_what_claims_assert_is_known_from_the_earliest_day_of_publication() -> None:
    sources = ["jan", "feb", "mar", "mid", "open", "unknown", "editors", "bad", "nobody"]
    case = Case("".join(claim(s, s, f':a :many "{s}"') for s in sources))
    starts = {s: case.facts["many", s].spans for s in sources}
    assert starts["jan"] == (("2025-01-05", "9999-99-99"),)
    assert starts["feb"] == (("2025-02-01", "9999-99-99"),)
    assert starts["mar"] == (("2025-03-01", "9999-99-99"),)
    assert starts["mid"] == (("2025-01-20", "9999-99-99"),)
    assert {starts[s] for s in ("open", "unknown", "editors", "bad", "nobody")} == {(("", "9999-99-99"),)}
    assert case.current("many") == sorted(sources)
    assert case.facts["many", "jan"].graphs == (X + "c/jan",)


def test_two_claims_of_one_fact_support_it_since_the_first() -> None:
    case = Case(claim("1", "feb", ":a :one 1") + claim("2", "jan", ":a :one 1"))
    fact = case.facts["one", "1"]
    assert fact.graphs == (X + "c/1", X + "c/2")
    assert fact.spans == (("2025-01-05", "9999-99-99"),)
    assert case.conflicts == []


def test_deprecated_is_left_out_but_kept() -> None:
    case = Case(claim("1", "jan", ":a :one 1", rank("one", "deprecated")) + claim("2", "feb", ":a :one 2"))
    assert case.current("one") == ["2"]
    assert case.facts["one", "1"].spans == ()
    assert not case.facts["one", "1"].current
    assert case.at("2025-01-10", "one") == []
    assert case.conflicts == []


def test_a_value_that_another_claim_gives_survives_a_deprecated_one() -> None:
    case = Case(claim("1", "jan", ":a :one 1", rank("one", "deprecated")) + claim("2", "feb", ":a :one 1"))
    assert case.facts["one", "1"].spans == (("2025-02-01", "9999-99-99"),)


def test_normal_gives_way_to_preferred_also_where_many_are_allowed() -> None:
    given = claim("1", "jan", ":a :{0} 1") + claim("2", "feb", ":a :{0} 2", "{1}")
    for name in ("one", "many"):
        case = Case(given.replace("{0}", name).replace("{1}", rank(name, "preferred")))
        assert case.current(name) == ["2"]
        assert case.at("2025-01-10", name) == ["1"]
        assert case.facts[name, "1"].spans == (("2025-01-05", "2025-02-01"),)
        assert not case.facts[name, "1"].disputed


def test_a_rank_is_about_one_property_and_stands_anywhere() -> None:
    both = claim("1", "jan", ":a :one 1 ; :many 1") + claim("2", "jan", ":a :one 2 ; :many 2")
    ranking = f"c:1 core:ranking [ {rank('one', 'deprecated')} ] ."
    case = Case(both + ranking)
    assert case.current("one") == ["2"]
    assert case.current("many") == ["1", "2"]


def test_the_strictest_of_several_ranks_holds() -> None:
    ranks = "".join(f"c:1 core:ranking [ {rank('one', r)} ] ." for r in ("preferred", "deprecated", "normal"))
    assert Case(claim("1", "jan", ":a :one 1") + ranks).current("one") == []


def test_equally_ranked_different_values_are_a_conflict_and_stay() -> None:
    case = Case(claim("1", "jan", ":a :one 1") + claim("2", "feb", ":a :one 2"))
    assert case.conflicts == [("one", "1", "2")]
    assert case.current("one") == ["1", "2"]
    assert case.at("2025-01-10", "one") == ["1"]


def test_several_values_of_one_claim_are_no_conflict() -> None:
    case = Case(claim("1", "jan", ":a :one 1, 2"))
    assert case.conflicts == []
    assert case.current("one") == ["1", "2"]
    assert case.resolved.contradictions == ()


def test_what_only_a_later_source_settled_takes_the_latest_and_is_disputed() -> None:
    case = Case(
        claim("1", "jan", ":a :one 1")
        + claim("2", "feb", ":a :one 2")
        + claim("3", "mar", ":a :one 1", rank("one", "preferred"))
    )
    assert case.conflicts == []
    assert case.at("2025-02-20", "one") == ["2"]
    assert case.facts["one", "2"].disputed
    assert case.facts["one", "1"].spans == (("2025-01-05", "2025-02-01"), ("2025-03-01", "9999-99-99"))
    assert not case.facts["one", "1"].disputed
    assert case.current("one") == ["1"]


def test_unique_languages_compete_each_for_itself() -> None:
    case = Case(
        claim("1", "jan", ':a :name "a"@en, "가"@ko')
        + claim("2", "feb", ':a :name "b"@en')
        + claim("3", "feb", ':a :name "c"')
    )
    assert case.conflicts == [("name", "1", "2")]
    assert case.current("name") == ["a", "b", "c", "가"]


def test_without_a_class_nothing_competes() -> None:
    case = Case(claim("1", "jan", ":b :one 1") + claim("2", "feb", ":b :one 2"))
    assert case.conflicts == []


def test_equal_numbers_are_one_value_supported_by_both() -> None:
    case = Case(claim("1", "feb", ":a :one 5.0") + claim("2", "jan", ":a :one 5"))
    assert case.conflicts == []
    assert case.current("one") == ["5"]
    assert case.facts["one", "5"].graphs == (X + "c/2",)
    assert case.facts["one", "5"].also == (X + "c/1",)
    assert case.facts["one", "5.0"].also == ()


MONEY = ":a :{0} [ a :M ; :value {1} ; :in [ :unit :u ] ]"


@pytest.mark.parametrize("name", ["one", "many"])
def test_equal_structures_are_one_value_supported_by_both(name: str) -> None:
    case = Case(claim("1", "feb", MONEY.format(name, "5.0")) + claim("2", "jan", MONEY.format(name, "5")))
    assert case.conflicts == []
    assert len(case.current(name)) == 1
    kept = [
        f
        for f in case.resolved.facts
        if f.current and (isinstance(f.subject, BlankNode) or isinstance(f.object, BlankNode))
    ]
    assert len(kept) == 5
    assert {(f.graphs, f.also) for f in kept} == {((X + "c/2",), (X + "c/1",))}


def test_different_structures_conflict() -> None:
    case = Case(claim("1", "jan", MONEY.format("one", "5")) + claim("2", "jan", MONEY.format("one", "6")))
    assert case.conflicts == [("one", "1", "2")]
    assert len(case.current("value")) == 2


def test_a_structure_goes_with_the_triple_that_leads_to_it() -> None:
    case = Case(
        claim("1", "jan", MONEY.format("one", "5"), rank("one", "deprecated"))
        + claim("2", "jan", MONEY.format("one", "6"))
    )
    assert case.current("value") == ["6"]
    assert case.facts["value", "5"].spans == ()
    assert sum(f.predicate.value == X + "unit" and f.current for f in case.resolved.facts) == 1
    again = Case(
        claim("1", "jan", MONEY.format("one", "5"))
        + claim("2", "feb", MONEY.format("one", "6"), rank("one", "preferred"))
    )
    assert again.facts["value", "5"].spans == (("2025-01-05", "2025-02-01"),)


def test_twins_inside_one_claim_are_two() -> None:
    twins = ":a :many [ :value 5 ], [ :value 5 ]"
    case = Case(claim("1", "jan", twins) + claim("2", "feb", ":a :many [ :value 5 ]"))
    assert len(case.current("many")) == 2


def test_blank_nodes_that_nothing_leads_to_stay() -> None:
    case = Case(claim("1", "jan", "[] :value 7 . _:x :to _:y . _:y :to _:x"))
    assert case.current("value") == ["7"]
    assert len(case.current("to")) == 2


def test_the_default_graph_is_always_current() -> None:
    case = Case(":a :one 0 ." + claim("1", "jan", ":a :one 1", rank("one", "preferred")))
    assert case.current("one") == ["0", "1"]
    assert case.facts["one", "0"].graphs == ("",)
    assert case.facts["one", "0"].spans == (("", "9999-99-99"),)


def test_today_leaves_out_what_comes_later() -> None:
    given = claim("1", "jan", ":a :one 1") + claim("2", "mar", ":a :one 2")
    assert Case(given).conflicts == [("one", "1", "2")]
    case = Case(given, today="2025-02-15")
    assert case.conflicts == []
    assert case.current("one") == ["1"]
    later = Case(given, today="2025-03-01")
    assert later.conflicts == [("one", "1", "2")]


def test_a_class_of_ones_own_below_editorial_source_counts_as_one() -> None:
    case = Case(':own a :Own ; core:published "2025-01-05"^^edtf:EDTF .' + claim("1", "own", ":a :one 1"))
    assert case.facts["one", "1"].spans == (("", "9999-99-99"),)


def test_data_without_claims_is_all_current() -> None:
    text = f"<{X}g> {{ <{X}a> a <{X}T> ; <{X}one> 1, 2 }} <{X}h> {{ <{X}a> <{X}one> 1 }} _:g {{ <{X}a> <{X}one> 3 }}"
    resolved = resolve(make_dataset(parse(text, format=RdfFormat.TRIG)), MODEL)
    by_value = {f.object.value: f for f in resolved.facts}
    assert len(resolved.facts) == 4
    assert all(f.current and f.spans == (("", "9999-99-99"),) for f in resolved.facts)
    assert by_value["1"].graphs == (X + "g", X + "h")
    assert by_value["3"].graphs[0].startswith("_:b")
    assert resolved.conflicts == ()
    assert derived(resolved) == []


def test_what_follows_from_resolving_is_walked_and_asserted_by_no_graph() -> None:
    case = Case(
        claim("1", "jan", MONEY.format("one", "5"))
        + claim("2", "jan", ":a :one 6 ; :many 1 . [] :value 1 ; :to :b")
        + "c:3 core:source :jan ."
    )
    said = {
        (subject_of(t).value.removeprefix(X + "c/"), t.predicate.value.rpartition("#")[2], object_of(t).value)
        for t in derived(case.resolved)
    }
    assert {t for t in said if t[1] == "factCount"} == {
        ("1", "factCount", "1"),
        ("2", "factCount", "3"),
        ("3", "factCount", "0"),
    }
    assert {t for t in said if t[1] == "contradicts"} == {
        ("1", "contradicts", X + "c/2"),
        ("2", "contradicts", X + "c/1"),
    }
    assert {t[0] for t in said if t[1] == "type"} == {"1", "2", "3"}
    assert set(derived(case.resolved)) <= set(walkable(case.resolved))
    assert {f.predicate.value for f in case.resolved.facts if not f.graphs} >= {
        CORE + "factCount",
        CORE + "contradicts",
    }


def test_settled_disagreements_still_contradict() -> None:
    case = Case(claim("1", "jan", ":a :one 1", rank("one", "deprecated")) + claim("2", "jan", ":a :one 2"))
    assert case.resolved.contradictions == ((X + "c/1", X + "c/2"), (X + "c/2", X + "c/1"))


def test_what_claims_give_different_values_of_is_known() -> None:
    """The one value of a subject, and where each language may have its own, that of the language."""
    case = Case(
        claim("1", "jan", ':a :one 1 ; :name "x"@en, "y"@ko ; :many 1', rank("one", "preferred"))
        + claim("2", "jan", ':a :one 2 ; :name "z"@en, "y"@ko ; :many 2')
        + claim("3", "jan", ":b a :T ; :one 1") + claim("4", "feb", ":b :one 1.0")
    )  # fmt: skip
    assert {(s.value, p.value, t) for s, p, t in case.resolved.contested} == {
        (X + "a", X + "one", ""),
        (X + "a", X + "name", "en"),
    }


# ------------------------------------------------------------------ laws

ASSERTED = st.sampled_from(
    [
        ":a :one 1",
        ":a :one 1.0",
        ":a :one 2",
        ":a :one 2, 3",
        ":a :many 1",
        ":a :many 2",
        ':a :name "a"@en',
        ':a :name "b"@en',
        ":a :one [ :value 1 ]",
        ":a :one [ :value 1.0 ]",
        ":a :one [ :value [ :value 2 ] ]",
        ":a :many [ :value 1 ], [ :value 1 ]",
    ]
)
SOURCES = st.sampled_from(["jan", "mid", "feb", "mar", "editors", "nobody"])
RANKS = st.sampled_from(
    ["", "", "", *(rank(p, r) for p in ("one", "many", "name") for r in ("preferred", "deprecated"))]
)
CLAIMS = st.lists(st.tuples(SOURCES, ASSERTED, RANKS), min_size=1, max_size=6)
Given = Sequence[tuple[str, str, str]]

DAYS = {"jan": "2025-01-05", "mid": "2025-01-20", "feb": "2025-02-01", "mar": "2025-03-01"}


def blocks(given_: Given, until: str = "9999") -> list[str]:
    """The claims published by a day; their ranks hold at every date."""
    return [
        claim(str(i), source, asserted if DAYS.get(source, "") <= until else "", ranking)
        for i, (source, asserted, ranking) in enumerate(given_)
    ]


@given(CLAIMS, st.integers(0, 99))
@settings(max_examples=60)
def test_order_and_repetition_do_not_matter(given_: Given, seed: int) -> None:
    quads = quads_of(":a a :T ." + "".join(blocks(given_)))
    shuffled = [*quads, *quads[::2]]
    random.Random(seed).shuffle(shuffled)  # noqa: S311  # no secret
    first = resolve(make_dataset(quads), MODEL)
    assert resolve(make_dataset(shuffled), MODEL) == first
    assert resolve(first.dataset, MODEL) == first


@given(CLAIMS)
@settings(max_examples=60)
def test_nothing_is_lost_and_nothing_is_added(given_: Given) -> None:
    result = Case("".join(blocks(given_))).resolved
    said = {(q.subject, q.predicate, q.object) for q in result.dataset.quads}
    facts = [(f.subject, f.predicate, f.object) for f in result.facts]
    follows = {(subject_of(t), t.predicate, object_of(t)) for t in derived(result)}
    assert set(facts) == said | follows
    assert len(facts) == len(said | follows)
    assert sum(len(f.graphs) for f in result.facts) == len(result.dataset.quads)
    assert all(f.current == contains(f.spans, None) for f in result.facts)
    assert facts == sorted(facts, key=lambda t: tuple(map(str, t)))


@given(CLAIMS, st.sampled_from(sorted(DAYS.values())))
@settings(max_examples=60)
def test_as_of_a_day_is_what_was_published_by_then(given_: Given, day: str) -> None:
    now = Case("".join(blocks(given_)))
    then = Case("".join(blocks(given_, day)))
    for name in ("one", "many", "name"):
        if name not in {c[0] for c in then.conflicts}:
            assert now.at(day, name) == then.current(name)
        else:
            assert set(now.at(day, name)) <= set(then.current(name))


@given(CLAIMS)
@settings(max_examples=60)
def test_one_value_prevails_unless_a_conflict_says_so(given_: Given) -> None:
    case = Case("".join(blocks(given_)))
    severals = {"2", "3"}  # one claim says both
    current = set(case.current("one"))
    assert len(current) <= 1 or current == severals or "one" in {c[0] for c in case.conflicts}
    pairs = set(case.resolved.contradictions)
    assert all((b, a) in pairs and a != b for a, b in pairs)
