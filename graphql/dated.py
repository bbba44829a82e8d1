"""Answers as of a day: each day on which something was published has a graph of its own, made when it is asked for.

A past graph is written into an embedded store in memory, whichever store holds the present: so the past is asked with
the plans of the present, in one statement, and both stores answer it with the same bytes. See
docs/decisions/0017-as-of.md for what that costs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Protocol

import orjson

from kaigraph.graphql.answering import Answering
from kaigraph.graphql.answers import Answer
from kaigraph.graphql.cache import Cache
from kaigraph.graphql.counters import Counters
from kaigraph.graphql.engine import VERSION, Engine, Operation, Prepared
from kaigraph.graphql.failed import failed
from kaigraph.loaders.graph import Dataset
from kaigraph.loaders.resolving.past import Past
from kaigraph.loaders.sqlite.store import MEMORY, SqliteStore, open_store
from kaigraph.loaders.store import Info
from kaigraph.ontology.errors import KaigraphError, StoreLoading
from kaigraph.ontology.model import Model

#: Past graphs in memory at a time: a domain of news has one for each article, and people compare two or three.
KEPT = 8

_TRIES = 5
_OK = 200


class Whole(Protocol):
    """A store whose dataset can be read."""

    @property
    def model(self) -> Model:
        """The Model whose data it holds."""
        ...

    def info(self) -> Info:
        """What the store says of itself."""
        ...

    def dataset(self) -> Dataset:
        """The dataset that was loaded."""
        ...


@dataclass(slots=True)
class _Known:
    """What one data version tells of the past, and the engines over past graphs, by the last day that changed them."""

    version: str
    past: Past
    engines: Cache[str, Engine]


class Dated:
    """Answers requests as of a day from past graphs, and all others as the engine of the present does."""

    def __init__(self, engine: Engine, store: Whole, answering: Callable[[SqliteStore], Answering]) -> None:
        """Take the engine of the present, the store under it, and what makes an embedded store answer."""
        self._engine = engine
        self._store = store
        self._answering = answering
        self._known: _Known | None = None
        self._lock = Lock()

    @property
    def counters(self) -> Counters:
        """What was counted."""
        return self._engine.counters

    @property
    def waits(self) -> bool:
        """Whether the present waits for others while it answers. The past does, in a thread."""
        return self._engine.waits

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags of the Model's languages."""
        return self._engine.languages

    def prepare(self, request: Operation) -> tuple[Prepared, Mapping[str, object]]:
        """The plan and statement for a request, and its coerced variables.

        Raises:
            BadOperation: it cannot be planned.
        """
        return self._engine.prepare(request)

    def answer(self, request: Operation) -> Answer:
        """The answer to a request; errors are answers too."""
        return self._engine.answer(request) if request.as_of is None else self._past_answer(request, request.as_of)

    def answer_async(self, request: Operation) -> Coroutine[Any, Any, Answer]:
        """The same, within an event loop. A past graph can take seconds to make, and is made beside it."""
        if request.as_of is None:
            return self._engine.answer_async(request)
        return asyncio.to_thread(self.answer, request)

    async def close_async(self) -> None:
        """Let go of what the running event loop opened."""
        await self._engine.close_async()

    def _past_answer(self, request: Operation, day: str) -> Answer:
        now = self._engine.answer(VERSION)
        if now.version is None:
            return now
        try:
            known = self._of_version(now.version)
            answer = self._engine_of(known, day).answer(replace(request, as_of=None))
        except KaigraphError as error:
            return failed(error)
        return _dated(answer, {"date": day, "maybeLater": known.past.maybe_later(day)})

    def _of_version(self, version: str) -> _Known:
        with self._lock:
            if self._known is None or self._known.version != version:
                self._known = self._read()
            return self._known

    def _read(self) -> _Known:
        """All that was said, at one data version: of two readings of it nobody knows whether a load came in between."""
        for _ in range(_TRIES):
            before = self._store.info()
            # Plain data are the same on all days, and may be large.
            dataset = self._store.dataset() if before.is_claims else Dataset((), {}, {}, False, before.source)
            if self._store.info().version == before.version:
                return _Known(before.version, Past(dataset, self._store.model), Cache(KEPT))
        raise StoreLoading("the store is being loaded", hint="try again soon")

    def _engine_of(self, known: _Known, day: str) -> Engine:
        if known.past.is_present(day):
            return self._engine
        changed = known.past.last_change(day)
        with self._lock:
            return known.engines.get(changed, lambda: self._made(known.past, changed))

    def _made(self, past: Past, day: str) -> Engine:
        store = open_store(MEMORY, self._store.model, "write")
        store.load(past.as_of(day))
        return self._engine.over(self._answering(store))


def _dated(answer: Answer, said: Mapping[str, object]) -> Answer:
    """An answer that says of which day it is, as the last of its extensions."""
    if answer.status != _OK:
        return answer
    return replace(answer, body=answer.body[:-2] + b',"asOf":' + orjson.dumps(said) + b"}}")
