"""Operations to begin with: those that ship with the domain, or some derived from any other domain's API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from kaigraph import examples
from kaigraph.graphql.api import Api, Means, Output
from kaigraph.ontology.terms import CORE

#: How much a derived example shows: this many classes, and of each this many fields.
CLASSES, FIELDS = 3, 4


@dataclass(frozen=True, slots=True)
class Example:
    """An operation, and what it asks in a line each language."""

    name: str
    titles: tuple[str, ...]
    query: str


def shipped_examples() -> tuple[Example, ...]:
    """The examples of the domain that ships, by name of their files."""
    found = sorted((e for e in files(examples).iterdir() if e.name.endswith(".graphql")), key=lambda e: e.name)
    return tuple(_example(e.name.removesuffix(".graphql"), e.read_text(encoding="utf-8")) for e in found)


def derived_examples(api: Api) -> tuple[Example, ...]:
    """What is loaded, and the first things of some classes: for an API that nobody wrote examples for."""
    lists = [output for output in api.types[api.query].fields.values() if output.means is Means.PAGE]
    domain = [output for output in lists if not (output.cls or "").startswith(CORE)]
    texts = {"dataset": _DATASET} | {output.name: _first_of(api, output) for output in (domain or lists)[:CLASSES]}
    return tuple(_example(name, text) for name, text in texts.items())


_DATASET = """# What is loaded, and from where
query Dataset {
  dataset {
    version
    sources { id label }
  }
}
"""


def _first_of(api: Api, output: Output) -> str:
    """The first things of a class by label, with some fields that need no selection of their own."""
    shown = "\n".join(f"      {name}" for name in _leaves(api, output))
    name = output.name[0].upper() + output.name[1:]
    return f"""# {name}: how many, and the first ten
query {name} {{
  {output.name}(first: 10, orderBy: {{ label: ASC }}) {{
    totalCount
    nodes {{
      id
      label
{shown}
    }}
  }}
}}
"""


def _leaves(api: Api, output: Output) -> Iterable[str]:
    nodes = api.types[output.type.rstrip("!")].fields["nodes"]
    fields = api.types[nodes.type.strip("[]!")].fields.values()
    plain = [field.name for field in fields if field.means in (Means.SCALAR, Means.SCALARS, Means.TEXT)]
    return plain[:FIELDS] or ["__typename"]


def _example(name: str, text: str) -> Example:
    """An example of its text: its titles are the lines of the comment that it begins with."""
    return Example(name, tuple(_comment(text)) or (name,), text)


def _comment(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line.removeprefix("#").strip()
