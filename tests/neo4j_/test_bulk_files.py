"""What a bulk load writes, without a server: cells, the delimiter of lists, and a folder that is whole or not there."""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kaigraph.cli.main import main
from kaigraph.cli.progress import Progress
from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.neo4j import bulk, plan_load
from kaigraph.loaders.neo4j.bulk import write_bulk
from kaigraph.loaders.neo4j.bulk_files import DELIMITERS, Table, fillable
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.ontology.errors import BadUse
from tests.graphql_.models import EX, SMALL


def silent(done: int, size: int) -> None:
    """Tell nobody."""


def motto(*texts: str) -> Resolved:
    quads = [Quad(NamedNode("urn:a"), NamedNode(EX + "motto"), Literal(t)) for t in texts]
    return resolve(Dataset(tuple(sorted(quads, key=str)), {}, {}, False, "urn:source"), SMALL)


def test_cells(tmp_path: Path) -> None:
    table = Table(tmp_path, "t", (":ID", ":LABEL"), ";")
    table.add(("a", ["X", "Y"]), {"text": 'say "no",\n', "more": ["", "b"]})
    table.add((7, ["X"]), {"number": -(2**63), "flag": False, "flags": [True, False], "numbers": [1, 2], "text": ""})
    table.add(("", ["X"]), {})
    assert table.finish()
    assert (tmp_path / "t.header.csv").read_text().splitlines() == [
        '":ID",":LABEL","text:string","more:string[]","number:long","flag:boolean","flags:boolean[]","numbers:long[]"'
    ]
    expected = '"a","X;Y","say ""no"",\n",";b"\n7,"X","",,-9223372036854775808,false,true;false,1;2\n"","X"\n'
    assert (tmp_path / "t.csv").read_text() == expected


def test_lists_that_an_import_cannot_make_are_named() -> None:
    labels, properties = fillable(["X"], {"a": [""], "b": [], "c": ["", ""], "d": ""})
    assert labels == ["X", "Unfilled_"]
    assert properties == {"c": ["", ""], "d": "", "_.one": ["a"], "_.none": ["b"]}
    assert fillable(["X"], {"d": ["", "x"]}) == (["X"], {"d": ["", "x"]})


def test_a_delimiter_that_no_text_holds(tmp_path: Path) -> None:
    write_bulk(tmp_path / "one", motto("a", "b"), SMALL, silent)
    assert "--array-delimiter=U+001F\n" in (tmp_path / "one" / "import.args").read_text()
    write_bulk(tmp_path / "two", motto(f"a{DELIMITERS[0]}", f"{DELIMITERS[1]}b"), SMALL, silent)
    assert "--array-delimiter=U+001D\n" in (tmp_path / "two" / "import.args").read_text()
    assert DELIMITERS[2] in (tmp_path / "two" / "facts.csv").read_text(encoding="utf-8")
    with pytest.raises(BadUse, match="every control and private character"):
        write_bulk(tmp_path / "three", motto(DELIMITERS, "b"), SMALL, silent)
    assert not list(tmp_path.glob("three*"))


def test_batches_make_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    things = [motto("a", "b"), motto()]
    quads = [Quad(NamedNode(f"urn:{i}"), NamedNode(EX + "motto"), Literal(str(i))) for i in range(30)]
    things[1] = resolve(Dataset(tuple(sorted(quads, key=str)), {}, {}, False, "urn:source"), SMALL)
    for i, resolved in enumerate(things):
        write_bulk(tmp_path / f"large{i}", resolved, SMALL, silent)
    monkeypatch.setattr(plan_load, "BATCH", 3)
    for i, resolved in enumerate(things):
        write_bulk(tmp_path / f"small{i}", resolved, SMALL, silent)
        for file in (tmp_path / f"large{i}").iterdir():
            assert file.read_bytes() == (tmp_path / f"small{i}" / file.name).read_bytes()


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("dear diary")
    with pytest.raises(BadUse, match=r"other things in it \(diary.txt\)"):
        write_bulk(tmp_path, motto("a"), SMALL, silent)
    assert [p.name for p in tmp_path.iterdir()] == ["diary.txt"]


def test_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "bulk"
    write_bulk(folder, motto("a"), SMALL, silent)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}

    def full(*args: object, **named: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(bulk, "after_import", full)
        with pytest.raises(BadUse, match="No space left on device"):
            write_bulk(folder, motto("b"), SMALL, silent)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
    assert [p.name for p in tmp_path.iterdir()] == ["bulk"]
    write_bulk(folder, motto("b"), SMALL, silent)  # one of ours is written anew
    assert (folder / "facts.csv").read_bytes() != before["facts.csv"]


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "bulk"
    assert main(["load", "--bulk", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["folder"] == str(folder)
    assert told["nodes"] > 1000
    script = (folder / "after-import.cypher").read_text(encoding="utf-8")
    assert "IS UNIQUE;" in script
    assert "FULLTEXT INDEX" in script
    named = [line.partition("=")[2].split(",") for line in (folder / "import.args").read_text().splitlines()]
    assert all((folder / name).is_file() for files in named if len(files) == 2 for name in files)


@pytest.mark.parametrize(
    "options",
    [["--bulk", "x", "--store", "y"], [], ["--bulk", "x", "--add"], ["--store", "x", "--transaction-limit", "5"],
     ["--store", "bolt://x", "--transaction-limit", "-1"]],
)  # fmt: skip
def test_bad_use(options: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        sys.exit(main(["load", *options]))
    assert ended.value.code == 2


class Terminal(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def test_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("kaigraph.cli.progress.time", argparse.Namespace(monotonic=lambda: now[0]))
    terminal, file = Terminal(), io.StringIO()
    bars = [Progress(out, "facts") for out in (terminal, file)]
    for second, done in ((0.05, 1), (0.5, 500), (6.0, 900)):
        now[0] = second
        for bar in bars:
            bar(done, 1_000)
    for bar in bars:
        bar.end()
    assert file.getvalue() == "900 of 1,000 facts\n"
    shown = terminal.getvalue().split("\r")
    assert shown[1].startswith("[###############...............] 500 of 1,000 facts")
    assert shown[-1] == "\x1b[K"
