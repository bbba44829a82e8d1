"""The plan: what one operation asks, said in terms of nodes, properties and pages. It says nothing of any engine.

A plan is made once for an operation and the shape of its variables (`kaigraph.graphql.planning`), and compiled once
into one statement (`kaigraph.graphql.sql`). Values from outside never appear in it: they are `Param`s, by number.

An expression (`Expr`) is read against *the current node*. `Record` is a JSON object, in the order of its entries.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kaigraph.ontology.model import Field, Iri

# ------------------------------------------------------------------ parameters


@dataclass(frozen=True, slots=True)
class Param:
    """One value of the statement, worked out when the plan runs.

    `variable` and `path` say where in the coerced variables it lies; without a variable it is `constant`.
    `items` are the parts of a list that mixes both. `encode` makes of it what the store compares (a key, a fold, a
    bound, a JSON list of these).
    """

    encode: Callable[[object], object]
    variable: str | None = None
    path: tuple[str | int, ...] = ()
    constant: object = None
    items: tuple[Param, ...] | None = None
    label: str = ""  # where it stands in the operation, for error messages


ParamRef = int  # index into `Plan.params`

# ------------------------------------------------------------------ leaves: what is compared, ordered, grouped, added


@dataclass(frozen=True, slots=True)
class IdLeaf:
    """The node's id."""


@dataclass(frozen=True, slots=True)
class LabelLeaf:
    """The node's label: in one language, or (for tests only) in any."""

    language: str | None


@dataclass(frozen=True, slots=True)
class ValueLeaf:
    """The literal or enum value of a field; for tests on a many-valued field, any of its values."""

    field: Field


Leaf = IdLeaf | LabelLeaf | ValueLeaf


@dataclass(frozen=True, slots=True)
class Hop:
    """One step along a property; `inverse`: from object to subject."""

    property: Iri
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """Single-valued steps, then a leaf."""

    hops: tuple[Hop, ...]
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class Order:
    """One ordering key. Nulls come last in both directions; after all keys, ties go by id, ascending."""

    path: Path
    descending: bool = False


# ------------------------------------------------------------------ conditions


@dataclass(frozen=True, slots=True)
class All:
    """Every condition holds; of none, true."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one condition holds; of none, false."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold (two-valued: a test of a missing value is false, and its negation true)."""

    item: Condition


@dataclass(frozen=True, slots=True)
class Test:
    """A leaf compared with parameters.

    eq, in            exact text of a literal, name of an enum value, id, number key or boolean
    lt, lte, gt, gte  number keys, or sort keys of text
    contains, startsWith   folded text
    before(t)         upper bound < lower bound of t         after(t)       lower bound > upper bound of t
    onOrBefore(t)     upper bound ≤ upper bound of t         onOrAfter(t)   lower bound ≥ lower bound of t
    overlaps(t)       lower ≤ upper of t and upper ≥ lower of t: two parameters, (lower, upper) of t
    """

    leaf: Leaf
    op: str
    params: tuple[ParamRef, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """The node has no value for the leaf."""

    leaf: Leaf


@dataclass(frozen=True, slots=True)
class Some:
    """At least one node over the hop meets the condition."""

    hop: Hop
    condition: Condition


@dataclass(frozen=True, slots=True)
class Member:
    """The node is of one of the classes (subclasses included)."""

    classes: tuple[Iri, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """At least one claim that asserts something of the node (the node being the subject) meets the condition."""

    condition: Condition


Condition = All | Any | Not | Test | Missing | Some | Member | Said
TRUE = All(())

# ------------------------------------------------------------------ selections


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON object: response key → expression, in order."""

    entries: tuple[tuple[str, Expr], ...]


@dataclass(frozen=True, slots=True)
class Switch:
    """Which record a node gets depends on its concrete class.

    `otherwise` is for every class not named, and for nodes of no modelled class.
    """

    branches: tuple[tuple[tuple[Iri, ...], Record], ...]
    otherwise: Record


Selection = Record | Switch

# ------------------------------------------------------------------ expressions against the current node


@dataclass(frozen=True, slots=True)
class Constant:
    """A JSON string known when planning (`__typename` where the type is certain)."""

    value: str


@dataclass(frozen=True, slots=True)
class TypeName:
    """`__typename` by the node's concrete class; `names` maps class IRI → type name, `otherwise` for the rest."""

    names: tuple[tuple[Iri, str], ...]
    otherwise: str


@dataclass(frozen=True, slots=True)
class Id:
    """The node's id: its IRI, or `_:` and the hash of a blank node."""


@dataclass(frozen=True, slots=True)
class NodeIri:
    """The node's IRI, null for a blank node."""


@dataclass(frozen=True, slots=True)
class Label:
    """The node's label in a language, with the fallback worked out at load."""

    language: str


@dataclass(frozen=True, slots=True)
class Classes:
    """A JSON list of the names of all modelled classes the node belongs to, sorted by name."""

    names: tuple[tuple[Iri, str], ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One literal or enum value, or null. `form`: how it is written in JSON."""

    field: Field
    form: str  # "text" | "number" | "boolean" | "enum"


@dataclass(frozen=True, slots=True)
class Values:
    """All values of a field as a JSON list, in key order then text."""

    field: Field
    form: str


@dataclass(frozen=True, slots=True)
class TextIn:
    """The text of a language-tagged field in one language, or null."""

    field: Field
    language: str


@dataclass(frozen=True, slots=True)
class Literals:
    """Literals with their terms, as records of parts: value, datatype, language.

    `language` keeps one tag only; `one`: a single record or null rather than a list.
    """

    field: Field
    entries: tuple[tuple[str, str], ...]  # response key → part, or `=name` for a constant such as `__typename`
    language: str | None = None
    one: bool = False


@dataclass(frozen=True, slots=True)
class Thing:
    """The one thing over a hop, or null."""

    hop: Hop
    select: Selection


@dataclass(frozen=True, slots=True)
class MixedValues:
    """Things and literals of one property, as a list: things by id, then literals as in `Values`."""

    field: Field
    select: Selection  # for a thing
    literal: tuple[tuple[str, str], ...]  # for a literal, as in `Literals.entries`
    one: bool = False


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims that assert something of the current node, ordered by id.

    `properties`: only what is said of these (the node being the subject). `current`: only those that some fact of the
    present rests on (true), or only those that none of the asked facts of the present rests on (false). On an edge
    (`link`), only those that assert the link just followed.
    """

    select: Selection
    properties: tuple[Iri, ...] = ()
    current: bool | None = None
    link: bool = False


@dataclass(frozen=True, slots=True)
class Sources:
    """The distinct sources of those claims (of the dataset's one source, for data without claims), ordered by id."""

    select: Selection


@dataclass(frozen=True, slots=True)
class Facts:
    """Every fact of which the node is the subject, as records, by property, then value.

    Parts: property (IRI), value (lexical form or IRI or blank id), datatype, language (null where none), current
    (boolean: part of the graph of the present). `node` is the thing that the value is, or null; `claims` are the
    claims the fact rests on.
    """

    entries: tuple[tuple[str, FactPart], ...]
    properties: tuple[Iri, ...] = ()  # only facts of these; of none, all


@dataclass(frozen=True, slots=True)
class FactPart:
    """One entry of a fact: a `part` by name, a `constant`, or with `select` the part `node` or `claims`."""

    part: str
    select: Selection | None = None
    constant: str | None = None


# ------------------------------------------------------------------ pages


@dataclass(frozen=True, slots=True)
class Extent:
    """Every node of a class, subclasses included."""

    cls: Iri


@dataclass(frozen=True, slots=True)
class Page:
    """A connection: a set of nodes, filtered, ordered, cut.

    `after`: one parameter per ordering key and one for the id, decoded from the cursor (a null key is null).
    """

    source: Extent | Hop
    where: Condition
    order: tuple[Order, ...]
    first: ParamRef
    after: tuple[ParamRef, ...] | None
    entries: tuple[tuple[str, PageExpr], ...]
    cursor_tag: str = ""  # says of which ordering a cursor is, so that a foreign one is refused


@dataclass(frozen=True, slots=True)
class PageNodes:
    """The nodes of the page."""

    select: Selection


@dataclass(frozen=True, slots=True)
class PageEdges:
    """The edges of the page: against the node of each, `EdgeNode`, `EdgeCursor`, `Claims(link=True)` or a constant."""

    entries: tuple[tuple[str, EdgeNode | EdgeCursor | Claims | Constant], ...]


@dataclass(frozen=True, slots=True)
class EdgeNode:
    """The node at the end of the edge."""

    select: Selection


@dataclass(frozen=True, slots=True)
class EdgeCursor:
    """The cursor of the edge."""


@dataclass(frozen=True, slots=True)
class Total:
    """How many nodes the filter lets through, before cutting."""


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Parts: hasNextPage, hasPreviousPage (booleans), startCursor, endCursor; `=name` for a constant."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """The exact sum of a number over the filtered set (cutting aside), as decimal text; null over no value.

    Nodes that are part (core:partOf, any depth) of another node *of the same set or group* are left out.
    """

    path: Path


@dataclass(frozen=True, slots=True)
class Groups:
    """The filtered set grouped by keys, one record a group, ordered by the keys (nulls last).

    Each entry is an index into `keys`, a `GroupCount`, a `Sum` or a constant.
    """

    keys: tuple[GroupKey, ...]
    entries: tuple[tuple[str, int | GroupCount | Sum | Constant], ...]


@dataclass(frozen=True, slots=True)
class GroupKey:
    """A key: a value (with its JSON form), or, with `select`, the thing at the end of the last hop."""

    path: Path
    form: str = "text"
    select: Selection | None = None


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many nodes the group has."""


PageExpr = PageNodes | PageEdges | Total | PageInfo | Groups | Sum | Constant

Expr = (
    Constant | TypeName | Id | NodeIri | Label | Classes | Value | Values | TextIn | Literals | Thing | MixedValues
    | Claims | Sources | Facts | Page
)  # fmt: skip

# ------------------------------------------------------------------ roots


@dataclass(frozen=True, slots=True)
class ById:
    """The node of an id, or null."""

    id: ParamRef
    select: Selection


@dataclass(frozen=True, slots=True)
class ByIds:
    """The nodes of a JSON list of ids, in its order, null where there is none."""

    ids: ParamRef
    select: Selection


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """Parts: version, modelHash; `sources` with a selection (every core:Source by id); `=name` for a constant."""

    entries: tuple[tuple[str, str | Sources], ...]


Root = ById | ByIds | Page | DatasetInfo | Constant


@dataclass(frozen=True, slots=True)
class Plan:
    """One operation. `roots` are the entries of `data`, in order."""

    roots: tuple[tuple[str, Root], ...]
    params: tuple[Param, ...]
