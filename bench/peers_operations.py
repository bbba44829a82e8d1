"""The operations of operations.py as @neo4j/graphql wants them asked: the same question, in its own best form.

Lists whose order the question leaves open are ordered by id with us, so they are here. What cannot be asked is None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from operations import GROUPS, LEVELS, LIST, ONE_NODE, RELATIONS, SOME, SUM, TOTALS

PEER: Mapping[str, str | None] = {
    ONE_NODE.name: """query ($id: String!) {
      works(where: {id: {eq: $id}}) { label code title size price made rating state } }""",
    LIST.name: """query ($state: String!) {
      works(where: {state: {eq: $state}}, sort: [{code: ASC}], limit: 100) { code title size price state } }""",
    RELATIONS.name: """{ works(sort: [{code: ASC}], limit: 100) { code
        maker { label code }
        parts(limit: 5, sort: [{id: ASC}]) { label code }
        tags(limit: 5, sort: [{id: ASC}]) { label } } }""",
    LEVELS.name: """query ($id: String!) {
      regions(where: {id: {eq: $id}}) { label
        places(limit: 5, sort: [{id: ASC}]) { label
          makers(limit: 5, sort: [{id: ASC}]) { label
            works(limit: 5, sort: [{id: ASC}]) { code title } } } } }""",
    SOME.name: """query ($code: String!) {
      works(where: {parts: {some: {code: {eq: $code}}}}, limit: 50, sort: [{id: ASC}]) { code title } }""",
    SUM.name: """{ makers(sort: [{code: ASC}], limit: 20) { label
        worksConnection { totalCount aggregate { node { size { sum } } } } } }""",
    GROUPS.name: None,  # aggregates are over all that a filter leaves; there are no groups
    TOTALS.name: """{ makersConnection(first: 20, sort: [{code: ASC}]) { totalCount edges { node { label
        worksConnection(first: 5, sort: [{node: {size: DESC}}]) {
          totalCount pageInfo { hasNextPage } edges { node { code size } } } } } } }""",
}


def values(answer: object) -> Counter[object]:
    """The values of an answer, wherever they stand; a number is a number, however it is written."""
    return Counter(_leaves(answer))


def _leaves(answer: object) -> Iterator[object]:
    if isinstance(answer, dict):
        for value in answer.values():
            yield from _leaves(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from _leaves(value)
    elif answer is not None:
        yield _number(answer)


def _number(value: object) -> object:
    try:
        return value if isinstance(value, bool) else Decimal(str(value)).normalize()
    except InvalidOperation:
        return value
