"""The page and its files as values, with the bundle and without it."""

from __future__ import annotations

import json
import re
import runpy
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaigraph.graphql.http.reply import Refused
from kaigraph.graphql.http.routes import Asked
from kaigraph.web import page as page_module
from kaigraph.web.examples import Example
from kaigraph.web.mount import Assets, graphiql
from kaigraph.web.page import CONTENT_SECURITY_POLICY, STATIC, Settings, asset, page

ROOT = Path(__file__).parents[2]
BUNDLE = runpy.run_path(str(ROOT / "deploy" / "bundle.py"))
STAMP = BUNDLE["STAMP"]

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SETTINGS = st.builds(
    Settings,
    title=TEXT,
    key=TEXT,
    examples=st.lists(st.builds(Example, TEXT, st.tuples(TEXT), TEXT), max_size=3).map(tuple),
    headers=st.dictionaries(TEXT, TEXT, max_size=3),
)


def test_the_bundle_is_there_and_of_these_sources() -> None:
    found = (STATIC / STAMP).read_text().strip() if (STATIC / STAMP).is_file() else "missing"
    assert found == BUNDLE["stamp_of"](BUNDLE["SOURCES"]), "run: KAIGRAPH_BUNDLE=required pip install --no-deps -e ."


def test_what_the_page_names_is_served_and_nothing_else() -> None:
    body = page(Settings()).body.decode()
    named = re.findall(r'(?:src|href)="([^"]*)"', body)
    assert len(named) == 4
    for address in named:
        assert address == "data:," or asset(address.removeprefix("assets/")), address
    for name in ("", "manifest.json", STAMP, "../page.py", "..", "page.html", "%2e%2e/page.py"):
        assert asset(name) is None
        with pytest.raises(Refused):
            Assets().respond(Asked(f"/assets/{name}", "", ""))


def test_every_file_is_served_under_a_name_of_its_content() -> None:
    for path in STATIC.iterdir():
        found = asset(path.name)
        if found is not None:
            assert found.immutable
            assert found.body == path.read_bytes()
            assert re.search(r"-[0-9A-Za-z]{8}\.", path.name), path.name
    served = {path.name for path in STATIC.iterdir() if asset(path.name)}
    assert {path.name for path in STATIC.iterdir()} - served == {"manifest.json", STAMP}


def test_licences_of_what_is_bundled_stand_beside_it() -> None:
    name = json.loads((STATIC / "manifest.json").read_text())["licences"]
    found = asset(name)
    assert found is not None
    text = found.body.decode()
    for package in ("graphiql 5", "react 19", "monaco-editor 0", "graphiql-explorer 0"):
        assert f"\n{package}" in f"\n{text}"


def test_nothing_from_elsewhere_may_run() -> None:
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["worker-src"] == rules["connect-src"] == "'self'"
    assert ":" not in CONTENT_SECURITY_POLICY.replace("data:", "")
    reply = graphiql(Settings())()
    assert (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()) in reply.headers


@given(SETTINGS)
def test_settings_arrive_whatever_they_say(settings: Settings) -> None:
    body = page(settings).body.decode()
    found = re.search(r'<script id="settings" type="application/json">(.*?)</script>', body, re.S)
    assert found is not None
    assert "<" not in found[1]
    read = json.loads(found[1])
    assert (read["title"], read["key"], read["headers"]) == (settings.title, settings.key, settings.headers)
    assert [e["query"] for e in read["examples"]] == [e.query for e in settings.examples]
    title = re.search(r"<title>(.*?) · GraphiQL</title>", body, re.S)
    assert title is not None
    assert unescape(title[1]) == settings.title


def test_without_the_bundle_the_page_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "_manifest", dict)
    example = Example("x", ("Is a < b?",), '{ a(b: "<i>") }')
    body = page(Settings("A & B", "k", (example,))).body.decode()
    assert "KAIGRAPH_BUNDLE=required pip install" in body
    assert "<h1>A &amp; B answers GraphQL here</h1>" in body
    assert "Is a &lt; b?" in body
    assert "{ a(b: &quot;&lt;i&gt;&quot;) }" in body
    assert "<script" not in body
