"""GraphiQL as the server takes it: what a browser gets at `/graphql`, and a route for the files of the bundle."""

from __future__ import annotations

from collections.abc import Callable

from kaigraph.graphql.http.reply import NO_CACHE, Refused, Reply
from kaigraph.graphql.http.routes import Asked
from kaigraph.web.page import CONTENT_SECURITY_POLICY, Settings, asset, page

PREFIX = "/assets/"

#: A name with a hash of its content stands for one content for ever.
_FOR_EVER = b"public, max-age=31536000, immutable"
_POLICY = (b"content-security-policy", CONTENT_SECURITY_POLICY.encode())


def graphiql(settings: Settings) -> Callable[[], Reply]:
    """What answers a browser at `/graphql`: the page, made once."""
    made = page(settings)
    reply = Reply(200, made.media_type.encode(), made.body, NO_CACHE, tagged=True, headers=(_POLICY,))
    return lambda: reply


class Assets:
    """The files that the page loads."""

    name = "assets"

    def serves(self, path: str) -> bool:
        """Whether a path is below `/assets/`."""
        return path.startswith(PREFIX)

    def respond(self, asked: Asked) -> Reply:
        """A file of the bundle.

        Raises:
            Refused: there is none of that name.
        """
        found = asset(asked.path.removeprefix(PREFIX))
        if found is None:
            raise Refused(404, "NOT_FOUND", f"there is nothing at {asked.path}")
        return Reply(200, found.media_type.encode(), found.body, _FOR_EVER, tagged=True)
