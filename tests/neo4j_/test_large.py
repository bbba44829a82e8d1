"""Which properties have numbers that are more than small whole ones: what sums may leave unread."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kaigraph.loaders.graph import Fact
from kaigraph.loaders.literals.numbers import limbs_text, number_limbs
from kaigraph.loaders.neo4j.large import large
from kaigraph.loaders.resolving.intervals import ALWAYS

XSD = "http://www.w3.org/2001/XMLSchema#"
SIZE = "http://x/size"


def said(text: str, datatype: str = "decimal", *, current: bool = True) -> Fact:
    value = Literal(text, datatype=NamedNode(XSD + datatype))
    return Fact(NamedNode("http://x/a"), NamedNode(SIZE), value, ("",), ALWAYS, current)


@pytest.mark.parametrize("text", ["0", "-0", "7", "+007", "7.0", "-999999999999", "1000.00", "NaN", "no number", ""])
def test_one_limb_is_all_there_is(text: str) -> None:
    assert large([said(text)]) == []


@pytest.mark.parametrize(
    "text", ["0.5", "7.01", "1000000000000", "-1e12", "1e400", "INF", "9" * 40, "0." + "0" * 20 + "1"]
)
def test_more_than_one_limb(text: str) -> None:
    assert large([said("1"), said(text, "double" if "INF" in text or "e" in text else "decimal")]) == [SIZE]


def test_only_numbers_of_the_present_count() -> None:
    assert large([said("0.5", current=False), said("0.5", "string"), said("1")]) == []


@given(st.lists(st.integers(-(10**12) + 1, 10**12 - 1), max_size=20))
def test_the_sum_of_middle_limbs_is_the_sum(numbers: list[int]) -> None:
    texts = [str(n) for n in numbers]
    assert large([said(t) for t in texts]) == []
    middles = [limbs[1] for limbs in map(number_limbs, texts) if limbs]
    assert limbs_text(0, sum(middles), 0) == str(sum(numbers))
