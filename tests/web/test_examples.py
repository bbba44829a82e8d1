"""Examples: those that ship come with titles in two languages; those derived run over any ontology."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.engine import Engine, Operation
from kaigraph.web.examples import Example, derived_examples, shipped_examples
from tests.graphql_ import foreign
from tests.graphql_.models import synthetic
from tests.questions.asking import engine

HANGUL = re.compile(r"[가-힣]")


def ask(asked: Engine, text: str, language: str | None = None) -> Any:  # noqa: ANN401  # JSON
    body = json.loads(asked.answer(Operation(text, language=language)).body)
    assert "errors" not in body, body["errors"]
    return body["data"]


@pytest.mark.parametrize("example", shipped_examples(), ids=lambda example: example.name)
def test_shipped_example_answers_in_both_languages(example: Example) -> None:
    english, korean = example.titles
    assert HANGUL.search(korean)
    assert not HANGUL.search(english)
    in_korean, in_english = (
        json.dumps(ask(engine(), example.query, language), ensure_ascii=False) for language in ("ko", "en")
    )
    assert HANGUL.search(in_korean)
    assert bool(HANGUL.search(in_english)) == ("lang: KO" in example.query)


def test_derived_examples_run_over_a_foreign_ontology() -> None:
    examples = derived_examples(derive_api(foreign.prepared().model))
    assert examples[0].name == "dataset"
    assert len(examples) > 2
    found = [ask(foreign.engine(), example.query) for example in examples]
    assert any(page["totalCount"] for answer in found for page in answer.values() if "totalCount" in page)


@pytest.mark.parametrize("classes", [0, 1, 7])
def test_derived_examples_of_any_model_are_valid(classes: int) -> None:
    from graphql import parse, validate

    from kaigraph.graphql.schema import build_schema

    api = derive_api(synthetic(classes))
    schema = build_schema(api)._schema
    for example in derived_examples(api):
        assert validate(schema, parse(example.query)) == []
