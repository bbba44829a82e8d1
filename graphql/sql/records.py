"""Selections as JSON objects: one record, or one by the class of the node."""

from __future__ import annotations

from kaigraph.graphql.framing import block, indented, lines, listed
from kaigraph.graphql.plan import (
    Claims,
    Classes,
    Constant,
    Expr,
    Facts,
    Id,
    Label,
    Literals,
    MixedValues,
    NodeIri,
    Page,
    Record,
    Selection,
    Sources,
    Switch,
    TextIn,
    Thing,
    TypeName,
    Value,
    Values,
)
from kaigraph.graphql.sql import evidence, pages, things, values
from kaigraph.graphql.sql.json import Json, json_case, json_list, json_object, json_of
from kaigraph.graphql.sql.source import Row
from kaigraph.graphql.sql.text import string

_LONG_CASE = 16


def selection(row: Row, given: Selection) -> Json:
    """The record that the current node gets."""
    if isinstance(given, Record):
        return json_object((key, expression(row, e)) for key, e in given.entries)
    return _switch(row, given)


def _switch(row: Row, given: Switch) -> Json:
    """By the number of the class."""
    chosen = [(classes, selection(row, one)) for classes, one in given.branches if classes]
    otherwise = selection(row, given.otherwise)
    if not chosen:
        return otherwise
    cases = [
        f"WHEN {row.column('class')} IN ({listed(map(row.context.cls, classes))}) THEN {one}" for classes, one in chosen
    ]
    text = lines("CASE", *map(indented, [*cases, f"ELSE {otherwise}"]), "END")
    return json_case(text, otherwise, *(one for _, one in chosen))


def by_class(row: Row, column: str, names: tuple[tuple[str, str], ...], otherwise: str) -> str:
    """A name by the number of a class: halved again and again where the classes are many."""
    layout = row.context.layout
    found = sorted((layout.classes[iri], name) for iri, name in names if iri in layout.classes)
    return _halves(column, found, otherwise)


def _halves(column: str, found: list[tuple[int, str]], otherwise: str) -> str:
    if not found:
        return otherwise
    if len(found) <= _LONG_CASE:
        cases = " ".join(f"WHEN {number} THEN {string(name)}" for number, name in found)
        return f"CASE {column} {cases} ELSE {otherwise} END"
    middle = len(found) // 2
    low, high = (_halves(column, half, otherwise) for half in (found[:middle], found[middle:]))
    return block(f"iif({column} < {found[middle][0]}, ", f"{low},\n{high}", ")")


def expression(row: Row, given: Expr) -> str:  # noqa: C901, PLR0911, PLR0912  # one case a kind: a table in another spelling
    """One expression against the current node."""
    match given:
        case Constant(text):
            return string(text)
        case TypeName(names, otherwise):
            return by_class(row, row.column("class"), names, string(otherwise))
        case Id():
            return row.id
        case NodeIri():
            return row.column("iri")
        case Label(language):
            return row.column(row.context.layout.label(language))
        case Classes(names):
            return _classes(row, names)
        case Value():
            return values.value(row, given)
        case Values():
            return values.values(row, given)
        case TextIn():
            return values.text_in(row, given)
        case Literals():
            return values.literals(row, given)
        case Thing():
            return things.thing(row, given, selection)
        case MixedValues():
            return things.mixed(row, given, selection)
        case Claims():
            return evidence.claims(row, given, selection)
        case Sources():
            return evidence.sources(row, given, selection)
        case Facts():
            return evidence.facts(row, given, selection)
        case Page():
            return pages.page(row.context, row, given, selection)


def _classes(row: Row, names: tuple[tuple[str, str], ...]) -> str:
    """The names of the classes of a node, sorted."""
    name = by_class(row, "m.class", names, "NULL")
    select = f"SELECT {name} AS name FROM member AS m WHERE m.n = {row.number}"
    return json_of(f"SELECT {json_list('name', 'name')} FROM ({select})\nWHERE name IS NOT NULL")
