"""`where` and `orderBy` inputs into conditions and orders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from kaigraph.graphql.api import Filter, Input
from kaigraph.graphql.plan import (
    TRUE,
    All,
    Any,
    Condition,
    Hop,
    IdLeaf,
    LabelLeaf,
    Member,
    Missing,
    Not,
    Order,
    Path,
    Said,
    Some,
    Test,
    ValueLeaf,
)
from kaigraph.graphql.plan import Leaf as PlanLeaf
from kaigraph.graphql.planning.context import Context, refuse
from kaigraph.graphql.planning.encode import encoders
from kaigraph.graphql.planning.given import Given, Items, Keys, Leaf, Name, Null
from kaigraph.ontology.model import Field


def hop_of(field: Field) -> Hop:
    """The step that a field of things is."""
    return Hop(field.property.iri, field.inverse)


def condition(context: Context, given: Given | None, input_name: str, where: str) -> Condition:
    """The condition of a `…Where` (or, for a list, all of them). Null and nothing let everything through."""
    if isinstance(given, Items):
        return All(tuple(condition(context, item, input_name, where) for item in given.items))
    if not isinstance(given, Keys):
        return TRUE
    fields = context.api.inputs[input_name].fields
    parts = [_part(context, fields[name], value, f"{where}.{name}") for name, value in given.items.items()]
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _part(context: Context, field: Input, given: Given, where: str) -> Condition:
    bare = field.type.strip("[]!")
    match field.filter:
        case Filter.AND:
            return All(_each(context, given, bare, where))
        case Filter.OR:
            return TRUE if isinstance(given, Null) else Any(_each(context, given, bare, where))
        case Filter.NOT:
            return TRUE if isinstance(given, Null) else Not(condition(context, given, bare, where))
        case Filter.CLASS:
            return _member(context, given, bare, where)
        case Filter.ID:
            return _tests(context, IdLeaf(), None, given, bare, where)
        case Filter.LABEL:
            return _tests(context, LabelLeaf(None), None, given, bare, where)
        case _:
            return _nested(context, field, given, bare, where)


def _nested(context: Context, field: Input, given: Given, bare: str, where: str) -> Condition:
    if field.filter is Filter.SAID:
        return _of_some(context, given, bare, where, Said)
    if field.filter is Filter.AS:
        return _as(context, field, given, bare, where)
    return _of_field(context, field, given, bare, where)


def _of_field(context: Context, field: Input, given: Given, bare: str, where: str) -> Condition:
    if field.field is None:
        raise TypeError(f"{field.name} filters nothing")
    if field.filter is Filter.VALUE:
        return _tests(context, ValueLeaf(field.field), field.field, given, bare, where)
    if isinstance(given, Null):
        return TRUE
    if field.filter is Filter.THING:
        return Some(hop_of(field.field), condition(context, given, bare, where))
    return _of_some(context, given, bare, where, partial(Some, hop_of(field.field)))


def _of_some(
    context: Context, given: Given, bare: str, where: str, make: Callable[[Condition], Condition]
) -> Condition:
    """`{some: where}`; an empty one asks nothing."""
    if not isinstance(given, Keys) or "some" not in given.items:
        return TRUE
    inner = context.api.inputs[bare].fields["some"].type.strip("[]!")
    return make(condition(context, given.items["some"], inner, f"{where}.some"))


def _as(context: Context, field: Input, given: Given, bare: str, where: str) -> Condition:
    """Of a subclass, and what is asked of that; null asks nothing."""
    if isinstance(given, Null) or field.cls is None:
        return TRUE
    return All((Member((field.cls,)), condition(context, given, bare, where)))


def _each(context: Context, given: Given, bare: str, where: str) -> tuple[Condition, ...]:
    items: Sequence[Given] = given.items if isinstance(given, Items) else (given,)
    return tuple(condition(context, item, bare, f"{where}[{i}]") for i, item in enumerate(items))


def _member(context: Context, given: Given, bare: str, where: str) -> Condition:
    """`class: X`, `class: [X, Y]` or `class: {eq: X, in: [X, Y]}`."""
    if isinstance(given, Keys):
        inputs = context.api.inputs[bare].fields
        parts = (_member(context, v, inputs[k].type.strip("[]!"), f"{where}.{k}") for k, v in given.items.items())
        return All(tuple(parts))
    choices = context.api.enums[bare].choices
    return Member(tuple(sorted(choices[name].iri for name in _names(given, where))))


def _names(given: Given, where: str) -> Iterator[str]:
    for item in given.items if isinstance(given, Items) else (given,):
        if not isinstance(item, Name):
            raise refuse("a name is null", where, "leave it out instead")
        yield item.name


def _tests(
    context: Context, leaf: PlanLeaf, field: Field | None, given: Given, filter_type: str, where: str
) -> Condition:
    """Every operator of a value filter, together."""
    if not isinstance(given, Keys):
        return TRUE
    tests = [_test(context, leaf, field, op, value, f"{where}.{op}") for op, value in given.items.items()]
    return tests[0] if len(tests) == 1 else All(tuple(tests))


def _test(context: Context, leaf: PlanLeaf, field: Field | None, op: str, given: Given, where: str) -> Condition:
    if isinstance(given, Null):
        raise refuse("null is no operand", where, "leave it out, or look for missing values with isNull: true")
    if op == "isNull":
        return Missing(leaf) if truth(context, given) else Not(Missing(leaf))
    value = _as_leaf(given, where)
    return Test(leaf, op, tuple(context.param(value, encode, where) for encode in encoders(field, op)))


def truth(context: Context, given: Given) -> bool:
    """A boolean that decides the form of the plan; it is part of the shape of the variables."""
    if not isinstance(given, Leaf):
        return False
    if given.variable is None:
        return bool(given.constant)
    value: object = context.variables.values[given.variable]
    for step in given.path:
        value = value[step]  # type: ignore[index]  # coerced variables: the path was walked when it was made
    return bool(value)


def _as_leaf(given: Given, where: str) -> Leaf:
    if isinstance(given, Leaf):
        return given
    if isinstance(given, Name):
        return Leaf(constant=given.name)
    return Leaf(constant=list(_names(given, where)))


def orders(context: Context, given: Given | None, input_name: str) -> tuple[Order, ...]:
    """The orders of an `orderBy` list, the first deciding first."""
    items: Sequence[Given] = given.items if isinstance(given, Items) else (given,) if given is not None else ()
    return tuple(order for item in items for order in _order(context, item, input_name, ()))


def _order(context: Context, given: Given, input_name: str, hops: tuple[Hop, ...]) -> Iterator[Order]:
    if not isinstance(given, Keys):
        return
    fields = context.api.inputs[input_name].fields
    for name, value in given.items.items():
        entry = fields[name]
        if isinstance(value, Name):
            yield Order(Path(hops, _order_leaf(context, entry)), descending=value.name == "DESC")
        elif entry.field is not None:
            yield from _order(context, value, entry.type.strip("[]!"), (*hops, hop_of(entry.field)))


def _order_leaf(context: Context, entry: Input) -> PlanLeaf:
    if entry.field is not None:
        return ValueLeaf(entry.field)
    return IdLeaf() if entry.part == "id" else LabelLeaf(context.language)
