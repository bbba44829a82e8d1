"""The ASGI application: takes a request, finds what answers it, sends the response, and says so in log and figures."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from time import perf_counter

from kaigraph.graphql.http.answerer import Answerer
from kaigraph.graphql.http.asgi import Receive, Request, Response, Scope, Send, request_of, send_all
from kaigraph.graphql.http.cors import cors_of
from kaigraph.graphql.http.endpoint import METHODS, Endpoint, Page
from kaigraph.graphql.http.health import Ready, health
from kaigraph.graphql.http.ids import Ids
from kaigraph.graphql.http.lifespan import lifespan
from kaigraph.graphql.http.logs import Log, shown
from kaigraph.graphql.http.metrics import Metrics
from kaigraph.graphql.http.places import READ, Place, Places
from kaigraph.graphql.http.reply import JSON, Gone, Refused, Reply
from kaigraph.graphql.http.routes import Route
from kaigraph.graphql.http.sending import Sending
from kaigraph.graphql.http.settings import Settings

#: What nginx logs for a client that left, and no client ever sees.
_GONE = 499
_NONE = Reply(500, JSON, b"")


class Application:
    """Serves /graphql, /health, /ready, /metrics, and what other rooms mount."""

    def __init__(
        self,
        engine: Answerer,
        settings: Settings | None = None,
        *,
        page: Page | None = None,
        routes: Sequence[Route] = (),
        log: Log | None = None,
    ) -> None:
        """Take what answers, and what stands around it.

        Args:
            engine: what answers operations.
            settings: limits and permissions.
            page: what a browser gets at /graphql.
            routes: what stands at other paths.
            log: where requests are logged.
        """
        settings = settings or Settings()
        self.metrics = Metrics(engine)
        ready = Ready(engine, self.metrics)
        endpoint = Endpoint(engine, settings, self.metrics, page)
        fixed = {
            "/graphql": Place("graphql", METHODS, endpoint),
            "/health": Place("health", READ, health),
            "/ready": Place("ready", READ, ready.ready),
            "/metrics": Place("metrics", READ, ready.metrics),
        }
        self._places = Places(fixed, routes)
        self._cors = cors_of(settings.origins)
        self._sending = Sending(self._cors)
        self._engine = engine
        self.waits = engine.waits
        self._ids = Ids()
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection event."""
        if scope["type"] == "http":
            with suppress(Gone):
                await send_all(await self.respond(request_of(scope, receive)), send)
        elif scope["type"] == "lifespan":
            await lifespan(receive, send, self._close)

    async def _close(self) -> None:
        await self._engine.close_async()
        if self._log:
            self._log.close()

    async def respond(self, request: Request) -> Response:
        """The response to a request.

        Raises:
            Gone: the client left.
        """
        start = perf_counter()
        request_id = self._ids.of(request.header(b"x-request-id"))
        self.metrics.in_flight += 1
        place, reply, status, body = "graphql", _NONE, 500, b""
        try:
            place, reply = await self._reply(request, request_id)
            status, headers, body = await self._sending.response(request, reply, request_id)
            body = b"" if request.method == "HEAD" else body
            return status, headers, body
        except Gone:
            status = _GONE
            raise
        finally:
            self.metrics.in_flight -= 1
            self.metrics.request(place, request.method, status)
            if self._log and self._log.has_requests:
                _logged(self._log, reply, {
                    "id": request_id.decode(), "method": request.method, "path": shown(request.path), "status": status,
                    "ms": round((perf_counter() - start) * 1e3, 3), "bytes": len(body),
                })  # fmt: skip

    async def _reply(self, request: Request, request_id: bytes) -> tuple[str, Reply]:
        """The name of the place that answered, and its reply."""
        name = "none"
        try:
            if not request.is_hosted:
                raise Refused(400, "BAD_REQUEST", "the request names no host, or several: send one Host header")
            place = self._places.at(request.path)
            name = place.name
            if not place.allows(request.method):
                raise Refused(405, "METHOD_NOT_ALLOWED", f"{request.method} is not answered here", (place.allow,))
            if request.method == "OPTIONS":
                return name, self._options(request, place)
            return name, await place.answer(request)
        except Refused as refused:
            return name, refused.reply()
        except Gone:
            raise
        except Exception as error:  # whatever it was: the client gets an answer, the log the place
            if self._log:
                self._log.trouble(error, request_id.decode())
            return name, Refused(500, "INTERNAL", "something went wrong here; the request id tells where").reply()

    def _options(self, request: Request, place: Place) -> Reply:
        preflight = self._cors.preflight(request, place.allow[1])
        return Reply(204, JSON, b"", headers=(place.allow, *preflight))


def _logged(log: Log, reply: Reply, fields: dict[str, object]) -> None:
    if reply.operation:
        fields["operation"] = reply.operation
    if reply.code:
        fields["code"] = reply.code
    log.request(fields)
