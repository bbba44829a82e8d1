"""Every named node shape has a valid and an invalid file, and both engines say the same of them (cases/README.md)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Triple

from kaigraph.ontology.terms import TYPE, sh
from kaigraph.shapes import CORE_SHAPES, DEFAULT_SHAPES, Report, validate
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


def reports(room: str, name: str, kind: str) -> tuple[Report, Report]:
    data = files([CASES / room / f"{name}.{kind}.ttl"])
    return validate(data, WORDS), validate(data, WORDS, "pyshacl")


def test_every_shape_has_its_pair_and_every_pair_its_shape() -> None:
    pairs = {(f.parent.name, f.name) for f in CASES.glob("*/*.ttl")}
    both = {(room, f"{name}.{kind}.ttl") for room, name in WANTED for kind in ("valid", "invalid")}
    assert len(WANTED) == len(SHAPES), "two shapes of one local name"
    assert pairs == both


def test_names_are_ours() -> None:
    assert all(iri.startswith("https://w3id.org/kaigraph/") for iri in WANTED.values())


@pytest.mark.parametrize(("room", "name"), PAIRS)
def test_valid(room: str, name: str) -> None:
    fast, reference = reports(room, name, "valid")
    assert fast.results == ()
    assert reference.results == ()


@pytest.mark.parametrize(("room", "name"), PAIRS)
def test_invalid(room: str, name: str) -> None:
    fast, reference = reports(room, name, "invalid")
    assert canonical(fast.as_rdf()) == canonical(reference.as_rdf())
    text = (CASES / room / f"{name}.invalid.ttl").read_text(encoding="utf-8")
    expected = {c for line in re.findall(r"^# expected:(.*)$", text, re.MULTILINE) for c in line.split()}
    own = [r for r in fast.results if r.root == WANTED[room, name]]
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
    data = files([CASES / room / f"{name}.valid.ttl"])
    never = turtle(f"ex:Never a sh:NodeShape ; {targets} ; sh:hasValue ex:nothing .")
    assert validate(data, Words(WORDS.ontology, never)).results
