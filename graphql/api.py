"""The API as the Model gives it, before any GraphQL library sees it: types, fields, arguments and what each means.

`kaigraph.graphql.deriving` makes an `Api` from a Model; `kaigraph.graphql.schema` makes a Strawberry schema from it;
`kaigraph.graphql.planning` asks it what a field means. Type references are written as in SDL: `[Claim!]!`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from kaigraph.ontology.model import Field, Iri


class Means(Enum):
    """What an output field means. The planner turns each into one expression of a plan."""

    # on every node
    ID = auto()
    IRI = auto()
    LABEL = auto()  # lang:
    CLASSES = auto()
    CLAIMS = auto()  # on:
    SOURCES = auto()
    FACTS = auto()
    # a property of the Model (`Output.field`)
    SCALAR = auto()  # one literal or enum value
    SCALARS = auto()  # a list of them
    TEXT = auto()  # lang: the one text in a language
    TEXTS = auto()  # lang: every text, as LanguageString
    LITERALS = auto()  # literals of several datatypes, as LiteralValue
    THING = auto()  # one thing
    PAGE = auto()  # a connection: of a class at the root (`Output.cls`), of a property elsewhere
    VALUES = auto()  # things and literals, as a union
    # of a connection
    NODES = auto()
    EDGES = auto()
    TOTAL = auto()
    PAGE_INFO = auto()
    GROUPS = auto()
    SUM = auto()  # of:
    # of an edge
    EDGE_NODE = auto()
    EDGE_CURSOR = auto()
    EDGE_CLAIMS = auto()
    # of page info
    HAS_NEXT = auto()
    HAS_PREVIOUS = auto()
    START_CURSOR = auto()
    END_CURSOR = auto()
    # of a group
    COUNT = auto()
    KEY = auto()  # `Output.path`
    # of the root
    NODE = auto()  # id:
    NODES_BY_ID = auto()  # ids:
    DATASET = auto()
    # a named part of the record that encloses it (LiteralValue, LanguageString, Fact, Dataset): `Output.part`
    PART = auto()


class Filter(Enum):
    """What a field of a `where` input means."""

    AND = auto()
    OR = auto()
    NOT = auto()
    ID = auto()
    CLASS = auto()
    LABEL = auto()
    VALUE = auto()  # of `Input.field`: a literal or an enum
    THING = auto()  # of `Input.field`, single: a nested `where`
    SOME = auto()  # of `Input.field`, many: `{some: where}`
    SAID = auto()  # `{some: where}` on the claims about the node
    AS = auto()  # of the subclass `Input.cls`, and a nested `where` of its type


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument; `default` is written as in SDL."""

    name: str
    type: str
    default: str | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """A field of an object or interface type."""

    name: str
    type: str
    means: Means
    description: str = ""
    arguments: tuple[Argument, ...] = ()
    field: Field | None = None
    cls: Iri | None = None  # PAGE at the root: the class listed
    path: tuple[Field, ...] = ()  # KEY: single things to follow, then the field that is the key
    part: str = ""


@dataclass(frozen=True, slots=True)
class Type:
    """An object or interface type. `cls` is the class whose nodes it shows, if it shows nodes of one class."""

    name: str
    fields: Mapping[str, Output]
    interfaces: tuple[str, ...] = ()
    is_interface: bool = False
    cls: Iri | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Union:
    """A union of object types."""

    name: str
    members: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of an enum and what it stands for: a concept or class (`iri`), or a path of fields to follow."""

    name: str
    description: str = ""
    iri: Iri = ""
    path: tuple[Field, ...] = ()
    value: str = ""  # anything else: a language tag, a direction


@dataclass(frozen=True, slots=True)
class EnumType:
    """An enum type."""

    name: str
    choices: Mapping[str, Choice]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """A field of an input type. In a `…Where`, `filter` says what it means; in a `…Order`, `field` or `part` does."""

    name: str
    type: str
    filter: Filter | None = None
    field: Field | None = None
    cls: Iri | None = None  # AS: the class
    part: str = ""  # operator of a value filter (`eq`, `in`, …), or `id` / `label` in an order
    description: str = ""


@dataclass(frozen=True, slots=True)
class InputType:
    """An input type."""

    name: str
    fields: Mapping[str, Input]
    description: str = ""
    one_of: bool = False  # exactly one field is given


@dataclass(frozen=True, slots=True)
class Api:
    """Every type by name. `query` is the name of the root type; `object_of` maps a class to its object type's name."""

    types: Mapping[str, Type]
    unions: Mapping[str, Union]
    enums: Mapping[str, EnumType]
    inputs: Mapping[str, InputType]
    scalars: Mapping[str, str]  # name → description
    object_of: Mapping[Iri, str]
    query: str = "Query"
    possible: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # interface or union → object types, sorted
