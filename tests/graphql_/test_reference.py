from __future__ import annotations

from collections import Counter

from graphql import parse, validate
from hypothesis import HealthCheck, given, settings

from kaigraph.graphql.derive import derive_api
from kaigraph.graphql import plan
from kaigraph.loaders.graph import Resolved
from tests.graphql_.graphs import graphs
from tests.graphql_.models import SMALL
from tests.graphql_.operations import PARTS, Made, operations
from tests.graphql_.reference import Graph, Reference, Rules, bare_schema

API = derive_api(SMALL)
SCHEMA = bare_schema(API)
SEEN: Counter[str] = Counter()


@settings(max_examples=200, deadline=None)
@given(operations(API), graphs(SMALL))
def test_x(made: Made, g: Resolved) -> None:
    errors = validate(SCHEMA, parse(made.text))
    assert not errors, (errors, made)
    SEEN.update(made.parts)
    import json
    rules = Rules(lambda graph,n,l: n, lambda o,r,k,n: json.dumps([*k,n]), lambda t,o,r: tuple(json.loads(t)))
    ref = Reference(SMALL, API, Graph(SMALL, g), rules)
    ref.schema = SCHEMA
    r = ref.execute(made.text, made.variables)
    assert not r.errors, (r.errors, made)


def test_cov() -> None:
    print(SEEN)
    assert set(SEEN) >= PARTS, PARTS - set(SEEN)
