"""Connections, their edges and groups, and the numbers that can be added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kaigraph.graphql.api import Argument, Choice, EnumType, Means, Output, Type
from kaigraph.graphql.deriving.fields import Fields
from kaigraph.graphql.deriving.names import ENUM_WORDS, GROUP_FIELDS, free, pascal, upper_snake
from kaigraph.graphql.deriving.scalars import NUMERIC
from kaigraph.ontology.model import Field, Iri

CLAIM = "https://w3id.org/kaigraph/core#Claim"

Path = tuple[Field, ...]


def connection(fields: Fields, target: Iri | None) -> dict[str, Type]:
    """The connection of a class (None: of nodes of any class), with its edge and its group, by name."""
    shown, edge, group = (
        fields.names.shown(target), fields.names.family(target, "Edge"), fields.names.family(target, "Group"),
    )  # fmt: skip
    outputs = [
        Output("edges", f"[{edge}!]!", Means.EDGES),
        Output("nodes", f"[{shown}!]!", Means.NODES),
        Output("pageInfo", "PageInfo!", Means.PAGE_INFO),
        Output("totalCount", "Int!", Means.TOTAL),
        *_sum(fields, target),
        Output("groups", f"[{group}!]!", Means.GROUPS),
    ]
    types = (
        _type(
            fields.names.family(target, "Connection"),
            outputs,
            f"A list of {shown}: the first `first` (at most) behind the cursor `after`.",
        ),
        _edge(edge, shown, fields.names.types),
        _type(group, _group(fields, target), f"Those {shown} of a list that share the keys asked for."),
    )
    return {made.name: made for made in types}


def _type(name: str, outputs: list[Output], description: str) -> Type:
    return Type(name, {output.name: output for output in outputs}, description=description)


def _edge(name: str, shown: str, types: Mapping[Iri, str]) -> Type:
    claim = types[CLAIM]
    outputs = [
        Output("node", f"{shown}!", Means.EDGE_NODE),
        Output("cursor", "String!", Means.EDGE_CURSOR),
        Output("claims", f"[{claim}!]!", Means.EDGE_CLAIMS),
    ]
    return _type(name, outputs, f"One {shown} of a list, and the claims that put it there.")


def _sum(fields: Fields, target: Iri | None) -> list[Output]:
    if not measures(fields, target):
        return []
    of = Argument("of", fields.names.family(target, "Measure") + "!")
    text = "The exact sum over all, not this page alone. What is part of another in the list is left out."
    return [Output("sum", "Decimal", Means.SUM, text, (of,))]


def _group(fields: Fields, target: Iri | None) -> list[Output]:
    keys = [Output(name, type_, Means.KEY, path=path) for name, type_, path in group_keys(fields, target)]
    return [Output("count", "Int!", Means.COUNT), *_sum(fields, target), *keys]


def group_keys(fields: Fields, target: Iri | None) -> list[tuple[str, str, Path]]:
    """Name, type and path of each key: single values, single things, and the single enum values of these."""
    keys: dict[str, tuple[str, str, Path]] = {}
    for name, path in _single_paths(fields, target):
        reading = fields.read(path[-1])
        near = len(path) == 1 and (reading.means is Means.THING or reading.means is Means.SCALAR)
        if near or (reading.means is Means.SCALAR and reading.type in fields.enum_names):
            unique = free(name, GROUP_FIELDS | keys.keys())
            keys[unique] = (unique, reading.type, path)
    return list(keys.values())


def _single_paths(fields: Fields, target: Iri | None) -> Iterator[tuple[str, Path]]:
    """The single-valued fields of a class, then those of each single thing."""
    near = [(name, field) for name, field in fields.of(target).items() if not field.many]
    yield from ((name, (field,)) for name, field in near)
    for name, field in near:
        if fields.read(field).means is Means.THING:
            for far_name, far in fields.of(fields.read(field).target).items():
                if not far.many:
                    yield name + pascal(far_name), (field, far)


def measures(fields: Fields, target: Iri | None) -> dict[str, Choice]:
    """The numbers that can be added up, here or one single thing away."""
    choices: dict[str, Choice] = {}
    for name, path in _single_paths(fields, target):
        reading = fields.read(path[-1])
        if reading.means is Means.SCALAR and reading.type in NUMERIC:
            unique = free(upper_snake(name), choices)
            choices[unique] = Choice(unique, path=path)
    return choices


def measure_enum(fields: Fields, target: Iri | None) -> EnumType | None:
    """The enum of a class's numbers, if it has any."""
    choices = measures(fields, target)
    name = fields.names.family(target, "Measure")
    return (
        EnumType(
            name, choices, "What can be added up: numbers here, and those of a single thing (`A_B`: the `b` of `a`)."
        )
        if choices
        else None
    )


def enum_value(name: str) -> str:
    """A name that GraphQL allows as an enum value."""
    return free(name, ENUM_WORDS)
