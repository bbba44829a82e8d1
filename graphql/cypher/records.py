"""Selections as lists of what is named afterwards: one record, or one by the class of the node."""

from __future__ import annotations

from kaigraph.graphql.cypher import evidence, pages, things, values
from kaigraph.graphql.cypher.names import strings
from kaigraph.graphql.cypher.naming import (
    Params,
    Part,
    Slot,
    applied,
    chosen,
    constant,
    list_of_texts,
    looked_up,
    plain,
    record,
)
from kaigraph.graphql.cypher.source import Context
from kaigraph.graphql.framing import indented, lines
from kaigraph.graphql.plan import (
    Claims,
    Classes,
    Constant,
    Expr,
    Facts,
    Hop,
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


def selection(context: Context, node: str, given: Selection) -> Part:
    """The record that a node gets."""
    with context.deeper():
        return _record(context, node, given) if isinstance(given, Record) else _switch(context, node, given)


def _record(context: Context, node: str, given: Record) -> Part:
    return record([(key, expression(context, node, e)) for key, e in given.entries])


def _switch(context: Context, node: str, given: Switch) -> Part:
    """By the label of the most specific class."""
    branches = [(classes, chosen_) for classes, chosen_ in given.branches if classes]
    parts = [_record(context, node, chosen_) for _, chosen_ in branches]
    otherwise = _record(context, node, given.otherwise)
    if not parts:
        return otherwise
    cases = [
        f"WHEN {context.names.concrete(node)} IN {strings(map(context.names.mapping.label, classes))} "
        f"THEN [{i}, {part.text or 'null'}]"
        for i, ((classes, _), part) in enumerate(zip(branches, parts, strict=True))
    ]
    last = f"ELSE [{len(parts)}, {otherwise.text or 'null'}]"
    return chosen([*parts, otherwise], lines("CASE", *map(indented, [*cases, last]), "END"))


def expression(context: Context, node: str, given: Expr) -> Part:  # noqa: C901, PLR0911, PLR0912  # one case a kind: a table in another spelling
    """One expression against a node."""
    names = context.names
    match given:
        case Constant(text):
            return constant(text)
        case TypeName(by_class, otherwise):
            found = {names.mapping.label(iri): name for iri, name in by_class}
            return looked_up(names.concrete(node), found, otherwise)
        case Id():
            return plain(names.shown_id(node))
        case NodeIri():
            return applied(names.shown_id(node), lambda slot: None if slot.startswith("_:") else slot)
        case Label(language):
            return plain(names.at(node, names.mapping.label_key(language)))
        case Classes(by_class):
            return _classes(context, node, by_class)
        case Value():
            return values.value(context, node, given)
        case Values():
            return values.values(context, node, given)
        case TextIn():
            return values.text_in(context, node, given)
        case Literals():
            return values.literals(context, node, given)
        case Thing():
            return things.thing(context, node, given, selection)
        case MixedValues():
            return _mixed(context, node, given)
        case Claims():
            return evidence.claims(context, node, given, selection)
        case Sources():
            return evidence.sources(context, node, given, selection)
        case Facts():
            return evidence.facts(context, node, given, selection)
        case Page():
            return pages.page(context, node, given, selection)


def _classes(context: Context, node: str, by_class: tuple[tuple[str, str], ...]) -> Part:
    """The names of the classes of a node, sorted."""
    names = {context.names.mapping.label(iri): name for iri, name in by_class}

    def shape(slot: Slot) -> object:
        return sorted(names[label] for label in slot if label in names)

    return applied(f"labels({node})", shape)


def _mixed(context: Context, node: str, given: MixedValues) -> Part:
    """Things by id, then literals."""
    property_, end = given.field.property.iri, context.alias("n")
    clauses = f"MATCH {context.over(node, Hop(property_, given.field.inverse), end)}"
    found = things.listed(context, end, clauses, given.select, selection)
    literal, shape = values.literal_record(given.literal), found.shape

    def every(slot: Slot, params: Params) -> list[object]:
        return [*shape(slot[0], params), *map(literal, values.literals_of(slot[1]))]  # type: ignore[misc]  # a list's

    text = list_of_texts([found.text, values.literal_lists(context, node, property_)])
    return Part(text, (lambda slot, params: next(iter(every(slot, params)), None)) if given.one else every)
