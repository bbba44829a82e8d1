"""The types that every API has, whatever its domain."""

from __future__ import annotations

from kaigraph.graphql.api import Argument, Choice, EnumType, Means, Output, Type
from kaigraph.graphql.deriving.fields import Fields
from kaigraph.graphql.deriving.names import free, language_name
from kaigraph.graphql.deriving.pages import CLAIM, enum_value
from kaigraph.graphql.deriving.texts import describe
from kaigraph.ontology.errors import BadVocabulary
from kaigraph.ontology.model import Iri, Model

SOURCE = "https://w3id.org/kaigraph/core#Source"

_LANGUAGE = (
    "The languages of labels and texts. Where an operation names none: the request's (`Accept-Language`), else {}."
)


def core_type(fields: Fields, iri: Iri) -> str:
    """The type of a core class, which every Model has."""
    if iri not in fields.names.types:
        hint = "Load the core vocabulary with the ontology."
        raise BadVocabulary(f"The model has no class <{iri}>.", where="core vocabulary", hint=hint)
    return fields.names.types[iri]


def node_outputs(fields: Fields) -> tuple[Output, ...]:
    """The fields of every node."""
    claim, source = core_type(fields, CLAIM), core_type(fields, SOURCE)
    on = Argument("on", "[PropertyName!]")
    current = Argument("current", "Boolean")
    return (
        Output("id", "ID!", Means.ID, "The IRI or, for a blank node, `_:` and a stable name."),
        Output("iri", "String", Means.IRI, "The IRI; null for a blank node."),
        Output("label", "String", Means.LABEL, "A name to show.", (fields.lang_argument(),)),
        Output("classes", "[ClassName!]!", Means.CLASSES, "Every class it belongs to, superclasses included."),
        Output(
            "claims",
            f"[{claim}!]!",
            Means.CLAIMS,
            "The claims that say something of it; `on`: of these properties only; `current: true`: only those that "
            "what is shown rests on, `false`: only those that were left out.",
            (on, current),
        ),
        Output("sources", f"[{source}!]!", Means.SOURCES, "The sources of these claims."),
        Output("facts", "[Fact!]!", Means.FACTS, "Every triple of which it is the subject.", (on,)),
    )


def fixed_types(fields: Fields) -> dict[str, Type]:
    """`Node`, `Resource` and the small records."""
    node = node_outputs(fields)
    made = (
        _type("Node", node, "Anything in the graph.", is_interface=True),
        _type("Resource", node, "A thing of no class that has a type here.", interfaces=("Node",)),
        _type("PageInfo", _page_info(), "Where a page lies in its list."),
        _type("LiteralValue", _literal(language="String"), "A literal with its datatype."),
        _type("LanguageString", _parts(value="String!", language="String!"), "A text and its language."),
        _type("Fact", _fact(fields), "One triple, and the claims it rests on."),
        _type("Dataset", _dataset(fields), "What is loaded."),
    )
    return {one.name: one for one in made}


def _type(
    name: str, outputs: tuple[Output, ...], text: str, *, interfaces: tuple[str, ...] = (), is_interface: bool = False
) -> Type:
    return Type(name, {output.name: output for output in outputs}, interfaces, is_interface, description=text)


def _parts(**types: str) -> tuple[Output, ...]:
    return tuple(Output(name, type_, Means.PART, part=name) for name, type_ in types.items())


def _literal(language: str) -> tuple[Output, ...]:
    return _parts(value="String!", datatype="String!", language=language)


def _fact(fields: Fields) -> tuple[Output, ...]:
    claims = f"[{core_type(fields, CLAIM)}!]!"
    kept = _parts(property="String!", value="String!", datatype="String", language="String", current="Boolean!")
    return kept + _parts(node="Node", claims=claims)


def _dataset(fields: Fields) -> tuple[Output, ...]:
    return _parts(version="String!", modelHash="String!", sources=f"[{core_type(fields, SOURCE)}!]!")


def _page_info() -> tuple[Output, ...]:
    return (
        Output("hasNextPage", "Boolean!", Means.HAS_NEXT),
        Output("hasPreviousPage", "Boolean!", Means.HAS_PREVIOUS),
        Output("startCursor", "String", Means.START_CURSOR),
        Output("endCursor", "String", Means.END_CURSOR),
    )


def fixed_enums(fields: Fields) -> dict[str, EnumType]:
    """`Language`, `Direction`, `ClassName` and `PropertyName`."""
    languages = [Choice(language_name(tag), tag, value=tag) for tag in fields.languages]
    directions = [Choice("ASC", "The least first.", value="ASC"), Choice("DESC", "The greatest first.", value="DESC")]
    made = (
        EnumType("Language", {c.name: c for c in languages}, _LANGUAGE.format(fields.language)),
        EnumType("Direction", {c.name: c for c in directions}, "Which way to order. Nothing known comes last in both."),
        EnumType("ClassName", _class_names(fields), "The classes of the ontology."),
        EnumType("PropertyName", _property_names(fields), "The properties of the ontology."),
    )
    return {one.name: one for one in made}


def _class_names(fields: Fields) -> dict[str, Choice]:
    choices: dict[str, Choice] = {}
    for cls in fields.names.classes:
        name = free(enum_value(cls.name), choices)
        choices[name] = Choice(name, describe({}, cls.labels, fields.languages), iri=cls.iri)
    return choices


def _property_names(fields: Fields) -> dict[str, Choice]:
    """Every property as its field is named, so that `claims(on: [x])` reads like the selection of `x`."""
    choices: dict[str, Choice] = {}
    for iri in sorted(fields.model.properties):
        prop = fields.model.properties[iri]
        name = free(enum_value(fields.property_name(prop)), choices)
        choices[name] = Choice(name, describe({}, prop.labels, fields.languages), iri=iri)
    return choices


def enumerations(model: Model, fields: Fields) -> dict[str, EnumType]:
    """The enumerations of the Model, their concepts as values."""
    made: dict[str, EnumType] = {}
    for iri in sorted(model.enumerations):
        found = model.enumerations[iri]
        choices: dict[str, Choice] = {}
        for value in found.values:
            text = describe(value.definitions, value.labels, fields.languages)
            choices[value.name] = Choice(value.name, text, iri=value.iri)
        name = fields.names.enums[iri]
        made[name] = EnumType(name, choices, describe(found.definitions, found.labels, fields.languages))
    return made
