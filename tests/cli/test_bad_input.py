"""Bad input: one clear message that says what, where and what to do; the right exit code; nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.command import Ran, kaigraph

HEADER = """\
@prefix core: <https://w3id.org/kaigraph/core#> .
@prefix kai: <https://w3id.org/kaigraph/ontology#> .
@prefix kg: <https://w3id.org/kaigraph/id/> .
@prefix claim: <https://w3id.org/kaigraph/claim/> .
@prefix source: <https://w3id.org/kaigraph/source/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
source:x a core:Source ; core:published "2025-01-01"^^edtf:EDTF ; core:paragraphCount 3 .
source:y a core:Source ; core:published "2025-02-01"^^edtf:EDTF ; core:paragraphCount 3 .
source:editors a core:EditorialSource .
claim:l a core:Claim ; core:source source:editors ; core:certainty core:stated .
claim:l { kg:thing a kai:Technology ; skos:prefLabel "thing"@en , "것"@ko .
  source:x skos:prefLabel "x"@en , "x"@ko . source:y skos:prefLabel "y"@en , "y"@ko .
  source:editors skos:prefLabel "editors"@en , "편집진"@ko . }
"""

NAMED_SPEECH = 'kg:e a kai:Speech ; skos:prefLabel "speech"@en , "연설"@ko .'


def claim(name: str, body: str, source: str = "source:x", paragraph: int = 1) -> str:
    return f"""
claim:{name} a core:Claim ; core:source {source} ; core:paragraph {paragraph} ; core:certainty core:stated ;
  core:gloss "a claim"@en , "주장"@ko .
claim:{name} {{ {body} }}
"""


def refused(ran: Ran, code: int, *words: str) -> None:
    said = ran.out + ran.err
    assert ran.code == code, said
    assert "Traceback" not in said
    for word in words:
        assert word in said, f"{word!r} is not in: {said}"


def test_the_smallest_good_data_conform(tmp_path: Path) -> None:
    (tmp_path / "good.trig").write_text(HEADER + claim("a", "kg:thing a kai:Technology ."))
    ran = kaigraph("validate", "--data", str(tmp_path / "good.trig"))
    assert ran.code == 0, ran.out + ran.err


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(claim("a", "kg:thing kai:nonsense 1 ."), ("claim:a", "kai:nonsense"), id="unknown-property"),
        pytest.param(claim("a", "kg:thing a kai:Tecnology ."), ("claim:a", "Technology"), id="unknown-class"),
        pytest.param(
            "claim:a a core:Claim ; core:paragraph 1 ; core:certainty core:stated ."
            " claim:a { kg:thing a kai:Technology . }",
            ("claim:a", "core:source"),
            id="claim-without-source",
        ),
        pytest.param("claim:b { kg:thing a kai:Technology . }", ("claim:b", "describe"), id="undescribed-graph"),
        pytest.param(
            claim("a", 'kg:e a kai:Event ; kai:date "2025-02-30"^^edtf:EDTF .'), ("2025-02-30", "claim:a"), id="date"
        ),
        pytest.param(claim("a", "kg:thing a kai:Technology .", paragraph=9), ("claim:a", "paragraph"), id="paragraph"),
        pytest.param(
            claim("t", "kg:e a kai:Speech .")
            + claim("a", 'kg:e kai:date "2025-01-01"^^edtf:EDTF .')
            + claim("b", 'kg:e kai:date "2025-01-02"^^edtf:EDTF .'),
            ("claim:a", "claim:b", "core:ranking"),
            id="two-equal-ranked-values",
        ),
    ],
)
def test_data_that_do_not_conform_are_reported_and_not_loaded(
    body: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "bad.trig"
    path.write_text(HEADER + body)
    refused(kaigraph("validate", "--data", str(path)), 1, "bad.trig", *words)
    refused(kaigraph("load", "--data", str(path), "--store", str(tmp_path / "g.kai")), 1, "not")
    assert not (tmp_path / "g.kai").exists()


def test_a_load_that_does_not_conform_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    good, bad, store = tmp_path / "good.trig", tmp_path / "bad.trig", tmp_path / "g.kai"
    good.write_text(HEADER + claim("a", "kg:thing a kai:Technology ."))
    bad.write_text(HEADER + claim("a", "kg:thing kai:nonsense 1 ."))
    assert kaigraph("load", "--data", str(good), "--store", str(store)).code == 0
    before = kaigraph("export", "--store", str(store), "--all", "--format", "nquads").out
    refused(kaigraph("load", "--data", str(bad), "--store", str(store)), 1)
    assert kaigraph("export", "--store", str(store), "--all", "--format", "nquads").out == before
    assert "nothing changed" in kaigraph("load", "--data", str(good), "--store", str(store)).out


def test_a_server_is_spoken_to_while_data_are_read_but_the_data_are_told_of_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "x" * 8)
    good, bad = tmp_path / "good.trig", tmp_path / "bad.trig"
    good.write_text(HEADER + claim("a", "kg:thing a kai:Technology ."))
    bad.write_text(HEADER + claim("a", "kg:thing kai:nonsense 1 ."))
    nobody = ("--store", "bolt://127.0.0.1:1")
    refused(kaigraph("load", "--data", str(bad), *nobody), 1, "kai:nonsense")
    refused(kaigraph("load", "--data", str(good), *nobody), 3, "no Neo4j server answers there")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("broken.trig", HEADER.encode() + b"kg:x kai:y .\n", ("broken.trig", "16"), id="syntax"),
        pytest.param("empty.trig", b"", ("empty.trig", "empty"), id="empty"),
        pytest.param("binary.trig", bytes(range(256)) * 4, ("binary.trig",), id="binary"),
        pytest.param("data.docx", b"PK", ("data.docx",), id="extension"),
        pytest.param("big5.trig", '<a> <b> "가"'.encode("euc-kr"), ("big5.trig",), id="encoding"),
    ],
)
def test_files_that_are_no_rdf(name: str, content: bytes, words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    refused(kaigraph("validate", "--data", str(tmp_path / name)), 1, *words)


def test_files_that_are_not_there_or_cannot_be_read(tmp_path: Path) -> None:
    ran = kaigraph("validate", "--data", str(tmp_path / "missing.trig"))
    refused(ran, ran.code, "missing.trig")
    assert ran.code in (1, 2)
    (tmp_path / "none").mkdir()
    ran = kaigraph("validate", "--data", str(tmp_path / "none"))
    refused(ran, ran.code, "none")
    assert ran.code in (1, 2)


@pytest.mark.parametrize("option", ["--ontology", "--shapes"])
@pytest.mark.parametrize("content", [None, b"", b"@prefix : <", b"\0\1\2"], ids=["folder", "empty", "broken", "binary"])
def test_a_vocabulary_that_is_empty_or_broken(option: str, content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / ("vocabulary" if content is None else "vocabulary.ttl")
    path.mkdir() if content is None else path.write_bytes(content)
    ran = kaigraph("schema", option, str(path))
    refused(ran, ran.code, "vocabulary")
    assert ran.code in (1, 2)


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        ("{ nonsense", ("Syntax",)),
        ("{ loanz { totalCount } }", ("Did you mean", "loans")),
        ("{ loans(first: -1) { totalCount } }", ("first", "-1")),
        ("{ loans(first: 100000) { totalCount } }", ("first", "1000")),
        ('{ loans(after: "x") { totalCount } }', ("cursor",)),
        ('{ events(where: {date: {before: "2025-02-30"}}) { totalCount } }', ("2025-02-30",)),
        ("{ amountsOfMoney { sum(of: VALUE) } }", ("units", "where")),
        ("{ loans(where: {label: {eq: null}}) { totalCount } }", ("isNull",)),
    ],
)
def test_operations_that_cannot_be_answered(operation: str, words: tuple[str, ...]) -> None:
    refused(kaigraph("query", operation), 2, *words)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("query", "--variables", "{", "{ dataset { version } }"), 2),
        (("query", "--variables", "[]", "{ dataset { version } }"), 2),
        (("query", "--file", "no-such-file.graphql"), 2),
        (("query", "--as-of", "2025-02-30", "{ dataset { version } }"), 2),
        (("query", "--language", "xx", "{ dataset { version } }"), 2),
        (("query", "--store", "no-such-file.kai", "{ dataset { version } }"), 3),
        (("export", "--all", "--format", "turtle"), 2),
        (("export", "--node", "https://example.org/nothing"), 1),
        (("load", "--store", "memory:"), 2),
        (("nonsense",), 2),
        (("serve", "--port", "99999"), 2),
    ],
)
def test_bad_use(arguments: tuple[str, ...], code: int, tmp_path: Path) -> None:
    refused(kaigraph(*arguments, cwd=tmp_path), code)
    assert not os.listdir(tmp_path)


def test_stores_that_are_not_ours(tmp_path: Path) -> None:
    other = tmp_path / "other.kai"
    other.write_text("not a database, but long enough to be looked at as one" * 20)
    refused(kaigraph("query", "--store", str(other), "{ dataset { version } }"), 1, "other.kai")
    refused(kaigraph("load", "--store", str(other)), 1, "other.kai")
    assert other.read_text().startswith("not a database")


def test_a_store_of_another_model(tmp_path: Path) -> None:
    (tmp_path / "good.trig").write_text(HEADER + claim("a", "kg:thing a kai:Technology ."))
    store = str(tmp_path / "g.kai")
    assert kaigraph("load", "--data", str(tmp_path / "good.trig"), "--store", store).code == 0
    foreign = ("--ontology", "tests/foreign/ontology.ttl", "--shapes", "tests/foreign/shapes.ttl")
    root = Path(__file__).parent.parent.parent
    refused(kaigraph("query", *foreign, "--store", store, "{ dataset { version } }", cwd=root), 1, "load", "ontology")


def test_adding_keeps_what_is_there_and_holds_the_whole_to_the_shapes(tmp_path: Path) -> None:
    base, more, against = tmp_path / "base.trig", tmp_path / "more.trig", tmp_path / "against.trig"
    header, technology = HEADER, claim("a", "kg:thing a kai:Technology .")
    base.write_text(header + technology + claim("e", NAMED_SPEECH) + claim("d", 'kg:e kai:date "2025"^^edtf:EDTF .'))
    prefixes = HEADER[: HEADER.index("source:x")]
    more.write_text(prefixes + claim("b", "kg:thing kai:usedFor kg:thing ."))
    against.write_text(prefixes + claim("c", 'kg:e kai:date "2024"^^edtf:EDTF .', "source:y"))
    both, store = str(tmp_path / "both.kai"), str(tmp_path / "g.kai")
    assert kaigraph("load", "--data", str(base), "--store", store).code == 0
    refused(kaigraph("load", "--data", str(against), "--add", "--store", store), 1, "claim:c", "claim:d")
    assert kaigraph("load", "--data", str(more), "--add", "--store", store).code == 0
    assert kaigraph("load", "--data", str(base), str(more), "--store", both).code == 0
    everything = ("export", "--all", "--format", "nquads", "--store")
    assert kaigraph(*everything, store).out == kaigraph(*everything, both).out


FOREIGN = ("--ontology", "tests/foreign/ontology.ttl", "--shapes", "tests/foreign/shapes.ttl")
FOREIGN_DATA = (*FOREIGN, "--data", "tests/foreign/data.ttl")
ROOT = Path(__file__).parent.parent.parent


def test_an_export_follows_a_link_and_leaves_what_is_no_file_in_place(tmp_path: Path) -> None:
    target, link = tmp_path / "graph.ttl", tmp_path / "link.ttl"
    target.write_text("old")
    link.symlink_to(target)
    assert kaigraph("export", *FOREIGN_DATA, "--output", str(link), cwd=ROOT).code == 0
    assert link.is_symlink()
    assert target.read_text().startswith("@prefix")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.ttl", "link.ttl"]
    assert kaigraph("export", *FOREIGN_DATA, "--output", os.devnull, cwd=ROOT).code == 0
    assert not Path(os.devnull).is_file()
    refused(kaigraph("export", *FOREIGN_DATA, "--output", str(tmp_path), cwd=ROOT), 2, str(tmp_path))


def test_an_operation_taken_for_a_path() -> None:
    refused(kaigraph("query", *FOREIGN_DATA, "{ dataset { version } }", cwd=ROOT), 2, "before --data")


def test_the_schema_knows_the_classes_of_the_data(tmp_path: Path) -> None:
    (tmp_path / "o.ttl").write_text("<urn:o#Thing> a <http://www.w3.org/2002/07/owl#Class> .")
    (tmp_path / "d.ttl").write_text("<urn:t> a <urn:o#Thing> .")
    ran = kaigraph("schema", "--ontology", str(tmp_path / "o.ttl"), "--data", str(tmp_path / "d.ttl"))
    assert "type Thing implements Node" in ran.out


def test_a_full_disk_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "kaigraph.cli.main", "schema", *FOREIGN],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT,
        )  # fmt: skip
    assert ran.returncode == 1
    assert "cannot write: No space left" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("seconds", [0.2, 0.5, 1.0])
def test_an_interrupt_at_any_moment_is_clean(seconds: float) -> None:
    command = [sys.executable, "-m", "kaigraph.cli.main", "validate", "--engine", "pyshacl"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    # Before Python has come to our first line, the traceback is Python's own.
    assert "cli/errors.py" not in said
    assert process.returncode in (130, -signal.SIGINT, 1)


@pytest.mark.parametrize("source", ["", "relative", "_:b", 'https://example.org/"not one"'])
def test_a_source_that_is_no_iri(tmp_path: Path, source: str) -> None:
    (tmp_path / "plain.ttl").write_text("<urn:a> <urn:p> 1 .")
    ran = kaigraph(
        "load", "--store", str(tmp_path / "x.kai"), "--data", str(tmp_path / "plain.ttl"), "--source", source
    )
    refused(ran, 2, "--source", "not an absolute IRI")
    assert not (tmp_path / "x.kai").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("load", "--store", "x.kai", "--transaction-limit", "-5"), "not a whole number of 0 or more: '-5'"),
        (("load", "--store", "x.kai", "--transaction-limit", "1.5"), "not a whole number of 0 or more: '1.5'"),
        (("serve", "--pool", "0"), "not a whole number of 1 or more: '0'"),
        (("serve", "--timeout", "soon"), "not a number of 0 or more: 'soon'"),
        (("serve", "--wait", "inf"), "not a number of 0 or more: 'inf'"),
        (("serve", "--wait", "nan"), "not a number of 0 or more: 'nan'"),
    ],
)
def test_a_number_that_is_none_is_told_in_words(words: tuple[str, ...], said: str) -> None:
    refused(kaigraph(*words), 2, said)
