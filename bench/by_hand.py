"""The best Cypher that a person writes for the operations, knowing the stored graph: one record of lists.

A person may know what the compiler may not: that no list has a second maker, that nothing here is part of anything,
which class a node has. Each answers as the operation does, byte for byte (`neo4j_queries.py` checks it).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from operations import GROUPS, LEVELS, LIST, NEIGHBOURS, NEXT, ONE_NODE, RELATIONS, SOME, SUM, TOTALS, Values

from kaigraph.loaders.literals.keys import number_key, sort_key

Data = Any  # lists, as the driver gives them


def _same(values: Values) -> Values:
    return values


@dataclass(frozen=True, slots=True)
class ByHand:
    """A statement, its parameters from the variables of the operation, and its record as JSON values."""

    text: str
    shape: Callable[[Data], object]
    given: Callable[[Values], Values] = _same


def _nodes(*names: str) -> Callable[[Data], dict[str, object]]:
    return lambda rows: {"nodes": [dict(zip(names, row, strict=True)) for row in rows]}


def _labels(names: Data) -> dict[str, object]:
    return {"nodes": [{"label": name} for name in names]}


def _one_node(row: Data) -> object:
    label, code, title, size, price, made, rating, state = row
    return {
        "node": {
            "label": label, "code": code, "title": title, "size": int(size), "price": price, "made": made,
            "rating": None if rating is None else float(rating), "state": state,
        }
    }  # fmt: skip


def _list(rows: Data) -> object:
    names = ("code", "title", "size", "price", "state")
    return {
        "works": {"nodes": [dict(zip(names, (c, t, int(s), p, e), strict=True)) for c, t, s, p, e in rows]}
    }  # fmt: skip


def _relations(rows: Data) -> object:
    part = _nodes("label", "code")
    return {
        "works": {
            "nodes": [
                {"code": code, "maker": {"label": label, "code": own}, "parts": part(parts), "tags": _labels(tags)}
                for code, label, own, parts, tags in rows
            ]
        }
    }


def _levels(row: Data) -> object:
    label, places = row
    work = _nodes("code", "title")
    return {
        "node": {
            "label": label,
            "places": {
                "nodes": [
                    {"label": place, "makers": {"nodes": [{"label": m, "works": work(works)} for m, works in makers]}}
                    for place, makers in places
                ]
            },
        }
    }


def _sum(rows: Data) -> object:
    return {
        "makers": {
            "nodes": [
                {"label": label, "works": {"totalCount": count, "sum": str(size) if count else None}}
                for label, count, size in rows
            ]
        }
    }


def _groups(rows: Data) -> object:
    groups = [{"state": state, "count": count, "sum": str(size)} for state, count, size in sorted(rows)]
    return {"works": {"groups": groups}}


def _totals(row: Data) -> object:
    total, makers = row
    nodes = [
        {
            "label": label,
            "works": {
                "totalCount": count,
                "pageInfo": {"hasNextPage": count > 5},  # noqa: PLR2004  # the page that is asked for
                "nodes": [{"code": code, "size": int(size)} for code, size in works],
            },
        }
        for label, count, works in makers
    ]
    return {"makers": {"totalCount": total, "nodes": nodes}}


def _neighbours(row: Data) -> object:
    code, maker, parts, tags = row
    return {"node": {"code": code, "maker": {"label": maker}, "parts": _labels(parts), "tags": _labels(tags)}}


def _next(rows: Data) -> object:
    return {"works": {"nodes": [{"code": code, "size": int(size), "title": title} for code, size, title in rows]}}


def _keyed(name: str, key: Callable[[str], str | None]) -> Callable[[Values], Values]:
    return lambda values: {name: key(str(values[name]))}


BY_HAND: Mapping[str, ByHand] = {
    ONE_NODE.name: ByHand(
        "MATCH (n:Resource {_id: $id}) "
        "RETURN [n.label_en, n.code, n.title, n.size, n.price, n.made, n.rating, n.state] AS data",
        _one_node,
    ),
    LIST.name: ByHand(
        "MATCH (n:Work) WHERE n._state = $state AND n._code IS NOT NULL "
        "WITH n ORDER BY n._code LIMIT 100 RETURN collect([n.code, n.title, n.size, n.price, n.state]) AS data",
        _list,
        _keyed("state", sort_key),
    ),
    RELATIONS.name: ByHand(
        """MATCH (n:Work) WHERE n._code IS NOT NULL WITH n ORDER BY n._code LIMIT 100
        MATCH (n)-[:MAKER]->(m)
        RETURN collect([n.code, m.label_en, m.code,
          COLLECT { MATCH (n)-[:PARTS]->(p) WITH p ORDER BY p._id LIMIT 5 RETURN [p.label_en, p.code] },
          COLLECT { MATCH (n)-[:TAGS]->(t) WITH t ORDER BY t._id LIMIT 5 RETURN t.label_en }]) AS data""",
        _relations,
    ),
    LEVELS.name: ByHand(
        """MATCH (r:Resource {_id: $id})
        RETURN [r.label_en, COLLECT {
          MATCH (r)<-[:REGION]-(p) WITH p ORDER BY p._id LIMIT 5
          RETURN [p.label_en, COLLECT {
            MATCH (p)<-[:PLACE]-(m) WITH m ORDER BY m._id LIMIT 5
            RETURN [m.label_en, COLLECT {
              MATCH (m)<-[:MAKER]-(w) WITH w ORDER BY w._id LIMIT 5 RETURN [w.code, w.title] }] }] }] AS data""",
        _levels,
    ),
    SOME.name: ByHand(
        "MATCH (:Thing {_code: $code})<-[:PARTS]-(n:Work) WITH DISTINCT n ORDER BY n._id LIMIT 50 "
        "RETURN collect([n.code, n.title]) AS data",
        lambda rows: {"works": _nodes("code", "title")(rows)},
        _keyed("code", sort_key),
    ),
    SUM.name: ByHand(
        """MATCH (n:Maker) WHERE n._code IS NOT NULL WITH n ORDER BY n._code LIMIT 20
        CALL (n) { MATCH (n)<-[:MAKER]-(w) RETURN count(*) AS many, sum(toInteger(w.size)) AS size }
        RETURN collect([n.label_en, many, size]) AS data""",
        _sum,
    ),
    GROUPS.name: ByHand(
        "MATCH (n:Work) WITH n.state AS state, count(*) AS many, sum(toInteger(n.size)) AS size "
        "RETURN collect([state, many, size]) AS data",
        _groups,
    ),
    TOTALS.name: ByHand(
        """MATCH (n:Maker) WHERE n._code IS NOT NULL WITH n ORDER BY n._code LIMIT 20
        WITH collect([n.label_en, COUNT { (n)<-[:MAKER]-() }, COLLECT {
          MATCH (n)<-[:MAKER]-(w) WITH w ORDER BY w._size DESC, w._id LIMIT 5 RETURN [w.code, w.size] }]) AS rows
        RETURN [COUNT { MATCH (:Maker) }, rows] AS data""",
        _totals,
    ),
    NEIGHBOURS.name: ByHand(
        """MATCH (n:Resource {_id: $id})-[:MAKER]->(m)
        RETURN [n.code, m.label_en,
          COLLECT { MATCH (n)-[:PARTS]->(p) WITH p ORDER BY p._id LIMIT 5 RETURN p.label_en },
          COLLECT { MATCH (n)-[:TAGS]->(t) WITH t ORDER BY t._id LIMIT 5 RETURN t.label_en }] AS data""",
        _neighbours,
    ),
    NEXT.name: ByHand(
        "MATCH (n:Work) WHERE n._size >= $size WITH n ORDER BY n._size, n._id LIMIT 20 "
        "RETURN collect([n.code, n.size, n.title]) AS data",
        _next,
        _keyed("size", number_key),
    ),
}
