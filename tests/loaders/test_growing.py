"""Law 3 where the Model itself follows the data: in any order, loads end in the same store, and say what changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaigraph.loaders.sqlite.store import open_store
from kaigraph.ontology.errors import StoreRefused
from tests.loaders.growing import ONTOLOGY, WAY, grown
from tests.loaders.test_sqlite_laws import content


def test_classes_come_and_go(tmp_path: Path) -> None:
    file, known = tmp_path / "store", set[str]()
    for things in WAY:
        model, resolved = grown(tmp_path, things)
        fresh = open_store(":memory:", model, "write")
        whole = fresh.load(resolved)
        with_ = open_store(file, model, "write")
        changes = with_.load(resolved)
        assert content(with_) == content(fresh)
        assert changes.version == whole.version
        assert changes.facts.added - changes.facts.removed == whole.facts.added - len(known)
        assert not with_.load(resolved)
        known = {str(f) for f in fresh.facts()}
        with_.close()


def test_a_reader_and_another_vocabulary_are_refused_still(tmp_path: Path) -> None:
    model, resolved = grown(tmp_path, ("first",))
    open_store(tmp_path / "store", model, "write").load(resolved)
    with pytest.raises(StoreRefused):
        open_store(tmp_path / "store", grown(tmp_path, ("first", "clash"))[0], "read")
    changed = ONTOLOGY.replace("core:contractEnd <urn:a:to>", "core:contractEnd <urn:a:code>")
    for things in (("first",), ("first", "clash")):
        with pytest.raises(StoreRefused):
            open_store(tmp_path / "store", grown(tmp_path, things, changed)[0], "write")
