"""GraphiQL in a real Chromium: it loads, knows the schema, answers, and asks nobody but the server it came from.

`python tests/web/look.py FILE.png` shows what these tests see. Debian's package `chromium` is all they need.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.http import Application
from kaigraph.web.examples import derived_examples, shipped_examples
from kaigraph.web.mount import Assets, graphiql
from kaigraph.web.page import Settings
from tests.graphql_ import foreign
from tests.web.chromium import Browser, chromium
from tests.web.served import served, serving

READY = "document.querySelectorAll('.graphiql-explorer-node').length > 20 && !!globalThis.__MONACO"
RESPONSE = "document.querySelector('.graphiql-response')?.innerText ?? ''"
VALUES = "__MONACO.editor.getModels().map(m => [m.uri.path, m.getValue()])"
MARKS = "__MONACO.editor.getModelMarkers({}).map(m => m.message)"


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, origin: str) -> Iterator[Browser]:
    """The page, ready for use; afterwards: nobody else was asked, and nothing was complained of."""
    browser.open(f"{origin}/graphql")
    browser.wait_for(READY)
    yield browser
    browser.evaluate("0")  # whatever the browser has to say has been said before its answer
    assert browser.complaints == []
    elsewhere = [r for r in browser.requests if not r.startswith((f"{origin}/", "data:"))]
    assert elsewhere == []


def query_text(page: Browser) -> str:
    """What stands in the editor."""
    texts: dict[str, str] = dict(page.evaluate(VALUES))
    return next(text for path, text in texts.items() if path.endswith("operation.graphql"))


def headers_text(page: Browser) -> str:
    """What stands in the Headers pane."""
    texts: dict[str, str] = dict(page.evaluate(VALUES))
    return next(text for path, text in texts.items() if path.endswith("request-headers.json"))


def test_the_first_example_runs_in_both_languages(page: Browser) -> None:
    assert query_text(page) == shipped_examples()[0].query
    page.click(".graphiql-execute-button")
    page.wait_for(f"({RESPONSE}).includes('totalCount')")
    assert '"errors"' not in page.evaluate(RESPONSE)
    page.click("[aria-label='Labels in KO']")
    page.wait_for(f"/[가-힣]/.test({RESPONSE})")
    assert page.evaluate("document.querySelector('.kaigraph-language').innerText") == "KO"
    assert json.loads(headers_text(page)) == {"Accept-Language": "ko"}, "what the button does can be seen"


def test_a_day_of_the_past(page: Browser) -> None:
    editor = "__MONACO.editor.getModels().find(m => m.uri.path.endsWith('operation.graphql'))"
    page.evaluate(f"{editor}.setValue('query Chips {{ dataset {{ version }} }}')")  # an answer seen whole
    field = "document.querySelector('.kaigraph-day input')"
    page.evaluate(f"""{{
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call({field}, '2025-02-21');
        {field}.dispatchEvent(new Event('input', {{bubbles: true}}));
    }}""")
    page.wait_for(f"/asOf[^]*2025-02-21/.test({RESPONSE})")
    assert json.loads(headers_text(page))["Accept-Datetime"] == "2025-02-21"


def test_every_example_has_a_tab_and_an_entry(page: Browser) -> None:
    names = [example.query.split("query ")[1].split("(")[0].split(" ")[0] for example in shipped_examples()]
    tabs = "[...document.querySelectorAll('.graphiql-tab-button')].map(e => e.innerText)"
    assert page.evaluate(tabs) == names
    page.click("[aria-label='Show Examples']")
    page.wait_for(f"document.querySelectorAll('.kaigraph-examples button').length == {len(names)}")
    page.click(".kaigraph-examples button:nth-of-type(3)")
    page.wait_for(f"document.querySelector('.graphiql-tab-active')?.innerText == {json.dumps(names[2])}")
    assert page.evaluate(tabs) == names, "an example that is open is not opened again"
    assert query_text(page) == shipped_examples()[2].query


def test_the_editor_knows_the_schema(page: Browser) -> None:
    editor = "__MONACO.editor.getModels().find(m => m.uri.path.endsWith('operation.graphql'))"
    page.evaluate(f"{editor}.setValue('{{ nothingOfThisName }}')")
    page.wait_for(f"({MARKS}).some(m => m.includes('nothingOfThisName'))")
    page.evaluate(f"{editor}.setValue({json.dumps(shipped_examples()[0].query)})")
    page.wait_for(f"({MARKS}).length == 0")
    assert any("graphql.worker" in request for request in page.requests), "what workers ask for is seen too"


def sent(page: Browser, request_id: str) -> bool:
    """Whether the page sends a request of this id, sooner or later."""
    ids: list[str | None] = []
    for _ in range(200):
        ids = [headers.get("X-Request-Id") for headers in page.sent_headers]
        if request_id in ids:
            break
        page.evaluate("new Promise(done => setTimeout(done, 100))")
    return request_id in ids


def test_a_foreign_domain_has_examples_and_headers_of_its_own(browser: Browser) -> None:
    examples = derived_examples(derive_api(foreign.prepared().model))
    settings = Settings("zoo", "foreign", examples, {"X-Request-Id": "by-default"})
    with served(Application(foreign.engine(), page=graphiql(settings), routes=[Assets()])) as address:
        browser.open(f"{address}/graphql")
        browser.wait_for("document.querySelectorAll('.graphiql-explorer-node').length > 5 && !!globalThis.__MONACO")
        for tab in range(len(examples)):
            browser.evaluate(f"document.querySelectorAll('.graphiql-tab-button')[{tab}].click()")
            browser.evaluate("new Promise(done => setTimeout(done, 500))")  # GraphiQL learns the name a little later
            browser.click(".graphiql-execute-button")
            browser.wait_for(f"/dataVersion|errors/.test({RESPONSE})")
            assert '"errors"' not in browser.evaluate(RESPONSE)
        assert sent(browser, "by-default")
        pane = "__MONACO.editor.getModels().find(m => m.uri.path.endsWith('request-headers.json'))"
        browser.evaluate(f"""{pane}.setValue('{{"X-Request-Id": "by-hand"}}')""")
        browser.click(".graphiql-execute-button")
        assert sent(browser, "by-hand")
        assert browser.complaints == []
