from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from kaigraph.ontology import Model, Vocabulary, make_model, read_vocabulary

PREFIXES = """
@prefix a: <http://a.example/ns#> .
@prefix b: <http://b.example/ns#> .
@prefix core: <https://w3id.org/kaigraph/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
A, B = "http://a.example/ns#", "http://b.example/ns#"


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Vocabulary]:
    """Texts of Turtle to a vocabulary, through files."""

    def write(folder: Path, texts: str | Iterable[str]) -> list[Path]:
        found = []
        for number, text in enumerate([texts] if isinstance(texts, str) else texts):
            path = folder / f"{number}.ttl"
            path.write_text(PREFIXES + text, encoding="utf-8")
            found += [path] if text.strip() else []
        return found

    def made(ontology: str | Iterable[str] = "", shapes: str | Iterable[str] = "") -> Vocabulary:
        folder = tmp_path_factory.mktemp("vocabulary")
        (folder / "o").mkdir()
        (folder / "s").mkdir()
        return read_vocabulary(write(folder / "o", ontology), write(folder / "s", shapes))

    return made


@pytest.fixture(scope="session")
def model(read: Callable[..., Vocabulary]) -> Callable[..., Model]:
    """Texts of Turtle (a: and b: are the domain) to a Model; `used` are IRIs of classes."""

    def made(ontology: str | Iterable[str] = "", shapes: str | Iterable[str] = "", used: Iterable[str] = ()) -> Model:
        return make_model(read(ontology, shapes), frozenset(used))

    return made
