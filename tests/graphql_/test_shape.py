"""The shape of variables: what changes the plan is in it, and nothing else."""

from __future__ import annotations

import pytest
from graphql import OperationDefinitionNode, build_schema, parse
from graphql.execution.values import get_variable_values
from hypothesis import given
from hypothesis import strategies as st

from kaigraph.graphql.document import VariablesRefused
from kaigraph.graphql.planning.declared import Declared

SCHEMA = build_schema("""
  enum Color { RED BLUE }
  input Where { and: [Where!] name: Text color: Color isNull: Boolean }
  input Text { eq: String in: [String!] }
  type Query { things(where: Where, first: Int, colors: [Color!]): String }
""")
OPERATION = parse("query ($w: Where, $n: Int, $c: [Color!]) { things(where: $w, first: $n, colors: $c) }").definitions[
    0
]
assert isinstance(OPERATION, OperationDefinitionNode)


def shape(**variables: object) -> object:
    assert isinstance(OPERATION, OperationDefinitionNode)
    declared = Declared(SCHEMA, OPERATION)
    return declared.shape(declared.coerced(variables))


def test_values_of_scalars_are_not_in_the_shape() -> None:
    assert shape(w={"name": {"eq": "a"}}, n=1) == shape(w={"name": {"eq": "b"}}, n=2)
    assert shape(w={"name": {"in": ["a"]}}) == shape(w={"name": {"in": ["b", "c"]}})


def test_what_changes_the_plan_is() -> None:
    plain = shape(w={"name": {"eq": "a"}})
    assert plain != shape(w={"name": {"in": ["a"]}})
    assert plain != shape(w=None)
    assert plain != shape()
    assert shape(w={"isNull": True}) != shape(w={"isNull": False})
    assert shape(w={"color": "RED"}) != shape(w={"color": "BLUE"})
    assert shape(c=["RED"]) != shape(c=["RED", "BLUE"])
    assert shape(w={"and": [{}]}) != shape(w={"and": [{}, {}]})
    assert shape(n=None) != shape(n=1)


SCALARS = build_schema("""
  scalar Text
  type Query { things(i: ID, s: String, n: Int, f: Float, b: Boolean, t: Text): String }
""")
DECLARED = parse("""query ($i: ID!, $s: String, $n: Int!, $f: Float, $b: Boolean, $t: Text, $d: Int = 3) {
  things(i: $i, s: $s, n: $n, f: $f, b: $b, t: $t) }""").definitions[0]
assert isinstance(DECLARED, OperationDefinitionNode)
VALUES = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False) | st.text(max_size=3)


@given(st.dictionaries(st.sampled_from("isnfbtdx"), VALUES | st.lists(st.integers(), max_size=2)), st.booleans())
def test_scalars_are_coerced_as_graphql_core_does(variables: dict[str, object], is_whole: bool) -> None:
    assert isinstance(DECLARED, OperationDefinitionNode)
    given_ = {"i": "a", "s": "", "n": 1, "f": 1, "b": True, "t": "x", "d": None} | variables if is_whole else variables
    want = get_variable_values(SCALARS, DECLARED.variable_definitions or (), given_)
    declared = Declared(SCALARS, DECLARED)
    if isinstance(want, list):
        with pytest.raises(VariablesRefused) as refused:
            declared.coerced(given_)
        assert [e.message for e in refused.value.errors] == [e.message for e in want]
    else:
        found = declared.coerced(given_)
        assert [*found.items()] == [*want.coerced.items()]
        assert [type(v) for v in found.values()] == [type(v) for v in want.coerced.values()]
        assert dict(declared.shape(found)) == {  # type: ignore[call-overload]  # pairs
            name: value if value is None or isinstance(value, bool) else "*" for name, value in found.items()
        }
