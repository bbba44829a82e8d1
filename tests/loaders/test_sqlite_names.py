"""A Model may call its properties like the columns of the embedded store: nothing is taken for anything else."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.resolving.resolve import resolve, walkable
from kaigraph.loaders.sqlite.store import open_store
from tests.graphql_.models import CERTAINTY, CORE_CLASSES, EX, SMALL, build_model, literal, texts, thing

TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def column_names() -> list[str]:
    """Of every table, as a store has them."""
    store = open_store(":memory:", SMALL, "write")
    store.load(resolve(Dataset((), {}, {}, False, "urn:s"), SMALL))
    rows = store.connection.execute("SELECT DISTINCT c.name FROM sqlite_schema AS s, pragma_table_info(s.name) AS c")
    return sorted(name for (name,) in rows if name.isidentifier() and not name.startswith("_"))


NAMES = [name for name in column_names() if name not in ("id", "iri", "class")]
MODEL = build_model(
    {
        **CORE_CLASSES,
        EX + "Case": (
            (),
            (*(literal(name, "string") for name in NAMES), thing("other", "Case", many=True), texts("title")),
        ),
    },
    (CERTAINTY,),
)


def as_texts(found: Iterable[object]) -> list[str]:
    return sorted(map(str, found))


def cases(*values: str) -> Resolved:
    quads = []
    for i, value in enumerate(values):
        case = NamedNode(f"urn:{i}")
        quads += [Quad(case, NamedNode(EX + name), Literal(f"{value} {name}")) for name in NAMES]
        quads += [Quad(case, TYPE, NamedNode(EX + "Case")), Quad(case, NamedNode(EX + "other"), NamedNode("urn:0"))]
        quads += [Quad(case, NamedNode(EX + "title"), Literal(value, language="en"))]
    return resolve(Dataset(tuple(sorted(quads, key=str)), {}, {}, False, "urn:s"), MODEL)


def test_any_column_may_be_a_property() -> None:
    assert {"f", "text", "lang", "current", "disputed", "prop", "value", "n", "key"} <= set(NAMES)
    store = open_store(":memory:", MODEL, "write")
    for resolved in (cases("a", "b"), cases("a", "c", "d"), cases("b")):
        assert store.load(resolved)
        assert as_texts(store.quads()) == as_texts(resolved.dataset.quads)
        assert as_texts(store.triples()) == as_texts(walkable(resolved))
        facts = store.read_at_once(lambda snapshot: snapshot.facts_of(["urn:0"]))
        assert len(facts) == len([f for f in resolved.facts if f.subject == NamedNode("urn:0")])
    api = derive_api(MODEL)
    engine = Engine(MODEL, api, build_schema(api)._schema, Embedded(store))
    fields = [p.name for p in MODEL.properties.values() if p.iri.startswith(EX) and p.name in NAMES]
    for name in fields:
        text = f"""{{ cases(where: {{{name}: {{contains: "b"}}}}, orderBy: [{{{name}: DESC}}]) {{
            nodes {{ {name} other {{ nodes {{ {name} }} }} facts {{ property value }} }} }} }}"""
        (node,) = json.loads(engine.answer(Operation(text)).body)["data"]["cases"]["nodes"]
        assert node[name] == node["other"]["nodes"][0][name] == f"b {name}"
