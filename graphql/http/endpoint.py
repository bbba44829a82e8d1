"""/graphql: GraphQL over HTTP, by its draft and its audit suite (docs/decisions/0016-http.md has where they part)."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from kaigraph.graphql.answers import Answer
from kaigraph.graphql.engine import Operation
from kaigraph.graphql.http.accept import HTML, media_of
from kaigraph.graphql.http.answerer import Answerer
from kaigraph.graphql.http.asgi import Request
from kaigraph.graphql.http.body import body_of
from kaigraph.graphql.http.metrics import Metrics
from kaigraph.graphql.http.operation import from_json, from_parameters, is_mutation, name_of
from kaigraph.graphql.http.reply import GRAPHQL_JSON, NO_CACHE, NO_STORE, Refused, Reply, error_json
from kaigraph.graphql.http.retry import code_of, retry_of
from kaigraph.graphql.http.settings import Settings
from kaigraph.graphql.http.wanted import NAMES, wanted

Page = Callable[[], Reply]

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_UTF_8 = {b"", b"utf-8", b"utf8"}
_SERVER = 500  # where HTTP's statuses begin to speak of the server
#: Bytes of an address's parameters. What is longer passes through few proxies anyway.
MAX_QUERY = 16_000

_VARY = b"Accept, " + NAMES
_NOT_ACCEPTABLE = "answers are application/graphql-response+json or application/json: accept one of them"


class Endpoint:
    """Answers requests at /graphql."""

    def __init__(
        self, engine: Answerer, settings: Settings, metrics: Metrics, page: Callable[[], Reply] | None
    ) -> None:
        """Take what answers, the limits, what counts, and the page for those who come with a browser."""
        self._engine = engine
        self._settings = settings
        self._metrics = metrics
        self._page = page

    async def __call__(self, request: Request) -> Reply:
        """The response to a request.

        Raises:
            Refused: it is no GraphQL request, or not in a way that is answered here.
            Gone: the client left.
        """
        is_post = request.method == "POST"
        media = media_of(request.header(b"accept"), self._page is not None and not is_post)
        if media is None:
            raise Refused(406, "NOT_ACCEPTABLE", _NOT_ACCEPTABLE)
        if media == HTML and self._page is not None:
            return self._page()._replace(vary=_VARY)
        try:
            operation = await self._posted(request) if is_post else _given(request)
            operation = wanted(operation, request, self._engine.languages)
        except Refused as refused:
            return refused.reply(media)
        return await self._answered(operation, media, is_post)

    async def _posted(self, request: Request) -> Operation:
        content = request.header(b"content-type")
        if content != b"application/json":
            _check_content(content)
        return from_json(await body_of(request, self._settings))

    async def _answered(self, operation: Operation, media: bytes, is_post: bool) -> Reply:
        start = perf_counter()
        answer = self._within(await self._engine.answer_async(operation))
        is_whole = answer.status == 200  # noqa: PLR2004  # HTTP's own number
        code = "" if is_whole else code_of(answer.body)
        self._metrics.operation(code, perf_counter() - start)
        name = name_of(operation)
        if is_whole:
            return Reply(200, media, answer.body, NO_STORE if is_post else NO_CACHE, not is_post, _VARY, (), "", name)
        if not is_post and is_mutation(operation):
            raise Refused(405, "METHOD_NOT_ALLOWED", "a mutation cannot be asked by GET", ((b"allow", b"POST"),))
        return Reply(
            _status(answer, media), media, answer.body,
            vary=_VARY, headers=retry_of(answer.retry_after), code=code, operation=name,
        )  # fmt: skip

    def _within(self, answer: Answer) -> Answer:
        most = self._settings.max_response
        if len(answer.body) <= most:
            return answer
        hint = "ask for fewer things or fields, or for pages with first and after"
        return Answer(400, error_json("ANSWER_TOO_LARGE", f"the answer has more than {most} bytes", hint), None)


def _status(answer: Answer, media: bytes) -> int:
    """As `application/json` a client's mistake is 200, as the audit wants it; a server's trouble stays what it is."""
    return answer.status if media == GRAPHQL_JSON or answer.status >= _SERVER else 200


def _given(request: Request) -> Operation:
    if len(request.query) > MAX_QUERY:
        raise Refused(414, "URL_TOO_LONG", f"the address has more than {MAX_QUERY} bytes of parameters: use POST")
    return from_parameters(request.query)


def _check_content(content: bytes) -> None:
    kind, *parameters = (part.strip().lower() for part in content.split(b";"))
    if kind != b"application/json":
        said = kind.decode("latin-1") or "missing"
        raise _unsupported(f"the content type is {said}: send application/json")
    for parameter in parameters:
        name, _, value = parameter.partition(b"=")
        if name.strip() == b"charset" and value.strip().strip(b'"') not in _UTF_8:
            raise _unsupported("JSON is UTF-8: send application/json without a charset, or with charset=utf-8")


def _unsupported(message: str) -> Refused:
    return Refused(415, "UNSUPPORTED_MEDIA_TYPE", message, ((b"accept-post", b"application/json"),))
