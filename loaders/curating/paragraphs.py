"""The text of a source: its paragraphs, and the digest by which the same text is known again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kaigraph.ontology.errors import BadUse

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class SourceText:
    """What is known of a text without keeping it: `words` are the lengths of its paragraphs, in words."""

    words: tuple[int, ...]
    sha256: str


def paragraphs(text: str) -> list[str]:
    """The paragraphs: the lines that are not blank, in their order."""
    return [line for line in _LINE_END.split(text) if line.strip()]


def read_text(path: Path) -> SourceText:
    """Measure the text of a source.

    Raises:
        BadUse: a file that cannot be read, is no text in UTF-8, or has no paragraph.
    """
    try:
        body = path.read_bytes()
        lines = paragraphs(body.decode("utf-8-sig"))
    except OSError as error:
        raise BadUse(f"cannot be read: {error.strerror}", where=str(path), hint="check the path") from error
    except UnicodeDecodeError as error:
        raise BadUse("is no text in UTF-8", where=str(path), hint="save it as UTF-8") from error
    if not lines:
        raise BadUse("holds no paragraph", where=str(path), hint="give the text of the source, a paragraph a line")
    return SourceText(tuple(len(line.split()) for line in lines), sha256(body).hexdigest().upper())
