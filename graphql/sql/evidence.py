"""Who says so: claims, sources and facts, from the fact store."""

from __future__ import annotations

from collections.abc import Mapping

from kaigraph.graphql.framing import block, lines
from kaigraph.graphql.plan import Claims, FactPart, Facts, Sources
from kaigraph.graphql.sql.json import Json, json_list, json_object, json_of, json_or_null
from kaigraph.graphql.sql.source import Row
from kaigraph.graphql.sql.text import string
from kaigraph.graphql.sql.things import Select, listed
from kaigraph.ontology.model import Iri

_PARTS: Mapping[str, str] = {
    "property": "said.property",
    "value": "said.value",
    "datatype": "said.datatype",
    "language": "said.lang",
    "current": "json(iif(said.current, 'true', 'false'))",
}
# CROSS JOIN: from the fact to its claims, never the other way round.
_CLAIMS = "FROM support AS u CROSS JOIN graph AS g ON g.g = u.g CROSS JOIN node AS c ON c.n = g.n"
_SAID = "FROM fact AS f CROSS JOIN support AS u ON u.f = f.f"


def claims(row: Row, given: Claims, select: Select) -> Json:
    """The claims that assert something of the current node."""
    wanted = {None: "", True: " HAVING max(f.current)", False: " HAVING NOT max(f.current)"}[given.current]
    numbers = lines(
        "SELECT c.n, c.id",
        f"{_SAID} CROSS JOIN graph AS g ON g.g = u.g CROSS JOIN node AS c ON c.n = g.n",
        f"WHERE f.s = {row.number}{_asked(row, given.properties)}",
        f"GROUP BY c.n, c.id{wanted}",
        "ORDER BY c.id",
    )
    return listed(row, numbers, given.select, select)


def _asked(row: Row, properties: tuple[Iri, ...]) -> str:
    return f" AND f.p IN ({', '.join(row.context.prop(p) for p in properties)})" if properties else ""


def link_claims(row: Row, given: Claims, link: tuple[str, str, str], select: Select) -> Json:
    """The claims that assert the link (subject, property, object) just followed."""
    subject, prop, end = link
    numbers = lines(
        "SELECT DISTINCT c.n, c.id",
        f"{_SAID} CROSS JOIN graph AS g ON g.g = u.g CROSS JOIN node AS c ON c.n = g.n",
        f"WHERE f.s = {subject} AND f.p = {prop} AND f.o = {end} AND f.current",
        "ORDER BY c.id",
    )
    return listed(row, numbers, given.select, select)


def sources(row: Row, given: Sources, select: Select) -> Json:
    """The sources of the claims about the current node; of plain data, its one source."""
    numbers = lines(
        "SELECT c.n, c.id FROM node AS c WHERE c.n IN (",
        f"  SELECT o.source {_SAID} CROSS JOIN origin AS o ON o.g = u.g",
        f"  WHERE f.s = {row.number} UNION SELECT source FROM plain",
        ") ORDER BY c.id",
    )
    return listed(row, numbers, given.select, select)


def facts(row: Row, given: Facts, select: Select) -> Json:
    """Every fact of which the current node is the subject."""
    record = json_object((key, _part(row, part, select)) for key, part in given.entries)
    said = lines(
        "SELECT f.f, f.o, p.iri AS property, coalesce(o.id, f.text) AS value, f.datatype, f.lang, f.current",
        "FROM fact AS f JOIN property AS p ON p.p = f.p LEFT JOIN node AS o ON o.n = f.o",
        f"WHERE f.s = {row.number}{_asked(row, given.properties)}",
        "ORDER BY p.iri, value, f.datatype, f.lang",
    )
    return json_of(lines(f"SELECT {json_list(record)}", block("FROM (", said, ") AS said")))


def _part(row: Row, part: FactPart, select: Select) -> str:
    if part.constant is not None:
        return string(part.constant)
    if part.select is None:
        return _PARTS[part.part]
    if part.part == "claims":
        numbers = lines("SELECT c.n", _CLAIMS, "WHERE u.f = said.f", "ORDER BY c.id")
        return listed(row, numbers, part.select, select)
    alias = row.context.alias("n")
    found = select(Row.joined(row.context, None, alias), part.select)
    return json_or_null(lines(f"SELECT {found}", f"FROM node AS {alias} WHERE {alias}.n = said.o"))
