"""Which node a path stands for: the path mirrors the end of its IRI, below a namespace of the data.

`https://w3id.org/kaigraph/id/x` is at `/id/x`, and at `/kaigraph/id/x` too: a path begins with the last folders of a
namespace, any number of them but at least one, and goes on with the local name. Namespaces are those that the data bind
to prefixes. Only those that end in `/` have paths: what comes after `#` never reaches a server. A namespace that is a
whole site has its paths at the root.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote, urlsplit

#: What a path may hold as it is; the rest of ASCII is written with `%`. Characters beyond ASCII are an IRI's own.
_SAFE = "/:@!$&'()*+,;=-._~%"


def candidates(path: str, namespaces: Iterable[str]) -> list[str]:
    """The IRIs that a path may stand for, those of the most folders first; of as many, by IRI."""
    found: dict[str, int] = {}
    for namespace in namespaces:
        for folders, depth in _folders(namespace):
            for text in _spellings(path):
                if text.startswith(folders) and len(text) > len(folders):
                    iri = namespace + text[len(folders) :]
                    found[iri] = max(depth, found.get(iri, 0))
    return sorted(found, key=lambda iri: (-found[iri], iri))


def _folders(namespace: str) -> Iterator[tuple[str, int]]:
    """The beginnings of paths below a namespace, with how many folders they have; the longest first."""
    parts = urlsplit(namespace)
    if parts.scheme not in ("http", "https") or not namespace.endswith("/") or parts.query or parts.fragment:
        return
    names = parts.path.strip("/").split("/")
    if names == [""]:
        yield "/", 0
        return
    for first in range(len(names)):
        yield "/" + "/".join(names[first:]) + "/", len(names) - first


def _spellings(path: str) -> Iterable[str]:
    """A path as it came, decoded, and encoded: servers hand over either, and IRIs may hold either."""
    decoded = unquote(path)
    encoded = "".join(c if ord(c) > 0x7F else quote(c, safe=_SAFE) for c in decoded)  # noqa: PLR2004  # ASCII's end
    return dict.fromkeys((path, decoded, encoded))
