"""The made data as a person would lay them out in Neo4j by hand: native types, plain names; as CSV and as JSON.

    python bench/peers_csv.py FOLDER

FOLDER has what made.py wrote. `neo4j-admin database import` reads the CSV; that it is made is not timed.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from made import EX
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

#: The properties of each class, as headers of the importer.
NODES = {
    "Work": ("label", "code", "title", "size:long", "price:double", "made:date", "rating:double", "state"),
    "Maker": ("label", "code", "founded:long"),
    "Place": ("label",),
    "Region": ("label",),
    "Part": ("label", "code", "weight:double"),
    "Tag": ("label",),
}
LINKS = ("maker", "place", "region", "parts", "tags", "near")
#: What operations look up or order by.
INDEXES = (
    *(f"CREATE CONSTRAINT {c.lower()}_id FOR (n:{c}) REQUIRE n.id IS UNIQUE" for c in NODES),
    *(f"CREATE INDEX work_{name} FOR (n:Work) ON (n.{name})" for name in ("code", "state", "size")),
    *(f"CREATE INDEX {c.lower()}_code FOR (n:{c}) ON (n.code)" for c in ("Maker", "Part")),
)
Node = dict[str, object]


def nodes(data: Path) -> Iterator[Node]:
    """Each node with its class, its values and the ids that its links lead to; triples of one stand together."""
    found = parse(path=str(data), format=RdfFormat.N_TRIPLES)
    for subject, triples in groupby(found, key=attrgetter("subject")):
        yield _node(subject.value, triples)


def _node(name: str, triples: Iterator[Triple]) -> Node:
    node: Node = {"id": name}
    for triple in triples:
        key, value = triple.predicate.value, triple.object
        if isinstance(value, Literal):
            node["label" if key.endswith("#label") else key.removeprefix(EX)] = value.value
        elif isinstance(value, NamedNode) and key.endswith("#type"):
            node["class"] = value.value.removeprefix(EX)
        elif isinstance(value, NamedNode):
            _link(node, key.removeprefix(EX), value.value)
    return node


def _link(node: Node, key: str, to: str) -> None:
    if key in ("parts", "tags", "near"):
        links = node.setdefault(key, [])
        assert isinstance(links, list)  # noqa: S101  # for the type checker: these keys hold nothing else
        links.append(to)
    else:
        node[key] = to


def write_csv(folder: Path, out: Path) -> list[str]:
    """Write a file a class and a file a property; the words that name them to the importer."""
    out.mkdir(parents=True, exist_ok=True)
    files = {name: (out / f"{name}.csv").open("w", encoding="utf-8", newline="") for name in (*NODES, *LINKS)}
    rows = {name: csv.writer(file) for name, file in files.items()}
    for name, fields in NODES.items():
        rows[name].writerow(("id:ID", *fields))
    for name in LINKS:
        rows[name].writerow((":START_ID", ":END_ID"))
    for node in nodes(folder / "data.nt"):
        kind = str(node["class"])
        rows[kind].writerow((node["id"], *(node.get(f.partition(":")[0], "") for f in NODES[kind])))
        for name in LINKS:
            rows[name].writerows((node["id"], to) for to in _listed(node.get(name)))
    for file in files.values():
        file.close()
    return [
        *(f"--nodes={name}={out / name}.csv" for name in NODES),
        *(f"--relationships={name.upper()}={out / name}.csv" for name in LINKS),
    ]


def _listed(links: object) -> list[object]:
    return links if isinstance(links, list) else [links] if links else []


def write_json(folder: Path, file: Path) -> None:
    """Write the nodes as one JSON list: numbers as numbers where a person would have them so, links in order of ids."""
    found = list(nodes(folder / "data.nt"))
    for node in found:
        node.update((name, sorted(links)) for name, links in node.items() if isinstance(links, list))
        for name, kind in (("size", int), ("rating", float)):
            if name in node:
                node[name] = kind(str(node[name]))
    file.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    sys.stdout.write(" ".join(write_csv(Path(sys.argv[1]), Path(sys.argv[1]) / "csv")) + "\n")
