from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, Triple

from kaigraph.ontology import CORE_ONTOLOGY, DEFAULT_ONTOLOGY, make_model, read_vocabulary
from kaigraph.ontology.errors import BadUse, BadVocabulary, KaigraphError
from kaigraph.ontology.terms import core


def canonical(triples: Iterable[Triple]) -> set[str]:
    """Triples, whatever their blank nodes are called."""
    graph = Dataset(Quad(t.subject, t.predicate, t.object) for t in triples)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in graph}


GOOD = "@prefix a: <http://a.example/ns#> . a:X a <http://www.w3.org/2002/07/owl#Class> ."


def test_core_is_always_there_and_only_once() -> None:
    alone, named = read_vocabulary([], []), read_vocabulary([CORE_ONTOLOGY], [])
    assert canonical(alone.ontology) == canonical(named.ontology)  # each reading names blank nodes anew
    assert len(alone.ontology) == len(named.ontology)
    assert alone.declared.has(core("Claim"), core("name")) is False
    assert any(triple.subject == core("Claim") for triple in alone.ontology)


def test_the_ontology_that_ships_is_read_without_shapes_and_has_no_type_then() -> None:
    model = make_model(read_vocabulary([DEFAULT_ONTOLOGY], []))
    assert not model.classes
    assert model.enumerations
    assert model.languages[:2] == ("en", "ko")


def test_folders_are_searched_at_any_depth_and_hidden_files_left_alone(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "deep" / "er" / "x.ttl").write_text(GOOD)
    (tmp_path / ".hidden" / "broken.ttl").write_text("no turtle")
    (tmp_path / "notes.txt").write_text("no turtle")
    (tmp_path / "y.nt").write_text("<http://a.example/ns#Y> <http://a.example/ns#p> <http://a.example/ns#Z> .")
    (tmp_path / "z.jsonld").write_text('{"@id": "http://a.example/ns#J", "http://a.example/ns#p": "1"}')
    (tmp_path / "g.trig").write_text("<http://a.example/g> { <http://a.example/ns#T> <http://a.example/ns#p> 1 }")
    rdf = '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="http://a.example/ns#">'
    (tmp_path / "w.rdf").write_text(
        f'{rdf}<r:Description r:about="http://a.example/ns#W"><a:p>1</a:p></r:Description></r:RDF>'
    )
    ours = {str(t.subject) for t in read_vocabulary([tmp_path], []).ontology if "a.example" in str(t.subject)}
    assert ours == {f"<http://a.example/ns#{name}>" for name in "XYJTW"}


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.ttl").write_text('_:same <http://a.example/ns#p> "x" .')
    vocabulary = read_vocabulary([], [tmp_path])
    assert len({triple.subject for triple in vocabulary.shapes}) == 2


def test_prefixes_do_not_depend_on_the_order_of_files(tmp_path: Path) -> None:
    for name, space in (("one", "http://one.example/"), ("two", "http://two.example/")):
        text = f"@prefix x: <{space}> . @prefix core: <{space}core> . x:s x:p x:o ."
        (tmp_path / f"{name}.ttl").write_text(text)
    paths = [tmp_path / "one.ttl", tmp_path / "two.ttl"]
    there, back = read_vocabulary(paths, []), read_vocabulary(paths[::-1], [])
    assert there.prefixes == back.prefixes
    assert there.prefixes["x"] == "http://one.example/"
    assert there.prefixes["core"] == "https://w3id.org/kaigraph/core#"


BAD: list[tuple[str, bytes | None, type[KaigraphError], str]] = [
    ("missing.ttl", None, BadUse, "no such file"),
    ("text.docx", b"x", BadUse, "of this kind"),
    ("empty.ttl", b"", BadVocabulary, "no triple"),
    ("comment.ttl", b"# nothing yet\n", BadVocabulary, "no triple"),
    ("binary.ttl", b"\x89PNG\0\0\0", BadVocabulary, "binary"),
    ("latin.ttl", "<http://a/é> <http://a/p> 'é' .".encode("latin-1"), BadVocabulary, "Not well-formed"),
    ("broken.ttl", b"@prefix a: <http://a/> .\n\na:s a:p .\n", BadVocabulary, "Not well-formed"),
    ("broken.rdf", b"<r>", BadVocabulary, "Not well-formed"),
    ("broken.jsonld", b"{", BadVocabulary, "Not well-formed"),
]


@pytest.mark.parametrize(("name", "content", "error", "words"), BAD, ids=[bad[0] for bad in BAD])
def test_bad_files_are_named(
    tmp_path: Path, name: str, content: bytes | None, error: type[KaigraphError], words: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    for ontology, shapes in (([path], []), ([], [path])):
        with pytest.raises(error) as caught:
            read_vocabulary(ontology, shapes)
        assert words in caught.value.message
        assert caught.value.where.startswith(str(path))
        assert caught.value.hint


def test_the_line_of_a_syntax_error_is_given(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("@prefix a: <http://a/> .\n\na:s a:p .\n")
    with pytest.raises(BadVocabulary) as caught:
        read_vocabulary([path], [])
    assert caught.value.where == f"{path}:3"


def test_an_empty_folder_and_an_unreadable_one(tmp_path: Path) -> None:
    with pytest.raises(BadVocabulary, match="no RDF file"):
        read_vocabulary([tmp_path], [])
    (tmp_path / "loop.ttl").symlink_to(tmp_path / "loop.ttl")
    with pytest.raises(BadUse):
        read_vocabulary([tmp_path / "loop.ttl"], [])


BOTH = """@prefix a: <http://a.example/ns#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
a:X a <http://www.w3.org/2002/07/owl#Class> , sh:NodeShape ; sh:property [ sh:path a:p ; sh:in ( 1 2 ) ] ."""


def test_a_file_that_is_named_on_both_sides_is_read_once(tmp_path: Path) -> None:
    file, link = tmp_path / "both.ttl", tmp_path / "link.ttl"
    file.write_text(BOTH)
    link.symlink_to(file)
    alone = make_model(read_vocabulary([file], []))
    for shapes in ([file], [tmp_path], [link], [tmp_path / "." / "both.ttl"]):
        vocabulary = read_vocabulary([file], shapes)
        assert set(vocabulary.shapes) <= set(vocabulary.ontology)
        assert make_model(vocabulary) == alone


def test_a_token_beyond_the_parsers_limit_is_bad_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "long.ttl").write_bytes(b'<http://a.example/x> <http://a.example/p> "' + b"a" * (17 << 20) + b'" .')
    with pytest.raises(BadVocabulary, match="token is too long"):
        read_vocabulary([tmp_path / "long.ttl"], [])
