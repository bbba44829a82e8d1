"""From the text of an operation to the bytes of its answer: document → plan → one statement → JSON.

Documents are cached by text, statements by document, operation and the shape of its variables. The JSON that the
store returns is not taken apart here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import orjson
from graphql import GraphQLSchema

from kaigraph.graphql.answering import Answering, Run
from kaigraph.graphql.answers import Answer, Answers, Key
from kaigraph.graphql.api import Api
from kaigraph.graphql.binding import bind
from kaigraph.graphql.cache import Cache
from kaigraph.graphql.counters import Counters
from kaigraph.graphql.document import Document, read_document
from kaigraph.graphql.failed import failed
from kaigraph.graphql.introspection import Fragments, introspect, introspected, together
from kaigraph.graphql.plan import Plan
from kaigraph.graphql.planning.collect import Collected
from kaigraph.graphql.planning.context import Derived
from kaigraph.graphql.planning.declared import Declared
from kaigraph.graphql.planning.given import Variables
from kaigraph.graphql.planning.operation import plan_operation
from kaigraph.loaders.both_ways import at_once
from kaigraph.ontology.errors import KaigraphError, StoreRefused, StoreUnavailable
from kaigraph.ontology.model import Model

__all__ = ["Answer", "Answering", "Engine", "Operation", "Prepared", "bind"]


@dataclass(frozen=True, slots=True)
class Operation:
    """One request.

    Args:
        text: the document.
        variables: their values.
        name: which operation of the document.
        language: the tag of one of the Model's languages, for where the operation names none; else it is the first.
        as_of: a day (ISO 8601): the answer is of what was known then. `kaigraph.graphql.dated` answers these.
    """

    text: str
    variables: Mapping[str, object] | None = None
    name: str | None = None
    language: str | None = None
    as_of: str | None = None


#: Asks a store which data it holds, as every operation is asked.
VERSION = Operation("{ dataset { version } }")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan, its statement, and the root fields, where some of them are introspection."""

    plan: Plan
    statement: str
    fields: Collected | None


#: Entries, not bytes: a plan with its statement takes some 20 kB. More helps only clients that write values into texts.
CACHED = 1_000

#: Introspection answers can have megabytes each, and clients know two or three of them.
INTROSPECTED = 8


class Engine:
    """Answers operations over one store."""

    def __init__(self, model: Model, api: Api, schema: GraphQLSchema, store: Answering, cache_size: int = 0) -> None:
        """Take what was derived from the Model, a store with data of it, and how many bytes of answers to keep."""
        self.counters = Counters()
        self._derived = Derived(model, api, schema)
        self.waits = store.waits
        self._store = store
        self._documents: Cache[str, Document] = Cache(CACHED)
        self._declared: Cache[Hashable, Declared] = Cache(CACHED)
        self._prepared: Cache[Hashable, Prepared] = Cache(CACHED)
        self._introspected: Cache[Hashable, Fragments] = Cache(INTROSPECTED)
        self._answers = Answers(cache_size) if cache_size else None

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags of the Model's languages, the one first that is answered in where nobody asks for another."""
        return self._derived.model.languages

    def over(self, store: Answering) -> Self:
        """An engine of the same schema over another store, which keeps no answers and counts here."""
        other = type(self)(*self._derived, store)
        other.counters = self.counters
        return other

    def answer(self, request: Operation) -> Answer:
        """The answer to a request; errors are answers too."""
        return at_once(self._answer(request, self._run))

    async def answer_async(self, request: Operation) -> Answer:
        """The same, within an event loop. What tells of the schema can take seconds to make, and is made beside it."""
        if "__schema" in request.text:
            return await asyncio.to_thread(self.answer, request)
        return await self._answer(request, self._store.run_async)

    async def close_async(self) -> None:
        """Let go of what the running event loop opened; to be called before it ends."""
        await self._store.close_async()

    def prepare(self, request: Operation) -> tuple[Prepared, Mapping[str, object]]:
        """The plan and statement for a request, and its coerced variables.

        Raises:
            BadOperation: it cannot be planned.
        """
        declared = self._declared.get((request.text, request.name), lambda: self._declares(request))
        values = declared.coerced(request.variables or {})
        key = (request.text, request.name, request.language, declared.shape(values))
        found = self._prepared.find(key)
        if found is None:
            self.counters.plan_misses += 1
            return self._prepared.keep(key, self._plan(request, values)), values
        self.counters.plan_hits += 1
        return found, values

    def _declares(self, request: Operation) -> Declared:
        return Declared(self._derived.schema, self._document(request.text).operation(request.name))

    def _plan(self, request: Operation, values: Mapping[str, object]) -> Prepared:
        document = self._document(request.text)
        operation = document.operation(request.name)
        plan = plan_operation(self._derived, operation, document.fragments, values, request.language)
        fields = introspected(self._derived.api, document, operation, values)
        return Prepared(plan, self._store.compile(plan), fields)

    async def _run(self, statement: str, params: Sequence[object], known: str | None) -> tuple[bytes | None, str]:
        return self._store.run(statement, params, known)

    async def _answer(self, request: Operation, run: Run) -> Answer:
        try:
            return await self._answered(request, run)
        except KaigraphError as error:
            if isinstance(error, StoreUnavailable | StoreRefused):
                self.counters.store_errors[error.code] += 1
            return failed(error)

    async def _answered(self, request: Operation, run: Run) -> Answer:
        """From what was kept, if the store still holds the data it was read from."""
        key = None if self._answers is None else _key(request)
        if self._answers is None or key is None:
            return await self._asked(request, run, None, None)
        kept = self._answers.find(key)
        if kept and self._store.is_still(kept.version or ""):
            self.counters.answer_hits += 1
            return kept
        answer = await self._asked(request, run, kept, (kept and kept.version) or "")
        if answer is not kept:
            self._answers.keep(key, answer)
        return answer

    async def _asked(self, request: Operation, run: Run, kept: Answer | None, known: str | None) -> Answer:
        prepared, values = self.prepare(request)
        self.counters.statements += 1
        data, version = await run(prepared.statement, bind(prepared.plan, values), known)
        if data is None and kept:
            self.counters.answer_hits += 1
            return kept
        self.counters.answer_misses += known is not None
        return self._finished(request, prepared, data or b"", version)

    def _finished(self, request: Operation, prepared: Prepared, data: bytes, version: str) -> Answer:
        if prepared.fields:
            data = together(prepared.fields, self._introspect(request, prepared.fields), data)
        body = b'{"data":' + data + b',"extensions":' + orjson.dumps({"dataVersion": version}) + b"}"
        return Answer(200, body, version)

    def _introspect(self, request: Operation, fields: Collected) -> Fragments:
        document = self._document(request.text)
        operation = document.operation(request.name)
        given = Variables(request.variables or {})

        def make() -> Fragments:
            return introspect(self._derived.schema, document, operation, given, fields)

        key = _key(request)
        return self._introspected.get(key, make) if key else make()

    def _document(self, text: str) -> Document:
        return self._documents.get(text, lambda: read_document(self._derived.schema, text))


def _key(request: Operation) -> Key | None:
    """What an answer depends on, beside the data; None for variables that JSON has no form for."""
    try:
        given = orjson.dumps(request.variables or {}, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        return None
    return request.text, request.name, request.language, given
