"""From the Api to a Strawberry schema: valid, complete, and strict about what comes in."""

from __future__ import annotations

import pytest
from graphql import (
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_introspection_query,
    graphql_sync,
    parse,
    print_schema,
    validate,
    validate_schema,
)
from graphql.execution.values import get_variable_values
from hypothesis import given, settings
from hypothesis import strategies as st

from kaigraph.graphql import schema as our
from kaigraph.graphql.api import Api
from kaigraph.graphql.deriving.derive import derive_api
from tests.graphql_.models import SMALL, synthetic

API = derive_api(SMALL)
SCHEMA: GraphQLSchema = our.build_schema(API)._schema
SDL = our.print_sdl(API)


def test_the_schema_says_what_the_api_says() -> None:
    for name, made in API.types.items():
        if name in SCHEMA.type_map:
            found = SCHEMA.type_map[name]
            assert {n: str(f.type) for n, f in found.fields.items()} == {n: o.type for n, o in made.fields.items()}  # type: ignore[attr-defined]  # objects and interfaces
            assert [i.name for i in found.interfaces] == list(made.interfaces)  # type: ignore[attr-defined]
    unused = (API.types.keys() | API.inputs.keys() | API.enums.keys() | API.unions.keys()) - SCHEMA.type_map.keys()
    assert all(name.endswith("Some") for name in unused), unused


def test_the_sdl_is_the_schema() -> None:
    again = build_schema(SDL)
    assert not validate_schema(again)
    assert set(again.type_map) == set(SCHEMA.type_map)
    assert again.type_map["DealOrder"].is_one_of  # type: ignore[attr-defined]
    assert SCHEMA.type_map["DealOrder"].is_one_of  # type: ignore[attr-defined]


def test_the_sdl_is_sorted_and_stable() -> None:
    names = [
        line.split()[1] for line in SDL.splitlines() if line.startswith(("type ", "interface ", "input ", "enum "))
    ]
    assert names == sorted(names)
    assert our.print_sdl(derive_api(SMALL)) == SDL


def test_introspection_answers() -> None:
    answered = graphql_sync(SCHEMA, get_introspection_query())
    assert not answered.errors
    assert "lang: Language)" in print_schema(SCHEMA)


def _errors(text: str, schema: GraphQLSchema = SCHEMA) -> list[str]:
    return [error.message for error in validate(schema, parse(text))]


@pytest.mark.parametrize(
    ("argument", "says"),
    [
        ('amount: {value: {eq: "1,000"}}', "decimal number"),
        ('size: {eq: "1.5"}', "whole number"),
        ("size: {eq: 1.5}", "whole number"),
        ('day: {eq: "2025-02-30"}', "2025-02-20"),
        ("day: {eq: 2025}", "2025-02-20"),
        ('moment: {eq: "2025-01-01"}', "2025-02-20T09:00:00"),
        ('begins: {before: "spring"}', "EDTF"),
        ("size: {eq: true}", "whole number"),
        ("siez: {eq: 1}", "Did you mean"),
    ],
)
def test_bad_literals_are_refused_with_a_reason(argument: str, says: str) -> None:
    errors = _errors(f"{{ deals(where: {{{argument}}}) {{ totalCount }} }}")
    assert len(errors) == 1
    assert says in errors[0]


@pytest.mark.parametrize(
    "argument",
    [
        "amount: {value: {eq: 1.50, in: [1, \"2.0\"]}}", "size: {eq: 9007199254740993}", 'day: {eq: "2025-02-28"}',
        "begins: {before: 2025}", 'begins: {overlaps: "2025-02/.."}', 'moment: {eq: "2025-01-01T24:00:00Z"}',
    ],
)  # fmt: skip
def test_good_literals_are_taken(argument: str) -> None:
    assert _errors(f"{{ deals(where: {{{argument}}}) {{ totalCount }} }}") == []


def test_an_order_names_exactly_one_key() -> None:
    assert _errors("{ deals(orderBy: [{size: ASC}, {payer: {staff: DESC}}]) { totalCount } }") == []
    assert "exactly one" in _errors("{ deals(orderBy: [{size: ASC, day: ASC}]) { totalCount } }")[0]
    assert "exactly one" in _errors("{ deals(orderBy: [{}]) { totalCount } }")[0]


def _coerced(type_: str, value: object) -> object:
    document = parse(f"query Q($v: {type_}) {{ __typename }}")
    found = get_variable_values(SCHEMA, document.definitions[0].variable_definitions, {"v": value})  # type: ignore[attr-defined]  # the first is the operation
    return [e.message for e in found] if isinstance(found, list) else found.coerced["v"]


def test_enums_are_coerced_to_their_names() -> None:
    found = _coerced("[State!]", ["open"])
    assert found == ["open"]
    assert all(isinstance(one, str) for one in found)


@pytest.mark.parametrize(
    ("type_", "value"), [("Decimal", 0.1), ("Integer", 1.0), ("Date", 20250101), ("Decimal", True), ("EDTF", None)]
)
def test_floats_and_other_types_are_no_exact_values(type_: str, value: object) -> None:
    found = _coerced(f"{type_}!", value)
    assert isinstance(found, list)
    assert len(found) == 1


@given(st.decimals(allow_nan=False, allow_infinity=False, places=20), st.integers())
def test_the_text_of_numbers_stays_as_it_is(number: object, whole: int) -> None:
    assert _coerced("Decimal", f"{number:f}") == f"{number:f}"
    assert _coerced("Integer", whole) == str(whole)
    assert _coerced("Integer", f"+00{abs(whole)}") == f"+00{abs(whole)}"


@settings(max_examples=50)
@given(st.text(max_size=12))
def test_no_text_makes_a_scalar_fail_badly(text: str) -> None:
    for scalar in API.scalars:
        found = _coerced(scalar, text)
        assert found == text or (isinstance(found, list) and len(found) == 1)


def _bytes_per_class(api: Api, classes: int) -> float:
    return len(our.print_sdl(api).encode()) / classes


def test_two_hundred_classes_take_less_than_five_kilobytes_each() -> None:
    model = synthetic(197)
    assert len(model.classes) == 200
    assert _bytes_per_class(derive_api(model), 200) < 5_000


def test_a_thousand_subclasses_make_a_valid_schema() -> None:
    made = our.build_schema(derive_api(synthetic(1, under=1000)))._schema
    assert isinstance(made.type_map["Sub999"], GraphQLObjectType)
    assert _errors("{ class0s(where: {class: [Sub7]}) { nodes { id ... on Sub7 { size } } } }", made) == []
