# ruff: noqa: S608 - the parts are ours, and what is asked for is a parameter
"""The best SQL that a person writes for the operations, on the same file, who knows what the data are like.

Each gives the JSON of `data`, as ours does (`embedded.py` checks that both are equal, cursors aside). A person may know
what the compiler may not: that no work has two makers, and that all that has a code is a thing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import apsw
from made import EX
from operations import FIELDS, KINDS, ONE_NODE, PAGE, RELATIONS, THREE, Values

from kaigraph.loaders.layout import Layout
from kaigraph.loaders.literals.keys import number_key

_TEXT = "json_object('code', code, 'title', title, 'size', CAST(size AS INTEGER), 'price', price, 'state', state)"
_FAR = "FROM edge AS e JOIN node AS x ON x.n = e.o WHERE e.s = {near} AND e.prop = :{prop}"
_NAMED = "json_object('label', x.label_en, 'code', x.code)"


def _page(columns: str) -> str:
    return f"SELECT {columns} FROM node WHERE class = :Work AND _code IS NOT NULL ORDER BY _code, id LIMIT 100"


def _one(prop: str, near: str, item: str) -> str:
    return f"(SELECT {item} {_FAR.format(near=near, prop=prop)})"


def _many(prop: str, near: str, columns: str, item: str, limit: int) -> str:
    rows = f"SELECT {columns} {_FAR.format(near=near, prop=prop)} ORDER BY x.id LIMIT {limit}"
    return f"'{{\"nodes\":', (SELECT json_group_array({item}) FROM ({rows}) AS x), '}}'"


ONE_NODE_SQL = """SELECT json_object('node', json_object('label', label_en, 'code', code, 'title', title,
  'size', CAST(size AS INTEGER), 'price', price, 'made', made, 'rating', CAST(rating AS REAL), 'state', state))
FROM node WHERE id = :id"""

FIELDS_SQL = f"""SELECT concat('{{"works":{{"nodes":', (
  SELECT json_group_array({_TEXT}) FROM ({_page("code, title, size, price, state")})), '}}}}')"""

RELATIONS_SQL = f"""SELECT concat('{{"works":{{"nodes":[', (
  SELECT group_concat(concat('{{"code":', json_quote(w.code),
    ',"maker":', {_one("maker", "w.n", _NAMED)},
    ',"parts":', {_many("parts", "w.n", "x.label_en, x.code", _NAMED, 5)},
    ',"tags":', {_many("tags", "w.n", "x.label_en", "json_object('label', x.label_en)", 5)}, '}}'))
  FROM ({_page("n, code")}) AS w), ']}}}}')"""

THREE_SQL = f"""SELECT concat('{{"node":{{"code":', json_quote(w.code), ',"maker":', (
    SELECT concat('{{"label":', json_quote(m.label_en), ',"place":', (
      SELECT concat('{{"label":', json_quote(p.label_en), ',"region":',
        {_one("region", "p.n", "json_object('label', x.label_en)")}, '}}')
      FROM edge AS f JOIN node AS p ON p.n = f.o WHERE f.s = m.n AND f.prop = :place), '}}')
    FROM edge AS g JOIN node AS m ON m.n = g.o WHERE g.s = w.n AND g.prop = :maker),
  ',"parts":', {_many("parts", "w.n", "x.label_en, x.code", _NAMED, 50)}, '}}}}')
FROM node AS w WHERE w.id = :id"""

PAGE_SQL = """WITH p AS MATERIALIZED (
  SELECT row_number() OVER () AS pos, * FROM (
    SELECT id, code, size FROM node WHERE class = :Work AND _size >= :size ORDER BY _size, id LIMIT 21))
SELECT concat('{"works":{"totalCount":', (SELECT count(*) FROM node WHERE class = :Work AND _size >= :size),
  ',"pageInfo":{"hasNextPage":', iif((SELECT count(*) FROM p) > 20, 'true', 'false'),
  ',"endCursor":', json_quote((SELECT id FROM p WHERE pos <= 20 ORDER BY pos DESC LIMIT 1)),
  '},"nodes":', (SELECT json_group_array(json_object('code', code, 'size', CAST(size AS INTEGER)))
    FROM p WHERE pos <= 20), '}}')"""

KINDS_SQL = """SELECT concat('{"things":{"nodes":', (
  SELECT json_group_array(CASE class
    WHEN :Work THEN json_object('__typename', 'Work', 'label', label_en, 'title', title, 'size', CAST(size AS INTEGER))
    WHEN :Part THEN json_object('__typename', 'Part', 'label', label_en, 'weight', weight)
    ELSE json_object('__typename', 'Maker', 'label', label_en, 'founded', founded) END)
  FROM (SELECT n FROM node WHERE _code IS NOT NULL ORDER BY _code DESC, id LIMIT 100) AS p
  CROSS JOIN node ON node.n = p.n), '}}')"""

BY_HAND: Mapping[str, str] = {
    ONE_NODE.name: ONE_NODE_SQL,
    FIELDS.name: FIELDS_SQL,
    RELATIONS.name: RELATIONS_SQL,
    THREE.name: THREE_SQL,
    PAGE.name: PAGE_SQL,
    KINDS.name: KINDS_SQL,
}


@dataclass(frozen=True, slots=True)
class Asking:
    """The statements on one connection, with the numbers of its classes and properties."""

    connection: apsw.Connection
    layout: Layout

    def answers(self, name: str) -> Callable[[Values], str]:
        """What answers an operation: its `data` as JSON."""
        text = BY_HAND[name]
        classes = {iri.removeprefix(EX): n for iri, n in self.layout.classes.items() if iri.startswith(EX)}
        fixed = classes | {p: self.layout.numbers[EX + p] for p in ("maker", "place", "region", "parts", "tags")}

        def answer(values: Values) -> str:
            given = {**fixed, **values}
            if "size" in values:
                given["size"] = number_key(str(values["size"]))
            return str(self.connection.execute(text, given).get)

        return answer
