"""Measures, group keys, and the rule that numbers of different units are never added up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graphql import FieldNode

from kaigraph.graphql import plan
from kaigraph.graphql.api import Output
from kaigraph.graphql.planning.context import Context
from kaigraph.graphql.planning.filters import hop_of
from kaigraph.graphql.planning.given import Name
from kaigraph.ontology.errors import BadOperation
from kaigraph.ontology.model import Field, Kind


class MixedUnits(BadOperation):
    """A sum that might add numbers of different units."""

    code = "MIXED_UNITS"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a sum adds up: its name in the schema, the way to the number, and the property that holds its unit."""

    name: str
    path: plan.Path
    unit: str | None


def measure(context: Context, type_name: str, field: FieldNode) -> Measure:
    """The measure that `sum(of:)` names."""
    given = context.arguments(type_name, field)["of"]
    output = context.output(type_name, field)
    enum = next(a.type.strip("[]!") for a in output.arguments if a.name == "of")
    name = given.name if isinstance(given, Name) else ""
    fields = context.api.enums[enum].choices[name].path
    return Measure(name, path_of(fields), fields[-1].property.unit)


def path_of(fields: tuple[Field, ...]) -> plan.Path:
    """Single things to follow, then a value."""
    return plan.Path(tuple(hop_of(f) for f in fields[:-1]), plan.ValueLeaf(fields[-1]))


def group_key(output: Output, select: plan.Selection | None) -> plan.GroupKey:
    """The key that a field of a group type is: a value, or the thing at the end of its path."""
    fields = output.path
    if select is not None:
        return plan.GroupKey(plan.Path(tuple(hop_of(f) for f in fields), plan.IdLeaf()), "text", select)
    bare = output.type.strip("[]!")
    form = (
        "enum" if fields[-1].kind is Kind.ENUM else {"Boolean": "boolean", "Int": "number", "Float": "number"}.get(bare)
    )
    return plan.GroupKey(path_of(fields), form or "text")


def check_units(summed: Measure, where: plan.Condition, keys: tuple[plan.GroupKey, ...]) -> None:
    """Refuse a sum whose unit is fixed neither by the filter nor by a key of the group.

    Raises:
        MixedUnits: numbers of different units might be added up.
    """
    if summed.unit is None:
        return
    hops = summed.path.hops
    by_key = any(k.path.hops == hops and _is_unit(k.path.leaf, summed.unit) for k in keys)
    if by_key or any(found == (hops, summed.unit) for found in _fixed(where, ())):
        return
    raise MixedUnits(
        f"the sum of {summed.name} might add different units",
        hint="fix the unit in where with eq, or select the unit among the keys of groups",
    )


def _is_unit(leaf: plan.Leaf, unit: str) -> bool:
    return isinstance(leaf, plan.ValueLeaf) and leaf.field.property.iri == unit


def _fixed(where: plan.Condition, hops: tuple[plan.Hop, ...]) -> Iterator[tuple[tuple[plan.Hop, ...], str]]:
    """The ways and properties that a condition holds to one value."""
    match where:
        case plan.All(items):
            for item in items:
                yield from _fixed(item, hops)
        case plan.Some(hop, inner):
            yield from _fixed(inner, (*hops, hop))
        case plan.Test(plan.ValueLeaf(field), "eq", _):
            yield hops, field.property.iri
