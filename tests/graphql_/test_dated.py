"""As of a day: over the data that ship, and as an engine with loads in between."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from kaigraph.graphql.dated import Dated
from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.graph import Dataset
from kaigraph.loaders.resolving.past import Past
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.loaders.sqlite.store import SqliteStore, open_store
from kaigraph.ontology.errors import StoreLoading
from kaigraph.ontology.model import Model
from tests.graphql_ import foreign
from tests.test_laws import SHIPPED, prepared

SOURCES = "{ sources(where: {published: {isNull: false}}, orderBy: {id: ASC}) { nodes { id } } }"
COUNTS = "{ claims { totalCount } facts: nodes(ids: []) { id } }"
VERSION = "{ dataset { version } }"


@cache
def dated() -> Dated:
    """Over the data that ship."""
    model = prepared(SHIPPED).model
    store = open_store(":memory:", model, "write")
    store.load(prepared(SHIPPED).resolved)
    return over(store, model)


def over(store: SqliteStore, model: Model) -> Dated:
    """The engine of a store, and its past."""
    api = derive_api(model)
    return Dated(Engine(model, api, build_schema(api)._schema, Embedded(store)), store, Embedded)


def ask(text: str, day: str | None, engine: Dated | None = None, language: str | None = None) -> Any:  # noqa: ANN401  # JSON
    """A whole answer without errors."""
    answer = json.loads((engine or dated()).answer(Operation(text, language=language, as_of=day)).body)
    assert "errors" not in answer, answer
    return answer


@pytest.mark.parametrize(
    ("day", "sources"),
    [
        ("2025-02-19", []),
        ("2025-02-20", ["000", "002", "003"]),
        ("2025-02-26", ["000", "001", "002", "003"]),
        ("2025-09-01", ["000", "001", "002", "003"]),
        ("2025-09-02", ["000", "001", "002", "003", "004"]),
        ("2099-01-01", ["000", "001", "002", "003", "004"]),
        (None, ["000", "001", "002", "003", "004"]),
    ],
)
def test_sources_are_there_from_their_first_possible_day(day: str | None, sources: list[str]) -> None:
    nodes = ask(SOURCES, day)["data"]["sources"]["nodes"]
    assert [node["id"].rpartition("/")[2] for node in nodes] == sources


def test_the_answer_says_of_which_day_it_is() -> None:
    extensions = ask(VERSION, "2025-02-22")["extensions"]
    assert extensions["asOf"]["date"] == "2025-02-22"
    assert [s.rpartition("/")[2] for s in extensions["asOf"]["maybeLater"]] == ["002", "003"]
    assert "asOf" not in ask(VERSION, None)["extensions"]


def test_the_last_day_is_the_present() -> None:
    now, then = ask(VERSION, None), ask(VERSION, "2025-09-02")
    assert now["data"] == then["data"]
    assert now["extensions"]["dataVersion"] == then["extensions"]["dataVersion"]


def test_a_past_graph_is_a_graph() -> None:
    """Its version is of its content, so that days between two publications share it, and it is the store's own."""
    versions = {
        day: ask(VERSION, day)["data"]["dataset"]["version"] for day in ("2025-03-01", "2025-08-31", "2025-02-20")
    }
    assert versions["2025-03-01"] == versions["2025-08-31"] != versions["2025-02-20"]


def test_language_and_day_go_together() -> None:
    text = "{ sources(where: {published: {isNull: false}}, orderBy: {id: ASC}) { nodes { label } } }"
    labels = [node["label"] for node in ask(text, "2025-02-20", language="ko")["data"]["sources"]["nodes"]]
    assert labels[0].startswith("000 기사")


def test_errors_are_those_of_the_present() -> None:
    for text in ("{ nothingOfThisName }", "{"):
        then, now = (dated().answer(Operation(text, as_of=day)) for day in ("2025-02-20", None))
        assert (then.status, then.body) == (now.status, now.body)


def test_plain_data_have_no_past() -> None:
    store = open_store(":memory:", foreign.prepared().model, "write")
    store.load(foreign.prepared().resolved)
    engine = over(store, foreign.prepared().model)
    now, then = (ask(VERSION, day, engine) for day in (None, "1900-01-01"))
    assert now["data"] == then["data"]
    assert then["extensions"]["asOf"] == {"date": "1900-01-01", "maybeLater": []}


def test_a_load_changes_the_past_too() -> None:
    model, whole = prepared(SHIPPED).model, prepared(SHIPPED).resolved
    store = open_store(":memory:", model, "write")
    store.load(Past(whole.dataset, model).as_of("2025-02-20"))
    engine = over(store, model)
    before = ask(COUNTS, "2025-02-20", engine)["data"]
    store.load(whole)
    assert ask(COUNTS, "2025-02-20", engine)["data"] == before
    store.load(resolve(Dataset((), {}, {}, True, ""), model))
    assert ask(COUNTS, "2025-02-20", engine)["data"]["claims"]["totalCount"] == 0


def test_a_store_that_never_holds_still_is_loading() -> None:
    class Restless(SqliteStore):
        """Another version each time it is asked."""

        def info(self) -> Any:  # noqa: ANN401  # what the other gives
            from dataclasses import replace

            self.asked = getattr(self, "asked", 0) + 1
            return replace(super().info(), version=str(self.asked))

    model = prepared(SHIPPED).model
    store = open_store(":memory:", model, "write")
    store.load(prepared(SHIPPED).resolved)
    engine = over(Restless(store.connection, store.name, model), model)
    answer = engine.answer(Operation(VERSION, as_of="2025-02-20"))
    assert (answer.status, answer.retry_after) == (StoreLoading.status, StoreLoading.retry_after)
