"""The table of the mapping in docs/ is the one that the Model gives."""

from __future__ import annotations

from pathlib import Path

from kaigraph.loaders.neo4j.describe import MARK, describe
from tests.test_laws import SHIPPED, prepared

PAGE = Path(__file__).parents[2] / "docs" / "neo4j-mapping.md"


def test_the_page_is_what_the_model_says() -> None:
    """To make it again: write what `describe` gives below the mark."""
    written = PAGE.read_text(encoding="utf-8").partition(MARK)[2]
    assert written.strip() == describe(prepared(SHIPPED).model).strip()
