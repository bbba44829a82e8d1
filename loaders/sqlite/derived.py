"""What follows from all nodes together: graphs and their sources, parts of wholes, the data version."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

import apsw
from pyoxigraph import NamedNode

from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.layout import PART_OF, SOURCE, Layout
from kaigraph.loaders.parts import closure
from kaigraph.loaders.sqlite.schema import APPLICATION_ID, FORMAT
from kaigraph.ontology.model import Model
from kaigraph.ontology.terms import RDF_TYPE

Rows = Iterable[tuple[int | str | None, ...]]


#: In which classes the nodes of a class are, as far as `node.class` goes, and whether every node of that class is.
_REACH = """
SELECT m.class, n.class, count(*) = total.count
FROM member AS m
JOIN node AS n ON n.n = m.n
JOIN (SELECT class, count(*) AS count FROM node GROUP BY class) AS total ON total.class = n.class
GROUP BY 1, 2
"""


def write_derived(  # what a load knows when it ends
    connection: apsw.Connection,
    resolved: Resolved,
    model: Model,
    layout: Layout,
    numbers: Mapping[str, int],
    graphs: Mapping[str, int],
) -> str:
    """Write it all, and return the data version."""
    _write_graphs(connection, resolved.dataset, layout, numbers, graphs)
    _write_parts(connection, model, layout)
    _replace(connection, "extent", connection.execute("SELECT class, count(*) FROM member GROUP BY class"))
    _replace(connection, "reach", connection.execute(_REACH))
    _replace(connection, "prefix", resolved.dataset.prefixes.items())
    version = _version(connection, resolved.dataset)
    _replace(connection, "meta", _meta(resolved.dataset, model, version).items())
    connection.pragma("application_id", APPLICATION_ID)
    connection.pragma("user_version", FORMAT)
    return version


def _meta(dataset: Dataset, model: Model, version: str) -> dict[str, str]:
    types = {q.object.value for q in dataset.quads if q.predicate.value == RDF_TYPE and isinstance(q.object, NamedNode)}
    return {
        "version": version,
        "model": model.hash,
        "source": dataset.source,
        "claims": str(int(dataset.is_claims)),
        "classes": json.dumps(sorted(types)),
    }


def _write_graphs(
    connection: apsw.Connection, dataset: Dataset, layout: Layout, numbers: Mapping[str, int], graphs: Mapping[str, int]
) -> None:
    """Graphs that still support something, as claims if they are; and the sources that each comes from."""
    used = {g for (g,) in connection.execute("SELECT DISTINCT g FROM support")}
    claim = numbers if dataset.is_claims else {}
    _replace(connection, "graph", [(g, name, claim.get(name)) for name, g in graphs.items() if g in used])
    sourced: Rows = ()
    if dataset.is_claims:
        found = "SELECT g, o FROM graph JOIN edge ON s = n WHERE prop = ?"
        sourced = connection.execute(found, (layout.numbers[SOURCE],))
    _replace(connection, "origin", sourced)
    _replace(connection, "plain", [] if dataset.is_claims else [(numbers[dataset.source],)])


def _write_parts(connection: apsw.Connection, model: Model, layout: Layout) -> None:
    """The closure over core:partOf and its subproperties."""
    below = [iri for iri, above in model.superproperties.items() if PART_OF in above]
    wanted = json.dumps([layout.numbers[iri] for iri in {PART_OF, *below} if iri in layout.numbers])
    pairs = connection.execute("SELECT s, o FROM edge WHERE prop IN (SELECT value FROM json_each(?))", (wanted,))
    _replace(connection, "part", sorted(closure((s, o) for s, o in pairs)))


def _replace(connection: apsw.Connection, table: str, rows: Rows) -> None:
    """Make a small table hold exactly these rows."""
    wanted = list(rows)
    connection.execute(f"DELETE FROM {table}")
    if wanted:
        marks = ", ".join("?" * len(wanted[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", wanted)


def _version(connection: apsw.Connection, dataset: Dataset) -> str:
    """The hash of the content: equal content, equal version, whatever the way that led to it."""
    about = [dataset.is_claims, dataset.source, sorted(dataset.prefixes.items())]
    hashed = sha256(json.dumps(about).encode())
    for node, digest in connection.execute("SELECT id, hash FROM node ORDER BY id"):
        hashed.update(node.encode() + b"\0" + digest)
    return hashed.hexdigest()
