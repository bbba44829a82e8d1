"""The same on a real Neo4j: what classes the data use is part of the Model, and says where all of it lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaigraph.loaders.neo4j import write as module
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.store import opened_neo4j
from kaigraph.ontology.errors import StoreLoading, StoreRefused
from tests.loaders.growing import PARTS, grown
from tests.neo4j_.conftest import wipe
from tests.neo4j_.test_neo4j_laws import everything
from tests.neo4j_.test_neo4j_open import Broken


@pytest.mark.parametrize("limit", [0, 10**6], ids=["many", "one"])
def test_classes_come_and_go(empty: Target, tmp_path: Path, limit: int) -> None:
    straight, facts = {}, {}
    for things in PARTS:
        model, resolved = grown(tmp_path, things)
        with opened_neo4j(empty, model, "write") as store:
            facts[things] = store.load(resolved).facts.added
            straight[things] = everything(store)
        wipe(empty)
    there = 0
    for things in (*PARTS, *reversed(PARTS), PARTS[1], PARTS[3], PARTS[0]):
        model, resolved = grown(tmp_path, things)
        with opened_neo4j(empty, model, "write") as store:
            changes = store.load(resolved, limit=limit)
            assert everything(store) == straight[things]
            assert not store.load(resolved)
        assert changes.facts.added - changes.facts.removed == facts[things] - there
        there = facts[things]


def test_one_that_ends_in_the_middle_is_begun_again(
    empty: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the next load is of the data that were there before: some nodes lie as the other Model had it."""
    models = [grown(tmp_path, things) for things in PARTS[:2]]
    with opened_neo4j(empty, models[0][0], "write") as store:
        store.load(models[0][1])
        straight = everything(store)

    def broken(*args: object) -> None:
        raise Broken

    with monkeypatch.context() as patch, opened_neo4j(empty, models[1][0], "write") as store:
        patch.setattr(module._Load, "_parts", broken)
        with pytest.raises(Broken):
            store.load(models[1][1], limit=0)
    with opened_neo4j(empty, models[0][0], "write") as store:
        with pytest.raises(StoreLoading):
            store.info()
        store.load(models[0][1])
        assert everything(store) == straight


def test_a_reader_of_another_model_is_refused_still(empty: Target, tmp_path: Path) -> None:
    models = [grown(tmp_path, things) for things in PARTS[:2]]
    with opened_neo4j(empty, models[0][0], "write") as store:
        store.load(models[0][1])
    with pytest.raises(StoreRefused), opened_neo4j(empty, models[1][0]):
        pass
