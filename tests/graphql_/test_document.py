"""Documents: what is refused before anything is planned."""

from __future__ import annotations

import pytest
from graphql import build_schema

from kaigraph.graphql.document import MAX_BYTES, MAX_DEPTH, ParseFailed, TooLarge, ValidationFailed, read_document
from kaigraph.ontology.errors import BadOperation

SCHEMA = build_schema("type Query { thing(id: ID): Thing name: String } type Thing { name: String thing: Thing }")


def nested(depth: int) -> str:
    return "{" + "thing{" * depth + "name" + "}" * depth + "}"


def test_a_good_document_is_read() -> None:
    document = read_document(SCHEMA, "query A { name } query B { name }")
    assert document.operation("B").name
    with pytest.raises(BadOperation, match="2 operations"):
        document.operation(None)
    with pytest.raises(BadOperation, match="'C'"):
        document.operation("C")


@pytest.mark.parametrize("text", ["", "{", "{ name } }", "query ($x) { name }", "\0"])
def test_what_is_no_graphql_is_refused(text: str) -> None:
    with pytest.raises(ParseFailed) as caught:
        read_document(SCHEMA, text)
    assert caught.value.errors


def test_an_unknown_field_comes_with_a_suggestion() -> None:
    with pytest.raises(ValidationFailed) as caught:
        read_document(SCHEMA, "{ nam }")
    assert "Did you mean 'name'?" in caught.value.errors[0].message


def test_depth_is_bounded() -> None:
    assert read_document(SCHEMA, nested(MAX_DEPTH - 1))
    with pytest.raises(TooLarge, match=f"{MAX_DEPTH + 1} levels"):
        read_document(SCHEMA, nested(MAX_DEPTH))


@pytest.mark.parametrize("depth", [150, 5_000])
def test_absurd_depth_is_refused_not_crashed(depth: int) -> None:
    with pytest.raises(ParseFailed):
        read_document(SCHEMA, nested(depth))


def test_bytes_and_tokens_are_bounded() -> None:
    with pytest.raises(TooLarge):
        read_document(SCHEMA, "{ name #" + "x" * MAX_BYTES + "\n}")
    with pytest.raises(ParseFailed):
        read_document(SCHEMA, "{" + " a:name" * 5_000 + "}")


def test_fragments_that_multiply_are_counted_without_being_written_out() -> None:
    levels = 18
    fragments = "".join(
        f" fragment f{i} on Thing {{ a: thing {{ ...f{i + 1} }} b: thing {{ ...f{i + 1} }} }}" for i in range(levels)
    )
    with pytest.raises(TooLarge, match="fields"):
        read_document(SCHEMA, "{ thing { ...f0 } }" + fragments + f" fragment f{levels} on Thing {{ name }}")


def test_a_cycle_of_fragments_is_refused_by_name() -> None:
    with pytest.raises(ValidationFailed) as caught:
        read_document(SCHEMA, "{ thing { ...a } } fragment a on Thing { thing { ...b } } fragment b on Thing { ...a }")
    assert any("Cannot spread fragment" in error.message for error in caught.value.errors)


def test_only_queries_are_run() -> None:
    schema = build_schema("type Query { name: String } type Mutation { set: String }")
    with pytest.raises(BadOperation, match="mutation"):
        read_document(schema, "mutation { set }").operation(None)
