"""Who says so: claims by ABOUT, sources by FROM, facts from the fact store."""

from __future__ import annotations

from collections.abc import Iterator

from kaigraph.graphql.cypher.names import strings
from kaigraph.graphql.cypher.naming import Params, Part, Shape, Slot, constant, list_of_texts
from kaigraph.graphql.cypher.source import Context, collect
from kaigraph.graphql.cypher.things import Select, listed
from kaigraph.graphql.framing import block, lines
from kaigraph.graphql.plan import Claims, FactPart, Facts, Selection, Sources
from kaigraph.loaders.neo4j.mapping import ABOUT, FACTS_OF, FROM, META, PLAIN, RESOURCE
from kaigraph.ontology.model import Iri

_COLUMNS = ("property", "value", "datatype", "language", "current", "support_fact", "support_graph")


def claims(context: Context, node: str, given: Claims, select: Select) -> Part:
    """The claims that assert something of the current node."""
    claim = context.alias("n")
    return listed(context, claim, _claims(context, node, given, claim), given.select, select)


def _claims(context: Context, node: str, given: Claims, claim: str) -> str:
    about = context.alias("r")
    conditions = []
    if given.properties:
        keys = strings(context.names.mapping.key(p) for p in given.properties)
        conditions.append(f"any(k IN {keys} WHERE k IN {about}.properties)")
    before = ""
    if given.current is not None:
        live = context.alias("l")
        before = f"WITH {_live(context, node, given.properties)} AS {live}"
        is_live = f"{context.names.shown_id(claim)} IN {live}"
        conditions.append(is_live if given.current else f"NOT {is_live}")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return lines(before, f"MATCH ({claim})-[{about}:{ABOUT}]->({node})", where)


def _live(context: Context, node: str, properties: tuple[Iri, ...]) -> str:
    """The ids of the claims that facts of the present rest on, of the asked properties."""
    x, i = context.alias("x"), context.alias("i")
    asked = f" AND {x}.property[{x}.support_fact[{i}]] IN {strings(properties)}" if properties else ""
    return collect(
        f"MATCH ({node})-[:{FACTS_OF}]->({x})",
        f"UNWIND range(0, coalesce(size({x}.support_fact), 0) - 1) AS {i}",
        f"WITH {x}, {i}",
        f"WHERE {x}.current[{x}.support_fact[{i}]]{asked}",
        f"RETURN DISTINCT {x}.support_graph[{i}]",
    )


def link_claims(context: Context, given: Claims, ends: tuple[str, str], property_: Iri, select: Select) -> Part:
    """The claims that the link just followed rests on, from its subject to its object."""
    link, claim, key = context.alias("r"), context.alias("n"), context.alias("c")
    subject, object_ = ends
    clauses = lines(
        f"MATCH ({subject})-[{link}:{context.names.relationship(property_)}]->({object_})",
        f"UNWIND {link}.claims AS {key}",
        f"MATCH {context.names.any_node(claim, key)}",
    )
    return listed(context, claim, clauses, given.select, select)


def sources(context: Context, node: str, given: Sources, select: Select) -> Part:
    """The sources of the claims about the current node; of plain data, its one source."""
    end = context.alias("n")
    union = lines(
        f"MATCH ({node})<-[:{ABOUT}]-()-[:{FROM}]->({end})",
        f"RETURN {end}",
        "UNION",
        f"MATCH (:{META})-[:{PLAIN}]->({end})",
        f"RETURN {end}",
    )
    return listed(context, end, block(f"CALL ({node}) {{", union, "}"), given.select, select)


def facts(context: Context, node: str, given: Facts, select: Select) -> Part:
    """Every fact of which the current node is the subject."""
    x = context.alias("x")
    columns = ", ".join(f"{x}.{c}" for c in _COLUMNS)
    texts = [collect(f"MATCH ({node})-[:{FACTS_OF}]->({x})", f"WITH {x} ORDER BY {x}.chunk", f"RETURN [{columns}]")]
    entries = [(key, _part(context, node, given, part, select, texts)) for key, part in given.entries]

    def shape(slot: Slot, params: Params) -> object:
        ends = [None, *(dict(pairs) for pairs in slot[1:])]
        return [
            {key: made((fact, ends), params) for key, made in entries} for fact in _facts(slot[0], given.properties)
        ]

    return Part(list_of_texts(texts), shape)


#: property, value, datatype, language, current, ids of the graphs that support it
_Fact = tuple[str, str, str, str, bool, list[str]]
_PLACES = {"property": 0, "value": 1, "datatype": 2, "language": 3, "current": 4}


def _facts(records: Slot, properties: tuple[Iri, ...]) -> Iterator[_Fact]:
    for *columns, support_fact, support_graph in records:
        graphs: dict[int, list[str]] = {}
        for i, graph in zip(support_fact or (), support_graph or (), strict=True):
            graphs.setdefault(i, []).append(graph)
        for i, (property_, value, datatype, language, current) in enumerate(zip(*columns, strict=True)):
            if not properties or property_ in properties:
                yield property_, value, datatype, language, current, graphs.get(i, [])


def _part(context: Context, node: str, given: Facts, part: FactPart, select: Select, texts: list[str]) -> Shape:
    """What an entry makes of a fact, and of the nodes by id that stand in the list of `texts`."""
    if part.constant is not None:
        return constant(part.constant).shape
    if part.select is None:
        place, is_optional = _PLACES[part.part], part.part in ("datatype", "language")
        return lambda slot, _params: (slot[0][place] or None) if is_optional else slot[0][place]
    end = context.alias("n")
    if part.part == "claims":
        about = f"MATCH ({end})-[:{ABOUT}]->({node})"
        return _fact_claims(*_by_id(context, end, about, part.select, select, texts))
    return _fact_node(*_by_id(context, end, _objects(context, node, given, end), part.select, select, texts))


def _fact_claims(found: Shape, at: int) -> Shape:
    """Of the claims about the node, by id, those of the fact."""

    def shape(slot: Slot, params: Params) -> object:
        fact, lists = slot
        return [found(lists[at][claim], params) for claim in sorted(set(fact[5])) if claim in lists[at]]

    return shape


def _fact_node(found: Shape, at: int) -> Shape:
    def shape(slot: Slot, params: Params) -> object:
        fact, lists = slot
        return None if fact[2] else found(lists[at][fact[1]], params)

    return shape


def _by_id(
    context: Context, end: str, clauses: str, given: Selection, select: Select, texts: list[str]
) -> tuple[Shape, int]:
    """Pairs of id and record, as one more list; what makes JSON of the record, and the place of the list."""
    found = select(context, end, given)
    pair = f"[{context.names.shown_id(end)}, {found.text or 'true'}]"
    texts.append(collect(clauses, f"WITH DISTINCT {end}", f"RETURN {pair}"))
    return found.shape, len(texts) - 1


def _objects(context: Context, node: str, given: Facts, end: str) -> str:
    """The nodes that are values of facts. The key of an id is the id, but for a few: those are looked for by it."""
    x, i, value, id_ = (context.alias(a) for a in ("x", "i", "v", "v"))
    asked = f" AND {x}.property[{i}] IN {strings(given.properties)}" if given.properties else ""
    by_key = f"MATCH {context.names.any_node(end, value)}\nRETURN {end}"
    by_id = lines(
        f"WITH {value} AS {id_}",
        f"WHERE NOT EXISTS {{ {context.names.any_node('', value)} }}",
        f"MATCH ({end}:{RESOURCE})",
        f"WHERE {context.names.shown_id(end)} = {id_}",
        f"RETURN {end}",
    )
    return lines(
        f"MATCH ({node})-[:{FACTS_OF}]->({x})",
        f"UNWIND range(0, size({x}.value) - 1) AS {i}",
        f"WITH {x}, {i}",
        f"WHERE {x}.datatype[{i}] = ''{asked}",
        f"WITH DISTINCT {x}.value[{i}] AS {value}",
        block(f"CALL ({value}) {{", lines(by_key, "UNION", by_id), "}"),
    )
