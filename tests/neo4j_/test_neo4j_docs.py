"""The table of the mapping in docs/ is the one that the Model gives."""

from __future__ import annotations

import re
from pathlib import Path

from kaigraph.loaders.neo4j.describe import MARK, describe
from tests.test_laws import SHIPPED, prepared

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "neo4j-mapping.md"


def test_the_page_is_what_the_model_says() -> None:
    """To make it again: write what `describe` gives below the mark."""
    written = PAGE.read_text(encoding="utf-8").partition(MARK)[2]
    assert written.strip() == describe(prepared(SHIPPED).model).strip()


def test_the_first_load_has_the_password_of_the_server_that_was_started() -> None:
    """Who does what the page says, line by line, is let in."""
    section = (ROOT / "docs" / "neo4j.md").read_text(encoding="utf-8").split("\n## A server without Docker\n")[1]
    told = re.search(r"python deploy/neo4j\.py start\n.*?NEO4J_PASSWORD=(\S+)\nkaigraph load", section, re.DOTALL)
    used = re.search(r'"NEO4J_PASSWORD", "(.+?)"', (ROOT / "deploy" / "neo4j.py").read_text(encoding="utf-8"))
    assert told
    assert used
    assert told[1] == used[1]
