"""Neo4j servers that hold made data, loaded as `kaigraph load --bulk` and Neo4j's importer do it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from made import ID, write
from neo4j import GraphDatabase
from peers_install import HERE
from peers_servers import PASSWORD, Neo4j, neo4j

KAIGRAPH = (sys.executable, "-m", "kaigraph.cli.main")
_ARGUMENTS, _AFTER = "import.args", "after-import.cypher"
#: The number of a record of facts, which the importer wants to be one of a kind.
_RECORD = re.compile(r'^([0-9]+)(?=,"Facts_")|(?<=",)([0-9]+)(?=,"FACTS_"$)')


def domain(folder: Path, *, data: bool = True) -> list[str | Path]:
    """The options that name what made.py wrote."""
    found: list[str | Path] = ["--ontology", folder / "ontology.ttl", "--shapes", folder / "shapes.ttl"]
    return [*found, "--data", folder / "data.nt"] if data else found


@contextmanager
def holding(nodes: int, copies: int = 1) -> Iterator[tuple[Neo4j, Path]]:
    """A server with so many nodes, so many times over, and the folder with ontology and shapes.

    Copies have ids of their own (`copy_of`) and are linked among themselves: what is too large to be held to shapes
    in the memory of a small machine can still be measured.
    """
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=HERE) as name, neo4j(f"made-{nodes * copies}") as server:
        folder = Path(name)
        write(folder, nodes)
        bulk = folder / "bulk"
        command = [*KAIGRAPH, "load", *domain(folder), "--bulk", bulk]
        subprocess.run(command, check=True, stdout=sys.stderr)  # noqa: S603  # our own words
        _multiply(bulk, copies)
        server.do("admin", "database", "import", "full", "neo4j", f"@{_ARGUMENTS}", folder=bulk)
        after = [s for s in (bulk / _AFTER).read_text(encoding="utf-8").split(";\n") if s.strip()]
        shutil.rmtree(bulk)
        server.do("start")
        _run(server, [*after, "CALL db.prepareForReplanning(600)"])
        yield server, folder


def _run(server: Neo4j, statements: list[str]) -> None:
    """What makes indexes in one transaction, all else in transactions that it may divide."""
    makes = [s for s in statements if s.startswith("CREATE")]
    with GraphDatabase.driver(server.uri, auth=("neo4j", PASSWORD)) as driver, driver.session() as session:
        with session.begin_transaction() as transaction:
            for statement in makes:
                transaction.run(cast("Any", statement)).consume()
        for statement in statements[len(makes) :]:
            session.run(cast("Any", statement)).consume()


def copy_of(node_id: str, copy: int) -> str:
    """The id of a node in one of the copies; the first is as it was made."""
    return node_id.replace(ID, f"{ID}{copy}/") if copy else node_id


def _multiply(bulk: Path, copies: int) -> None:
    for file in [f for f in bulk.glob("*.csv") if ".header." not in f.name]:
        text = file.read_text(encoding="utf-8")
        if ID not in text:
            continue
        records = sum(1 for _ in _lines(text)) if file.name in ("facts.csv", "relationships-facts.csv") else 0
        with file.open("a", encoding="utf-8") as out:
            for copy in range(1, copies):
                moved = copy_of(text, copy)
                out.writelines(_renumbered(line, copy * records) for line in _lines(moved)) if records else out.write(
                    moved
                )


def _lines(text: str) -> Iterator[str]:
    return (f"{line}\n" for line in text.removesuffix("\n").split("\n"))


def _renumbered(line: str, by: int) -> str:
    if not by:
        return line
    return _RECORD.sub(lambda found: str(int(found[0]) + by), line.rstrip("\n")) + "\n"
