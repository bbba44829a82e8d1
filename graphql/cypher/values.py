"""Literals and enum values of the current node."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kaigraph.graphql.cypher.naming import (
    Part,
    Slot,
    applied,
    boolean,
    constant,
    floating,
    integer,
    list_of_texts,
    plain,
    whole,
)
from kaigraph.graphql.cypher.source import Context
from kaigraph.graphql.plan import Literals, TextIn, Value, ValueLeaf, Values
from kaigraph.loaders.literals.comparison import is_float
from kaigraph.ontology.model import Field, Iri

Entries = tuple[tuple[str, str], ...]
Literal = tuple[str, str, str]  # value, datatype, language ("" for none)


def written(field: Field, form: str, text: str, key: str) -> Part:
    """A value in its JSON form. What is not of its datatype (its key is null) has no form but its text."""
    if form == "boolean":
        return applied(key, boolean)
    if form == "number" and is_float(field):
        return applied(text, floating)
    return applied(f"CASE WHEN {key} IS NOT NULL THEN {text} END", integer) if form == "number" else plain(text)


def value(context: Context, node: str, given: Value) -> Part:
    """The one value, or null.

    Of a scalar of numbers the text is enough, one property less to read: whether it is a number is seen from it.
    """
    leaf, wide = context.names.leaf(node, ValueLeaf(given.field)), context.names.wide(given.field)
    if wide is not None and given.form == "number" and not is_float(given.field):
        return applied(leaf.text, whole)
    return written(given.field, given.form, leaf.text, leaf.key)


def values(context: Context, node: str, given: Values) -> Part:
    """All values as a list."""
    names = context.names
    if names.wide(given.field) is not None:
        leaf = names.leaf(node, ValueLeaf(given.field))
        one = written(given.field, given.form, leaf.text, leaf.key)
        text = list_of_texts([leaf.text, one.text])
        return Part(text, lambda slot, params: [] if slot[0] is None else [one.shape(slot[1], params)])
    listed = names.mapping.listed(given.field.property.iri)
    texts, keys = names.at(node, listed.texts), names.at(node, listed.keys)
    if given.form == "boolean":
        return applied(keys, lambda slot: [boolean(key) for key in slot or ()])
    if given.form == "number" and is_float(given.field):
        return applied(texts, lambda slot: [floating(text) for text in slot or ()])
    if given.form == "number":
        return applied(list_of_texts([texts, keys]), _integers)
    return applied(texts, lambda slot: slot or [])


def _integers(slot: Slot) -> object:
    texts, keys = slot
    return [integer(text) if key else None for text, key in zip(texts or (), keys or (), strict=True)]


def text_in(context: Context, node: str, given: TextIn) -> Part:
    """The text in one language, or null."""
    listed, at = context.names.mapping.listed(given.field.property.iri), context.names.at
    tag = given.language.lower()
    return applied(
        list_of_texts([at(node, listed.texts), at(node, listed.languages)]),
        lambda slot: next((text for text, own in zip(slot[0] or (), slot[1] or (), strict=False) if own == tag), None),
    )


def literals(context: Context, node: str, given: Literals) -> Part:
    """Literals as records of their parts, in a list or the first of them."""
    wide = context.names.wide(given.field)
    record = literal_record(given.entries)
    if wide is not None:
        return _wide_literal(context, node, given, wide.datatype or "")
    tag = None if given.language is None else given.language.lower()

    def shape(slot: Slot) -> object:
        found = (record(literal) for literal in literals_of(slot) if tag in (None, literal[2]))
        return next(found, None) if given.one else list(found)

    return applied(literal_lists(context, node, given.field.property.iri), shape)


def literal_lists(context: Context, node: str, property_: Iri) -> str:
    """The lists of a property's values."""
    listed, at = context.names.mapping.listed(property_), context.names.at
    return list_of_texts(at(node, k) for k in (listed.texts, listed.datatypes, listed.languages))


def literals_of(slot: Slot) -> Iterator[Literal]:
    """The literals of such lists. A concept has no datatype, and is none."""
    texts, datatypes, languages = slot
    if texts is None or datatypes is None:
        return
    for text, datatype, language in zip(texts, datatypes, languages or [""] * len(texts), strict=True):
        if datatype:
            yield text, datatype, language


def literal_record(entries: Entries) -> Callable[[Literal], dict[str, str | None]]:
    """What makes a record of a literal; `=name` is a constant."""

    def record(literal: Literal) -> dict[str, str | None]:
        parts = {"value": literal[0], "datatype": literal[1], "language": literal[2] or None}
        return {key: part[1:] if part.startswith("=") else parts[part] for key, part in entries}

    return record


def _wide_literal(context: Context, node: str, given: Literals, datatype: Iri) -> Part:
    record = literal_record(given.entries)
    if given.language is not None:
        return constant(None) if given.one else Part("", lambda _slot, _params: [])
    text = context.names.leaf(node, ValueLeaf(given.field)).text

    def shape(slot: Slot) -> object:
        found = None if slot is None else record((slot, datatype, ""))
        return found if given.one else [] if found is None else [found]

    return applied(text, shape)
