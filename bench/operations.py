"""What is asked of the made data (`made.py`), in GraphQL: one list of operations for every bench.

An operation is asked with other values each time, so that no answer is measured that lies ready somewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from made import ID, STATES, Counts

Values = Mapping[str, object]

_SPREAD = 7919  # a prime: neighbours in time are not neighbours in the data


@dataclass(frozen=True, slots=True)
class Asked:
    """An operation: its GraphQL, and the variables of its n-th run on data with so many nodes of each class."""

    name: str
    text: str
    variables: Callable[[Counts, int], Values]


def _none(_counts: Counts, _n: int) -> Values:
    return {}


def _picked(n: int, size: int) -> int:
    return n * _SPREAD % size


def _work(counts: Counts, n: int) -> Values:
    return {"id": f"{ID}work-{_picked(n, counts.work)}"}


def _region(counts: Counts, n: int) -> Values:
    return {"id": f"{ID}region-{_picked(n, counts.region)}"}


def _state(_counts: Counts, n: int) -> Values:
    return {"state": STATES[n % len(STATES)]}


def _part(counts: Counts, n: int) -> Values:
    return {"code": f"P-{_picked(n, counts.part):07}"}


def _size(_counts: Counts, n: int) -> Values:
    return {"size": _picked(n, 90_000)}


ONE_NODE = Asked(
    "one node",
    "query ($id: ID!) { node(id: $id) { ... on Work { label code title size price made rating state } } }",
    _work,
)
LIST = Asked(
    "list of 100, filter, order",
    """query ($state: String!) {
      works(first: 100, where: {state: {eq: $state}}, orderBy: [{code: ASC}]) {
        nodes { code title size price state } } }""",
    _state,
)
RELATIONS = Asked(
    "100 x 3 relations x 5",
    """{ works(first: 100, orderBy: [{code: ASC}]) { nodes { code
        maker { label code }
        parts(first: 5) { nodes { label code } }
        tags(first: 5) { nodes { label } } } } }""",
    _none,
)
LEVELS = Asked(
    "four levels",
    """query ($id: ID!) { node(id: $id) { ... on Region { label
        places(first: 5) { nodes { label
          makers(first: 5) { nodes { label
            works(first: 5) { nodes { code title } } } } } } } } }""",
    _region,
)
SOME = Asked(
    "nested filter (some)",
    """query ($code: String!) {
      works(where: {parts: {some: {code: {eq: $code}}}}) { nodes { code title } } }""",
    _part,
)
SUM = Asked(
    "nested sum",
    """{ makers(first: 20, orderBy: [{code: ASC}]) { nodes { label works { totalCount sum(of: SIZE) } } } }""",
    _none,
)
GROUPS = Asked("group by", "{ works { groups { state count sum(of: SIZE) } } }", _none)
TOTALS = Asked(
    "page, nested totals",
    """{ makers(first: 20, orderBy: [{code: ASC}]) { totalCount nodes { label
        works(first: 5, orderBy: [{size: DESC}]) { totalCount pageInfo { hasNextPage } nodes { code size } } } } }""",
    _none,
)

#: Those of the bench of Neo4j.
EIGHT = (ONE_NODE, LIST, RELATIONS, LEVELS, SOME, SUM, GROUPS, TOTALS)

FIELDS = Asked(
    "100 x 5 fields",
    "{ works(first: 100, orderBy: [{code: ASC}]) { nodes { code title size price state } } }",
    _none,
)
THREE = Asked(
    "three levels",
    """query ($id: ID!) { node(id: $id) { ... on Work { code
        maker { label place { label region { label } } } parts { nodes { label code } } } } }""",
    _work,
)
PAGE = Asked(
    "filter, order, page",
    """query ($size: Int!) {
      works(first: 20, where: {size: {gte: $size}}, orderBy: [{size: ASC}]) {
        totalCount pageInfo { hasNextPage endCursor } nodes { code size } } }""",
    _size,
)
KINDS = Asked(
    "interface with fragments",
    """{ things(first: 100, orderBy: [{code: DESC}]) { nodes { __typename label
        ... on Work { title size } ... on Part { weight } ... on Maker { founded } } } }""",
    _none,
)

#: Those of the bench of the embedded store.
SIX = (ONE_NODE, FIELDS, RELATIONS, THREE, PAGE, KINDS)

#: What stays as fast when the data grows: found by an index, and no more of it than is shown.
NEIGHBOURS = Asked(
    "node with 3 relations",
    """query ($id: ID!) { node(id: $id) { ... on Work { code
        maker { label } parts(first: 5) { nodes { label } } tags(first: 5) { nodes { label } } } } }""",
    _work,
)
NEXT = Asked(
    "page of 20 by a key",
    """query ($size: Int!) {
      works(first: 20, where: {size: {gte: $size}}, orderBy: [{size: ASC}]) { nodes { code size title } } }""",
    _size,
)
LOCAL = (ONE_NODE, NEIGHBOURS, NEXT)
