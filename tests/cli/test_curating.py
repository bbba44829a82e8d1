"""The curator's way: a template, a watch, what a source does to the graph, and what of it is still missing."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, parse

from kaigraph.cli.watch import watch
from kaigraph.loaders.curating.paragraphs import paragraphs, read_text
from kaigraph.loaders.curating.template import next_number
from kaigraph.loaders.pipeline import Inputs
from kaigraph.loaders.resolving.finer import are_refinements
from kaigraph.loaders.resolving.values import Values
from kaigraph.ontology import DEFAULT_ONTOLOGY
from kaigraph.ontology.datatypes.edtf import EDTF
from kaigraph.ontology.terms import XSD
from kaigraph.shapes import DEFAULT_SHAPES
from tests.cli.command import Ran, kaigraph

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "examples" / "new-source"
FOREIGN = ROOT / "tests" / "foreign"
ARTICLES = ROOT.parent / "shared" / "sources"
CORE = "https://w3id.org/kaigraph/core#"
HEADER = """\
@prefix core: <https://w3id.org/kaigraph/core#> .
@prefix kai: <https://w3id.org/kaigraph/ontology#> .
@prefix kg: <https://w3id.org/kaigraph/id/> .
@prefix claim: <https://w3id.org/kaigraph/claim/> .
@prefix source: <https://w3id.org/kaigraph/source/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DATE = '"https://w3id.org/kaigraph/ontology#date"^^xsd:anyURI'


def source(name: str, *claims: str, paragraphs: int = 3) -> str:
    """A file of claims: the n-th stands in paragraph 1 and is called by a letter."""
    said = (
        f'source:{name} a core:Source ; core:published "2025-01-01"^^edtf:EDTF ; core:paragraphCount {paragraphs} .\n'
    )
    for letter, body in zip("abcdefgh", claims, strict=False):
        said += f"claim:{name}-{letter} a core:Claim ; core:source source:{name} ; core:paragraph 1 ;"
        said += f" core:certainty core:stated . claim:{name}-{letter} {{ {body} }}\n"
    return HEADER + said


def editors(*claims: str) -> str:
    said = HEADER + "source:editors a core:EditorialSource .\n"
    for number, body in enumerate(claims):
        said += f"claim:ed-{number} a core:Claim ; core:source source:editors ; core:certainty core:stated ."
        said += f" claim:ed-{number} {{ {body} }}\n"
    return said


def ranking(claim: str, rank: str) -> str:
    return (
        f"claim:{claim} core:ranking [ a core:Ranking ; core:onProperty {DATE} ; core:rank core:{rank} ; "
        'core:reason "Because."@en , "그래서."@ko ] .'
    )


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., list[str]]:
    """Writes files by name, and gives them as `--data`."""

    def write(**files: str) -> list[str]:
        for name, body in files.items():
            (tmp_path / f"{name}.trig").write_text(body, encoding="utf-8")
        return ["--data", str(tmp_path)]

    return write


# --- new-source


def test_a_template_parses_conforms_and_holds_nothing_of_the_text(tmp_path: Path) -> None:
    ran = kaigraph("new-source", str(EXAMPLE / "article.txt"), "--id", "x", "--output", str(tmp_path / "x.trig"))
    assert ran.code == 0, ran.err
    assert "core:published" in ran.out
    body = (tmp_path / "x.trig").read_text(encoding="utf-8")
    for line in paragraphs((EXAMPLE / "article.txt").read_text(encoding="utf-8")):
        assert " ".join(line.split()[:3]) not in body
    said = {q.predicate.value.removeprefix(CORE): q.object for q in parse(path=tmp_path / "x.trig")}
    digest = sha256((EXAMPLE / "article.txt").read_bytes()).hexdigest().upper()
    assert said["sha256"] == Literal(digest, datatype=NamedNode(XSD + "hexBinary"))
    assert said["paragraphCount"] == Literal(6)
    assert "published" not in said
    for data in ([str(tmp_path)], [str(ROOT / "data"), str(tmp_path)]):
        assert kaigraph("validate", "--data", *data).code == 0


def test_the_sketches_of_a_template_are_claims_once_they_are_no_comments(tmp_path: Path) -> None:
    path = tmp_path / "x.trig"
    kaigraph("new-source", str(EXAMPLE / "article.txt"), "--id", "x", "--output", str(path), "--published", "2025-03")
    body = path.read_text(encoding="utf-8")
    head, rest = body[: body.index("####")], body[body.index("####") :]
    sketch = "\n".join(
        line.removeprefix("# ") for line in rest.splitlines() if line.startswith(("# claim", "#  ", "# }"))
    )
    path.write_text(head + sketch.replace('""@en', '"One."@en').replace('""@ko', '"하나."@ko'), encoding="utf-8")
    ran = kaigraph("validate", "--data", str(path))
    assert ran.code == 0, ran.out + ran.err
    covered = json.loads(kaigraph("coverage", "--json", "--data", str(path)).out)["sources"]
    assert covered[0]["paragraphs"] == {str(n): 1 for n in range(1, 7)}


def test_a_template_takes_the_next_number_and_never_overwrites(
    tmp_path: Path, folder: Callable[..., list[str]]
) -> None:
    data = folder(one=source("007"))
    (tmp_path / "data").mkdir()
    article = str(EXAMPLE / "article.txt")
    assert kaigraph("new-source", article, *data, cwd=tmp_path).code == 0
    written = tmp_path / "data" / "008.trig"
    before = written.read_text(encoding="utf-8")
    assert "source:008" in before
    again = kaigraph("new-source", article, "--id", "009", "--output", str(written), *data, cwd=tmp_path)
    assert (again.code, written.read_text(encoding="utf-8")) == (2, before)
    assert "already" in again.err


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        pytest.param(["--id", "000"], "already", id="taken"),
        pytest.param(["--id", "a b"], "no name", id="no-name"),
        pytest.param(["--published", "yesterday"], "EDTF", id="no-date"),
        pytest.param(["--output", "nowhere/x.trig"], "cannot write", id="no-folder"),
    ],
)
def test_a_template_refuses_what_it_cannot_mean(tmp_path: Path, arguments: list[str], word: str) -> None:
    ran = kaigraph("new-source", str(EXAMPLE / "article.txt"), *arguments, cwd=tmp_path)
    assert ran.code == 2
    assert word in ran.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("body", [b"", b" \n\n", b"\xff\xfe\x00"], ids=["empty", "blank", "binary"])
def test_a_text_that_is_none_is_refused(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "text.txt").write_bytes(body)
    assert kaigraph("new-source", "text.txt", "--output", "x.trig", cwd=tmp_path).code == 2
    assert kaigraph("new-source", "missing.txt", "--output", "x.trig", cwd=tmp_path).code == 2
    assert not (tmp_path / "x.trig").exists()


def test_a_template_of_another_domain_has_its_prefixes(tmp_path: Path) -> None:
    domain = ["--ontology", str(FOREIGN / "ontology.ttl"), "--shapes", str(FOREIGN / "shapes.ttl")]
    ran = kaigraph("new-source", str(EXAMPLE / "article.txt"), "--output", str(tmp_path / "x.trig"), *domain)
    assert ran.code == 0, ran.err
    assert kaigraph("validate", *domain, "--data", str(tmp_path / "x.trig")).code == 0
    assert "@prefix kai:" not in (tmp_path / "x.trig").read_text(encoding="utf-8")


def test_paragraphs_and_digests_are_those_of_the_data() -> None:
    """Where the articles lie beside the checkout."""
    known = {}
    for file in sorted((ROOT / "data").glob("0*.trig")):
        said = {q.predicate.value.removeprefix(CORE): q.object.value for q in parse(path=file) if "core#" in str(q)}
        known[said["sha256"]] = int(said["paragraphCount"])
    for article in ARTICLES.glob("*.txt"):
        text = read_text(article)
        assert known[text.sha256] == len(text.words)


@given(st.lists(st.text(alphabet=" \t\x0b\u2028ab가", max_size=4)), st.sampled_from(["\n", "\r\n", "\r"]))
def test_paragraphs_are_the_lines_that_are_not_blank(lines: list[str], end: str) -> None:
    assert paragraphs(end.join(lines)) == [line for line in lines if line.strip()]


@given(st.lists(st.integers(0, 2000).map("{:03d}".format)), st.lists(st.text(max_size=4)))
def test_the_next_number_is_new_and_as_wide(numbers: list[str], others: list[str]) -> None:
    given_next = next_number([*numbers, *(o for o in others if not o.isdigit())])
    assert given_next not in numbers
    assert len(given_next) >= 3
    assert int(given_next) == max(map(int, numbers), default=-1) + 1


# --- validate --watch


def test_a_watch_says_one_line_a_change_and_stops_when_interrupted(tmp_path: Path) -> None:
    file = tmp_path / "x.trig"
    changes: Iterator[Callable[[], object]] = iter(
        [
            lambda: None,
            lambda: file.write_text(source("x", "kg:a a kai:Nonsense ."), encoding="utf-8"),
            lambda: None,
            lambda: file.write_text("claim:", encoding="utf-8"),
            file.unlink,
            lambda: file.write_text(source("x"), encoding="utf-8"),
        ]
    )

    def pause() -> None:
        try:
            next(changes)()
        except StopIteration:
            raise KeyboardInterrupt from None

    lines: list[str] = []
    file.write_text(source("x", "source:x kai:machineTranslated true ."), encoding="utf-8")
    watch(Inputs((DEFAULT_ONTOLOGY,), (DEFAULT_SHAPES,), (file,)), "shacl", lines.append, pause)
    starts = ["conforms", "does not conform", "cannot be read", "cannot be read", "conforms"]
    assert [line.split(":")[0] for line in lines] == starts
    assert f"{file}:" in lines[1]
    assert all("\n" not in line for line in lines)


def test_a_watch_in_a_process_ends_with_ctrl_c(tmp_path: Path) -> None:
    file = tmp_path / "x.trig"
    file.write_text(source("x"), encoding="utf-8")
    command = [sys.executable, "-m", "kaigraph.cli.main", "validate", "--watch", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert "conforms" in process.stdout.readline()
            file.write_text(source("x", "kg:a a kai:Nonsense ."), encoding="utf-8")
            assert "does not conform" in process.stdout.readline()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate()
            assert (process.returncode, out, err) == (0, "", "")
        finally:
            process.kill()  # leaving the block waits for it


def test_a_watch_prints_text_alone() -> None:
    assert kaigraph("validate", "--watch", "--format", "json").code == 2


# --- diff


def compared(ran: Ran) -> dict[tuple[str, str, str], list[dict[str, Any]]]:
    """Kind, thing and property → values."""
    assert ran.code == 0, ran.err
    return {
        (change["kind"], thing["label"], change["property"].rsplit("#", 1)[-1]): change["values"]
        for thing in json.loads(ran.out)["things"]
        for change in thing["changes"]
    }


OLD = source(
    "old",
    "kg:m a kai:Meeting .",
    'kg:m kai:date "2025-02-20"^^edtf:EDTF .',
    "kg:m kai:ordinal 3 .",
    "kg:g a kai:Acquisition ; kai:quantity [ a kai:Quantity ; kai:number 10.0 ; kai:unit kai:gpu ] .",
)
LABELS = editors('kg:m skos:prefLabel "m"@en . kg:g skos:prefLabel "g"@en . kg:n skos:prefLabel "n"@en .')


def diff(tmp_path: Path, data: list[str], *names: str) -> dict[tuple[str, str, str], list[dict[str, Any]]]:
    return compared(kaigraph("diff", *(str(tmp_path / f"{n}.trig") for n in names), "--json", *data))


def test_what_is_new_and_what_is_confirmed(tmp_path: Path, folder: Callable[..., list[str]]) -> None:
    new = source(
        "new",
        "kg:m a kai:Meeting ; kai:ordinal 3 ; kai:organizer kg:n . kg:n a kai:Group .",
        "kg:g kai:quantity [ kai:unit kai:gpu ; kai:number 10.00 ; a kai:Quantity ] .",
    )
    data = folder(old=OLD, new=new, ed=LABELS)
    found = diff(tmp_path, data, "new")
    assert set(found) == {("confirmed", "m", "ordinal"), ("added", "m", "organizer"), ("confirmed", "g", "quantity")}
    ordinal = found["confirmed", "m", "ordinal"]
    assert [(v["claim"].rsplit("/")[-1], v["new"]) for v in ordinal] == [("new-a", True), ("old-c", False)]
    body = json.loads(kaigraph("diff", str(tmp_path / "new.trig"), "--json", *data).out)
    assert body["counts"] == {"things": 1, "added": 1, "confirmed": 2, "refined": 0, "contradicted": 0}
    text = kaigraph("diff", str(tmp_path / "new.trig"), *data).out
    assert "n <kg:n> (new: group)" in text
    assert "  + organizer: n   [claim:new-a]" in text


def test_a_contradiction_shows_both_sides_and_who_prevails(tmp_path: Path, folder: Callable[..., list[str]]) -> None:
    new = source("new", "kg:m a kai:Meeting .", 'kg:m kai:date "2025-10-20"^^edtf:EDTF .')
    data = folder(old=OLD, new=new, ed=LABELS, ranks=editors(ranking("new-b", "deprecated")).replace("ed-", "rank-"))
    found = diff(tmp_path, data, "new", "ranks")
    values = found["contradicted", "m", "date"]
    assert ("added", "m", "date") not in found
    assert {(v["value"], v["rank"], v["taken"], v["new"]) for v in values} == {
        ("2025-02-20", "normal", True, False),
        ("2025-10-20", "deprecated", False, True),
    }
    text = kaigraph("diff", str(tmp_path / "new.trig"), *data).out
    assert "     * 2025-02-20   claim:old-b, normal\n" in text
    assert "       2025-10-20   claim:new-b, deprecated: Because.\n" in text


def test_without_a_ranking_a_contradiction_is_undecided(tmp_path: Path, folder: Callable[..., list[str]]) -> None:
    data = folder(old=OLD, new=source("new", 'kg:m kai:date "2025-02"^^edtf:EDTF .'), ed=LABELS)
    ran = kaigraph("diff", str(tmp_path / "new.trig"), *data)
    assert ran.code == 0
    assert "! date: undecided" in ran.out
    assert kaigraph("validate", *data).code == 1


def test_a_ranked_value_within_another_is_a_refinement(tmp_path: Path, folder: Callable[..., list[str]]) -> None:
    ranks = editors(ranking("old-b", "preferred")).replace("ed-", "rank-")
    data = folder(old=OLD, new=source("new", 'kg:m kai:date "2025-02"^^edtf:EDTF .'), ed=LABELS, ranks=ranks)
    values = diff(tmp_path, data, "new", "ranks")["refined", "m", "date"]
    assert {(v["value"], v["taken"]) for v in values} == {("2025-02-20", True), ("2025-02", False)}


def test_neither_a_source_nor_the_editors_confirm_themselves(tmp_path: Path, folder: Callable[..., list[str]]) -> None:
    again = OLD.replace("claim:old-", "claim:more-")
    data = folder(old=OLD, again=again, ed=LABELS, new=editors("kg:m kai:ordinal 3 .").replace("ed-", "new-"))
    assert not diff(tmp_path, data, "again")
    assert not diff(tmp_path, data, "new")


def test_what_the_editors_alone_said_is_new(tmp_path: Path, folder: Callable[..., list[str]]) -> None:
    data = folder(ed=editors("kg:m kai:ordinal 3 ."), new=source("new", "kg:m a kai:Meeting ; kai:ordinal 3 ."))
    body = json.loads(kaigraph("diff", str(tmp_path / "new.trig"), "--json", *data).out)
    assert body["counts"]["things"] == 1
    assert [c["kind"] for thing in body["things"] for c in thing["changes"]] == ["added"]


def test_a_diff_of_nothing_new_or_of_everything(tmp_path: Path, folder: Callable[..., list[str]]) -> None:
    data = folder(old=OLD)
    everything = json.loads(kaigraph("diff", str(tmp_path / "old.trig"), "--json", *data).out)
    assert everything["counts"]["things"] == 2
    assert json.loads(kaigraph("diff", "old.trig", "--json", "--data", ".", cwd=tmp_path).out) == everything
    outside = tmp_path / "copy" / "old.trig"
    outside.parent.mkdir()
    outside.write_text(OLD, encoding="utf-8")
    nothing = kaigraph("diff", str(outside), "--json", "--data", str(tmp_path / "old.trig"))
    assert json.loads(nothing.out)["things"] == []
    assert kaigraph("diff", "missing.trig", *data).code == 1


def test_a_diff_of_plain_data(tmp_path: Path) -> None:
    (tmp_path / "more.ttl").write_text(
        '<http://example.org/zoo#x> <http://www.w3.org/2000/01/rdf-schema#label> "x" .', encoding="utf-8"
    )
    domain = ["--ontology", str(FOREIGN / "ontology.ttl"), "--shapes", str(FOREIGN / "shapes.ttl")]
    ran = kaigraph("diff", str(tmp_path / "more.ttl"), *domain, "--data", str(FOREIGN / "data.ttl"), "--json")
    assert json.loads(ran.out)["counts"] == {"things": 1, "added": 1, "confirmed": 0, "refined": 0, "contradicted": 0}


def test_the_example_shows_all_four_kinds() -> None:
    names = ("practice.trig", "editors-practice.trig")
    body = json.loads(kaigraph("diff", *(str(EXAMPLE / n) for n in names), "--json").out)
    assert all(body["counts"].values())


VALUES = Values([])


def literal(text: str, datatype: str) -> tuple[Literal, str]:
    return Literal(text, datatype=NamedNode(datatype)), "g"


@pytest.mark.parametrize(
    ("texts", "datatype", "refines"),
    [
        pytest.param(("2025", "2025-02", "2025-02-20"), EDTF + "EDTF", True, id="year-month-day"),
        pytest.param(("2025-02", "2025-03"), EDTF + "EDTF", False, id="months"),
        pytest.param(("2025-02-20/..", "2025-03-01"), EDTF + "EDTF", True, id="interval"),
        pytest.param(("2025-01/2025-03", "2025-02/2025-04"), EDTF + "EDTF", False, id="overlap"),
        pytest.param(("soon", "2025"), EDTF + "EDTF", False, id="no-date"),
        pytest.param(("1.5", "1.47"), XSD + "decimal", True, id="rounded"),
        pytest.param(("1.5", "1.57"), XSD + "decimal", False, id="not-rounded"),
        pytest.param(("160000000000.0", "157600000000.0"), XSD + "decimal", True, id="large"),
        pytest.param(("10000.0", "13000.0"), XSD + "decimal", False, id="one-digit"),
        pytest.param(("1.50", "1.5"), XSD + "decimal", False, id="equal"),
        pytest.param(("-1.5", "1.47"), XSD + "decimal", False, id="sign"),
    ],
)
def test_what_refines_what(texts: tuple[str, ...], datatype: str, refines: bool) -> None:
    assert are_refinements([literal(t, datatype) for t in texts], VALUES) == refines
    assert are_refinements([literal(t, datatype) for t in reversed(texts)], VALUES) == refines


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 3))
def test_a_rounded_number_is_never_a_contradiction_of_it(number: Decimal, places: int) -> None:
    rounded = round(number, places)
    digits = len(rounded.normalize().as_tuple().digits)
    values = [literal(f"{number:f}", XSD + "decimal"), literal(f"{rounded:f}", XSD + "decimal")]
    assert are_refinements(values, VALUES) == (digits > 1 and rounded != number)


# --- coverage


def test_every_paragraph_of_every_source_has_claims_or_a_note() -> None:
    covered = json.loads(kaigraph("coverage", "--json").out)["sources"]
    articles = [c for c in covered if not c["editorial"]]
    assert len(articles) >= 5
    for article in articles:
        assert article["paragraphCount"], article["source"]
        assert article["gaps"] == [], article["source"]
        assert set(article["paragraphs"]) | set(article["skipped"]) == {
            str(n) for n in range(1, article["paragraphCount"] + 1)
        }
        for reason in article["skipped"].values():
            assert set(reason) == {"en", "ko"}


def test_the_table_in_the_documents_is_current() -> None:
    shown = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    assert shown == kaigraph("coverage", "--markdown").out, "kaigraph coverage --markdown > docs/data.md"


def test_a_gap_is_named_and_a_note_explains_it(folder: Callable[..., list[str]]) -> None:
    said = source("x", "kg:m a kai:Meeting .", paragraphs=3)
    data = folder(x=said)
    ran = kaigraph("coverage", *data)
    assert ran.code == 0
    assert ran.out.endswith("for these paragraphs: source:x: 2, 3\n")
    note = 'source:x core:skips [ a core:SkippedParagraph ; core:paragraph 2 ; core:reason "Blank."@en , "빈칸."@ko ] .'
    folder(ed=editors(note))
    assert kaigraph("coverage", *data).out.endswith("source:x: 3\n")
    body = json.loads(kaigraph("coverage", "--json", *data).out)["sources"]
    assert [c["source"].rsplit("/")[-1] for c in body] == ["x", "editors"]
    assert body[0]["skipped"] == {"2": {"en": "Blank.", "ko": "빈칸."}}
    assert body[0]["kinds"] == {"https://w3id.org/kaigraph/ontology#Meeting": 1}
    assert "빈칸" in kaigraph("coverage", "--lang", "ko", *data).out


@pytest.mark.parametrize("number", [1, 4], ids=["has-claims", "is-not-there"])
def test_a_note_that_cannot_be_true_does_not_conform(number: int, folder: Callable[..., list[str]]) -> None:
    note = f'core:skips [ a core:SkippedParagraph ; core:paragraph {number} ; core:reason "Blank."@en , "빈칸."@ko ] .'
    data = folder(x=source("x", "source:x kai:machineTranslated true ."), ed=editors(f"source:x {note}"))
    for engine in ("shacl", "pyshacl"):
        ran = kaigraph("validate", "--engine", engine, *data)
        assert ran.code == 1
        assert "aragraph" in ran.out


def test_coverage_of_data_without_claims() -> None:
    domain = ["--ontology", str(FOREIGN / "ontology.ttl"), "--data", str(FOREIGN / "data.ttl")]
    assert json.loads(kaigraph("coverage", "--json", *domain).out) == {"sources": []}
    assert kaigraph("coverage", *domain).code == 0
