"""From the Model to the Api: which types there are. The rules are in docs/decisions/0006-schema-from-model.md."""

from __future__ import annotations

from kaigraph.graphql.api import Api, Argument, EnumType, InputType, Means, Output, Type, Union
from kaigraph.graphql.deriving.fields import Fields
from kaigraph.graphql.deriving.fixed import enumerations, fixed_enums, fixed_types, node_outputs
from kaigraph.graphql.deriving.inputs import inputs
from kaigraph.graphql.deriving.names import ROOT_FIELDS, Names, free
from kaigraph.graphql.deriving.pages import connection, measure_enum
from kaigraph.graphql.deriving.scalars import SCALARS, filter_type, filters
from kaigraph.graphql.deriving.texts import describe_class
from kaigraph.ontology.model import Class, Field, Iri, Kind, Model


def derive_api(model: Model) -> Api:
    """Every type of the API of a Model. The same Model gives the same Api."""
    names = Names(model)
    fields = Fields(model, names)
    types = fixed_types(fields) | _node_types(fields) | _connections(fields)
    possible = _possible(fields)
    unions = _unions(fields, possible)
    return Api(
        types=types | {"Query": _query(fields)},
        unions=unions,
        enums=_enums(fields),
        inputs=_inputs(fields),
        scalars=dict(SCALARS),
        object_of=dict(names.objects),
        possible=possible | {union.name: union.members for union in unions.values()},
    )


def _targets(fields: Fields) -> list[Iri | None]:
    """What lists can be of: nodes of any class, then of each."""
    return [None, *(cls.iri for cls in fields.names.classes)]


def _node_types(fields: Fields) -> dict[str, Type]:
    """For each class an object or, where it has subclasses, an interface and an object."""
    node = {output.name: output for output in node_outputs(fields)}
    made: dict[str, Type] = {}
    for cls in fields.names.classes:
        outputs = node | {o.name: o for o in map(fields.output, cls.fields)}
        for one in _types_of(fields, cls, outputs):
            made[one.name] = one
    return made


def _types_of(fields: Fields, cls: Class, outputs: dict[str, Output]) -> list[Type]:
    names = fields.names
    above = ("Node", *sorted(names.types[iri] for iri in cls.ancestors))
    text = describe_class(cls, fields.languages)
    if not cls.descendants:
        return [Type(names.types[cls.iri], outputs, above, cls=cls.iri, description=text)]
    shown = names.types[cls.iri]
    own = f"What is {shown} and of no subclass of it that has a type here."
    return [
        Type(shown, outputs, above, is_interface=True, cls=cls.iri, description=text),
        Type(names.objects[cls.iri], outputs, (*above, shown), cls=cls.iri, description=own),
    ]


def _connections(fields: Fields) -> dict[str, Type]:
    made: dict[str, Type] = {}
    for target in _targets(fields):
        made |= connection(fields, target)
    return made


def _possible(fields: Fields) -> dict[str, tuple[str, ...]]:
    """The objects of each interface."""
    objects = fields.names.objects
    every = {"Node": tuple(sorted([*objects.values(), "Resource"]))}
    return every | {
        fields.names.types[cls.iri]: tuple(sorted(objects[iri] for iri in (cls.iri, *cls.descendants)))
        for cls in fields.names.classes
        if cls.descendants
    }


def _unions(fields: Fields, possible: dict[str, tuple[str, ...]]) -> dict[str, Union]:
    """For each property of literals and things, what its values can be."""
    members: dict[str, set[str]] = {}
    for cls in fields.names.classes:
        for field in cls.fields:
            if field.kind is Kind.MIXED:
                found = members.setdefault(fields.read(field).type, {"LiteralValue"})
                found.update(*(possible.get(shown, (shown,)) for shown in _shown(fields, field)))
    text = "A literal or a thing."
    return {name: Union(name, tuple(sorted(members[name])), text) for name in sorted(members)}


def _shown(fields: Fields, field: Field) -> list[str]:
    """The types of the things of a field, each of its classes by itself."""
    known = field.classes and all(iri in fields.names.types for iri in field.classes)
    return [fields.names.types[iri] for iri in field.classes] if known else ["Node"]


def _enums(fields: Fields) -> dict[str, EnumType]:
    made = [enum for target in _targets(fields) if (enum := measure_enum(fields, target))]
    return fixed_enums(fields) | enumerations(fields.model, fields) | {enum.name: enum for enum in made}


def _inputs(fields: Fields) -> dict[str, InputType]:
    made = filters()
    for iri, name in fields.names.filters.items():
        made[name] = filter_type(name, fields.names.enums[iri], "enum")
    for target in _targets(fields):
        made |= inputs(fields, target)
    return made


def _query(fields: Fields) -> Type:
    listed = "The nodes of these ids, in their order; null where there is none."
    outputs = {
        "node": Output("node", "Node", Means.NODE, "The node of an id.", (Argument("id", "ID!"),)),
        "nodes": Output("nodes", "[Node]!", Means.NODES_BY_ID, listed, (Argument("ids", "[ID!]!"),)),
        "dataset": Output("dataset", "Dataset!", Means.DATASET, "What is loaded."),
    }
    for cls in fields.names.classes:
        name = free(cls.plural, ROOT_FIELDS | outputs.keys())
        text = f"Every `{fields.names.types[cls.iri]}`, subclasses included."
        type_ = fields.names.family(cls.iri, "Connection") + "!"
        outputs[name] = Output(name, type_, Means.PAGE, text, fields.page_arguments(cls.iri), cls=cls.iri)
    return Type("Query", outputs, description="Where questions begin.")
