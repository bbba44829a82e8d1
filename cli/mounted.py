"""What `kaigraph serve` mounts beside /graphql: the page for browsers, its files, and the nodes at their paths."""

from __future__ import annotations

import argparse
from urllib.parse import parse_qsl

from kaigraph.cli.stores import AnyStore
from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.http import Asked, Page, Reply, Route
from kaigraph.graphql.http.reply import NO_CACHE, NO_STORE
from kaigraph.graphql.http.retry import code_of
from kaigraph.web.domain import domain_key
from kaigraph.web.examples import derived_examples, shipped_examples
from kaigraph.web.linked import LinkedData
from kaigraph.web.mount import Assets, graphiql
from kaigraph.web.page import Settings

_OK = 200


class Linked:
    """Nodes at their paths. It is asked last: which paths are a node's only the store can tell."""

    name = "resource"

    def __init__(self, linked: LinkedData) -> None:
        """Take what answers."""
        self._linked = linked

    def serves(self, path: str) -> bool:
        """Any path may be a node's."""
        return path.startswith("/")

    def respond(self, asked: Asked) -> Reply:
        """What describes a node, or what is in the way."""
        query = dict(parse_qsl(asked.query, keep_blank_values=True, max_num_fields=20))
        found = self._linked.respond(asked.path, query, asked.accept)
        headers = {name: value.encode("latin-1") for name, value in found.headers}
        media, vary = headers.pop("content-type"), headers.pop("vary", b"")
        is_found = found.status == _OK
        return Reply(
            found.status, media, found.body, NO_CACHE if is_found else NO_STORE, tagged=is_found, vary=vary,
            headers=tuple((name.encode(), value) for name, value in headers.items()),
            code="" if is_found else code_of(found.body),
        )  # fmt: skip


def page_of(options: argparse.Namespace, store: AnyStore) -> Page:
    """The page at /graphql: with the shipped examples, or with some that are made for another domain."""
    is_shipped = options.ontology is None
    examples = shipped_examples() if is_shipped else derived_examples(derive_api(store.model))
    headers = {"Accept-Language": store.model.languages[0]}
    return graphiql(Settings(key=domain_key(store.model), examples=examples, headers=headers))


def routes_of(store: AnyStore) -> tuple[Route, ...]:
    """All other routes, in the order in which they are asked."""
    return Assets(), Linked(LinkedData(store))
