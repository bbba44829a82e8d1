import os
import socket
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from kaigraph.loaders.files.read import DEFAULT_SOURCE, read
from kaigraph.loaders.graph import Dataset, Place
from kaigraph.ontology.errors import BadSource

HEAD = """@prefix c: <http://x/claim/> .
@prefix ex: <http://x/> .
@prefix core: <https://w3id.org/kaigraph/core#> .

"""


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def claim(name: str, value: str = "1.0") -> str:
    return f"c:{name} {{ ex:a ex:v {value} }}\nc:{name} core:source ex:s ; core:paragraph 1 .\n"


def text_of(dataset: Dataset) -> list[str]:
    return [str(q) for q in dataset.quads]


def test_claims_are_read_with_their_places(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "a.trig",
        HEAD
        + claim("1-a")
        + '<http://x/claim/2>\n{\n  ex:b ex:note """\nc:3 {\n""" .\n}\nc:2 core:source ex:s .\n'
        + "GRAPH c:3\\-b{ ex:a ex:v 007 }\n"
        + "  c:3-b core:source ex:s .\nex:s core:published 2025 .\n",
    )
    dataset = read([file])
    at = str(file)
    assert dataset.is_claims
    assert dataset.source == DEFAULT_SOURCE
    assert dataset.places == {
        "http://x/claim/1-a": Place(at, 5),
        "http://x/claim/2": Place(at, 7),
        "http://x/claim/3-b": Place(at, 14),
        "http://x/s": Place(at, 16),
    }
    assert dataset.described == {
        "http://x/claim/1-a": Place(at, 6),
        "http://x/claim/2": Place(at, 13),
        "http://x/claim/3-b": Place(at, 15),
    }
    assert dataset.prefixes == {"c": "http://x/claim/", "ex": "http://x/", "core": "https://w3id.org/kaigraph/core#"}
    assert Literal("1.0", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")) in {
        q.object for q in dataset.quads
    }
    assert Literal("007", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")) in {
        q.object for q in dataset.quads
    }


def test_blocks_and_descriptions_are_found_however_they_are_laid_out(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "a.trig",
        HEAD.replace("@prefix ex: <http://x/> .", "PREFIX ex: <http://x/>")
        + 'c:1 core:source ex:s . c:1 { ex:a ex:v """ } c:2 {\n " c:2 { """ , "c:2 {" , 1.5 , ex:b\\, . }  # c:2 {\n'
        + "c:2 {\n ex:t ex:v 1. } ex:t ex:v 'x' . c:3 core:source ex:s ; core:paragraph 1. c:2 core:source ex:s.\n"
        + "_:g { ex:a ex:v 1 } GRAPH [ ] { ex:a ex:v 2 }\n_:g\n{ ex:a ex:v 1 } _:h {\n ex:a ex:v 4 }",
    )
    dataset = read([file])
    lines = {name.removeprefix("http://x/"): place.line for name, place in dataset.places.items()}
    of_graph = {str(q.graph_name): str(q.object)[1] for q in dataset.quads if str(q.graph_name) in lines}
    blank = {value: lines.pop(name) for name, value in of_graph.items()}
    assert lines == {"claim/1": 5, "claim/2": 7, "claim/3": 8, "t": 8}
    assert blank == {"1": 9, "2": 9, "4": 11}
    described = {name.removeprefix("http://x/"): place.line for name, place in dataset.described.items()}
    assert described == {"claim/1": 5, "claim/2": 8}


def test_the_memory_that_is_really_used_up_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("kaigraph.loaders.files.sources._checked", exhausted)
    with pytest.raises(BadSource, match="does not fit into memory"):
        read([written(tmp_path, "a.nt", "<http://x/a> <http://x/p> 1 .")])


def test_order_split_and_repetition_of_files_do_not_matter(tmp_path: Path) -> None:
    parts = [claim("1", "[ ex:w 1 ]"), claim("2", "[ ex:w 1 ]"), claim("3", "( 1 2 )")]
    files = [written(tmp_path / "parts", f"{i}.trig", HEAD + part) for i, part in enumerate(parts)]
    whole = written(tmp_path / "whole", "all.trig", HEAD + "".join(reversed(parts)))
    assert text_of(read(files)) == text_of(read([*reversed(files), files[0]])) == text_of(read([whole]))
    assert text_of(read([tmp_path / "parts"])) == text_of(read([whole]))


def test_blank_nodes_of_two_files_are_two(tmp_path: Path) -> None:
    one = written(tmp_path, "1.ttl", "_:x <http://x/p> 1 .")
    other = written(tmp_path, "2.ttl", "_:x <http://x/p> 1 .")
    assert len(read([one, other]).quads) == 2
    assert len(read([one, one]).quads) == 1


def test_every_format(tmp_path: Path) -> None:
    triple = "<http://x/a> <http://x/p> <http://x/b>"
    written(tmp_path, "a.nt", f"{triple} .")
    written(tmp_path, "b.NQ", f"# first\n{triple} <http://x/g> .\n")
    written(tmp_path, "c.ttl", f"\ufeff{triple} .")
    written(tmp_path, "d.jsonld", '{"@id": "http://x/a", "http://x/p": {"@id": "http://x/b"}}')
    written(
        tmp_path,
        "e.rdf",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'
        '<rdf:Description rdf:about="http://x/a"><x:p rdf:resource="http://x/b"/></rdf:Description></rdf:RDF>',
    )
    written(tmp_path, "README.md", "not RDF")
    written(tmp_path, ".hidden.ttl", "not RDF either")
    dataset = read([tmp_path])
    assert text_of(dataset) == [triple, f"{triple} <http://x/g>"]
    assert not dataset.is_claims
    assert dataset.places["http://x/g"] == Place(str(tmp_path / "b.NQ"), 2)
    assert dataset.places["http://x/a"] == Place(str(tmp_path / "a.nt"), 1)


def test_the_first_file_by_name_binds_a_prefix(tmp_path: Path) -> None:
    last = written(tmp_path / "1", "z.ttl", "@prefix p: <http://z/> . p:a p:a p:a .")
    first = written(tmp_path / "2", "a.ttl", "@prefix p: <http://a/> . p:a p:a p:a .")
    assert read([last, first]).prefixes == read([first, last]).prefixes == {"p": "http://a/"}


def test_data_without_claims_belongs_to_a_source(tmp_path: Path) -> None:
    file = written(tmp_path, "a.trig", "<http://x/g> { <http://x/a> <http://x/p> 1 }")
    assert not read([file]).is_claims
    assert read([file], source="http://x/me").source == "http://x/me"


@pytest.mark.parametrize(
    ("name", "text", "line", "says", "hint"),
    [
        ("a.trig", HEAD + "ex:a ex:b .\n", 5, "syntax error", "correct"),
        ("a.trig", HEAD + "ex:a foo:b 1 .\n", 5, "prefix foo", "declare the prefix"),
        ("a.ttl", "\n<a> <http://x/p> 1 .", 2, "scheme", "relative"),
        ("a.ttl", "<http://x/a> <http://x/p> <http://x y> .", 1, "IRI", "correct"),
        ("a.ttl", b"<http://x/a> <http://x/p> 'caf\xe9' .", 1, "UTF-8", "UTF-8"),
        ("a.ttl", "", None, "empty", "remove it"),
        ("a.ttl", " \n\t", None, "empty", "remove it"),
        ("a.ttl", b"\x89PNG\r\n\x1a\n\x00\x00", None, "binary", "UTF-8"),
        ("a.ttl", "<http://x/a> <http://x/p> 1 .".encode("utf-16"), None, "UTF-16", "UTF-8"),
        ("a.ttl", "<http://x/a> <http://x/p> <<( <http://x/a> <http://x/p> 1 )>> .", None, "RDF 1.2", "named graph"),
        ("a.ttl", "<http://x/a> <http://x/p> 'x'@ar--rtl .", None, "RDF 1.2", "named graph"),
        ("a.ttl", "<http://x/g> { <http://x/a> <http://x/p> 1 }", 1, "syntax error", "correct"),
        ("a.jsonld", '{"@id": "a", "http://x/p": 1}', None, "relative", "in full"),
        ("a.jsonld", '{"@context": "http://x/y", "@id": "http://x/a"}', None, "remote", "correct"),
        ("a.txt", "<http://x/a> <http://x/p> 1 .", None, "which RDF format", ".trig"),
        (
            "a.nt",
            b'<http://x/a> <http://x/p> "' + b"a" * (17 << 20),
            None,
            "a token is too long (more than 16",
            "quote",
        ),
    ],
)
def test_bad_files_are_told_apart(
    tmp_path: Path, name: str, text: str | bytes, line: int | None, says: str, hint: str
) -> None:
    file = written(tmp_path, name, text)
    with pytest.raises(BadSource) as caught:
        read([file])
    assert caught.value.where == (f"{file}:{line}" if line else str(file))
    assert says in caught.value.message
    assert hint in caught.value.hint


def test_missing_files_and_folders_without_data(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="no such file"):
        read([tmp_path / "none.ttl"])
    with pytest.raises(BadSource, match="no RDF file"):
        read([tmp_path])


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A socket is a file that nobody can open, the administrator included. Its path must be short: so, a relative one.
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("a.ttl")
        with pytest.raises(BadSource, match="cannot be read"):
            read([Path("a.ttl")])


def test_a_folder_named_like_a_file(tmp_path: Path) -> None:
    written(tmp_path / "odd.ttl", "a.ttl", "<http://x/a> <http://x/p> 1 .")
    assert len(read([tmp_path / "odd.ttl"]).quads) == 1


def test_a_device_is_no_file() -> None:
    with pytest.raises(BadSource):
        read([Path(os.devnull)])
