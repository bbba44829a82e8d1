"""Every named node shape has a valid and an invalid file, and both engines say the same of them (cases/README.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kaigraph.ontology.terms import TYPE, sh
from kaigraph.shapes import CORE_SHAPES, DEFAULT_SHAPES, Report, Result, validate
from tests.shapes.support import ROOT, Words, canonical, files, turtle

CASES = Path(__file__).parent / "cases"
CORE = files([CORE_SHAPES])
KAI = files(DEFAULT_SHAPES.glob("**/*.ttl"))
WORDS = Words(files((ROOT / "ontology").glob("**/*.ttl")), CORE + KAI)


def node_shapes(triples: tuple[Triple, ...]) -> set[str]:
    typed = {t.subject for t in triples if t.predicate == TYPE and t.object == sh("NodeShape")}
    return {s.value for s in typed if isinstance(s, NamedNode)}


SHAPES = {("core", iri) for iri in node_shapes(CORE)} | {("kai", iri) for iri in node_shapes(KAI)}
WANTED = {(room, re.split(r"[#/]", iri)[-1]): iri for room, iri in sorted(SHAPES)}
FOUND = {(file.parent.name, file.name.split(".")[0]) for file in CASES.glob("*/*.ttl")}
PAIRS = sorted(WANTED.keys() & FOUND)


@cache
def data_of(room: str, name: str, kind: str) -> tuple[Triple, ...]:
    """A case's triples, its nodes told apart from those of all other cases."""
    text = (CASES / room / f"{name}.{kind}.ttl").read_text(encoding="utf-8")
    apart = text.replace("http://example.org/", f"http://example.org/{room}/{name}/")
    return tuple(q.triple for q in parse(apart, format=RdfFormat.TURTLE, rename_blank_nodes=True))


@cache
def results(kind: str, engine: str) -> Mapping[tuple[str, str], list[Result]]:
    """What an engine says of every case of a kind, asked once for all: starting pySHACL costs more than running it."""
    data = {pair: data_of(*pair, kind) for pair in PAIRS}
    owner = {node: pair for pair, triples in data.items() for t in triples for node in (t.subject, t.object)}
    found: dict[tuple[str, str], list[Result]] = {pair: [] for pair in PAIRS}
    for result in validate([t for triples in data.values() for t in triples], WORDS, engine).results:
        found[owner[result.focus]].append(result)
    return found


def test_every_shape_has_its_pair_and_every_pair_its_shape() -> None:
    pairs = {(f.parent.name, f.name) for f in CASES.glob("*/*.ttl")}
    both = {(room, f"{name}.{kind}.ttl") for room, name in WANTED for kind in ("valid", "invalid")}
    assert len(WANTED) == len(SHAPES), "two shapes of one local name"
    assert pairs == both


def test_names_are_ours() -> None:
    assert all(iri.startswith("https://w3id.org/kaigraph/") for iri in WANTED.values())


@pytest.mark.parametrize(("room", "name"), PAIRS)
def test_valid(room: str, name: str) -> None:
    assert results("valid", "shacl")[room, name] == []
    assert results("valid", "pyshacl")[room, name] == []


@pytest.mark.parametrize(("room", "name"), PAIRS)
def test_invalid(room: str, name: str) -> None:
    found = results("invalid", "shacl")[room, name]
    assert found == results("invalid", "pyshacl")[room, name]
    text = (CASES / room / f"{name}.invalid.ttl").read_text(encoding="utf-8")
    expected = {c for line in re.findall(r"^# expected:(.*)$", text, re.MULTILINE) for c in line.split()}
    own = [r for r in found if r.root == WANTED[room, name]]
    got = {r.component.split("#")[1].removesuffix("ConstraintComponent") for r in own}
    assert got == expected
    assert all({"en", "ko"} <= set(r.messages) for r in own)


@pytest.mark.parametrize(("room", "name"), PAIRS)
def test_the_shape_looks_at_its_valid_file(room: str, name: str) -> None:
    """With the shape alone made unsatisfiable, the valid file has a result: it is no empty test."""
    shape = NamedNode(WANTED[room, name])
    triples = [t for t in WORDS.shapes if t.subject == shape and t.predicate.value.startswith(sh("target").value)]
    targets = " ; ".join(f"{t.predicate} {t.object}" for t in triples)
    assert targets, "the shape has no target of its own"
    data = data_of(room, name, "valid")
    never = turtle(f"ex:Never a sh:NodeShape ; {targets} ; sh:hasValue ex:nothing .")
    assert validate(data, Words(WORDS.ontology, never)).results


def test_both_reports_are_one_rdf_graph() -> None:
    found = [[r for pair in PAIRS for r in results("invalid", engine)[pair]] for engine in ("shacl", "pyshacl")]
    fast, reference = (canonical(Report.of(tuple(each[:60])).as_rdf()) for each in found)
    assert fast == reference
