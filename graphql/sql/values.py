"""Literals and enum values of the current node, as JSON."""

from __future__ import annotations

from collections.abc import Mapping

from kaigraph.graphql.framing import block
from kaigraph.graphql.plan import Literals, TextIn, Value, Values
from kaigraph.graphql.sql.json import Json, json_list, json_object, json_of, json_or_null
from kaigraph.graphql.sql.source import Row
from kaigraph.graphql.sql.text import string, subquery
from kaigraph.loaders.layout import Wide
from kaigraph.loaders.literals.comparison import is_float
from kaigraph.ontology.model import Field

_PARTS: Mapping[str, str] = {"value": "text", "datatype": "datatype", "language": "lang"}


def written(field: Field, form: str, text: str, key: str) -> str:
    """A value in its JSON form. What is not of its datatype (its key is null) has no form but its text."""
    if form == "boolean":
        return f"json(CASE {key} WHEN '1' THEN 'true' WHEN '0' THEN 'false' END)"
    if form == "number" and is_float(field):
        return f"json(json_float({text}))"
    return f"iif({key} IS NULL, NULL, CAST({text} AS INTEGER))" if form == "number" else text


def value(row: Row, given: Value) -> str:
    """The one value, or null."""
    wide = _wide(row, given.field)
    if wide is not None:
        return written(given.field, given.form, row.column(wide.name), row.column(wide.part("key")))
    found = written(given.field, given.form, "v.text", "v.key")
    select = _rows(row, given.field, found) + " AND v.ord = 0"
    return block("json((", select, "))") if found.startswith("json(") else subquery(select)


def values(row: Row, given: Values) -> str:
    """All values as a list."""
    wide = _wide(row, given.field)
    if wide is not None:
        text = row.column(wide.name)
        item = written(given.field, given.form, text, row.column(wide.part("key")))
        return f"iif({text} IS NULL, json_array(), json_array({item}))"
    item = written(given.field, given.form, "v.text", "v.key")
    return json_of(_rows(row, given.field, json_list(item, "v.ord")))


def text_in(row: Row, given: TextIn) -> str:
    """The text in one language, or null."""
    return subquery(
        f"{_rows(row, given.field, 'v.text')} AND v.lang = {string(given.language.lower())}\nORDER BY v.ord LIMIT 1"
    )


def literals(row: Row, given: Literals) -> str:
    """Literals as records of their parts, in a list or the first of them."""
    wide = _wide(row, given.field)
    if wide is not None:
        return _wide_literal(row, wide, given)
    chosen = "" if given.language is None else f" AND v.lang = {string(given.language.lower())}"
    found = literal_record(given.entries, {part: f"v.{column}" for part, column in _PARTS.items()})
    if given.one:
        return json_or_null(f"{_rows(row, given.field, found)} AND v.concept IS NULL{chosen}\nORDER BY v.ord LIMIT 1")
    listed = json_list(found, "v.ord")
    return json_of(f"{_rows(row, given.field, listed)} AND v.concept IS NULL{chosen}")


def literal_record(entries: tuple[tuple[str, str], ...], parts: Mapping[str, str]) -> Json:
    """A record of parts, given what each part is; `=name` is a constant."""
    return json_object((key, string(part[1:]) if part.startswith("=") else parts[part]) for key, part in entries)


def _wide_literal(row: Row, wide: Wide, given: Literals) -> str:
    text = row.column(wide.name)
    parts = {"value": text, "datatype": string(wide.datatype or ""), "language": "NULL"}
    found = literal_record(given.entries, parts)
    if given.language is not None:
        return "NULL" if given.one else "json_array()"
    if given.one:
        return f"iif({text} IS NULL, NULL, {found})"
    return f"iif({text} IS NULL, json_array(), json_array({found}))"


def _wide(row: Row, field: Field) -> Wide | None:
    return row.context.layout.wide.get(field.property.iri)


def _rows(row: Row, field: Field, columns: str) -> str:
    """The rows in `value`, of the current node and a property."""
    prop = row.context.prop(field.property.iri)
    return f"SELECT {columns} FROM value AS v WHERE v.n = {row.number} AND v.prop = {prop}"
