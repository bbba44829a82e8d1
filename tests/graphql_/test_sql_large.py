"""Statements for what is large: many subclasses, many fields, deep nesting."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kaigraph.graphql.plan import (
    TRUE,
    ById,
    Classes,
    Extent,
    Hop,
    Id,
    Label,
    Page,
    PageNodes,
    Plan,
    Record,
    Selection,
    Switch,
    Thing,
    Total,
    TypeName,
)
from kaigraph.graphql.sql import compile_plan
from kaigraph.loaders.graph import Dataset
from kaigraph.loaders.layout import MOST_COLUMNS, MOST_WIDE, layout_of
from kaigraph.loaders.resolving.resolve import resolve, walkable
from kaigraph.loaders.sqlite.store import SqliteStore, open_store
from kaigraph.loaders.store import TooComplex
from kaigraph.ontology.model import Model
from tests.graphql_.models import CERTAINTY, CORE_CLASSES, EX, SMALL, XSD, build_model, literal, synthetic
from tests.graphql_.sql_plans import plan, record

TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
MANY = synthetic(1, under=1_000)


def filled(model: Model, *quads: Quad) -> SqliteStore:
    store = open_store(":memory:", model, "write")
    resolved = resolve(Dataset(tuple(sorted(set(quads), key=str)), {}, {}, False, "urn:source"), model)
    store.load(resolved)
    assert sorted(map(str, store.triples())) == sorted(map(str, walkable(resolved)))
    return store


def answer(store: SqliteStore, made: Plan, model: Model, *params: object) -> dict[str, object]:
    found: dict[str, object] = json.loads(store.run(compile_plan(made, model).text, params)[0])
    return found


def test_a_list_over_an_interface_of_a_thousand_classes() -> None:
    names = tuple((c.iri, c.name) for c in MANY.classes.values())
    by_class = Switch(tuple(((iri,), record(**{f"is{name}": Id()})) for iri, name in names[:300]), record(other=Id()))
    made = plan(
        2,
        typed=Page(
            Extent(EX + "Class0"), TRUE, (), 0, None,
            (
                ("nodes", PageNodes(record(id=Id(), type=TypeName(names, "?"), classes=Classes(names)))),
                ("totalCount", Total()),
            ),
        ),
        switched=Page(Extent(EX + "Class0"), TRUE, (), 1, None, (("nodes", PageNodes(by_class)),)),
    )  # fmt: skip
    store = filled(MANY, *(Quad(NamedNode(f"urn:{i:04}"), TYPE, NamedNode(EX + f"Sub{i}")) for i in range(1_000)))
    found = answer(store, made, MANY, 1_000, 1_000)
    assert found["typed"] == {
        "nodes": [{"id": f"urn:{i:04}", "type": f"Sub{i}", "classes": ["Class0", f"Sub{i}"]} for i in range(1_000)],
        "totalCount": 1_000,
    }
    index = {name: i for i, (_, name) in enumerate(names)}
    assert found["switched"] == {
        "nodes": [{(f"isSub{i}" if index[f"Sub{i}"] < 300 else "other"): f"urn:{i:04}"} for i in range(1_000)]
    }
    assert "UNION" not in compile_plan(made, MANY).text


def test_a_record_of_a_thousand_fields_keeps_their_order() -> None:
    made = Plan(
        (("node", ById(0, Record(tuple((f"k{i}", Id() if i % 2 else Label("en")) for i in range(1_000))))),), ()
    )
    store = filled(SMALL, Quad(NamedNode("urn:a"), TYPE, NamedNode(EX + "Deal")))
    data = store.run(compile_plan(made, SMALL).text, ["urn:a"])[0]
    assert (
        data
        == json.dumps({"node": {f"k{i}": "urn:a" if i % 2 else "a" for i in range(1_000)}})
        .replace(": ", ":")
        .replace(", ", ",")
        .encode()
    )


def test_a_thousand_literal_fields_of_one_class() -> None:
    fields = tuple(literal(f"f{i}", "string" if i % 2 else "decimal") for i in range(1_000))
    model = build_model({**CORE_CLASSES, EX + "Wide": ((), fields)}, (CERTAINTY,))
    layout = layout_of(model)
    assert 300 < len(layout.wide) <= MOST_WIDE
    assert sum(len(w.columns) for w in layout.wide.values()) <= MOST_COLUMNS
    said = [
        Quad(NamedNode("urn:a"), NamedNode(f.property.iri), Literal(str(i), datatype=NamedNode(f.datatypes[0])))
        for i, f in enumerate(fields)
    ]
    filled(model, Quad(NamedNode("urn:a"), TYPE, NamedNode(EX + "Wide")), *said)


def test_deep_nesting() -> None:
    leaf = record(id=Id())
    select: Selection = leaf
    for _ in range(15):
        select = record(
            id=Id(),
            one=Thing(Hop(EX + "other"), select),
            many=Page(
                Hop(EX + "about"), TRUE, (), 1, None, (("nodes", PageNodes(record(id=Id()))), ("totalCount", Total()))
            ),
        )
    node = NamedNode("urn:a")
    store = filled(
        SMALL, Quad(node, TYPE, NamedNode(EX + "Deal")), Quad(node, NamedNode(EX + "other"), node),
        Quad(node, NamedNode(EX + "about"), node),
    )  # fmt: skip
    found: object = answer(store, plan(2, node=ById(0, select)), SMALL, "urn:a", 5)["node"]
    for _ in range(15):
        assert isinstance(found, dict)
        assert found["many"] == {"nodes": [{"id": "urn:a"}], "totalCount": 1}
        found = found["one"]
    assert found == {"id": "urn:a"}


def test_too_deep_nesting_is_told() -> None:
    select: Selection = record(id=Id())
    for _ in range(100):
        select = record(one=Thing(Hop(EX + "other"), select))
    with pytest.raises(TooComplex, match="ask it in parts"):
        answer(filled(SMALL), plan(1, node=ById(0, select)), SMALL, "urn:a")


def test_names_that_meet_columns() -> None:
    """SQLite does not tell `a` from `A`, and an integer column would turn 007 into 7."""
    odd = ["n", "ord", "high", "id", "iri", "class", "hash", "label_en", "Label_EN", "select", "low"]
    names = [*odd, "a", "A", "aA", "_a"]
    model = build_model({**CORE_CLASSES, EX + "Odd": ((), tuple(literal(n, "string") for n in names))}, (CERTAINTY,))
    columns = [c.lower() for w in layout_of(model).wide.values() for c in w.columns]
    assert len(columns) == len(set(columns))
    seven = Literal("007", datatype=NamedNode(XSD + "string"))
    said = [Quad(NamedNode("urn:a"), NamedNode(EX + n), seven) for n in names]
    filled(model, Quad(NamedNode("urn:a"), TYPE, NamedNode(EX + "Odd")), *said)
