"""GraphiQL as plain values: the page at `/graphql` and the files it loads. Whoever serves them brings the HTTP."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from string import Template

import orjson

from kaigraph.web.examples import Example

HERE = Path(__file__).parent
STATIC = HERE / "static"

#: The page's own files and this server, and nothing else. Styles may stand in the page: the editor makes sheets of its
#: own as it runs, one for each theme. Its fonts and some icons lie in its sheet as `data:`.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "connect-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self' data:",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)

_MEDIA = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A body to send. `immutable`: its name holds a hash of its content, so that it can be kept for ever."""

    media_type: str
    body: bytes
    etag: str
    immutable: bool


@dataclass(frozen=True, slots=True)
class Settings:
    """What one dataset's page shows.

    Args:
        title: stands in the page's corner and in the browser's title.
        key: what the browser keeps a user's tabs under; two datasets with one key share them.
        examples: a tab each, at the first visit; a side pane lists them ever after.
        headers: what new tabs send along; headers that the server knows.
    """

    title: str = "kaigraph"
    key: str = "kaigraph"
    examples: tuple[Example, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def page(settings: Settings) -> Asset:
    """The page; where the package was built without the bundle, one in plain HTML that says how to get it."""
    found = _manifest()
    template = HERE / ("page.html" if found else "unbundled.html")
    text = Template(template.read_text(encoding="utf-8"))
    shown = {"title": escape(settings.title), "settings": _in_html(settings), "examples": _listed(settings)}
    body = text.substitute(shown | {name: escape(value) for name, value in found.items()}).encode()
    return Asset("text/html; charset=utf-8", body, _etag(body), immutable=False)


def asset(name: str) -> Asset | None:
    """A file of the bundle, or None. Only names of the bundle's own files lead to one."""
    path = _files().get(name)
    if path is None:
        return None
    body = path.read_bytes()
    return Asset(_MEDIA[path.suffix], body, _etag(body), immutable=True)


@cache
def _files() -> Mapping[str, Path]:
    return {path.name: path for path in STATIC.glob("*") if path.suffix in _MEDIA}


@cache
def _manifest() -> Mapping[str, str]:
    """Which files the page names; nothing, where there is no bundle."""
    path = STATIC / "manifest.json"
    return orjson.loads(path.read_bytes()) if path.is_file() else {}


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _in_html(settings: Settings) -> str:
    """JSON that can stand in a script element: nothing in it ends the element or begins a comment."""
    return orjson.dumps(settings).decode().replace("<", "\\u003c")


def _listed(settings: Settings) -> str:
    """The examples as plain HTML."""
    found = [f"<h3>{escape(' / '.join(e.titles))}</h3>\n<pre>{escape(e.query)}</pre>" for e in settings.examples]
    return "\n".join(found)
