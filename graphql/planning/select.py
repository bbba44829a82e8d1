"""Selections on nodes: which record an object of each possible type gets, and what each of its fields means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphql import FieldNode, SelectionSetNode

from kaigraph.graphql import plan
from kaigraph.graphql.api import Means, Output
from kaigraph.graphql.planning.collect import Collected, selection_sets
from kaigraph.graphql.planning.context import Context, refuse
from kaigraph.graphql.planning.filters import hop_of, truth
from kaigraph.graphql.planning.given import Given, Items, Name
from kaigraph.graphql.planning.pages import page
from kaigraph.ontology.model import Field, Kind

_FORMS = {"Int": "number", "Float": "number", "Boolean": "boolean"}


def select(context: Context, type_name: str, sets: Sequence[SelectionSetNode]) -> plan.Selection:
    """What a node shown as `type_name` (an object, interface or union type) answers to merged selection sets."""
    possible = context.api.possible.get(type_name)
    if possible is None:
        return _record(context, type_name, (type_name,), context.collector.collect(type_name, sets))
    groups = _alike(context, possible, sets)
    fallback = _own_object(context, type_name, possible)
    records = [(names, _record(context, type_name, names, collected)) for names, collected in groups]
    otherwise = next(record for names, record in records if fallback in names)
    branches = tuple(
        (tuple(sorted(_class_of(context, n) for n in names if n != fallback)), record)
        for names, record in records
        if record is not otherwise
    )
    return plan.Switch(branches, otherwise) if branches else otherwise


def _own_object(context: Context, type_name: str, possible: tuple[str, ...]) -> str:
    """The object type of a node whose own class is none of the possible ones: the type's own, or `Resource`."""
    type_ = context.api.types.get(type_name)
    if type_ is not None and type_.cls is not None:
        return context.api.object_of[type_.cls]
    untyped = [name for name in possible if context.api.types[name].cls is None and name != "LiteralValue"]
    things = (name for name in possible if name != "LiteralValue")
    return untyped[0] if untyped else next(things)


def _class_of(context: Context, object_type: str) -> str:
    return context.api.types[object_type].cls or ""


def _alike(
    context: Context, possible: Iterable[str], sets: Sequence[SelectionSetNode]
) -> list[tuple[tuple[str, ...], Collected]]:
    """The possible object types in groups that get the very same fields."""
    groups: dict[tuple[object, ...], tuple[list[str], Collected]] = {}
    for name in possible:
        if name == "LiteralValue":
            continue
        collected = context.collector.collect(name, sets)
        key = tuple((k, *map(id, fields)) for k, fields in collected.items())
        groups.setdefault(key, ([], collected))[0].append(name)
    return [(tuple(names), collected) for names, collected in groups.values()]


def _record(context: Context, seen_as: str, names: tuple[str, ...], collected: Collected) -> plan.Record:
    entries: list[tuple[str, plan.Expr]] = []
    for key, fields in collected.items():
        if fields[0].name.value == "__typename":
            entries.append((key, _type_name(context, seen_as, names)))
        else:
            entries.append((key, expression(context, names[0], fields)))
    return plan.Record(tuple(entries))


def _type_name(context: Context, seen_as: str, names: tuple[str, ...]) -> plan.Expr:
    if len(names) == 1:
        return plan.Constant(names[0])
    own = _own_object(context, seen_as, names) if seen_as in context.api.possible else names[0]
    pairs = tuple((_class_of(context, name), name) for name in names if name != own)
    return plan.TypeName(pairs, own)


def expression(context: Context, parent: str, fields: list[FieldNode]) -> plan.Expr:  # noqa: C901, PLR0911, PLR0912  # one case a meaning: a table in another spelling
    """What one field of a node (merged from `fields`) means as an expression."""
    output = context.output(parent, fields[0])
    given = context.arguments(parent, fields[0])
    sets = selection_sets(fields)
    bare = context.bare_type(output)
    match output.means:
        case Means.ID:
            return plan.Id()
        case Means.IRI:
            return plan.NodeIri()
        case Means.LABEL:
            return plan.Label(language(context, given))
        case Means.CLASSES:
            return plan.Classes(tuple((c.iri, name) for name, c in context.api.enums[bare].choices.items()))
        case Means.CLAIMS:
            return plan.Claims(select(context, bare, sets), _properties(context, given), _truth(context, given))
        case Means.SOURCES:
            return plan.Sources(select(context, bare, sets))
        case Means.FACTS:
            return _facts(context, bare, sets, _properties(context, given))
        case Means.SCALAR:
            return plan.Value(field_of(output), form(output))
        case Means.SCALARS:
            return plan.Values(field_of(output), form(output))
        case Means.TEXT:
            return plan.TextIn(field_of(output), language(context, given))
        case Means.TEXTS:
            tag = language(context, given) if "lang" in given else None
            return plan.Literals(field_of(output), literal_parts(context, bare, sets), tag, not field_of(output).many)
        case Means.LITERALS:
            one = not field_of(output).many
            return plan.Literals(field_of(output), literal_parts(context, bare, sets), None, one)
        case Means.THING:
            return plan.Thing(hop_of(field_of(output)), select(context, bare, sets))
        case Means.VALUES:
            return _mixed(context, output, bare, sets)
        case Means.PAGE:
            return page(context, output, hop_of(field_of(output)), given, sets)
        case _:
            raise TypeError(f"{parent}.{output.name} is no field of a node")


def field_of(output: Output) -> Field:
    """The field of the Model behind an output."""
    if output.field is None:
        raise TypeError(f"{output.name} has no field")
    return output.field


def form(output: Output) -> str:
    """How a value is written in JSON."""
    if output.field is not None and output.field.kind is Kind.ENUM:
        return "enum"
    return _FORMS.get(output.type.strip("[]!"), "text")


def language(context: Context, given: dict[str, Given]) -> str:
    """The language tag asked for, or that of the request."""
    value = given.get("lang")
    if not isinstance(value, Name):
        return context.language
    return context.api.enums["Language"].choices[value.name].value


def _properties(context: Context, given: dict[str, Given]) -> tuple[str, ...]:
    """The properties of `on:`; of an empty list, none: and so no claims."""
    on = given.get("on")
    if on is None:
        return ()
    names = on.items if isinstance(on, Items) else (on,)
    choices = context.api.enums["PropertyName"].choices
    found = sorted(choices[n.name].iri for n in names if isinstance(n, Name))
    if not found:
        raise refuse("on: names no property", hint="leave it out to get every claim")
    return tuple(found)


def literal_parts(context: Context, type_name: str, sets: Sequence[SelectionSetNode]) -> tuple[tuple[str, str], ...]:
    """The entries of a record whose fields are parts (LiteralValue, LanguageString, PageInfo)."""
    name = "LiteralValue" if type_name in context.api.unions else type_name
    found: list[tuple[str, str]] = []
    for key, fields in context.collector.collect(name, sets).items():
        field = fields[0].name.value
        found.append((key, f"={name}" if field == "__typename" else context.output(name, fields[0]).part))
    return tuple(found)


def _mixed(context: Context, output: Output, bare: str, sets: Sequence[SelectionSetNode]) -> plan.MixedValues:
    literal = literal_parts(context, bare, sets)
    return plan.MixedValues(field_of(output), select(context, bare, sets), literal, not field_of(output).many)


def _truth(context: Context, given: dict[str, Given]) -> bool | None:
    """The boolean of `current:`, which decides the form of the plan; None where it was not given."""
    return truth(context, given["current"]) if "current" in given else None


def _facts(
    context: Context, type_name: str, sets: Sequence[SelectionSetNode], properties: tuple[str, ...]
) -> plan.Facts:
    entries: list[tuple[str, plan.FactPart]] = []
    for key, fields in context.collector.collect(type_name, sets).items():
        if fields[0].name.value == "__typename":
            entries.append((key, plan.FactPart("", constant=type_name)))
            continue
        output = context.output(type_name, fields[0])
        inner = selection_sets(fields)
        chosen = select(context, context.bare_type(output), inner) if inner else None
        entries.append((key, plan.FactPart(output.part, chosen)))
    return plan.Facts(tuple(entries), properties)
