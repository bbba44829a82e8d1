"""How a question is asked: one operation from a file beside this one, over the data that ship."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.pipeline import Inputs, prepare
from kaigraph.loaders.sqlite.store import open_store
from kaigraph.ontology import DEFAULT_ONTOLOGY
from kaigraph.shapes import DEFAULT_SHAPES

FOLDER = Path(__file__).parent
DATA = FOLDER.parent.parent / "data"


@cache
def engine() -> Engine:
    """An engine over the shipped data, in memory."""
    prepared = prepare(Inputs((DEFAULT_ONTOLOGY,), (DEFAULT_SHAPES,), (DATA,)))
    store = open_store(":memory:", prepared.model, "write")
    store.load(prepared.resolved)
    api = derive_api(prepared.model)
    return Engine(prepared.model, api, build_schema(api)._schema, Embedded(store))


@cache
def expected() -> dict[str, Any]:
    """The answers by question id."""
    lines = (FOLDER / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["answer"] for row in map(json.loads, lines)}


def ask(question: str) -> Any:  # noqa: ANN401  # JSON of any form
    """The `data` of the one operation of a question.

    Args:
        question: an id; its operation is the file of that name.
    """
    text = (FOLDER / f"{question}.graphql").read_text(encoding="utf-8")
    body = json.loads(engine().answer(Operation(text)).body)
    assert "errors" not in body, body["errors"]
    return body["data"]


def sources_in(data: object) -> set[str]:
    """Every source named anywhere in an answer, by the last part of its IRI: what the answer rests on."""
    if isinstance(data, dict):
        own = data.get("source")
        found = {str(own["id"]).rsplit("/", 1)[-1]} if isinstance(own, dict) and "id" in own else set()
        return found.union(*(sources_in(value) for value in data.values()))
    return set().union(*(sources_in(item) for item in data)) if isinstance(data, list) else set()
