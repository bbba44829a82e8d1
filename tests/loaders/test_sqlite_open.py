"""What is refused, what is told, and who may read."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import apsw
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.loaders.sqlite.store import open_store
from kaigraph.ontology.errors import StoreRefused, StoreUnavailable
from tests.graphql_.models import EX, SMALL

TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
OTHER = replace(SMALL, hash="1" * 64)


def said(*codes: str) -> Resolved:
    things = [NamedNode(f"urn:{c}") for c in codes]
    quads = [
        q
        for t in things
        for q in (Quad(t, TYPE, NamedNode(EX + "Deal")), Quad(t, NamedNode(EX + "code"), Literal("x")))
    ]
    return resolve(Dataset(tuple(sorted(quads, key=str)), {"ex": EX}, {}, False, "urn:source"), SMALL)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "graph.kai"
    store = open_store(found, SMALL, "write")
    store.load(said("a", "b"))
    store.close()
    return found


def test_what_was_loaded_is_there_after_closing(path: Path) -> None:
    store = open_store(path, SMALL)
    assert len(list(store.quads())) == 4
    info = store.info()
    assert info.prefixes == {"ex": EX}
    assert info.used_classes == {EX + "Deal"}
    assert (info.facts, info.nodes) == (4, 4)
    assert info.model_hash == SMALL.hash


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match=r"no such store.*kaigraph load"):
        open_store(tmp_path / "none", SMALL)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="cannot be used"):
        open_store(tmp_path / "none" / "graph.kai", SMALL, "write")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        open_store(tmp_path, SMALL, "write")


@pytest.mark.parametrize("mode", ["read", "write"])
def test_no_database(tmp_path: Path, mode: str) -> None:
    (tmp_path / "text").write_text("no database " * 1000)
    with pytest.raises(StoreRefused, match=r"no database.*name another file"):
        open_store(tmp_path / "text", SMALL, mode)  # type: ignore[arg-type]  # parametrized
    assert (tmp_path / "text").read_text().startswith("no database")


def test_somebody_elses_database(tmp_path: Path) -> None:
    other = apsw.Connection(str(tmp_path / "theirs"))
    other.execute("CREATE TABLE precious (x)")
    other.close()
    with pytest.raises(StoreRefused, match="not one of kaigraph's"):
        open_store(tmp_path / "theirs", SMALL, "write")


def test_a_file_with_nothing_in_it(tmp_path: Path) -> None:
    (tmp_path / "new").touch()
    with pytest.raises(StoreUnavailable, match="holds nothing yet"):
        open_store(tmp_path / "new", SMALL)
    assert open_store(tmp_path / "new", SMALL, "write").load(said("a")).nodes.added == 3


@pytest.mark.parametrize("mode", ["read", "write"])
def test_another_format(path: Path, mode: str) -> None:
    raw = apsw.Connection(str(path))
    raw.pragma("user_version", 99)
    raw.close()
    with pytest.raises(StoreRefused, match="format 99"):
        open_store(path, SMALL, mode)  # type: ignore[arg-type]  # parametrized


@pytest.mark.parametrize("mode", ["read", "write"])
def test_another_model(path: Path, mode: str) -> None:
    with pytest.raises(StoreRefused, match="another ontology"):
        open_store(path, OTHER, mode)  # type: ignore[arg-type]  # parametrized


def test_without_a_model_what_was_said_can_be_read(path: Path) -> None:
    store = open_store(path, None)
    assert len(list(store.quads())) == 4
    with pytest.raises(StoreRefused, match="without a Model"):
        list(store.triples())


def test_one_in_memory_with_nothing_in_it() -> None:
    store = open_store(":memory:", SMALL, "write")
    assert store.is_empty()
    with pytest.raises(StoreUnavailable, match="holds nothing yet"):
        store.info()
    with pytest.raises(StoreUnavailable, match="holds nothing yet"):
        store.run("SELECT n, n FROM node")


def test_two_that_were_opened_before_the_first_load(tmp_path: Path) -> None:
    first, second = open_store(tmp_path / "s", SMALL, "write"), open_store(tmp_path / "s", OTHER, "write")
    first.load(said("a"))
    with pytest.raises(StoreRefused, match="another ontology"):
        second.load(said("b"))


def test_a_damaged_file(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreRefused, match="damaged"):
        open_store(path, SMALL)


def test_a_reader_cannot_write(path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="cannot be used"):
        open_store(path, SMALL).load(said("c"))


READER = """
import sys
sys.path.append({root!r})
from kaigraph.loaders.sqlite.store import open_store
from tests.graphql_.models import SMALL
store = open_store({path!r}, SMALL)
for line in sys.stdin:
    print(len(list(store.quads())), store.info().version, flush=True)
"""


def test_several_processes_read_while_one_loads(path: Path) -> None:
    code = READER.format(root=str(Path(__file__).parents[2]), path=str(path))
    readers = [
        subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    writer = open_store(path, SMALL, "write")
    try:
        for codes in (("a", "b"), ("c",), ("a", "b", "c", "d")):
            version = writer.load(said(*codes)).version
            for reader in readers:
                assert reader.stdin is not None
                assert reader.stdout is not None
                reader.stdin.write("\n")
                reader.stdin.flush()
                assert reader.stdout.readline().split() == [str(2 * len(codes)), version]
    finally:
        for reader in readers:
            reader.communicate()


WITHOUT_RIGHTS = """
import os, sys
sys.path.append({root!r})
from kaigraph.loaders.sqlite.store import open_store
from tests.graphql_.models import SMALL
import encodings.idna, kaigraph.loaders.terms
if os.geteuid() == 0:
    os.setuid(65534)  # the superuser may write anywhere
print(os.access(os.path.dirname({path!r}), os.W_OK), len(list(open_store({path!r}, SMALL).quads())))
"""


def test_a_read_only_folder() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.kai"
        store = open_store(path, SMALL, "write")
        store.load(said("a", "b"))
        store.close()
        path.chmod(0o444)
        path.parent.chmod(0o555)
        code = WITHOUT_RIGHTS.format(root=str(Path(__file__).parents[2]), path=str(path))
        read = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        path.parent.chmod(0o755)
    assert read.stdout == "False 4\n", read.stderr
