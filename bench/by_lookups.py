"""The operations over pyoxigraph: look-ups by pattern where they start from a node, SPARQL where they order a class."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import orjson
from made import EX
from operations import FIELDS, KINDS, ONE_NODE, PAGE, RELATIONS, THREE, Values
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PREFIX = f"PREFIX ex: <{EX}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "

_ORDERED = _PREFIX + "SELECT ?n ?code WHERE {{ ?n a ex:Work ; ex:code ?code }} ORDER BY ?code LIMIT 100"
_PAGE = _PREFIX + (
    "SELECT ?n ?code ?size WHERE {{ ?n a ex:Work ; ex:size ?size ; ex:code ?code FILTER (?size >= {size}) }} "
    "ORDER BY ?size ?n LIMIT 21"
)
_COUNT = _PREFIX + "SELECT (COUNT(*) AS ?c) WHERE {{ ?n a ex:Work ; ex:size ?size FILTER (?size >= {size}) }}"
_KINDS = _PREFIX + "SELECT ?n WHERE {{ ?n ex:code ?code }} ORDER BY DESC(?code) LIMIT 100"


class Lookups:
    """The same data in a store of pyoxigraph's, in memory."""

    def __init__(self, data: Path) -> None:
        """Read the file."""
        self._store = Store()
        self._store.bulk_load(path=data, format=RdfFormat.N_TRIPLES)

    def answers(self, name: str) -> Callable[[Values], str]:
        """What answers an operation: its `data` as JSON."""
        ways: Mapping[str, Callable[[Values], object]] = {
            ONE_NODE.name: self._one_node,
            FIELDS.name: lambda _: {"works": {"nodes": [self._work(n) for n in self._nodes(_ORDERED)]}},
            RELATIONS.name: lambda _: {"works": {"nodes": [self._related(n) for n in self._nodes(_ORDERED)]}},
            THREE.name: self._three,
            PAGE.name: self._page,
            KINDS.name: lambda _: {"things": {"nodes": [self._kind(n) for n in self._nodes(_KINDS)]}},
        }
        found = ways[name]
        return lambda values: orjson.dumps(found(values)).decode()

    def _nodes(self, text: str, **values: object) -> list[NamedNode]:
        return [row["n"] for row in self._store.query(text.format(**values))]

    def _far(self, node: NamedNode, name: str, limit: int | None = None) -> list[NamedNode]:
        found = (q.object for q in self._store.quads_for_pattern(node, NamedNode(EX + name), None))
        return sorted((o for o in found if isinstance(o, NamedNode)), key=lambda o: o.value)[:limit]

    def _values(self, node: NamedNode) -> dict[str, str]:
        """Every literal of a node by its local name: one pattern is faster than one for each."""
        return dict(self._literals(node))

    def _literals(self, node: NamedNode) -> Iterator[tuple[str, str]]:
        for quad in self._store.quads_for_pattern(node, None, None):
            if isinstance(quad.object, Literal):
                yield quad.predicate.value.rpartition("#")[2], quad.object.value

    def _one_node(self, values: Values) -> object:
        found = self._values(NamedNode(str(values["id"])))
        names = ("label", "code", "title", "size", "price", "made", "rating", "state")
        return {"node": {name: _typed(name, found.get(name)) for name in names}}

    def _work(self, node: NamedNode) -> object:
        found = self._values(node)
        return {name: _typed(name, found.get(name)) for name in ("code", "title", "size", "price", "state")}

    def _named(self, node: NamedNode, *names: str) -> dict[str, object]:
        found = self._values(node)
        return {name: found.get(name) for name in names}

    def _related(self, node: NamedNode) -> object:
        parts = [self._named(p, "label", "code") for p in self._far(node, "parts", 5)]
        tags = [self._named(t, "label") for t in self._far(node, "tags", 5)]
        maker = self._named(self._far(node, "maker")[0], "label", "code")
        return {**self._named(node, "code"), "maker": maker, "parts": {"nodes": parts}, "tags": {"nodes": tags}}

    def _three(self, values: Values) -> object:
        node = NamedNode(str(values["id"]))
        maker = self._far(node, "maker")[0]
        place = self._far(maker, "place")[0]
        region = self._named(self._far(place, "region")[0], "label")
        parts = [self._named(p, "label", "code") for p in self._far(node, "parts", 50)]
        far = {**self._named(place, "label"), "region": region}
        return {
            "node": {
                **self._named(node, "code"),
                "maker": {**self._named(maker, "label"), "place": far},
                "parts": {"nodes": parts},
            }
        }

    def _page(self, values: Values) -> object:
        total = next(iter(self._store.query(_COUNT.format(**values))))["c"].value
        rows = list(self._store.query(_PAGE.format(**values)))
        nodes = [{"code": row["code"].value, "size": row["size"].value} for row in rows[:20]]
        info = {"hasNextPage": len(rows) > len(nodes), "endCursor": rows[len(nodes) - 1]["n"].value if nodes else None}
        shown = [{"code": n["code"], "size": int(n["size"])} for n in nodes]
        return {"works": {"totalCount": int(total), "pageInfo": info, "nodes": shown}}

    def _kind(self, node: NamedNode) -> object:
        kinds = {"Work": ("label", "title", "size"), "Part": ("label", "weight"), "Maker": ("label", "founded")}
        kind = next(q.object for q in self._store.quads_for_pattern(node, _TYPE, None)).value.rpartition("#")[2]
        found = self._values(node)
        return {"__typename": kind, **{name: _typed(name, found.get(name)) for name in kinds[kind]}}


def _typed(name: str, text: str | None) -> object:
    if text is None:
        return None
    return int(text) if name == "size" else float(text) if name == "rating" else text
