"""Who asks: operations in, typed results out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graphql import DocumentNode, GraphQLError, parse

from kaigraph.client.asking import Answers, Ask, of_engine, over_http
from kaigraph.client.errors import DataChanged, QueryFailed
from kaigraph.client.paging import KEY, VARIABLE, Paged, paged
from kaigraph.client.result import Result
from kaigraph.client.schema import Schema, schema_of
from kaigraph.client.shape import Shape, operation_of, shape_of
from kaigraph.client.values import typed

if TYPE_CHECKING:
    from kaigraph.loaders.neo4j.store import Neo4jStore
    from kaigraph.loaders.sqlite.store import SqliteStore

_TIMEOUT = 60.0


class Client:
    """Asks one kaigraph: a server by its address, or an open store or an engine in this process."""

    def __init__(
        self,
        at: str | Answers | SqliteStore | Neo4jStore,
        *,
        headers: Mapping[str, str] | None = None,
        timeout: float = _TIMEOUT,
        language: str | None = None,
        as_of: date | None = None,
    ) -> None:
        """Take the address of a server, as `http://localhost:8000/graphql`, or a store, or an engine.

        Args:
            at: who answers.
            headers: HTTP headers to send with each operation.
            timeout: seconds to wait for a server.
            language: the tag of the language of labels and texts, where an operation names none; `ko`, for one.
            as_of: answer from what had been published by then.

        Raises:
            BadUse: no address of HTTP.
        """
        day = as_of.isoformat() if as_of else None
        if isinstance(at, str):
            wanted = {"Accept-Language": language, "Accept-Datetime": day}
            given = {name: value for name, value in wanted.items() if value}
            self._ask: Ask = over_http(at, {**given, **(headers or {})}, timeout)
        else:
            self._ask = _here(at, language, day)

    @cached_property
    def schema(self) -> Schema:
        """What the server says of its types; asked once."""
        return schema_of(self._ask)

    def query(self, text: str, variables: Mapping[str, object] | None = None, name: str | None = None) -> Result:
        """Ask one operation.

        Args:
            text: the operation.
            variables: its variables.
            name: which operation of several.

        Raises:
            QueryFailed: it is not answered; with the server's code and hint.
            Unreachable: no kaigraph answers.
        """
        return self._result(_parsed(text), text, variables or {}, name)

    def paged(
        self,
        text: str,
        variables: Mapping[str, object] | None = None,
        name: str | None = None,
        *,
        size: int = 100,
    ) -> Iterator[Result]:
        """Ask one operation page by page: its one list in the outermost braces is walked by cursors.

        Args:
            text: the operation, without `after`; its own `first` counts more than `size`.
            variables: its variables.
            name: which operation of several.
            size: how many a page.

        Raises:
            BadUse: there is not just one list, or it has a cursor already.
            DataChanged: data were loaded between two pages.
            QueryFailed: it is not answered.
            Unreachable: no kaigraph answers.
        """
        return self._walked(self._pages(text, name, size), variables or {}, name)

    def every(
        self,
        text: str,
        variables: Mapping[str, object] | None = None,
        name: str | None = None,
        *,
        size: int = 1_000,
    ) -> Result:
        """The same, all pages in one result.

        Raises:
            BadUse: there is not just one list, or it has a cursor already.
            DataChanged: data were loaded between two pages.
            QueryFailed: it is not answered.
            Unreachable: no kaigraph answers.
        """
        pages = self._pages(text, name, size)
        whole, *rest = self._walked(pages, variables or {}, name)
        for page in rest:
            for key in pages.lists:
                whole.data[pages.key][key].extend(page.data[pages.key][key])
        return whole

    def _pages(self, text: str, name: str | None, size: int) -> Paged:
        return paged(self.schema, _parsed(text), name, size)

    def _walked(self, pages: Paged, variables: Mapping[str, object], name: str | None) -> Iterator[Result]:
        document, version, cursor = _parsed(pages.text), None, None
        while True:
            result = self._result(document, pages.text, {**variables, VARIABLE: cursor}, name)
            if version not in (None, result.version):
                hint = "begin again: the pages read so far are of another data version"
                raise DataChanged("data were loaded between two pages", hint=hint)
            if pages.key not in result.data:  # skipped by a directive
                yield result
                return
            version, page = result.version, result.data[pages.key][KEY]
            yield _without_page(result, pages.key)
            if not page["hasNextPage"]:
                return
            cursor = page["endCursor"]

    def _result(self, document: DocumentNode, text: str, variables: Mapping[str, object], name: str | None) -> Result:
        answer = self._ask(text, variables, name)
        shape = shape_of(self.schema, document, operation_of(document, name))
        data: Any = typed(answer["data"], shape)
        return Result(data, shape, str((answer.get("extensions") or {}).get("dataVersion", "")))


def _here(at: Answers | SqliteStore | Neo4jStore, language: str | None, as_of: str | None) -> Ask:
    if hasattr(at, "answer"):
        return of_engine(at, language, as_of)
    from kaigraph.graphql.over import engine_over

    return of_engine(engine_over(at), language, as_of)


def _parsed(text: str) -> DocumentNode:
    try:
        return parse(text, no_location=True)
    except GraphQLError as error:
        raise QueryFailed([{**error.formatted, "extensions": {"code": "GRAPHQL_PARSE_FAILED"}}]) from error


def _without_page(result: Result, key: str) -> Result:
    """The result as it was asked for."""
    connection = result.shape.fields[key]
    fields = {name: shape for name, shape in connection.fields.items() if name != KEY}
    shape = Shape(fields={**result.shape.fields, key: Shape(fields=fields)})
    data = {**result.data, key: {name: value for name, value in result.data[key].items() if name != KEY}}
    return Result(data, shape, result.version)
