"""A question as a browser is given it: text, statement, and what it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Rows beyond this make no picture that anybody reads.
MOST = 300


@dataclass(frozen=True, slots=True)
class Parameter:
    """A gap: its name, the type of its values, and where suggestions come from: a label's key, or a statement."""

    name: str
    type: str = "String"
    label: str | None = None
    key: str | None = None
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers a question: a statement, and the parameters that it has."""

    statement: str
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A search phrase or a scene action in one language. `labels` are those whose nodes an action is for; all, if none.

    `example` gives values of the parameters; `on_links` says that an action is for relationships.
    """

    iri: str
    text: str
    description: str
    answer: Answer
    labels: tuple[str, ...] = ()
    is_action: bool = False
    on_links: bool = False
    example: Mapping[str, str] = field(default_factory=dict)
