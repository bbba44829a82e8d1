"""What other rooms mount beside /graphql. This room knows none of them: it knows what a route is.

A route is asked in a thread, since it may read from the store; what it gives is encoded, tagged and logged as every
other response is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kaigraph.graphql.http.reply import Reply


@dataclass(frozen=True, slots=True)
class Asked:
    """What a route is told: the decoded path, the query part of the address as it came, and `Accept`."""

    path: str
    query: str
    accept: str


class Route(Protocol):
    """Something at other paths, for GET and HEAD."""

    #: The name that metrics and logs know it by.
    name: str

    def serves(self, path: str) -> bool:
        """Whether a path is one of its own, whatever it has there."""
        ...

    def respond(self, asked: Asked) -> Reply:
        """The response at one of its paths.

        Raises:
            Refused: there is nothing there, or nothing in a form that is accepted.
            KaigraphError: the store cannot tell.
        """
        ...
