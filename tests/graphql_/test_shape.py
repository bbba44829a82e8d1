"""The shape of variables: what changes the plan is in it, and nothing else."""

from __future__ import annotations

from graphql import OperationDefinitionNode, build_schema, parse
from graphql.execution.values import get_variable_values

from kaigraph.graphql.planning.shape import shape_of_variables

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
    values = get_variable_values(SCHEMA, OPERATION.variable_definitions or (), variables)
    assert not isinstance(values, list)
    return shape_of_variables(SCHEMA, OPERATION, values.coerced)


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
