"""Operations in docs and examples are run, on the data that ship."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kaigraph.graphql.engine import Operation
from tests.questions.asking import engine

ROOT = Path(__file__).parent.parent


def operations() -> list[tuple[str, str]]:
    found = [(path.name, path.read_text(encoding="utf-8")) for path in sorted((ROOT / "examples").glob("*.graphql"))]
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        blocks = re.findall(r"^```graphql\n(.*?)^```", path.read_text(encoding="utf-8"), re.M | re.S)
        found += [(f"{path.name}-{number}", block) for number, block in enumerate(blocks, 1)]
    return found


def is_empty(value: object) -> bool:
    """Whether an answer holds nothing but empty lists, zeros and nulls."""
    if isinstance(value, dict):
        return all(is_empty(v) for v in value.values())
    return value in (None, 0, []) or (isinstance(value, list) and all(is_empty(v) for v in value))


@pytest.mark.parametrize(("name", "text"), operations(), ids=[name for name, _ in operations()])
def test_operation(name: str, text: str) -> None:
    body = json.loads(engine().answer(Operation(text)).body)
    assert "errors" not in body, f"{name}: {body['errors']}"
    assert not any(is_empty(value) for value in body["data"].values()), f"{name} shows nothing: {body['data']}"
