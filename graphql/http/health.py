"""/health says that the process lives, /ready that its store answers, /metrics how it all goes."""

from __future__ import annotations

import orjson

from kaigraph.graphql.answers import Answer
from kaigraph.graphql.engine import VERSION
from kaigraph.graphql.http.answerer import Answerer
from kaigraph.graphql.http.asgi import Request
from kaigraph.graphql.http.metrics import Metrics
from kaigraph.graphql.http.reply import JSON, Reply
from kaigraph.graphql.http.retry import code_of, retry_of

_LIVES = orjson.dumps({"status": "ok"})


async def health(_request: Request) -> Reply:
    """Alive. The store is not asked: a process is not restarted because its database is."""
    return Reply(200, JSON, _LIVES)


class Ready:
    """Asks the store for its data version, through the engine as every operation is."""

    def __init__(self, engine: Answerer, metrics: Metrics) -> None:
        """Take the engine and the figures."""
        self._engine = engine
        self._metrics = metrics

    async def ready(self, _request: Request) -> Reply:
        """200 with the data version, or 503 with the code of what is in the way."""
        answer = await self._ask()
        if answer.version is not None:
            return Reply(200, JSON, orjson.dumps({"status": "ready", "dataVersion": answer.version}))
        code = code_of(answer.body)
        body = orjson.dumps({"status": "not ready", "code": code})
        return Reply(503, JSON, body, headers=retry_of(answer.retry_after), code=code)

    async def metrics(self, request: Request) -> Reply:
        """All figures, in the format that a scraper likes."""
        answer = await self._ask()
        text, media = self._metrics.exposition(request.header(b"accept").decode("latin-1"), answer.version)
        return Reply(200, media, text)

    async def _ask(self) -> Answer:
        return await self._engine.answer_async(VERSION)
