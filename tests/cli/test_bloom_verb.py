"""`kaigraph bloom`, as a script would run it: without a server it is about all that the ontology has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import kaigraph

FOREIGN = Path(__file__).parents[1] / "foreign"
ZOO = ("--ontology", str(FOREIGN / "ontology.ttl"), "--shapes", str(FOREIGN / "shapes.ttl"))


def test_a_file_is_written(tmp_path: Path) -> None:
    file = tmp_path / "graph.json"
    ran = kaigraph("bloom", "--language", "ko", "--name", "정책", "--created", "1800000000000", "--output", str(file))
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    made = json.loads(file.read_text(encoding="utf-8"))
    assert (made["name"], made["createdAt"]) == ("정책", 1_800_000_000_000)
    assert {c["name"] for c in made["categories"]} >= {"부처", "주장"}


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    ran = kaigraph("bloom", "--output", str(tmp_path / "no" / "graph.json"))
    assert ran.code == 2
    assert "cannot write: No such file or directory" in ran.err


def test_the_same_twice() -> None:
    assert kaigraph("bloom").out == kaigraph("bloom").out


def test_a_guide() -> None:
    ran = kaigraph("bloom", "--guide")
    assert ran.out.startswith("# Questions for Neo4j Browser")
    assert ran.out.count("```cypher") >= 38


def test_another_ontology() -> None:
    made = json.loads(kaigraph("bloom", *ZOO).out)
    assert {"duck", "keeper"} <= {c["name"] for c in made["categories"]}
    assert json.loads(kaigraph("bloom", *ZOO, "--language", "ko").out)["name"] == "kaigraph ko"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--language", "fr"), "no labels in fr"),
        (("--store", "memory:"), "a perspective is for a Neo4j server"),
        (("--store", "graph.kai"), "a perspective is for a Neo4j server"),
    ],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], message: str) -> None:
    ran = kaigraph("bloom", *arguments)
    assert ran.code == 2
    assert message in ran.err
    assert ran.out == ""


def test_a_server_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "x")
    assert kaigraph("bloom", "--store", "bolt://127.0.0.1:9").code == 3
