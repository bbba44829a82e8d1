"""Tabs are kept for a domain: through edits of its ontology, and not for another one."""

from __future__ import annotations

import json
import re
from argparse import Namespace
from pathlib import Path

from kaigraph.cli.mounted import page_of
from kaigraph.loaders.pipeline import Inputs, prepare
from kaigraph.loaders.sqlite.store import open_store
from kaigraph.web.domain import domain_key
from tests.graphql_.models import CERTAINTY, CORE_CLASSES, build_model
from tests.test_laws import PLAIN, SHIPPED, prepared

EDIT = """
@prefix : <{space}> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
:Newcomer a owl:Class ; rdfs:label "newcomer"@en .
:NewcomerShape a sh:NodeShape ; sh:targetClass :Newcomer ; sh:property [ sh:path :arrived ; sh:maxCount 1 ] .
"""  # noqa: E501  # Turtle


def test_an_edit_of_the_ontology_keeps_the_key_that_the_page_is_given(tmp_path: Path) -> None:
    before = prepared(PLAIN).model
    spaces = sorted({re.split(r"[^/#]+$", iri)[0] for iri in before.classes if "kaigraph" not in iri})
    more = tmp_path / "more.ttl"
    more.write_text(EDIT.format(space=spaces[0]), encoding="utf-8")
    edited = prepare(Inputs((*PLAIN.ontology, more), (*PLAIN.shapes, more), PLAIN.data))
    assert edited.model.hash != before.hash
    keys = set()
    for found in (prepared(PLAIN), edited):
        store = open_store(":memory:", found.model, "write")
        store.load(found.resolved)
        body = page_of(Namespace(ontology=PLAIN.ontology), store)().body.decode()
        settings = re.search(r'<script[^>]*id="settings"[^>]*>(.*?)</script>', body, re.DOTALL)
        assert settings
        keys.add(json.loads(settings[1])["key"])
    assert keys == {domain_key(before)}


def test_another_domain_has_another_key() -> None:
    bare = build_model(CORE_CLASSES, (CERTAINTY,))
    assert len({domain_key(m) for m in (prepared(PLAIN).model, prepared(SHIPPED).model, bare)}) == 3
