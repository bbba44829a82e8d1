"""What Cypher could trip on, in every position that somebody reaches: kept and found exactly, executed never."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, serialize

from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.neo4j import Neo4jAnswers
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.mapping import mapping_of
from kaigraph.loaders.neo4j.store import Neo4jStore, open_neo4j
from kaigraph.loaders.pipeline import Inputs, Prepared, prepare
from kaigraph.loaders.sqlite.store import open_store
from tests.neo4j_.conftest import wipe

NS = "http://e.org/x#"
#: Local names that an IRI may have; a backquote and a backslash are no part of any.
NAMES = [
    "A'B", "C);MATCH(n)DETACH", "Du0060E", "%60F", "가나", "$(G)", "H-(r)-(i)",
    "J//k", "Lim/*m*/", "MATCH", "｀N", "O\u2028P", "Q.r", "1S", "__T", "U:V", "W=~X", "nuｌｌ",
]  # fmt: skip
#: Texts can be anything.
TEXTS = [
    "`}) DETACH DELETE n //", "' OR 1=1 //", "'}) MATCH (n) DETACH DELETE n //", '"', "\\", "\\'", "\\u0060", "\\u0027",
    "\\u005cu0060", "\\\\u0060", "$data", "${x}", "$(x)", "\u0000", "\u2028", "// x", "/* x */", "%s", "{0}", "\ufeff",
    ":param x => 1", "CALL db.labels()", "}] AS data //", "😀`'\"\\",
]  # fmt: skip
OWL, RDF, RDFS = (
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
)
SH, XSD = "http://www.w3.org/ns/shacl#", "http://www.w3.org/2001/XMLSchema#"


def _n(iri: str) -> NamedNode:
    return NamedNode(iri)


def _classes() -> Iterator[Quad]:
    for i, name in enumerate(NAMES):
        yield Quad(_n(NS + name), _n(RDF + "type"), _n(OWL + "Class"))
        yield Quad(_n(NS + name), _n(RDFS + "label"), Literal(TEXTS[i], language="en"))
        for kind, what in (("v", "Datatype"), ("o", "Object")):
            yield Quad(_n(f"{NS}{kind}{name}"), _n(RDF + "type"), _n(f"{OWL}{what}Property"))


def _shapes() -> Iterator[Quad]:
    for i, name in enumerate(NAMES):
        shape, value, link = _n(f"{NS}Shape{i}"), BlankNode(f"v{i}"), BlankNode(f"o{i}")
        yield Quad(shape, _n(RDF + "type"), _n(SH + "NodeShape"))
        yield Quad(shape, _n(SH + "targetClass"), _n(NS + name))
        for node, kind in ((value, "v"), (link, "o")):
            yield Quad(shape, _n(SH + "property"), node)
            yield Quad(node, _n(SH + "path"), _n(f"{NS}{kind}{name}"))
        yield Quad(value, _n(SH + "datatype"), _n(XSD + "string"))
        yield Quad(value, _n(SH + "maxCount"), Literal(1))
        yield Quad(link, _n(SH + "class"), _n(NS + NAMES[i - 1]))


def _data() -> Iterator[Quad]:
    """Each class has a thing for each text, each points to one of the class before."""
    for i, name in enumerate(NAMES):
        for j, text in enumerate(TEXTS):
            thing = _n(f"urn:{name}:{j}")
            yield Quad(thing, _n(RDF + "type"), _n(NS + name))
            yield Quad(thing, _n(f"{NS}v{name}"), Literal(text))
            yield Quad(thing, _n(f"{NS}o{name}"), _n(f"urn:{NAMES[i - 1]}:{j}"))
            yield Quad(thing, _n(RDFS + "label"), Literal(text, language="en"))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("unsafe")
    paths: dict[str, tuple[Path, ...]] = {}
    for name, quads in (("ontology", _classes()), ("shapes", _shapes()), ("data", _data())):
        path: Path = folder / f"{name}.nt"
        path.write_bytes(serialize((q.triple for q in quads), format=RdfFormat.N_TRIPLES) or b"")
        paths[name] = (path,)
    found = prepare(Inputs(paths["ontology"], paths["shapes"], paths["data"]))
    assert not found.report.blocks
    return found


@pytest.fixture(scope="module")
def store(target: Target, prepared: Prepared) -> Iterator[Neo4jStore]:
    wipe(target)
    found = open_neo4j(target, prepared.model, "write")
    found.load(prepared.resolved)
    yield found
    found.close()


@pytest.fixture(scope="module")
def engines(store: Neo4jStore, prepared: Prepared) -> tuple[Engine, Engine]:
    embedded = open_store(":memory:", prepared.model, "write")
    embedded.load(prepared.resolved)
    api = derive_api(prepared.model)
    schema = build_schema(api)._schema
    return tuple(Engine(prepared.model, api, schema, s) for s in (Neo4jAnswers(store), Embedded(embedded)))  # type: ignore[return-value]  # two of them


def test_it_is_kept_exactly(store: Neo4jStore, prepared: Prepared) -> None:
    wanted = sorted(map(str, prepared.resolved.dataset.quads))
    assert sorted(map(str, store.quads())) == wanted
    assert sorted(map(str, store.triples())) == wanted


def test_names_have_nothing_that_ends_a_name(prepared: Prepared) -> None:
    mapping = mapping_of(prepared.model)
    names = [*mapping.labels.values(), *mapping.types.values(), *mapping.keys.values(), *mapping.contracted.values()]
    assert len(names) > 3 * len(NAMES)
    assert all(name.isidentifier() for name in names), names


@pytest.mark.parametrize("name", NAMES[::3])
def test_it_is_found_exactly_and_executed_never(
    engines: tuple[Engine, Engine], store: Neo4jStore, prepared: Prepared, name: str
) -> None:
    """As a value, a part of one, one of several, a label, an id and a cursor; in the text of no statement."""
    api = derive_api(prepared.model)
    cls = prepared.model.classes[NS + name]
    field = next(f.name for f in cls.fields if f.property.iri == f"{NS}v{name}")
    link = next(f.name for f in cls.fields if f.property.iri == f"{NS}o{name}")
    root = next(f.name for f in api.types[api.query].fields.values() if f.cls == NS + name)
    where = f"{api.object_of[NS + name]}Where"
    text = f"""query ($w: {where}, $id: ID!, $ids: [ID!]!) {{
        {root}(where: $w) {{ totalCount nodes {{ id label {field} {link} {{ nodes {{ id }} }} }} }}
        node(id: $id) {{ id label }} nodes(ids: $ids) {{ id label }} }}"""
    for j, value in enumerate(TEXTS):
        for test in ({field: {"eq": value}}, {field: {"contains": value}}, {field: {"in": [value, "x"]}},
                     {"label": {"eq": value}}, {"id": {"in": [value, f"urn:{name}:{j}"]}}):  # fmt: skip
            given = {"w": test, "id": value, "ids": [value, f"urn:{name}:{j}"]}
            request = Operation(text, given)
            found, other = (engine.answer(request) for engine in engines)
            assert found.body == other.body
            data = json.loads(found.body)["data"]
            if "label" not in test:  # a text of blanks is nobody's label
                assert {n["id"]: n[field] for n in data[root]["nodes"]}[f"urn:{name}:{j}"] == value
            assert data["node"] is None
            assert [n and n["id"] for n in data["nodes"]] == [None, f"urn:{name}:{j}"]
            statement = engines[0].prepare(request)[0].statement
            assert not any(t in statement for t in TEXTS if len(t) > 6)
        cursor = Operation(f"query ($c: String) {{ {root}(after: $c) {{ totalCount }} }}", {"c": value})
        assert engines[0].answer(cursor).status == 400
    assert store.info().nodes == len(NAMES) * (len(TEXTS) + 1) + 1  # things, their classes, the source
