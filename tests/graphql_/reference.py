"""A reference executor: graphql-core's own `execute` over our schema, reading plain Python structures.

It does everything the slow and obvious way, from `Resolved` alone, so that the engine can be compared with it. What
other rooms decide (labels, cursors) is handed in as `Rules`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Any

from graphql import (
    ExecutionResult,
    FieldNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLUnionType,
    InlineFragmentNode,
    SelectionSetNode,
    execute_sync,
    get_directive_values,
    get_named_type,
    parse,
)
from graphql import GraphQLIncludeDirective as Include
from graphql import GraphQLSkipDirective as Skip
from pyoxigraph import BlankNode, Literal, NamedNode

from kaigraph.graphql import plan
from kaigraph.graphql.api import Api, Choice, Filter, Input, Means, Output
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.graph import DEFAULT_GRAPH, Fact, Resolved, Term
from kaigraph.loaders.literals.comparison import Comparison, comparison_of
from kaigraph.loaders.literals.keys import fold, literal_key, number_key, sort_key
from kaigraph.ontology.datatypes.edtf import date_bounds
from kaigraph.ontology.model import Field, Iri, Kind, Model

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
CORE = "https://w3id.org/kaigraph/core#"
Info = GraphQLResolveInfo[Any]
Given = Any  # what a client gave: graphql-core has checked it


def id_of(term: Term) -> str:
    """The API id of a node."""
    return term.value if isinstance(term, NamedNode) else f"_:{term.value}"


@dataclass(frozen=True)
class Rules:
    """What other rooms decide: the label of a node in a language, and the cursor of a node in an ordering."""

    label: Callable[[Graph, str, str], str | None]
    encode: Callable[[plan.Extent | plan.Hop, tuple[plan.Order, ...], Sequence[str | None], str], str]
    decode: Callable[[str, plan.Extent | plan.Hop, tuple[plan.Order, ...]], tuple[str | None, ...]]
    version: str = "0"


def rules_of(model: Model, version: str = "0") -> Rules:
    """The rules of the other rooms, as they are."""
    from kaigraph.graphql.cursor import decode_cursor, encode_cursor
    from kaigraph.graphql.planning.pages import _tag
    from kaigraph.loaders.labels import labels

    def label(graph: Graph, node: str, language: str) -> str | None:
        current = [fact for fact in graph.said[node] if fact.current]
        return labels(graph.terms[node], current, model).get(language)

    return Rules(
        label,
        lambda origin, order, keys, node: encode_cursor(_tag(origin, order), keys, node),
        lambda text, origin, order: decode_cursor(text, _tag(origin, order), len(order)),
        version,
    )


class Graph:
    """The graph of the present, by node, and every fact that was ever said."""

    def __init__(self, model: Model, resolved: Resolved) -> None:
        self.model = model
        self.resolved = resolved
        self.said: dict[str, list[Fact]] = defaultdict(list)
        self.out: dict[tuple[str, Iri], list[Term]] = defaultdict(list)
        self.into: dict[tuple[str, Iri], list[str]] = defaultdict(list)
        self.types: dict[str, set[Iri]] = defaultdict(set)
        self.nodes: set[str] = set()  # of past facts too: every id that `facts` gives out can be fetched
        self.terms: dict[str, NamedNode | BlankNode] = {}
        for fact in resolved.facts:
            self.said[id_of(fact.subject)].append(fact)
            ends = {id_of(t): t for t in (fact.subject, fact.object) if not isinstance(t, Literal)}
            self.terms.update(ends)
            self.nodes.update(ends)
            if fact.current:
                self._add(fact)
        if not resolved.dataset.is_claims:
            self.nodes.add(resolved.dataset.source)
            self.terms.setdefault(resolved.dataset.source, NamedNode(resolved.dataset.source))

    def _add(self, fact: Fact) -> None:
        subject, predicate, value = id_of(fact.subject), fact.predicate.value, fact.object
        self.out[subject, predicate].append(value)
        if isinstance(value, Literal):
            return
        self.into[id_of(value), predicate].append(subject)
        if predicate == RDF_TYPE:
            self.types[subject].add(value.value)

    def cls(self, node: str) -> Iri | None:
        return self.model.most_specific(frozenset(self.types[node]))

    def closure(self, node: str) -> tuple[Iri, ...]:
        return self.model.closure(frozenset(self.types[node]))

    def extent(self, cls: Iri) -> list[str]:
        return sorted(n for n in self.nodes if cls in self.closure(n))

    def things(self, node: str, found: Field) -> list[str]:
        if found.inverse:
            return sorted(set(self.into[node, found.property.iri]))
        return sorted({id_of(t) for t in self.out[node, found.property.iri] if not isinstance(t, Literal)})

    def literals(self, node: str, found: Field) -> list[Literal]:
        """The literals of a field: by key (unknown last), then text, datatype and language."""
        terms = [t for t in self.out[node, found.property.iri] if isinstance(t, Literal)]
        return sorted(terms, key=lambda t: (*last(literal_key(t)), t.value, t.datatype.value, t.language or ""))

    def concepts(self, node: str, found: Field) -> list[str]:
        """The names of enum values."""
        values = {v.iri: v.name for v in self.model.enumerations[found.enum or ""].values}
        return sorted(values[t] for t in self.things(node, found) if t in values)

    def claims_of(self, facts: Iterable[Fact]) -> list[str]:
        if not self.resolved.dataset.is_claims:
            return []
        return sorted({g for fact in facts for g in (*fact.graphs, *fact.also) if g != DEFAULT_GRAPH})

    def sources_of(self, claims: Iterable[str]) -> list[str]:
        if not self.resolved.dataset.is_claims:
            return [self.resolved.dataset.source]
        return sorted({id_of(t) for c in claims for t in self.out[c, CORE + "source"] if not isinstance(t, Literal)})


def last(key: str | None) -> tuple[bool, str]:
    """A key by which nulls come last."""
    return key is None, key or ""


# ------------------------------------------------------------------ what resolvers hand to each other


@dataclass(frozen=True)
class Node:
    id: str


@dataclass(frozen=True)
class Lit:
    term: Literal


@dataclass(frozen=True)
class Rank:
    """One ordering key as the client gave it: single things to follow, then an id, a label or a field."""

    path: tuple[Field, ...]
    leaf: Field | str
    descending: bool


@dataclass(frozen=True)
class Edge:
    node: str
    cursor: str
    link: tuple[str, Field] | None


@dataclass(frozen=True)
class Page:
    nodes: tuple[str, ...]  # all that the filter lets through, in order
    start: int
    stop: int
    cursors: tuple[str, ...]
    link: tuple[str, Field] | None


@dataclass(frozen=True)
class Group:
    nodes: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    fact: Fact


@dataclass
class Reference:
    """Answers operations."""

    model: Model
    api: Api
    graph: Graph
    rules: Rules
    schema: GraphQLSchema  # of `bare_schema`
    language: str = "en"  # of the request

    def execute(
        self, text: str, variables: Mapping[str, object] | None = None, name: str | None = None
    ) -> ExecutionResult:
        """The answer to an operation that is valid."""
        return execute_sync(
            self.schema,
            parse(text),
            variable_values=dict(variables or {}),
            operation_name=name,
            field_resolver=self._resolve,
            type_resolver=self._type_of,
        )

    # -------------------------------------------------------------- types

    def _type_of(self, value: object, _info: object, abstract: GraphQLInterfaceType | GraphQLUnionType) -> str:
        """The object type of a node: its class's, or else (it is none of the possible ones) the type's own."""
        if not isinstance(value, Node):
            return "LiteralValue"
        possible = self.api.possible[abstract.name]
        own = self.api.object_of.get(self.graph.cls(value.id) or "", "Resource")
        if own in possible:
            return own
        made = self.api.types.get(abstract.name)
        if made is not None and made.cls:
            return self.api.object_of[made.cls]
        return "Resource" if "Resource" in possible else next(name for name in possible if name != "LiteralValue")

    # -------------------------------------------------------------- fields

    def _resolve(self, source: object, info: Info, **given: Given) -> object:
        output = self.api.types[info.parent_type.name].fields[info.field_name]
        match source:
            case None:
                return self._root(output, given)
            case Node(node):
                return self._of_node(node, output, given)
            case Page():
                return self._of_page(source, output, given, info)
            case Edge():
                return self._of_edge(source, output)
            case Group():
                return self._of_group(source, output, given)
            case Lit(term):
                return {"value": term.value, "datatype": term.datatype.value, "language": term.language}[output.part]
            case Said(fact):
                return self._of_fact(fact, output)
            case _:
                return self._of_dataset(output)

    def _root(self, output: Output, given: dict[str, Given]) -> object:
        match output.means:
            case Means.NODE:
                return Node(given["id"]) if given["id"] in self.graph.nodes else None
            case Means.NODES_BY_ID:
                return [Node(i) if i in self.graph.nodes else None for i in given["ids"]]
            case Means.DATASET:
                return "dataset"
            case _:
                return self._page(output, self.graph.extent(output.cls or ""), given, None)

    def _of_dataset(self, output: Output) -> object:
        parts: dict[str, object] = {"version": self.rules.version, "modelHash": self.model.hash}
        one = [] if self.graph.resolved.dataset.is_claims else self.graph.sources_of(())
        return parts.get(output.part) or [Node(n) for n in sorted({*one, *self.graph.extent(CORE + "Source")})]

    def _of_node(self, node: str, output: Output, given: dict[str, Given]) -> object:
        match output.means:
            case Means.ID:
                return node
            case Means.IRI:
                return None if node.startswith("_:") else node
            case Means.LABEL:
                return self.rules.label(self.graph, node, self._language(given) or self.language)
            case Means.CLASSES:
                names = {choice.iri: name for name, choice in self.api.enums["ClassName"].choices.items()}
                return sorted(names[iri] for iri in self.graph.closure(node))
            case Means.CLAIMS:
                return [Node(c) for c in self._claims(node, given.get("on"), given.get("current"))]
            case Means.SOURCES:
                return [Node(s) for s in self.graph.sources_of(self._claims(node))]
            case Means.FACTS:
                return [Said(f) for f in sorted(self._facts(node, given.get("on")), key=_fact_key)]
            case _:
                return self._of_field(node, output, given)

    def _facts(self, node: str, on: list[str] | None = None) -> list[Fact]:
        wanted = None if on is None else {self.api.enums["PropertyName"].choices[name].iri for name in on}
        return [f for f in self.graph.said[node] if not wanted or f.predicate.value in wanted]

    def _claims(self, node: str, on: list[str] | None = None, current: bool | None = None) -> list[str]:
        facts = self._facts(node, on)
        shown = set(self.graph.claims_of(f for f in facts if f.current))
        return [c for c in self.graph.claims_of(facts) if current is None or (c in shown) is current]

    def _language(self, given: dict[str, Given]) -> str | None:
        name = given.get("lang")
        return self.api.enums["Language"].choices[name].value if name else None

    def _of_field(self, node: str, output: Output, given: dict[str, Given]) -> object:
        found, graph = output.field, self.graph
        assert found is not None
        match output.means:
            case Means.THING:
                return next((Node(t) for t in graph.things(node, found)), None)
            case Means.PAGE:
                return self._page(output, graph.things(node, found), given, (node, found))
            case Means.VALUES:
                values = [*map(Node, graph.things(node, found)), *map(Lit, graph.literals(node, found))]
                return values if found.many else next(iter(values), None)
            case Means.TEXT:
                wanted = self._language(given) or self.language
                return next((t.value for t in graph.literals(node, found) if t.language == wanted), None)
            case Means.TEXTS | Means.LITERALS:
                only = self._language(given)
                lits = [Lit(t) for t in graph.literals(node, found) if only in (None, t.language)]
                return lits if found.many else next(iter(lits), None)
            case _:
                scalars = self._scalars(node, found, output.type.strip("[]!"))
                return scalars if output.means is Means.SCALARS else next(iter(scalars), None)

    def _scalars(self, node: str, found: Field, scalar: str) -> list[object]:
        if found.kind is Kind.ENUM:
            return list(self.graph.concepts(node, found))
        return [_scalar(t.value, scalar) for t in self.graph.literals(node, found)]

    def _of_fact(self, fact: Fact, output: Output) -> object:
        term = fact.object
        literal = isinstance(term, Literal)
        match output.part:
            case "node":
                return None if literal else Node(id_of(term))
            case "claims":
                return [Node(c) for c in self.graph.claims_of([fact])]
            case "property":
                return fact.predicate.value
            case "value":
                return term.value if isinstance(term, Literal) else id_of(term)
            case "current":
                return fact.current
            case part:
                return getattr(getattr(term, part), "value", getattr(term, part)) if literal else None

    # -------------------------------------------------------------- pages

    def _page(self, output: Output, nodes: list[str], given: dict[str, Given], link: tuple[str, Field] | None) -> Page:
        types = {a.name: a.type.strip("[]!") for a in output.arguments}
        ranks = [self._rank(types["orderBy"], one, ()) for one in given.get("orderBy") or ()]
        kept = [n for n in nodes if self._holds(n, types["where"], given.get("where"))]
        kept.sort()
        for rank in reversed(ranks):  # sorting is stable: the last key first, descending without touching the ties
            with_key = [n for n in kept if self._rank_key(n, rank) is not None]
            with_key.sort(key=lambda n: self._rank_key(n, rank) or "", reverse=rank.descending)
            kept = with_key + [n for n in kept if self._rank_key(n, rank) is None]
        kept = self._steady(kept, ranks)
        origin: plan.Extent | plan.Hop = plan.Extent(output.cls or "") if link is None else _hop(link[1])
        order = tuple(_plan_order(r, self.language) for r in ranks)
        start = 0
        if given.get("after") is not None:
            *keys, after = self.rules.decode(given["after"], origin, order)
            start = sum(not self._follows(n, ranks, keys, after or "") for n in kept)
        stop = min(len(kept), start + (50 if given.get("first") is None else given["first"]))
        cursors = tuple(
            self.rules.encode(origin, order, [self._rank_key(n, r) for r in ranks], n) for n in kept[start:stop]
        )
        return Page(tuple(kept), start, stop, cursors, link)

    def _steady(self, nodes: list[str], ranks: list[Rank]) -> list[str]:
        """`sort(reverse=True)` keeps ties as they were, so ids ascend within them; this checks what that rests on."""
        for one, two in pairwise(nodes):
            assert self._follows(two, ranks, [self._rank_key(one, r) for r in ranks], one)
        return nodes

    def _follows(self, node: str, ranks: list[Rank], keys: Sequence[str | None], other: str) -> bool:
        """Whether a node comes after another of these keys."""
        for rank, theirs in zip(ranks, keys, strict=True):
            mine = self._rank_key(node, rank)
            if mine == theirs:
                continue
            if mine is None or theirs is None:
                return mine is None
            return (mine < theirs) if rank.descending else (mine > theirs)
        return node > other

    def _rank(self, type_name: str, given: Mapping[str, Given], path: tuple[Field, ...]) -> Rank:
        ((name, value),) = given.items()
        entry = self.api.inputs[type_name].fields[name]
        if isinstance(value, Mapping):
            assert entry.field is not None
            return self._rank(entry.type.strip("[]!"), value, (*path, entry.field))
        return Rank(path, entry.field or entry.part, value == "DESC")

    def _rank_key(self, node: str, rank: Rank) -> str | None:
        end = self._follow(node, rank.path)
        if end is None:
            return None
        if rank.leaf == "id":
            return end
        if isinstance(rank.leaf, str):
            label = self.rules.label(self.graph, end, self.language)
            return None if label is None else sort_key(label, self.language)
        return self._key(end, rank.leaf)

    def _key(self, node: str, found: Field) -> str | None:
        """The one key by which a single-valued field orders its node."""
        if found.kind is Kind.ENUM:
            return next(iter(self.graph.concepts(node, found)), None)
        return next((literal_key(t) for t in self.graph.literals(node, found)), None)

    def _follow(self, node: str | None, path: Iterable[Field]) -> str | None:
        for step in path:
            node = next(iter(self.graph.things(node, step)), None) if node is not None else None
        return node

    def _of_page(self, page: Page, output: Output, given: dict[str, Given], info: Info) -> object:  # noqa: PLR0911  # one case a meaning
        shown = page.nodes[page.start : page.stop]
        match output.means:
            case Means.NODES:
                return [Node(n) for n in shown]
            case Means.EDGES:
                return [Edge(n, c, page.link) for n, c in zip(shown, page.cursors, strict=True)]
            case Means.TOTAL:
                return len(page.nodes)
            case Means.PAGE_INFO:
                return page
            case Means.HAS_NEXT:
                return page.stop < len(page.nodes)
            case Means.HAS_PREVIOUS:
                return page.start > 0
            case Means.START_CURSOR:
                return next(iter(page.cursors), None)
            case Means.END_CURSOR:
                return next(reversed(page.cursors), None)
            case Means.SUM:
                return self._sum(page.nodes, output, given["of"])
            case _:
                return self._groups(page, info)

    def _of_edge(self, edge: Edge, output: Output) -> object:
        if output.means is Means.EDGE_NODE:
            return Node(edge.node)
        if output.means is Means.EDGE_CURSOR:
            return edge.cursor
        if edge.link is None:
            return []
        node, found = edge.link
        subject, value = (edge.node, node) if found.inverse else (node, edge.node)
        facts = (f for f in self.graph.said[subject] if f.current and f.predicate.value == found.property.iri)
        return [Node(c) for c in self.graph.claims_of(f for f in facts if _is_node(f.object, value))]

    # -------------------------------------------------------------- groups and sums

    def _groups(self, page: Page, info: Info) -> list[Group]:
        """Groups by the keys selected below, in the order of selection; ordered by them, nulls last."""
        made = get_named_type(info.return_type)
        assert isinstance(made, GraphQLObjectType)
        outputs = [self.api.types[made.name].fields[name] for name in selected(info) if name != "__typename"]
        keys = [o for o in outputs if o.means is Means.KEY]
        groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for node in page.nodes:
            groups[tuple(self._group_key(node, key) for key in keys)].append(node)
        return [Group(tuple(nodes)) for _, nodes in sorted(groups.items(), key=lambda item: item[0])]

    def _group_key(self, node: str, output: Output) -> tuple[object, ...]:
        found = output.path[-1]
        if found.kind is Kind.THING:
            return last(self._follow(node, output.path))
        end = self._follow(node, output.path[:-1])
        if end is None:
            return True, "", ""
        if found.kind is Kind.ENUM:
            return *last(self._key(end, found)), ""
        literal = next(iter(self.graph.literals(end, found)), None)
        return (True, "", "") if literal is None else (*last(literal_key(literal)), literal.value)

    def _of_group(self, group: Group, output: Output, given: dict[str, Given]) -> object:
        if output.means is Means.COUNT:
            return len(group.nodes)
        if output.means is Means.SUM:
            return self._sum(group.nodes, output, given["of"])
        found, node = output.path[-1], group.nodes[0]
        if found.kind is Kind.THING:
            end = self._follow(node, output.path)
            return None if end is None else Node(end)
        end = self._follow(node, output.path[:-1])
        return None if end is None else next(iter(self._scalars(end, found, output.type.strip("[]!"))), None)

    def _sum(self, nodes: Sequence[str], output: Output, name: str) -> str | None:
        """The exact sum over nodes that are no part of another of them."""
        choice: Choice = self.api.enums[output.arguments[0].type.strip("!")].choices[name]
        others = set(nodes)
        kept = [n for n in nodes if not self._wholes(n) & (others - {n})]
        ends = [self._follow(n, choice.path[:-1]) for n in kept]
        numbers = [Decimal(t.value) for e in ends if e is not None for t in self.graph.literals(e, choice.path[-1])]
        return _decimal_text(numbers) if numbers else None

    def _wholes(self, node: str) -> set[str]:
        seen: set[str] = set()
        todo = [node]
        while todo:
            for term in self.graph.out[todo.pop(), CORE + "partOf"]:
                if not isinstance(term, Literal) and id_of(term) not in seen:
                    seen.add(id_of(term))
                    todo.append(id_of(term))
        return seen

    # -------------------------------------------------------------- where

    def _holds(self, node: str, type_name: str, given: Mapping[str, Given] | None) -> bool:
        fields = self.api.inputs[type_name].fields
        return all(self._part(node, fields[name], value) for name, value in (given or {}).items())

    def _part(self, node: str, entry: Input, given: Given) -> bool:  # noqa: C901, PLR0911  # one case a meaning
        bare = entry.type.strip("[]!")
        if given is None and entry.filter is not Filter.CLASS:
            return True
        match entry.filter:
            case Filter.AND:
                return all(self._holds(node, bare, one) for one in given)
            case Filter.OR:
                return any(self._holds(node, bare, one) for one in given)
            case Filter.NOT:
                return not self._holds(node, bare, given)
            case Filter.ID:
                return all({"eq": node == v, "in": node in v}[op] for op, v in given.items())
            case Filter.CLASS:
                choices = self.api.enums[bare].choices
                return not set(self.graph.closure(node)).isdisjoint(choices[name].iri for name in given)
            case Filter.LABEL:
                labels = [self.rules.label(self.graph, node, tag) for tag in self.model.languages]
                texts = [label for label in labels if label is not None]
                return all(_any_text(texts, op, v) for op, v in given.items())
            case Filter.VALUE:
                return self._value(node, entry, given)
            case Filter.AS:
                return entry.cls in self.graph.closure(node) and self._holds(node, bare, given)
            case Filter.SAID:
                return self._said_by(node, bare, given)
            case _:
                return self._far(node, entry, given)

    def _said_by(self, node: str, bare: str, given: Mapping[str, Given]) -> bool:
        if "some" not in given:
            return True
        inner = self.api.inputs[bare].fields["some"].type.strip("[]!")
        return any(self._holds(claim, inner, given["some"]) for claim in self._claims(node))

    def _far(self, node: str, entry: Input, given: Mapping[str, Given]) -> bool:
        assert entry.field is not None
        bare = entry.type.strip("[]!")
        if entry.filter is Filter.SOME:
            if "some" not in given:
                return True
            bare, given = self.api.inputs[bare].fields["some"].type.strip("[]!"), given["some"]
        return any(self._holds(far, bare, given) for far in self.graph.things(node, entry.field))

    def _value(self, node: str, entry: Input, given: Mapping[str, Given]) -> bool:
        found = entry.field
        assert found is not None
        if found.kind is Kind.ENUM:
            return all(_any_text(self.graph.concepts(node, found), op, v) for op, v in given.items())
        terms = self.graph.literals(node, found)
        return all(_any_literal(terms, comparison_of(found), op, v, entry.type) for op, v in given.items())


def _scalar(text: str, scalar: str) -> object:
    match scalar:
        case "Int":
            return int(text)
        case "Float":
            return float(text)
        case "Boolean":
            return text in ("true", "1")
        case _:
            return text


def _any_text(texts: Sequence[str], op: str, given: Given) -> bool:
    """Whether any of some texts meets a test."""
    match op:
        case "isNull":
            return (not texts) is given
        case "eq":
            return given in texts
        case "in":
            return any(t in given for t in texts)
        case "contains":
            return any(fold(given) in fold(t) for t in texts)
        case _:
            return any(fold(t).startswith(fold(given)) for t in texts)


def _any_literal(terms: Sequence[Literal], how: Comparison, op: str, given: Given, filter_type: str) -> bool:
    """Whether any of some literals meets a test."""
    if op == "isNull":
        return (not terms) is given
    match how:
        case Comparison.NUMBER:
            return any(_number(literal_key(t), op, given) for t in terms)
        case Comparison.DATE if op not in ("eq", "in"):
            return any(_date(t, op, given, filter_type) for t in terms)
        case Comparison.BOOLEAN:
            return any((t.value in ("true", "1")) is given for t in terms)
        case _:
            return _any_text([t.value for t in terms], op, given)


def _number(key: str | None, op: str, given: Given) -> bool:
    wanted = [number_key(str(v)) for v in (given if op == "in" else [given])]
    if op in ("eq", "in"):
        return key in wanted
    (bound,) = wanted
    if key is None or bound is None:
        return False
    return {"lt": key < bound, "lte": key <= bound, "gt": key > bound, "gte": key >= bound}[op]


def _date(term: Literal, op: str, given: str, filter_type: str) -> bool:
    lower, upper = date_bounds(term.value, term.datatype.value)
    datatype = "http://id.loc.gov/datatypes/edtf/EDTF" if filter_type == "EDTFFilter" else term.datatype.value
    first, final = date_bounds(given, datatype)
    assert first is not None
    assert final is not None
    match op:
        case "before":
            return upper is not None and upper < first
        case "after":
            return lower is not None and lower > final
        case "onOrBefore":
            return upper is not None and upper <= final
        case "onOrAfter":
            return lower is not None and lower >= first
        case _:
            return lower is not None and upper is not None and lower <= final and upper >= first


def _decimal_text(numbers: Iterable[Decimal]) -> str:
    with localcontext() as context:
        context.prec = 200
        text = format(sum(numbers, Decimal()), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _fact_key(fact: Fact) -> tuple[str, str, str, str]:
    term = fact.object
    if isinstance(term, Literal):
        return fact.predicate.value, term.value, term.datatype.value, term.language or ""
    return fact.predicate.value, id_of(term), "", ""


def _is_node(term: Term, node: str) -> bool:
    return not isinstance(term, Literal) and id_of(term) == node


def _hop(found: Field) -> plan.Hop:
    return plan.Hop(found.property.iri, found.inverse)


def _plan_order(rank: Rank, language: str) -> plan.Order:
    """The ordering as the plan says it, for the tag of cursors."""
    if isinstance(rank.leaf, Field):
        leaf: plan.Leaf = plan.ValueLeaf(rank.leaf)
    else:
        leaf = plan.IdLeaf() if rank.leaf == "id" else plan.LabelLeaf(language)
    return plan.Order(plan.Path(tuple(map(_hop, rank.path)), leaf), rank.descending)


def selected(info: Info) -> list[str]:
    """The names of the fields selected on an object field, fragments merged, in order of first appearance."""
    found: dict[str, None] = {}

    def walk(selections: SelectionSetNode | None) -> None:
        for one in selections.selections if selections else ():
            skip, include = (get_directive_values(d, one, info.variable_values) for d in (Skip, Include))
            if (skip or {}).get("if") is True or (include or {}).get("if") is False:
                continue
            if isinstance(one, FieldNode):
                found.setdefault(one.name.value)
            elif isinstance(one, InlineFragmentNode):
                walk(one.selection_set)
            elif isinstance(one, FragmentSpreadNode):
                walk(info.fragments[one.name.value].selection_set)

    for node in info.field_nodes:
        walk(node.selection_set)
    return list(found)


def bare_schema(api: Api) -> GraphQLSchema:
    """Our schema, with graphql-core's own way of resolving left to the one who executes."""
    schema = build_schema(api)._schema
    for made in schema.type_map.values():
        if made.name.startswith("__"):
            continue
        if isinstance(made, GraphQLObjectType | GraphQLInterfaceType):
            for one in made.fields.values():
                one.resolve = None
        if isinstance(made, GraphQLObjectType):
            made.is_type_of = None
        if isinstance(made, GraphQLInterfaceType | GraphQLUnionType):
            made.resolve_type = None
    return schema
