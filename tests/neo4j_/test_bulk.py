"""Bulk import: the real importer makes the same database as the other writer, node by node."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import GraphDatabase, Record
from pyoxigraph import Literal, NamedNode, Quad

from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.neo4j.bulk import write_bulk
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.store import opened_neo4j
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.ontology import Model
from tests.graphql_.models import CORE, EX, LABELS, SMALL, XSD
from tests.neo4j_.conftest import PASSWORD, TOOL, Server, free_port
from tests.test_laws import SHIPPED, prepared

TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
TEXTS = [
    "", " ", "a,b", "a;b", '"', '""', 'a"b', "\\", '\\"', "\n", "\r\n", "a\rb", "\t", "'", "\x1f", "\x1e\x1f", "\x00",
    "\uffff", "\ufeff", "\ue000", "😀", "가", "\u2028", "\x85", "$x", "true", "1", "NaN", " lead and trail ",
    "x" * 30_000,
]  # fmt: skip
NUMBERS = ["9" * 400, "-9223372036854775808", "1e400", "0.1", "-0", "999999999999999999.999999999999999999"]
GRAPH = {
    "nodes": "MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties",
    "edges": "MATCH (s)-[r]->(o) RETURN type(r) AS type, properties(r) AS properties, "
    "coalesce(s._id, 'facts') AS s, coalesce(o._id, [x IN [(o)<-[:FACTS_]-(n) | n._id] | x][0] + o.chunk) AS o",
}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that is stopped for each import."""
    server = Server(tmp_path_factory.mktemp("imported") / "home", free_port())
    try:
        yield server
    finally:
        server.do("kill")
        server.do("wipe")


def awkward() -> Resolved:
    quads = []
    for i, text in enumerate(TEXTS):
        for name in ("Deal", "Firm"):
            node = NamedNode(f"urn:{name}:{i}")
            quads += [Quad(node, TYPE, NamedNode(EX + name)), Quad(node, NamedNode(EX + "code"), Literal(text))]
            quads += [Quad(node, NamedNode(EX + "motto"), Literal(t, language="en")) for t in {text, "", "b"}]
            quads += [Quad(node, NamedNode(LABELS[0]), Literal(text, language="ko"))]
        alone = NamedNode(f"urn:alone:{i}")
        quads += [Quad(alone, NamedNode("urn:unknown:'$()x"), Literal(text))]
        quads += [Quad(alone, NamedNode("urn:link"), NamedNode(f"urn:Deal:{i}"))]
        quads += [Quad(NamedNode(f"urn:one:{i}"), NamedNode(CORE + "partOf"), alone)]
        quads += [Quad(alone, NamedNode(CORE + "partOf"), NamedNode(f"urn:one:{(i + 1) % len(TEXTS)}"))]
    for i, text in enumerate(NUMBERS):
        node = NamedNode(f"urn:number:{i}")
        quads += [Quad(node, TYPE, NamedNode(EX + "Deal"))]
        for name in ("size", "sizes", "count"):
            quads += [Quad(node, NamedNode(EX + name), Literal(text, datatype=NamedNode(XSD + "decimal")))]
    quads += [Quad(NamedNode("urn:" + "x" * 9_000 + c), TYPE, NamedNode("urn:Odd'$:Class")) for c in "ab"]
    return resolve(Dataset(tuple(sorted(set(quads), key=str)), {}, {}, False, "urn:source"), SMALL)


CASES = {
    "shipped": lambda: (prepared(SHIPPED).model, prepared(SHIPPED).resolved),
    "awkward": lambda: (SMALL, awkward()),
}


def graph(target: Target) -> dict[str, Counter[str]]:
    """Everything that is in a database."""
    with (
        GraphDatabase.driver(target.uri, auth=(target.username, target.password)) as driver,
        driver.session(database=target.database) as session,
    ):
        return {what: Counter(map(text, session.run(q))) for what, q in GRAPH.items()}


def text(record: Record) -> str:
    """Labels have no order, nor have properties; how many loads there were, and who held the lock, is no part of it."""
    labels = sorted(record.get("labels", ()))
    properties = sorted((k, v) for k, v in record["properties"].items() if k not in ("load", "held"))
    return repr([labels, properties, record.get("type"), record.get("s"), record.get("o")])


def run_import(server: Server, folder: Path, command: str) -> None:
    """The command that is printed, by the tool that stands in for neo4j-admin; the database of the test before goes."""
    environment = os.environ | {"KAIGRAPH_NEO4J_HOME": str(server.home), "NEO4J_PASSWORD": PASSWORD}
    words = ["admin", *shlex.split(command.partition("neo4j-admin ")[2]), "--overwrite-destination"]
    done = subprocess.run(
        [sys.executable, TOOL, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]


def schema(target: Target) -> list[str]:
    """The indexes and constraints, with how they are made."""
    ask = """SHOW INDEXES YIELD name, state, type, entityType, labelsOrTypes, properties, options, owningConstraint
        WHERE type <> 'LOOKUP' RETURN *"""
    return sorted(repr(sorted(record.data().items())) for record in run(target, ask))


def run(target: Target, statement: str) -> list[Record]:
    """One statement by itself, as `cypher-shell` sends it."""
    with (
        GraphDatabase.driver(target.uri, auth=(target.username, target.password)) as driver,
        driver.session(database=target.database) as session,
    ):
        return list(session.run(statement))


def by_script(target: Target, folder: Path) -> None:
    """Send each statement of the script, as `cypher-shell --file` would: nothing else is needed."""
    text = (folder / "after-import.cypher").read_text(encoding="utf-8")
    assert text.endswith(";\n")
    for statement in text.removesuffix(";\n").split(";\n"):
        run(target, statement)
    assert run(target, "MATCH (n:Unfilled_) RETURN n") == []
    (meta,) = run(target, "MATCH (m:Meta_) RETURN m.state, m.load")
    assert list(meta) == ["complete", 2]


#: What is imported, and whether the script ends it; otherwise the next load does.
ENDS = [("shipped", False), ("awkward", False), ("awkward", True)]


@pytest.mark.parametrize(("case", "scripted"), ENDS, ids=["shipped", "awkward", "awkward by script"])
def test_an_import_makes_what_a_load_makes(
    imported: Server, empty: Target, tmp_path: Path, case: str, *, scripted: bool
) -> None:
    model, resolved = CASES[case]()
    with opened_neo4j(empty, model, "write") as store:
        version = store.load(resolved).version
    expected, indexes = graph(empty), schema(empty)
    folder = tmp_path / "bulk"
    made = write_bulk(folder, resolved, model, lambda done, size: None)
    assert made.version == version
    assert made.command == f"cd {folder} && neo4j-admin database import full neo4j @import.args"
    imported.do("stop")
    run_import(imported, folder, made.command)
    imported.start()
    if scripted:
        by_script(imported.target, folder)
    else:
        finished(imported.target, model, resolved)
    assert schema(imported.target) == indexes
    found = graph(imported.target)
    for what, things in expected.items():
        assert found[what] - things == things - found[what] == Counter()
    finished(imported.target, model, resolved)


def finished(target: Target, model: Model, resolved: Resolved) -> None:
    """The next load finds nothing to do, but makes the indexes; then it is a store like any other."""
    with opened_neo4j(target, model, "write") as store:
        assert not store.load(resolved)
        assert sorted(map(str, store.quads())) == sorted(map(str, resolved.dataset.quads))
