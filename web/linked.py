"""Linked data: a node's path answers with what describes the node, in the format that the client likes best.

A pure function over a store: whoever speaks HTTP mounts it at `/resource` and at the paths that `kaigraph.web.places`
tells of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import orjson

from kaigraph.loaders.rdf.export import OF_DATASETS, NotFound, describe
from kaigraph.loaders.reading import Readable, Snapshot
from kaigraph.ontology.errors import BadUse, KaigraphError
from kaigraph.web.negotiate import best_of
from kaigraph.web.places import candidates

RESOURCE = "/resource"

#: What is offered, the best liked of equals first. JSON-LD is JSON, and is that to who asks for no more.
MEDIA: Mapping[str, str] = {
    "text/turtle": "turtle",
    "application/ld+json": "jsonld",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/trig": "trig",
    "application/n-quads": "nquads",
    "application/json": "jsonld",
}
_OF_FORMAT = {form: media for media, form in MEDIA.items() if media != "application/json"}
_TEXT = frozenset({"text/turtle"})
_JSON = "application/json; charset=utf-8"

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Response:
    """What goes back. Header names are in lower case, values ASCII."""

    status: int
    headers: Headers
    body: bytes


class NotAcceptable(KaigraphError):
    """A client that takes none of the formats there are."""

    code = "NOT_ACCEPTABLE"
    status = 406


class LinkedData:
    """Answers for the nodes of one store."""

    def __init__(self, store: Readable, namespaces: Iterable[str] = ()) -> None:
        """Take a store, and namespaces that have paths beside those that the data bind to prefixes."""
        self._store = store
        self._more = tuple(namespaces)

    def respond(self, path: str, query: Mapping[str, str], accept: str) -> Response:
        """The response to GET at `/resource?iri=…` or at the path of a node.

        `format` in the query says which format, whatever the client accepts; `all` asks JSON-LD for every claim, as
        TriG and N-Quads have them.
        """
        try:
            media = _media(query, accept)
            iri = self._node(path, query)
            everything = MEDIA[media] in OF_DATASETS or (MEDIA[media] == "jsonld" and "all" in query)
            body = describe(self._store, iri, MEDIA[media], everything=everything)
        except KaigraphError as error:
            return _refusal(error)
        return Response(200, _headers(iri, media, everything=everything), body)

    def _namespaces(self, at: Snapshot) -> tuple[str, ...]:
        return (*at.prefixes.values(), *self._more)

    def _node(self, path: str, query: Mapping[str, str]) -> str:
        if path == RESOURCE:
            if not query.get("iri"):
                raise BadUse("which node is meant?", where=RESOURCE, hint="name it: /resource?iri=https%3A%2F%2F…")
            return query["iri"]
        found: str | None = self._store.read_at_once(lambda at: self._known(at, path))
        if found is None:
            hint = f"paths mirror the IRIs of nodes; any node is at {RESOURCE}?iri=…"
            raise NotFound("no node has this path", where=path, hint=hint)
        return found

    def _known(self, at: Snapshot, path: str) -> str | None:
        """The first IRI that a path may stand for of which something is said."""
        return next((iri for iri in candidates(path, self._namespaces(at)) if at.facts_of([iri])), None)


def _media(query: Mapping[str, str], accept: str) -> str:
    form = query.get("format")
    if form is not None:
        if form not in _OF_FORMAT:
            raise BadUse(f"there is no format '{form}'", where="format", hint=f"choose one of: {', '.join(_OF_FORMAT)}")
        return _OF_FORMAT[form]
    media = best_of(accept, tuple(MEDIA))
    if media is None:
        raise NotAcceptable("none of the formats there are is accepted", hint=f"accept one of: {', '.join(MEDIA)}")
    return media


def _headers(iri: str, media: str, *, everything: bool) -> Headers:
    """`describes` names the node, which is no document; `alternate` names the document in the other formats."""
    links = [f'<{_ascii(iri)}>; rel="describes"'] if not iri.startswith("_:") else []
    links += [
        f'<{_document(iri, other, everything=False)}>; rel="alternate"; type="{_OF_FORMAT[other]}"'
        for other in _OF_FORMAT
        if other != MEDIA[media]
    ]
    return (
        ("content-type", f"{media}; charset=utf-8" if media in _TEXT else media),
        ("content-location", _document(iri, MEDIA[media], everything=everything)),
        ("link", ", ".join(links)),
        ("vary", "accept"),
    )


def _document(iri: str, form: str, *, everything: bool) -> str:
    """The address of a description in one format."""
    flag = {"all": "1"} if everything and form not in OF_DATASETS else {}
    return f"{RESOURCE}?{urlencode({'iri': iri, 'format': form, **flag})}"


def _ascii(iri: str) -> str:
    return quote(iri, safe="%/:?#[]@!$&'()*+,;=-._~")


def _refusal(error: KaigraphError) -> Response:
    """An error as GraphQL over HTTP has it, so that clients read both alike."""
    extensions = {"code": error.code} | ({"hint": error.hint} if error.hint else {})
    place = f"{error.where}: " if error.where else ""
    body = orjson.dumps({"errors": [{"message": f"{place}{error.message}", "extensions": extensions}]})
    again: Headers = () if error.retry_after is None else (("retry-after", str(error.retry_after)),)
    return Response(error.status, (("content-type", _JSON), ("vary", "accept"), *again), body)
