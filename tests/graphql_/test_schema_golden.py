"""The SDL as decided: a change to it is a change that somebody wants.

To decide on a change, write the files again and read the difference:

    python -m kaigraph.cli.main schema > tests/graphql_/schema.graphql
    python -m kaigraph.cli.main schema --ontology tests/foreign/ontology.ttl --shapes tests/foreign/shapes.ttl \
        > tests/graphql_/foreign.graphql
"""

from __future__ import annotations

from pathlib import Path

from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.schema import print_sdl
from kaigraph.loaders.pipeline import vocabulary_of
from kaigraph.ontology import make_model

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FOREIGN = ROOT / "tests" / "foreign"


def _sdl(ontology: Path, shapes: Path) -> str:
    return print_sdl(derive_api(make_model(vocabulary_of([ontology], [shapes]))))


def _compare(sdl: str, golden: Path) -> None:
    assert golden.exists(), f"{golden.name} is missing: write it as the head of {Path(__file__).name} says"
    assert sdl == golden.read_text(encoding="utf-8"), f"the schema is not {golden.name}: see {Path(__file__).name}"


def test_the_foreign_schema() -> None:
    sdl = _sdl(FOREIGN / "ontology.ttl", FOREIGN / "shapes.ttl")
    _compare(sdl, HERE / "foreign.graphql")


def test_the_shipped_schema() -> None:
    _compare(_sdl(ROOT / "ontology" / "kai", ROOT / "shapes" / "kai"), HERE / "schema.graphql")
