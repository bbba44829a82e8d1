"""What an analyst gets is what the server said, in Python's types; and what goes wrong says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaigraph.client import Client, DataChanged, QueryFailed, Unreachable
from kaigraph.client.shape import Shape
from kaigraph.client.values import typed
from kaigraph.graphql.engine import Operation
from kaigraph.loaders.graph import Dataset
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.loaders.sqlite.store import open_store
from kaigraph.ontology.errors import BadUse
from tests.questions.asking import FOLDER, engine
from tests.test_laws import PLAIN, SHIPPED, prepared, stored

QUESTIONS = sorted(FOLDER.glob("*.graphql"))
BOOKS = "{ books { totalCount nodes { label(lang: EN) pages year genre { __typename } } } }"
ANIMALS = """
query Animals($legs: Int) {
  found: animals(where: { legs: { gte: $legs } }, orderBy: [{ label: ASC }]) {
    totalCount
    ...All
  }
  dataset { sources { id } }
}
fragment All on AnimalConnection { items: nodes { id ... on Flyer { wingspan } } edges { node { id } } }
"""


@cache
def client() -> Client:
    return Client(engine())


@pytest.fixture(scope="module")
def zoo() -> Client:
    store = open_store(":memory:", prepared(PLAIN).model, "write")
    store.load(prepared(PLAIN).resolved)
    return Client(store)


def same(value: object, raw: object, shape: Shape) -> None:
    """Hold a typed value to the JSON that it came from."""
    if raw is None:
        assert value is None
    elif isinstance(raw, list):
        assert isinstance(value, list)
        assert len(value) == len(raw)
        for one, other in zip(value, raw, strict=True):
            same(one, other, shape.item)
    elif isinstance(raw, dict):
        assert isinstance(value, dict)
        assert list(value) == list(raw)
        for key, other in raw.items():
            same(value[key], other, shape.fields[key])
    else:
        same_leaf(value, raw, shape.scalar)


def same_leaf(value: object, raw: object, scalar: str) -> None:
    assert scalar, "the schema says of every leaf what it is"
    if isinstance(value, Decimal):
        assert scalar == "Decimal"
        assert format(value, "f") == raw
    elif isinstance(value, date):
        assert scalar in ("EDTF", "Date")
        assert value.isoformat() == raw
    else:
        assert value == (int(str(raw)) if scalar == "Integer" else raw)
        assert scalar != "Decimal"
        assert scalar not in ("EDTF", "Date") or len(str(raw)) != 10


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_every_question_has_the_answer_it_had(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    raw = json.loads(engine().answer(Operation(text)).body)
    result = client().query(text)
    same(result.data, raw["data"], result.shape)
    assert result.version == raw["extensions"]["dataVersion"]
    assert all(list(row) == list(result.columns()) for row in result.rows())


def test_rows_are_flat_and_have_every_column(zoo: Client) -> None:
    result = zoo.query("{ animals { nodes { id ... on Duck { mother { id label(lang: EN) } } label(lang: KO) } } }")
    rows = result.rows()
    assert all(list(row) == ["id", "mother.id", "mother.label", "label"] for row in rows)
    by_id = {row["id"].rsplit("/", 1)[-1]: row for row in rows}
    assert by_id["donald"]["mother.id"].endswith("hortense")
    assert by_id["wanda"]["mother.id"] is None
    assert result.rows("animals.nodes") == rows


def test_a_list_by_its_name(zoo: Client) -> None:
    result = zoo.query("{ animals { totalCount nodes { id } } books { nodes { id pages } } }")
    assert [row["pages"] for row in result.rows("books.nodes")] == [312, 88]
    for wrong in ("books", "nothing", "books.nodes.id"):
        with pytest.raises(BadUse) as refused:
            result.rows(wrong)
        assert refused.value.hint == "there is animals.nodes, books.nodes"
    single = zoo.query("{ books { totalCount } }")
    assert single.rows() == [{"books.totalCount": 2}]


def test_numbers_and_dates_are_exact(zoo: Client) -> None:
    (row,) = zoo.query(
        '{ node(id: "http://example.org/id/donald") { ... on Duck { born wingspan tame legs } } }'
    ).rows()
    assert row == {
        "node.born": date(2019, 6, 9),
        "node.wingspan": Decimal("0.90"),
        "node.tame": True,
        "node.legs": 2,
    }
    assert str(row["node.wingspan"]) == "0.90"


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_decimal_keeps_its_digits(number: Decimal) -> None:
    text = format(number, "f")
    value = typed(text, Shape("Decimal"))
    assert isinstance(value, Decimal)
    assert format(value, "f") == text


@given(st.dates(), st.sampled_from(["", "?", "~", "/..", "Z", "T00:00:00"]))
def test_a_day_is_a_date_only_if_it_says_a_day(day: date, more: str) -> None:
    assert typed(day.isoformat() + more, Shape("EDTF")) == (day if not more else day.isoformat() + more)


@pytest.mark.parametrize(
    ("scalar", "raw", "value"),
    [
        ("EDTF", "2025-02", "2025-02"),
        ("EDTF", "2025", "2025"),
        ("EDTF", "0000-01-01", "0000-01-01"),
        ("Date", "2025-02-20", date(2025, 2, 20)),
        ("Date", "2025-02-20+09:00", "2025-02-20+09:00"),
        ("DateTime", "2025-01-02T03:04:05Z", datetime.fromisoformat("2025-01-02T03:04:05+00:00")),
        ("DateTime", "2025-01-02T03:04:05.1234567Z", "2025-01-02T03:04:05.1234567Z"),
        ("DateTime", "2025-01-02T24:00:00", "2025-01-02T24:00:00"),
        ("Integer", "12345678901234567890", 12345678901234567890),
        ("Integer", "x", "x"),
        ("Integer", "9" * 5000, "9" * 5000),
        ("Decimal", "NaN", "NaN"),
        ("Decimal", "1e5", "1e5"),
        ("Decimal", "１", "１"),
        ("Float", 0.1, 0.1),
        ("String", "007", "007"),
        ("", "007", "007"),
    ],
)
def test_what_is_not_exact_stays_text(scalar: str, raw: object, value: object) -> None:
    assert typed(raw, Shape(scalar)) == value


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_pages_hold_what_one_page_holds(zoo: Client, size: int) -> None:
    whole = zoo.query(ANIMALS, {"legs": 0})
    pages = list(zoo.paged(ANIMALS, {"legs": 0}, size=size))
    assert [item for page in pages for item in page.rows("found.items")] == whole.rows("found.items")
    assert all(len(page.rows("found.items")) <= size for page in pages)
    assert len(pages) == -(-whole.data["found"]["totalCount"] // size)
    joined = zoo.every(ANIMALS, {"legs": 0}, size=size)
    assert (joined.data, joined.shape) == (whole.data, whole.shape)
    assert len(whole.rows("found.items")) > 2


def test_a_list_that_is_skipped_has_no_pages(zoo: Client) -> None:
    text = "query Q($no: Boolean!) { books @skip(if: $no) { nodes { id } } dataset { version } }"
    assert [page.rows() for page in zoo.paged(text, {"no": True})] == [[]]
    assert len(zoo.every(text, {"no": False}).rows()) == 2


def test_its_own_first_counts(zoo: Client) -> None:
    assert [len(page.rows()) for page in zoo.paged("{ books(first: 1) { nodes { id } } }")] == [1, 1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{ dataset { version } }", "the operation has 0"),
        ("{ a: books { totalCount } b: books { totalCount } }", "the operation has 2"),
        ('{ books(after: "x") { nodes { id } } }', "cursor already"),
        ("query A { dataset { version } } query B { dataset { version } }", "not clear which"),
    ],
)
def test_what_has_no_pages(zoo: Client, text: str, message: str) -> None:
    with pytest.raises(BadUse, match=message):
        list(zoo.paged(text))


def test_pages_are_never_of_two_data_versions() -> None:
    store = open_store(":memory:", prepared(PLAIN).model, "write")
    store.load(prepared(PLAIN).resolved)
    pages = Client(store).paged(ANIMALS, {"legs": 0}, size=1)
    assert next(pages).rows()
    kept = [q for q in prepared(PLAIN).resolved.dataset.quads if "crow" not in str(q.subject)]
    store.load(resolve(Dataset(tuple(kept), {}, {}, is_claims=False, source="http://source/"), store.model))
    with pytest.raises(DataChanged) as changed:
        next(pages)
    assert "begin again" in changed.value.hint


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("{ bok { id } }", "GRAPHQL_VALIDATION_FAILED", ""),
        ("{ books {", "GRAPHQL_PARSE_FAILED", ""),
        ('{ books(after: "x") { nodes { id } } }', "BAD_CURSOR", "use cursors as the API gives them"),
    ],
)
def test_an_error_of_the_server_is_an_exception(zoo: Client, text: str, code: str, hint: str) -> None:
    with pytest.raises(QueryFailed) as failed:
        zoo.query(text)
    assert failed.value.code == code
    assert failed.value.hint == hint
    assert failed.value.message
    assert failed.value.errors


@dataclass
class Served:
    """A server that answers as it is told, and what it was sent."""

    port: int
    sent: list[dict[str, Any]] = field(default_factory=list)
    canned: list[tuple[int, bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/graphql"


@pytest.fixture
def served() -> Iterator[Served]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            told.sent.append({"body": json.loads(body), "headers": {k.lower(): v for k, v in self.headers.items()}})
            status, answer = told.canned.pop(0) if told.canned else real(json.loads(body))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told = Served(server.server_address[1])
    Thread(target=server.serve_forever, daemon=True).start()
    yield told
    server.shutdown()
    server.server_close()


def real(request: dict[str, Any]) -> tuple[int, bytes]:
    answer = engine().answer(Operation(request["query"], request["variables"], request["operationName"]))
    return answer.status, answer.body


def test_over_http_as_in_this_process(served: Served) -> None:
    text = (FOLDER / "Q025.graphql").read_text(encoding="utf-8")
    far = Client(served.url, headers={"Authorization": "Bearer x"})
    assert far.query(text).data == client().query(text).data
    assert far.query(text).data == client().query(text).data
    assert len(served.sent) == 3, "the schema is asked for once"
    assert all(request["headers"]["authorization"] == "Bearer x" for request in served.sent)
    assert "application/graphql-response+json" in served.sent[0]["headers"]["accept"]
    with pytest.raises(QueryFailed) as failed:
        far.query("{ nothing }")
    assert failed.value.code == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize("canned", [(200, b"<html>"), (200, b"[]"), (502, b""), (200, b'{"a": 1}'), (200, b"\xff")])
def test_what_is_no_kaigraph_is_told(served: Served, canned: tuple[int, bytes]) -> None:
    served.canned.append(canned)
    with pytest.raises(Unreachable) as failed:
        Client(served.url).query("{ dataset { version } }")
    assert failed.value.where == served.url
    assert failed.value.hint


def test_nobody_there() -> None:
    with pytest.raises(Unreachable, match="no answer"):
        Client("http://127.0.0.1:1/graphql").query("{ dataset { version } }")
    with pytest.raises(BadUse, match="no address"):
        Client("file:///etc/passwd")


def test_a_language_and_a_day_beside_each_operation(served: Served) -> None:
    """Over HTTP as headers, in this process as parts of the operation."""
    far = Client(served.url, language="ko", as_of=date(2025, 2, 22), headers={"Accept-Language": "ko-KR"})
    far.query("{ dataset { version } }")
    sent = served.sent[-1]["headers"]
    assert (sent["accept-language"], sent["accept-datetime"]) == ("ko-KR", "2025-02-22"), "what is said by hand counts"
    near = Client(stored(SHIPPED), language="ko", as_of=date(2025, 2, 22))
    sources = near.query("{ sources(where: {published: {isNull: false}}, orderBy: {id: ASC}) { nodes { label } } }")
    assert [row["label"][:6] for row in sources.rows()] == ["000 기사", "002 기사", "003 기사"]
