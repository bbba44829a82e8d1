"""Which path is whose."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from kaigraph.graphql.failed import failed
from kaigraph.graphql.http.asgi import Header, Request
from kaigraph.graphql.http.reply import JSON, Refused, Reply
from kaigraph.graphql.http.retry import retry_of
from kaigraph.graphql.http.routes import Asked, Route
from kaigraph.ontology.errors import KaigraphError

READ = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at a path: the name it is counted under, what may be done there, and what answers."""

    name: str
    allowed: tuple[str, ...]
    answer: Callable[[Request], Awaitable[Reply]]

    def allows(self, method: str) -> bool:
        """Whether a method is answered here."""
        return method in self.allowed

    @property
    def allow(self) -> Header:
        """The header that says so."""
        return b"allow", ", ".join(self.allowed).encode()


class Places:
    """All paths of a server."""

    def __init__(self, fixed: dict[str, Place], routes: Sequence[Route]) -> None:
        """Take places at one path each, and routes with many."""
        self._fixed = fixed
        self._routes = [(route, Place(route.name, READ, _Mounted(route))) for route in routes]

    def at(self, path: str) -> Place:
        """The place at a path.

        Raises:
            Refused: there is none.
        """
        found = self._fixed.get(path)
        if found is not None:
            return found
        for route, place in self._routes:
            if route.serves(path):
                return place
        raise Refused(404, "NOT_FOUND", "there is nothing at this path: operations are answered at /graphql")


class _Mounted:
    """A route, asked beside the event loop: it may read from the store."""

    def __init__(self, route: Route) -> None:
        self._route = route

    async def __call__(self, request: Request) -> Reply:
        asked = Asked(request.path, request.query.decode("latin-1"), request.header(b"accept").decode("latin-1"))
        try:
            return await asyncio.to_thread(self._route.respond, asked)
        except KaigraphError as error:
            headers = retry_of(error.retry_after)
            return Reply(error.status, JSON, failed(error).body, headers=headers, code=error.code)
