from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kaigraph.loaders.parts import closure

PAIRS = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)))


@given(PAIRS)
def test_the_closure_is_the_smallest_transitive_relation(pairs: set[tuple[int, int]]) -> None:
    grown = set(pairs)
    while True:
        more = grown | {(a, d) for a, b in grown for c, d in grown if b == c}
        if more == grown:
            break
        grown = more
    assert closure(pairs) == {(a, b) for a, b in grown if a != b}
