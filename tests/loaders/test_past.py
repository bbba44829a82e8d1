"""The past: what a dataset without its later claims would resolve to, and nothing of what came later."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kaigraph.loaders.files.read import make_dataset
from kaigraph.loaders.graph import Dataset, Fact
from kaigraph.loaders.resolving.past import Past
from kaigraph.loaders.resolving.resolve import resolve
from tests.loaders.test_resolve import CLAIMS, DAYS, MODEL, Given, X, blocks, claim, quads_of, rank

THING = f"<{X}a>"


def past(text: str) -> Past:
    return Past(make_dataset(quads_of(f":a a :T . {text}")), MODEL)


def about(facts: tuple[Fact, ...], *names: str) -> set[tuple[str, str]]:
    """The current facts of the one thing, by property and value."""
    return {(f.predicate.value.removeprefix(X), str(f.object)) for f in facts if str(f.subject) == THING and f.current}


@given(CLAIMS, st.sampled_from(sorted(DAYS.values())))
@settings(max_examples=60)
def test_a_day_is_what_the_claims_of_then_resolve_to(given_: Given, day: str) -> None:
    found = past("".join(blocks(given_))).as_of(day)
    then = resolve(make_dataset(quads_of(":a a :T . " + "".join(blocks(given_, day)))), MODEL)
    open_ = {c.predicate.value.removeprefix(X) for c in then.conflicts}
    values = {pair for pair in about(found.facts) if pair[0] not in open_}
    assert values == {pair for pair in about(then.facts) if pair[0] not in open_}


@given(CLAIMS, st.sampled_from(sorted(DAYS.values())))
@settings(max_examples=60)
def test_nothing_later_is_named(given_: Given, day: str) -> None:
    later = [f"{X}c/{i}" for i, (source, _, _) in enumerate(given_) if DAYS.get(source, "") > day]
    later += [f"{X}{source}" for source, published in DAYS.items() if published > day]
    found = past("".join(blocks(given_))).as_of(day)
    for fact in found.facts:
        names = {fact.subject.value, getattr(fact.object, "value", ""), *fact.graphs, *fact.also}
        assert names.isdisjoint(later), fact
    assert all(pair not in later for pairs in found.contradictions for pair in pairs)


@given(CLAIMS)
@settings(max_examples=60)
def test_the_last_day_is_the_present(given_: Given) -> None:
    dataset = make_dataset(quads_of(":a a :T . " + "".join(blocks(given_))))
    found = Past(dataset, MODEL)
    assert found.is_present("2025-12-31")
    now = resolve(dataset, MODEL)
    open_ = {c.predicate for c in now.conflicts}
    then = found.as_of("2025-12-31").facts
    assert {f for f in then if f.predicate not in open_} >= {
        f for f in now.facts if f.predicate not in open_ and f.current and f.graphs
    }


def test_days_between_two_publications_are_one() -> None:
    text = claim("1", "jan", ":a :one 1") + claim("2", "feb", ":a :one 1")
    assert [past(text).last_change(day) for day in ("2025-01-04", "2025-01-05", "2025-01-19", "2025-02-28")] == [
        "", "2025-01-05", "2025-01-05", "2025-02-01",
    ]  # fmt: skip
    assert past(text).last_change("2030-01-01") == "2025-03-01", "a source counts that no claim has yet"
    assert not past(text).is_present("2025-02-28")


def test_sources_that_may_be_later_are_told() -> None:
    names = [source.removeprefix(X) for source in past(claim("1", "feb", ":a :one 1")).maybe_later("2025-02-05")]
    assert names == ["feb", "mid", "open"]


def test_a_judgement_of_a_later_claim_goes_with_it() -> None:
    text = claim("1", "jan", ":a :one 1") + claim("2", "mar", ":a :one 2", rank("one", "preferred"))
    then = past(text).as_of("2025-02-01")
    assert about(then.facts) >= {("one", '"1"^^<http://www.w3.org/2001/XMLSchema#integer>')}
    assert not [f for f in then.facts if f.predicate.value.endswith(("onProperty", "#rank", "reason"))]


def test_plain_data_are_the_same_on_all_days() -> None:
    plain = Past(Dataset(tuple(quads_of(":a :one 1 .")), {}, {}, False, "urn:source"), MODEL)
    assert plain.is_present("0001-01-01")
    assert plain.maybe_later("0001-01-01") == ()
